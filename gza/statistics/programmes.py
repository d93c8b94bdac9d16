"""The registered table programme: which tables a release may hold, and how each dimension may be coarsened. Pure.

The finest level at which counts are ever kept is ``LEVEL``: what no table needs is not counted (data minimisation).
"""

import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gza.core import places
from gza.protection import codes
from gza.protection.model import YEAR, TableSpec, Unit

_FILE = Path(__file__).parent / "data" / "programme.toml"
FINE = "fine"
LEVEL = ("sex", "age", "citizenship", "form", "route", "region")
"""Dimensions of the base counts, in order. Categories: ``codes``, the form in four groups; regions as of places."""
LISTS = {"form": "form_broad"}
"""The code list of a dimension, where it bears another name."""


class BadProgramme(ValueError):
    """A programme cannot be used; the message says why."""


@dataclass(frozen=True)
class TableOf:
    """A table of the programme."""

    key: str
    dimensions: tuple[str, ...]
    ka: str
    en: str
    by_year: bool = False

    def say(self, language: str) -> str:
        """Its title."""
        return self.ka if language == "ka" else self.en

    @property
    def named(self) -> tuple[str, ...]:
        """The dimensions with the year, where it stands by single years."""
        return (YEAR, *self.dimensions) if self.by_year else self.dimensions


@dataclass(frozen=True)
class Group:
    """A coarser category: the categories it joins."""

    key: str
    joins: tuple[str, ...]
    ka: str
    en: str

    def say(self, language: str) -> str:
        """Its name."""
        return self.ka if language == "ka" else self.en


@dataclass(frozen=True)
class Rung:
    """A coarser reading of one dimension."""

    dimension: str
    key: str
    ka: str
    en: str
    groups: tuple[Group, ...]

    def say(self, language: str) -> str:
        """Its name."""
        return self.ka if language == "ka" else self.en

    @property
    def joined(self) -> dict[str, tuple[str, ...]]:
        """As the engine takes it."""
        return {one.key: one.joins for one in self.groups}


@dataclass(frozen=True)
class Choice:
    """What an officer chose of a programme: keys of tables, and for each coarsened dimension the key of its rung."""

    tables: tuple[str, ...]
    levels: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return {"tables": list(self.tables), "levels": dict(self.levels)}

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Choice":
        """What was kept."""
        return cls(tuple(said["tables"]), tuple(sorted(said["levels"].items())))


@dataclass(frozen=True)
class Programme:
    """An edition's content. ``policy`` names the signed decision that annual totals are exact."""

    policy: str
    unit: str
    years_at_most: int
    tables: tuple[TableOf, ...]
    ladder: tuple[Rung, ...]

    def text(self) -> str:
        """Canonical JSON: what is signed."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the tables, in order."""
        return tuple(one.key for one in self.tables)

    def table(self, key: str) -> TableOf:
        """A table.

        Raises:
            BadProgramme: when there is none of that key.
        """
        for one in self.tables:
            if one.key == key:
                return one
        raise BadProgramme(f"no table {key}")

    def rungs(self, dimension: str) -> tuple[Rung, ...]:
        """The coarser readings of a dimension."""
        return tuple(one for one in self.ladder if one.dimension == dimension)

    def rung(self, dimension: str, key: str) -> Rung:
        """One of them.

        Raises:
            BadProgramme: when there is none of that key.
        """
        for one in self.rungs(dimension):
            if one.key == key:
                return one
        raise BadProgramme(f"no reading {key} of {dimension}")

    def specs(self, choice: Choice) -> tuple[TableSpec, ...]:
        """What the engine is asked for.

        Raises:
            BadProgramme: for a table or rung that is not in the programme.
        """
        rungs = {dimension: self.rung(dimension, key).joined for dimension, key in choice.levels}
        return tuple(
            TableSpec(
                (one := self.table(key)).named,
                {name: rungs[name] for name in one.dimensions if name in rungs},
                Unit(self.unit),
            )
            for key in choice.tables
        )

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that some table has, in the order of ``LEVEL``: base counts are over all of them, always."""
        return self.used(Choice(self.keys))

    def used(self, choice: Choice) -> tuple[str, ...]:
        """The dimensions that the chosen tables need, in the order of ``LEVEL``."""
        found = {name for key in choice.tables for name in self.table(key).dimensions}
        return tuple(name for name in LEVEL if name in found)

    def label(self, dimension: str, category: str, groups: Collection[str] | None, language: str) -> str:
        """What a category of a published table is called; ``groups`` are the table's joined categories, if any."""
        if groups is not None:
            for rung in self.rungs(dimension):
                for one in rung.groups:
                    if one.key == category and {each.key for each in rung.groups} == set(groups):
                        return one.say(language)
        return label(dimension, category, language)


def label(dimension: str, category: str, language: str) -> str:
    """What a category of a dimension is called, uncoarsened."""
    if dimension == "region":
        return places.region_name(category, language)
    return codes.label(LISTS.get(dimension, dimension), category, language)


def title(dimension: str, language: str) -> str:
    """What a dimension is called."""
    if dimension == YEAR:
        return "წელი" if language == "ka" else "year"
    if dimension == "region":
        return "რეგიონი" if language == "ka" else "region"
    return codes.title(dimension, language)


def categories(dimension: str) -> tuple[str, ...]:
    """Every category that base counts may have in a dimension."""
    if dimension == "region":
        return tuple(one.key for one in places.regions())
    return codes.codes(LISTS.get(dimension, dimension)).keys


def _table(row: Mapping[str, Any]) -> TableOf:
    dimensions = tuple(row["dimensions"])
    if not set(dimensions) <= set(LEVEL) or len(set(dimensions)) != len(dimensions):
        raise BadProgramme(f"{row['key']}: a dimension is not counted, or stands twice")
    by_year = bool(row.get("by_year", False))
    if not dimensions and not by_year:
        raise BadProgramme(f"{row['key']}: a table without dimensions stands by year")
    return TableOf(row["key"], dimensions, row["ka"], row["en"], by_year)


def _rung(row: Mapping[str, Any]) -> Rung:
    groups = tuple(
        Group(one["key"], tuple(one["joins"]), one["ka"], one["en"]) for one in row.get("groups") or row["group"]
    )
    joined = [each for one in groups for each in one.joins]
    if sorted(joined) != sorted(categories(row["dimension"])):
        raise BadProgramme(f"{row['dimension']} {row['key']}: every category stands in just one group")
    return Rung(row["dimension"], row["key"], row["ka"], row["en"], groups)


def of(said: Mapping[str, Any]) -> Programme:
    """A programme out of its mapping (of TOML, or of its own text).

    Raises:
        BadProgramme: when a key is missing or stands twice, or what is said cannot be.
    """
    try:
        tables = tuple(map(_table, said.get("tables") or said["table"]))
        ladder = tuple(map(_rung, said.get("ladder", ())))
        found = Programme(said["policy"], Unit(said["unit"]).value, int(said["years_at_most"]), tables, ladder)
    except (KeyError, ValueError, TypeError) as error:
        if isinstance(error, BadProgramme):
            raise
        raise BadProgramme(str(error)) from error
    for keys in ([one.key for one in tables], [(one.dimension, one.key) for one in ladder]):
        if len(set(keys)) != len(keys):
            raise BadProgramme("a key stands twice")
    return found


def read(text: str) -> Programme:
    """A programme out of its canonical JSON."""
    return of(json.loads(text))


@lru_cache(maxsize=1)
def shipped() -> Programme:
    """The programme that comes with the product."""
    with _FILE.open("rb") as file:
        return of(tomllib.load(file))
