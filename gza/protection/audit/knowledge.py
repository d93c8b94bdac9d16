"""What an attacker knows, as rows over the unknown country, and which cells must stay in the dark."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

import numpy as np

from gza.protection.bounds import Ints, Row
from gza.protection.model import TOTAL, YEAR, Figures, Table, Unit

from .country import Country, Known, Published, Region, cell_region

UNBOUNDED = 10**9
Threshold = Callable[[Mapping[str, tuple[str, ...]]], int]
"""k of a region, told as its categories by dimension, where it is higher than the release's (children by form)."""


def no_more(_where: Mapping[str, tuple[str, ...]]) -> int:
    """No region has a higher k than its release."""
    return 0


ROUNDING = "rounding"


@dataclass(frozen=True)
class Sensitive:
    """A cell with 0 < count < k, of this release or an earlier one."""

    region: Region
    count: int
    k: int


@dataclass(frozen=True)
class Ratio:
    """A printed share or mean: the weighted counts of ``top`` divided by the count of ``bottom``, as it was ``shown``.

    A percentage of women has one part in ``top`` with weight 100; a mean age one part for each age with the age as its
    weight. ``shown`` is the printed text with its decimals, which say how far it was rounded.
    """

    top: tuple[tuple[Mapping[str, Sequence[str]], int], ...]
    bottom: Mapping[str, Sequence[str]]
    years: tuple[str, ...]
    shown: str


@dataclass
class View:
    """One country with all that is known of it: ``full`` with this release, ``ground`` without."""

    land: Country
    full: list[Known]
    ground: list[Known]
    sensitive: list[Sensitive]
    current: Published | None
    ratios: list[Row] = field(default_factory=list)
    _columns: dict[Region, Ints] = field(default_factory=dict)

    def columns(self, region: Region) -> Ints:
        """The base cells of a region, looked up once."""
        if region not in self._columns:
            self._columns[region] = self.land.columns(region)
        return self._columns[region]

    def rows(self, known: Iterable[Known]) -> list[Row]:
        """Rows of the programme, one for each region, the narrowest of what is known of it."""
        narrow: dict[Region, tuple[int, int]] = {}
        for one in known:
            low, high = narrow.get(one.region, (0, UNBOUNDED))
            narrow[one.region] = (max(low, one.low), min(high, one.high))
        return [Row(self.columns(region), low, high) for region, (low, high) in narrow.items()]


def view(
    land: Country,
    current: Published | None,
    before: Sequence[Published],
    figures: Sequence[Figures],
    linked: Sequence[Published],
    threshold: Threshold = no_more,
) -> View:
    """Gather what is known of one unit; ``linked`` are releases of other units."""
    latest: dict[str, int] = {}
    for one in (*before, *([current] if current else [])):
        latest.update(one.versions)
    ground = [row for one in before for row in printed(land, one, f"release {one.number}")]
    for number, foreign in enumerate(figures, start=1):
        ground += _foreign(land, foreign, latest, f"figures {number}")
    for one in linked:
        ground += _linked(land, one, latest)
    everyone = (*before, current) if current else tuple(before)
    for one in everyone:
        ground += totals(land, one)
    full = ground + (printed(land, current, "this") if current else [])
    return View(land, full, ground, sensitive(land, everyone, threshold), current)


def totals(land: Country, one: Published) -> list[Known]:
    """Annual totals, exact by policy."""
    found = []
    for year in one.release.years:
        region = land.region([year], {}, one.versions)
        count = one.base.total([year])
        found.append(Known(region, count, count, "policy"))
    return found


def printed(land: Country, one: Published, origin: str) -> list[Known]:
    """The printed values of a release; a rounded one says that the count is less than its base away."""
    found = []
    for number, table in enumerate(one.release.tables):
        for cell in table.cells:
            if cell.value is None:
                continue
            region = cell_region(land, table, cell.key, one.versions)
            step = rounded_to(one, table)
            low, high = max(0, cell.value - step + 1), cell.value + step - 1
            found.append(Known(region, low, high, origin, number))
        found += _unlisted(land, one, table, origin, number)
    return found


def _unlisted(land: Country, one: Published, table: Table, origin: str, number: int) -> list[Known]:
    """Nobody is in the categories that a table does not list: those that it lists add up to its totals."""
    found = []
    for name in table.dimensions:
        absent = [each for each in land.dimensions.get(name, ()) if each not in one.base.dimensions.get(name, ())]
        if absent:
            region = land.region(table.years, {name: absent}, one.versions)
            found.append(Known(region, 0, 0, origin, number))
    return found


def rounded_to(one: Published, table: Table) -> int:
    """The base to which a table's values are rounded; 1 when they are exact."""
    if table.method != ROUNDING:
        return 1
    return max(1, int(one.release.certificate.get("base", one.release.k)))


def sensitive(land: Country, published: Iterable[Published], threshold: Threshold = no_more) -> list[Sensitive]:
    """Small cells of the tables over their windows and over any single year in them."""
    found: dict[Region, Sensitive] = {}
    for one in published:
        for table in one.release.tables:
            for cell in table.cells:
                for region in spans(land, table, cell.key, one.versions):
                    count = land.count(region)
                    k = max(one.release.k, threshold(dict(region.where)), found[region].k if region in found else 0)
                    if count is not None and 0 < count < k:
                        found[region] = Sensitive(region, count, k)
    return list(found.values())


def spans(land: Country, table: Table, key: Mapping[str, str], versions: Mapping[str, int]) -> list[Region]:
    """A cell over the years of its key, and over each single year among them."""
    years = table.years if key.get(YEAR, TOTAL) == TOTAL else (key[YEAR],)
    periods = [years] if len(years) == 1 else [years, *[(year,) for year in years]]
    alone = Table(tuple(name for name in table.dimensions if name != YEAR), years, table.unit, (), table.groups)
    plain = {name: category for name, category in key.items() if name != YEAR}
    return [
        cell_region(land, Table(alone.dimensions, tuple(period), table.unit, (), table.groups), plain, versions)
        for period in periods
    ]


def _foreign(land: Country, foreign: Figures, latest: Mapping[str, int], origin: str) -> list[Known]:
    """Figures of others. Of a revised year they may speak of any version that they fit."""
    found = []
    every = tuple(year for year, _ in land.slots)
    for figure in foreign.figures:
        years = figure.where.get(YEAR, foreign.dimensions.get(YEAR, tuple(dict.fromkeys(every))))
        where = {name: picked for name, picked in figure.where.items() if name != YEAR}
        choices = [sorted({version for one, version in land.slots if one == year}) for year in years]
        fitting = []
        for versions in product(*choices) if np.prod([len(one) for one in choices]) <= MOST_VERSIONS else ():
            region = land.region(years, where, dict(zip(years, versions, strict=True)))
            if land.count(region) == figure.value:
                fitting.append(region)
        regions = fitting or [land.region(years, where, latest)]
        found += [Known(region, figure.value, figure.value, origin) for region in regions]
    return found


MOST_VERSIONS = 64


def _linked(land: Country, other: Published, latest: Mapping[str, int]) -> list[Known]:
    """What a table of another unit tells: no case without a person in it, no person without a decision on status.

    A row that the truth belies is no knowledge: the categories of the two units then do not mean the same.
    """
    more = {(Unit.PERSON, Unit.CASE), (Unit.STATUS, Unit.PERSON), (Unit.STATUS, Unit.CASE)}
    found = []
    for region, value in printed_like(land, other, latest):
        low, high = (value, UNBOUNDED) if (land.unit, other.base.unit) in more else (0, value)
        count = land.count(region)
        if count is not None and low <= count <= high:
            found.append(Known(region, low, high, f"release {other.number}"))
    return found


def printed_like(land: Country, other: Published, latest: Mapping[str, int]) -> list[tuple[Region, int]]:
    """Printed values of a release of another unit whose cells this country has too."""
    found = []
    for table in other.release.tables:
        if table.method == ROUNDING or not set(table.years) <= {year for year, _ in land.slots}:
            continue
        for cell in table.cells:
            named = {name: one for name, one in cell.key.items() if name != YEAR and one != TOTAL}
            joined = {name: table.groups.get(name, {}).get(one, (one,)) for name, one in named.items()}
            if cell.value is None or not all(
                set(part) <= set(land.dimensions.get(name, ())) for name, part in joined.items()
            ):
                continue
            years = table.years if cell.key.get(YEAR, TOTAL) == TOTAL else (cell.key[YEAR],)
            found.append((land.region(years, joined, latest), cell.value))
    return found


def ratio_rows(seen: View, ratios: Iterable[Ratio], versions: Mapping[str, int]) -> list[Row]:
    """Shares and means turned back: (shown - half) * bottom <= top <= (shown + half) * bottom, in whole numbers."""
    rows = []
    for ratio in ratios:
        decimals = len(ratio.shown.partition(".")[2])
        half = Fraction(1, 2 * 10**decimals)
        for edge, sign in ((Fraction(ratio.shown) - half, 1), (Fraction(ratio.shown) + half, -1)):
            weights = np.zeros(seen.land.width, dtype=np.int64)
            for where, weight in ratio.top:
                columns = seen.columns(seen.land.region(ratio.years, where, versions))
                weights[columns] += sign * weight * edge.denominator
            bottom = seen.columns(seen.land.region(ratio.years, ratio.bottom, versions))
            weights[bottom] -= sign * edge.numerator
            picked = np.flatnonzero(weights)
            rows.append(Row(picked, 0, UNBOUNDED * 1000, weights[picked]))
    return rows
