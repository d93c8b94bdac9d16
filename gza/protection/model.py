"""What protection speaks of: base counts, tables, cells, a release, figures. Reading and writing them as JSON.

A *base cell* is one combination of a single year and one category of each dimension; its count is how many units
(persons, cases or status decisions) fall into it. Every other number here is a sum of base cells. In a key ``*`` stands
for the total over a dimension.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

TOTAL = "*"
YEAR = "year"
SEVERAL = "several"
UNKNOWN = "unknown"
NO = "no"
NOT_APPLICABLE = "not applicable"
SMALLEST_K = 2
_YEAR = re.compile(r"(?:19|20)\d\d")

Key = tuple[tuple[str, str], ...]
"""Key of a table cell: (dimension, category or ``*``) in the order of the table's dimensions."""


class Unit(StrEnum):
    """What a number counts. Numbers of different units are never added or compared."""

    PERSON = "person"
    CASE = "case"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: where it stands (``line 7``, ``figures[2].value``) and what is wrong.

    ``said`` may hold ``{}`` where ``about`` belongs, the words of the input; so it can be said in another language.
    """

    where: str
    said: str
    about: str = ""

    def __str__(self) -> str:
        said = self.said.replace("{}", self.about, 1) if self.about else self.said
        return f"{self.where}: {said}" if self.where else said


class BadInput(ValueError):
    """An input cannot be used; holds every fault found, in order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(one) for one in self.faults[:5]))


def bad(where: str, said: str, about: str = "") -> BadInput:
    """The refusal of an input for one fault."""
    return BadInput([Fault(where, said, about)])


@dataclass(frozen=True)
class Base:
    """Base counts: what the microdata say, and nothing finer.

    Attributes:
        dimensions: name of each dimension without ``year`` -> its categories, sorted.
        counts: (year, category of each dimension in order) -> count, 1 or more; absent means 0.
        unit: what is counted.
    """

    dimensions: Mapping[str, tuple[str, ...]]
    counts: Mapping[tuple[str, ...], int]
    unit: Unit = Unit.PERSON

    @property
    def years(self) -> tuple[str, ...]:
        """The years that have a record, in order."""
        return tuple(sorted({key[0] for key in self.counts}))

    def total(self, years: Iterable[str] | None = None) -> int:
        """How many are counted in these years (all years when None)."""
        wanted = None if years is None else set(years)
        return sum(n for key, n in self.counts.items() if wanted is None or key[0] in wanted)

    def count(self, years: Iterable[str], where: Mapping[str, Iterable[str]]) -> int:
        """How many fall into these years and, for each named dimension, into one of these categories."""
        names = list(self.dimensions)
        wanted = [(names.index(name) + 1, set(categories)) for name, categories in where.items()]
        during = set(years)
        return sum(
            n for key, n in self.counts.items() if key[0] in during and all(key[at] in among for at, among in wanted)
        )

    def as_json(self) -> dict[str, Any]:
        """The form in which the private ledger directory keeps it."""
        return {
            "unit": self.unit.value,
            "dimensions": {name: list(categories) for name, categories in self.dimensions.items()},
            "counts": [[list(key), n] for key, n in sorted(self.counts.items())],
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Base":
        """Read what ``as_json`` wrote."""
        return cls(
            {name: tuple(categories) for name, categories in said["dimensions"].items()},
            {tuple(key): int(n) for key, n in said["counts"]},
            Unit(said["unit"]),
        )


@dataclass(frozen=True)
class TableSpec:
    """A table as it is asked for.

    Attributes:
        dimensions: names in order; ``year`` among them asks for single years beside the window's total.
        groups: dimension -> name of a coarser category -> the categories it joins; dimensions absent stay fine.
        unit: what is counted.
    """

    dimensions: tuple[str, ...]
    groups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    unit: Unit = Unit.PERSON

    def categories(self, name: str, base: Base, years: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The table's own categories of a dimension, each with the base categories that it joins."""
        fine = tuple(years) if name == YEAR else base.dimensions[name]
        if name not in self.groups:
            return {one: (one,) for one in fine}
        return {group: tuple(one for one in joined if one in fine) for group, joined in self.groups[name].items()}


@dataclass(frozen=True)
class Cell:
    """A cell of a published table; value None when it is suppressed (one mark for whatever reason)."""

    key: Mapping[str, str]
    value: int | None


@dataclass(frozen=True)
class Table:
    """A published table with all its margins.

    Attributes:
        dimensions: in order; with ``year`` among them the keys have single years (and ``*`` for the window).
        years: the window.
        unit: what is counted.
        cells: every combination of the categories and ``*``.
        groups: as in ``TableSpec``; written only when something was joined.
        method: ``suppression``, or ``rounding`` when values are rounded to a base.
    """

    dimensions: tuple[str, ...]
    years: tuple[str, ...]
    unit: Unit
    cells: tuple[Cell, ...]
    groups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    method: str = "suppression"

    def as_json(self) -> dict[str, Any]:
        """The table as it stands in a release file."""
        said: dict[str, Any] = {"dimensions": list(self.dimensions), "years": list(self.years), "unit": self.unit.value}
        if self.groups:
            said["groups"] = {
                name: {group: list(joined) for group, joined in groups.items()} for name, groups in self.groups.items()
            }
        if self.method != "suppression":
            said["method"] = self.method
        said["cells"] = [{"key": dict(cell.key), "value": cell.value} for cell in self.cells]
        return said


@dataclass(frozen=True)
class Release:
    """What is published: tables, and the certificate that says how they were protected."""

    k: int
    years: tuple[str, ...]
    tables: tuple[Table, ...]
    certificate: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The release as it stands in its file."""
        return {
            "k": self.k,
            "years": list(self.years),
            "tables": [table.as_json() for table in self.tables],
            "certificate": dict(self.certificate),
        }


@dataclass(frozen=True)
class Figure:
    """A published number about a region: the categories it joins for each dimension it names; others are totals."""

    where: Mapping[str, tuple[str, ...]]
    value: int
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """The figure as it stands in a figures file."""
        return {
            "where": {name: list(categories) for name, categories in self.where.items()},
            "value": self.value,
            "source": self.source,
        }


@dataclass(frozen=True)
class Figures:
    """Figures, with the dimensions and categories they are about (``year`` is a dimension like the others here)."""

    dimensions: Mapping[str, tuple[str, ...]]
    figures: tuple[Figure, ...]
    unit: Unit = Unit.PERSON

    def as_json(self) -> dict[str, Any]:
        """The figures as they stand in their file."""
        return {
            "unit": self.unit.value,
            "dimensions": {name: list(categories) for name, categories in self.dimensions.items()},
            "figures": [one.as_json() for one in self.figures],
        }


def is_year(text: str) -> bool:
    """Whether a text is a year, from 1900 to 2099."""
    return _YEAR.fullmatch(text) is not None


def regions(dimensions: Mapping[str, tuple[str, ...]]) -> Iterator[Key]:
    """Every key over these categories and ``*``, in order, the totals last."""
    names = list(dimensions)

    def walk(at: int, key: Key) -> Iterator[Key]:
        if at == len(names):
            yield key
            return
        for category in (*dimensions[names[at]], TOTAL):
            yield from walk(at + 1, (*key, (names[at], category)))

    return walk(0, ())


def canonical(said: Any) -> bytes:
    """The one JSON text of a value, for fingerprints: sorted keys, no spaces, UTF-8."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: bytes) -> str:
    """SHA-256 in hex digits."""
    return hashlib.sha256(content).hexdigest()
