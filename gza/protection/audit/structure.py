"""Attacks that need no arithmetic: untrue values, marks that tell, one cell printed here and hidden there."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import product
from typing import Any

from gza.protection.model import TOTAL, YEAR, Table

from .country import Country, Published, Region, cell_region, key_of
from .findings import Finding, name
from .knowledge import rounded_to

CELL_PARTS = {"key", "value"}
TABLE_PARTS = {"dimensions", "years", "unit", "cells", "groups", "method"}
RELEASE_PARTS = {"k", "years", "tables", "certificate"}
TELLING = ("primary", "secondary", "complementary", "sensitive", "base_counts", "microdata_sha", "salt", "secret")


def false_figures(land: Country, one: Published) -> list[Finding]:
    """Every printed value is the truth (a rounded one nearer to it than its base), and every table is whole."""
    found = []
    for number, table in enumerate(one.release.tables, start=1):
        what = f"table {number} ({', '.join(table.dimensions) or 'no dimension'})"
        found += _misshapen(land, one, table, what) or _untrue(land, one, table, what)
    shown = one.release.certificate.get("totals", {})
    for year, count in dict(shown).items() if isinstance(shown, Mapping) else ():
        if count != one.base.total([str(year)]):
            said = f"the certificate gives {count} as the total of {year}, which is not the count"
            found.append(_fault(land, {}, (str(year),), said))
    return found


def _fault(land: Country, key: Mapping[str, str], years: tuple[str, ...], said: str) -> Finding:
    return Finding("false figure", dict(key), years, land.unit, None, None, said)


def _misshapen(land: Country, one: Published, table: Table, what: str) -> list[Finding]:
    """Faults that leave a table without meaning: they have no key."""
    if table.unit is not one.base.unit:
        said = f"{what} counts {table.unit.value}s; the base counts are of {one.base.unit.value}s"
        return [_fault(land, {}, table.years, said)]
    strange = [dim for dim in table.dimensions if dim != YEAR and dim not in one.base.dimensions]
    if strange or set(table.years) - set(one.release.years) or not table.years:
        return [_fault(land, {}, table.years, f"{what} has dimensions or years that its release does not have")]
    seen = Counter(tuple(sorted(cell.key.items())) for cell in table.cells)
    wanted = Counter(tuple(sorted(key.items())) for key in every_key(one, table))
    odd = (seen - wanted) | (wanted - seen)
    return [
        _fault(land, {}, table.years, f"{what} does not have the cell {name(dict(key))} exactly once") for key in odd
    ]


def _untrue(land: Country, one: Published, table: Table, what: str) -> list[Finding]:
    step, found = rounded_to(one, table), []
    for cell in table.cells:
        region = cell_region(land, table, cell.key, one.versions)
        count = land.count(region)
        if cell.value is not None and (count is None or abs(cell.value - count) >= step):
            said = f"{what} prints {cell.value} for {name(cell.key)}, which is not the count"
            found.append(_fault(land, cell.key, region.years, said))
    return found


def every_key(one: Published, table: Table) -> list[dict[str, str]]:
    """The keys that a whole table has."""
    axes = []
    for dim in table.dimensions:
        fine = table.years if dim == YEAR else one.base.dimensions[dim]
        axes.append([*table.groups.get(dim, fine), TOTAL])
    return [dict(zip(table.dimensions, key, strict=True)) for key in product(*axes)]


def marks(said: Mapping[str, Any], one: Published) -> list[Finding]:
    """Nothing in the file tells why a cell is suppressed: cells are a key and a number or null, nothing else."""
    faults = [f"the file has {part!r}, which no release has" for part in set(said) - RELEASE_PARTS]
    for number, table in enumerate(said.get("tables", ()), start=1):
        faults += [f"table {number} has {part!r}, which no table has" for part in set(table) - TABLE_PARTS]
        for cell in table.get("cells", ()):
            value = cell.get("value")
            if set(cell) != CELL_PARTS or not (
                value is None or (isinstance(value, int) and not isinstance(value, bool))
            ):
                more = sorted(set(cell) - CELL_PARTS)
                faults.append(f"table {number} marks the cell {name(cell.get('key', {}))} with {more or value!r}")
    faults += [f"the certificate tells {word!r}" for word in _words(said.get("certificate", {})) if _tells(word)]
    years = one.release.years
    return [Finding("marks", {}, years, one.base.unit, None, None, f"{fault}.") for fault in faults]


def _tells(word: str) -> bool:
    return any(part in word.lower() for part in TELLING)


def _words(said: Any) -> list[str]:
    """Every name in a JSON value."""
    if isinstance(said, Mapping):
        return [word for key, value in said.items() for word in (str(key), *_words(value))]
    if isinstance(said, list | tuple):
        return [word for value in said for word in _words(value)]
    return []


def printed_and_suppressed(land: Country, one: Published) -> list[Finding]:
    """A cell is published in every table it stands in, or suppressed in every one, a rounded one among them."""
    shown: dict[Region, set[bool]] = defaultdict(set)
    value: dict[Region, int] = {}
    for table in one.release.tables:
        for cell in table.cells:
            region = cell_region(land, table, cell.key, one.versions)
            shown[region].add(cell.value is not None)
            if cell.value is not None:
                value[region] = cell.value
    return [
        Finding(
            "same cell printed and suppressed",
            key_of(land, region),
            region.years,
            land.unit,
            value[region],
            value[region],
            f"one table suppresses {name(key_of(land, region))}, another prints it",
        )
        for region, ways in shown.items()
        if len(ways) > 1
    ]
