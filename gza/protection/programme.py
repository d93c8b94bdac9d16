"""The table programme: which tables a release may hold, and the coarser rungs for a table that costs too much."""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from .microdata import STANDARD
from .model import NO, NOT_APPLICABLE, UNKNOWN, YEAR, BadInput, Base, Fault, TableSpec, Unit

Groups = Mapping[str, tuple[str, ...]]

KEPT = frozenset({UNKNOWN, NO, NOT_APPLICABLE, "not_applicable", "n/a"})
MOST_TABLES = 40
MOST_IN_TABLE = 50_000
TOO_DEAR = 0.5  # share of a table's count that may be hidden before the coarser rung is taken
WINDOW = 3  # years joined on the first rung of a table by single years
_ADULT_AT = 18
_NUMBER = re.compile(r"\d+")
_BELOW = re.compile(r"(?i)^(?:<|under|below|up to)\s*(\d+)")
_GEORGIAN = frozenset({"georgia", "georgian", "geo", "ge", "საქართველო", "ქართველი"})
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sexual", ("sex",)),
    ("labour", ("labour", "labor")),
    ("begging", ("beg",)),
)


def standard(base: Base) -> list[TableSpec]:
    """The default programme: every two of the standard dimensions over the window (or the only one there is)."""
    names = [name for name in STANDARD if name in base.dimensions] or list(base.dimensions)
    pairs: list[tuple[str, ...]] = list(combinations(names, 2)) or [tuple(names)]
    return [TableSpec(pair, unit=base.unit) for pair in pairs]


def asked(texts: Sequence[str], base: Base) -> list[TableSpec]:
    """Tables from texts such as ``sex,form`` or ``year,sex``.

    Raises:
        BadInput: names each text that asks for no table of these microdata.
    """
    faults: list[Fault] = []
    specs: list[TableSpec] = []
    for text in texts:
        names = tuple(one.strip() for one in text.split(","))
        if not all(names):
            faults.append(Fault(f"table {text!r}", "names an empty dimension"))
        faults += [
            Fault(f"table {text!r}", f"there is no dimension {name!r}; there are {', '.join((YEAR, *base.dimensions))}")
            for name in names
            if name and name != YEAR and name not in base.dimensions
        ]
        if len(set(names)) < len(names):
            faults.append(Fault(f"table {text!r}", "names a dimension twice"))
        cells = math.prod(len(base.dimensions[name]) + 1 for name in names if name in base.dimensions)
        if cells > MOST_IN_TABLE:
            faults.append(Fault(f"table {text!r}", f"has {cells:,} cells, at most {MOST_IN_TABLE:,}; drop dimensions"))
        spec = TableSpec(names, unit=base.unit)
        if not any(set(names) == set(one.dimensions) for one in specs):
            specs.append(spec)
    if len(specs) > MOST_TABLES:
        faults.append(Fault("tables", f"at most {MOST_TABLES} in one release"))
    if faults:
        raise BadInput(faults)
    return specs


def coarser(spec: TableSpec, base: Base, years: Sequence[str]) -> TableSpec | None:
    """The next rung of a table: its finest dimension grouped; None when nothing is left to group."""
    best: tuple[int, str, Groups] | None = None
    for name in spec.dimensions:
        if name in spec.groups:
            continue
        fine = tuple(years) if name == YEAR else base.dimensions[name]
        groups = windows(fine) if name == YEAR else ladder(name, fine)
        if groups is not None and (best is None or len(fine) > best[0]):
            best = (len(fine), name, groups)
    if best is None:
        return None
    return TableSpec(spec.dimensions, {**spec.groups, best[1]: best[2]}, Unit(spec.unit))


def ladder(name: str, categories: Sequence[str]) -> Groups | None:
    """The coarser categories of a dimension; None when there is no rung or it would join nothing.

    Unknown, no and not applicable are never joined with anything.
    """
    rules = {"age_group": _age, "age": _age, "citizenship": _citizenship, "nationality": _citizenship, "form": _form}
    rule = rules.get(name)
    if rule is None:
        return None
    groups: dict[str, list[str]] = {}
    for one in categories:
        rung = one if one.casefold() in KEPT else rule(one)
        if rung is None:
            return None
        groups.setdefault(rung, []).append(one)
    if len(groups) >= len(categories):
        return None
    return {group: tuple(joined) for group, joined in groups.items()}


def windows(years: Sequence[str], size: int = WINDOW) -> Groups | None:
    """Windows of several years, the oldest one longer when they do not divide evenly; None for few years."""
    if len(years) < 2 * size:
        return None
    first = size + len(years) % size
    cuts = [0, *range(first, len(years) + 1, size)]
    parts = [tuple(years[a:b]) for a, b in pairwise(cuts)]
    return {f"{part[0]}-{part[-1]}": part for part in parts}


def _age(text: str) -> str | None:
    plain = text.casefold()
    if plain in {"child", "children", "minor", "minors", "boy", "girl"}:
        return "child"
    if plain in {"adult", "adults"}:
        return "adult"
    below = _BELOW.match(plain)
    if below is not None:
        last = int(below[1]) - (0 if plain.startswith("up to") else 1)
        return "child" if last < _ADULT_AT else None
    numbers = [int(one) for one in _NUMBER.findall(plain)]
    if not numbers:
        return None
    if numbers[0] >= _ADULT_AT:
        return "adult"
    open_ended = "+" in plain or "over" in plain or "older" in plain or ">" in plain
    return "child" if numbers[-1] < _ADULT_AT and not open_ended else None


def _citizenship(text: str) -> str:
    return "Georgian" if text.casefold() in _GEORGIAN else "foreign"


def _form(text: str) -> str:
    plain = text.casefold()
    return next((rung for rung, words in _FORMS if any(word in plain for word in words)), "other")
