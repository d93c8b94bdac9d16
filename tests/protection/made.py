"""Releases made by hand: every table whole, and suppressed only where the test says so."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import product

from gza.protection.audit import Published
from gza.protection.model import TOTAL, YEAR, Base, Cell, Release, Table, Unit


def base(
    dimensions: Mapping[str, Iterable[str]], records: Mapping[tuple[str, ...], int], unit: Unit = Unit.PERSON
) -> Base:
    return Base({name: tuple(found) for name, found in dimensions.items()}, Counter(records), unit)


def table(
    counts: Base,
    dimensions: tuple[str, ...],
    years: tuple[str, ...],
    hidden: Callable[[dict[str, str]], bool] = lambda key: False,
    *,
    groups: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    method: str = "suppression",
    shown: Callable[[int], int] = lambda value: value,
) -> Table:
    """The table with all its margins; ``hidden`` says of a key whether its value is suppressed."""
    groups = groups or {}
    axes = [
        [*(years if name == YEAR else groups.get(name, counts.dimensions[name] if name != YEAR else ())), TOTAL]
        for name in dimensions
    ]
    cells = []
    for combination in product(*axes):
        key = dict(zip(dimensions, combination, strict=True))
        during = years if key.get(YEAR, TOTAL) == TOTAL else (key[YEAR],)
        where = {
            name: groups.get(name, {}).get(one, (one,)) for name, one in key.items() if name != YEAR and one != TOTAL
        }
        cells.append(Cell(key, None if hidden(key) else shown(counts.count(during, where))))
    return Table(dimensions, years, counts.unit, tuple(cells), groups, method)


def published(
    counts: Base, *tables: Table, k: int = 3, versions: Mapping[str, int] | None = None, number: int = 1, **more
) -> Published:
    years = tuple(sorted({year for one in tables for year in one.years}))
    certificate = {"totals": {year: counts.total([year]) for year in years}, **more}
    release = Release(k, years, tuple(tables), certificate)
    return Published(release, counts, versions or dict.fromkeys(years, 1), number)


def keys(*wanted: Mapping[str, str]) -> Callable[[dict[str, str]], bool]:
    """Hidden are these keys."""
    return lambda key: key in wanted


def none_shown(key: Mapping[str, str]) -> bool:
    """Hidden is all but the total."""
    return any(one != TOTAL for one in key.values())
