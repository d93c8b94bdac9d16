"""From microdata, tables and what is known to the problem that is searched; and from the pattern back to tables.

Years that every window holds together are one class of the year axis, an *atom*. Within an atom only the annual
totals are known, and records can be dealt out to its years in every way that keeps these. So a small cell over one
year y is 0 in some table if and only if the atom can do with it at N(atom) - N(y) or less, and reaches k if and only
if the atom does and N(y) >= k: single years cost no unknowns.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .knowledge import World, label, singled, table_regions
from .model import YEAR, Base, Cell, Table, TableSpec, Unit
from .moves import Flags, Goal
from .problem import Guarded, Nought, Problem
from .regions import Axes, Classes, Ints, Region, base_space, table_space

WORTH = 3  # the wider space is used where the base space has this many times its unknowns

Threshold = Callable[[Mapping[str, tuple[str, ...]]], int]
"""k of a region, told as its categories by dimension; may be higher than the release's k, never lower."""


@dataclass(frozen=True)
class Sensitive:
    """A small cell: its region, count and threshold."""

    region: Region
    count: int
    k: int


@dataclass(frozen=True)
class Composed:
    """The problem, and what is needed to read its answer.

    Attributes:
        problem: to be searched.
        axes: of the regions.
        regions: in the order of the problem.
        layout: for each table, each key with the region it shows.
        sensitive: every small cell that must be protected.
        thin: years of this release whose total is under k.
        index: place of each region.
    """

    problem: Problem
    axes: Axes
    regions: tuple[Region, ...]
    layout: tuple[tuple[TableSpec, tuple[tuple[dict[str, str], Region], ...]], ...]
    sensitive: tuple[Sensitive, ...]
    thin: tuple[str, ...]
    index: Mapping[Region, int]


def compose(
    said: World, base: Base, specs: Sequence[TableSpec], k: int, threshold: Threshold, ties: Callable[[Region], float]
) -> Composed:
    """Put the problem together.

    Args:
        said: what is known and true.
        base: of this release.
        specs: its tables.
        k: its threshold.
        threshold: k of a region where it is higher.
        ties: a number from 0 to 1 for a region, not to be guessed from outside; settles ties between patterns.
    """
    axes = said.axes
    layout = tuple((spec, tuple(table_regions(axes, spec, base, said.versions))) for spec in specs)
    shown = list(dict.fromkeys(region for _, keys in layout for _, region in keys))
    sensitive = _sensitive(said, shown, k, threshold)
    windows = [one.region for one in sensitive if len(singled(axes, one.region)) > 1]
    cut = list(dict.fromkeys([*shown, *said.known, *windows]))
    annual = _atoms(said, cut)
    changed = _changes(said, shown, k)
    goals = _merged([*_goals(said, sensitive, annual), *changed])
    regions = tuple(dict.fromkeys([*cut, *annual, *(region for region, _ in goals)]))
    index = {region: at for at, region in enumerate(regions)}
    classes = Classes.of(axes, regions)
    counts = classes.counts(list(said.truth), list(said.truth.values()))
    space = base_space(classes, counts, regions)
    wide = table_space(classes, counts, regions)
    known = np.zeros(len(regions), dtype=bool)
    for region in (*said.known, *annual, *_sums(annual, shown)):
        known[index[region]] = True
    cells = np.zeros(len(regions), dtype=bool)
    cells[[index[region] for region in shown]] = True
    cells &= ~known
    forced = np.zeros(len(regions), dtype=bool)
    small = {one.region for one in sensitive}
    thin = tuple(year for year in base.years if 0 < base.total([year]) < k)
    lone = {bits for year in thin for bits in [axes.region({YEAR: [f"{year}#{said.versions[year]}"]})[0]]}
    moved = {region for region, _ in changed}
    for region in shown:
        forced[index[region]] = region in small or region[0] in lone or region in moved
    problem = Problem(
        base=space,
        wide=wide if len(wide.start) * WORTH < len(space.start) else None,
        known=known,
        cells=cells,
        forced=forced & cells,
        prices=1.0 + np.array([ties(region) for region in regions]) / (2.0 * len(regions)),
        goals=tuple(Goal(index[region], by) for region, by in goals),
        guarded=guarded(said, base, classes, regions, sensitive, {one: index[one] for one in shown}, k),
    )
    return Composed(problem, axes, regions, layout, tuple(sensitive), thin, index)


def _sensitive(said: World, shown: Sequence[Region], k: int, threshold: Threshold) -> list[Sensitive]:
    """The small cells of this release over its window and every single year, and those of earlier releases."""
    wanted: dict[Region, int] = {}
    for region in shown:
        for one in (region, *singled(said.axes, region)):
            where = {name: joined for name, joined in said.axes.where(one).items() if name != YEAR}
            wanted[one] = max(k, threshold(where), wanted.get(one, 0))
    for region, earlier in said.sensitive.items():
        where = {name: joined for name, joined in said.axes.where(region).items() if name != YEAR}
        wanted[region] = max(earlier, threshold(where), wanted.get(region, 0))
    counts = _counts(said, list(wanted))
    return [
        Sensitive(region, n, wanted[region]) for region, n in zip(wanted, counts, strict=True) if 0 < n < wanted[region]
    ]


def _counts(said: World, regions: Sequence[Region]) -> list[int]:
    """The true sums of many regions."""
    keys = np.array(list(said.truth), dtype=np.int64).reshape(len(said.truth), len(said.axes.names))
    numbers = np.array(list(said.truth.values()), dtype=np.int64)
    inside: dict[tuple[int, int], Flags] = {}
    found = []
    for region in regions:
        taken = np.ones(len(numbers), dtype=bool)
        for axis, bits in enumerate(region):
            if bits == said.axes.everything[axis]:
                continue
            if (axis, bits) not in inside:
                size = len(said.axes.categories[axis])
                inside[axis, bits] = np.array([bool(bits >> at & 1) for at in range(size)])[keys[:, axis]]
            taken &= inside[axis, bits]
        found.append(int(numbers[taken].sum()))
    return found


def _atoms(said: World, regions: Sequence[Region]) -> dict[Region, int]:
    """The classes of the year axis, as regions of whole years, each with its total where all its years are known."""
    whole = said.axes.everything
    cuts = sorted({region[0] for region in regions if region not in said.annual})
    atoms: dict[tuple[int, ...], int] = {}
    for at in range(len(said.axes.categories[0])):
        mark = (*(cut >> at & 1 for cut in cuts), int((1 << at, *whole[1:]) in said.annual))
        atoms[mark] = atoms.get(mark, 0) | 1 << at
    return {
        (bits, *whole[1:]): sum(said.annual[one] for one in singled(said.axes, (bits, *whole[1:])))
        for mark, bits in atoms.items()
        if mark[-1]
    }


def _sums(annual: Mapping[Region, int], shown: Sequence[Region]) -> list[Region]:
    """The shown regions that are whole years, so that annual totals give them."""
    whole = next(iter(annual))[1:] if annual else ()
    covered = 0
    for region in annual:
        covered |= region[0]
    return [region for region in shown if region[1:] == whole and not region[0] & ~covered]


def _goals(said: World, sensitive: Sequence[Sensitive], annual: Mapping[Region, int]) -> list[tuple[Region, int]]:
    """The shifts that must stay possible; a goal that a further one contains is left out."""
    whole = said.axes.everything
    lowest: dict[Region, int] = {}
    highest: dict[Region, int] = {}
    lows: list[tuple[Region, int]] = []
    for one in sensitive:
        if one.region[1:] == whole[1:]:
            continue  # a whole year or window: known by policy
        years = singled(said.axes, one.region)
        atom = next((region for region in annual if not one.region[0] & ~region[0]), None)
        if len(years) > 1 or atom is None or atom[0] == one.region[0]:
            region, low, high = one.region, 0, one.k
        else:
            total = said.annual[years[0][0], *whole[1:]]
            region = (atom[0], *one.region[1:])
            low, high = annual[atom] - total, min(one.k, total)
        lows.append((region, low))
        highest[region] = max(high, highest.get(region, 0))
    for region, low in lows:
        lowest[region] = min(low, lowest.get(region, low))
    at_atom = dict(zip(lowest, _counts(said, list(lowest)), strict=True))
    goals = []
    for region, n in at_atom.items():
        if lowest[region] < n:
            goals.append((region, lowest[region] - n))
        if highest[region] > n:
            goals.append((region, highest[region] - n))
    return goals


def _changes(said: World, shown: Sequence[Region], k: int) -> list[tuple[Region, int]]:
    """Shifts that keep a small change of a revised year from being read off.

    For each cell that was printed over the same years in other versions, whenever that was, new minus old must be
    possible as 0 and as k. What was printed over this version already is known and cannot be kept back any more.
    """
    names = said.axes.categories[0]
    revised = {year for year, n in Counter(name.split("#")[0] for name in names).items() if n > 1}
    old = {label(year, version) for year, version in said.versions.items() if year in revised}
    swaps = []
    for bits in {region[0] for region in said.known}:
        years = [name for at, name in enumerate(names) if bits >> at & 1]
        swaps.append((bits, [name.split("#")[0] for name in years]))
    goals: list[tuple[Region, int]] = []
    for region in shown:
        mine = [name for at, name in enumerate(names) if region[0] >> at & 1]
        whole = region[1:] == said.axes.everything[1:]
        if whole or region in said.known or not any(name in old for name in mine):
            continue
        years = sorted(name.split("#")[0] for name in mine)
        for bits, before in swaps:
            earlier = (bits, *region[1:])
            if sorted(before) != years or bits == region[0] or earlier not in said.known:
                continue
            change = said.count(region) - said.known[earlier]
            if 0 < abs(change) < k:
                sign = 1 if change > 0 else -1
                goals += [(region, -change), (region, sign * (k - abs(change)))]
    return goals


def _merged(goals: Sequence[tuple[Region, int]]) -> list[tuple[Region, int]]:
    """For each region the furthest goal up and the furthest down."""
    furthest: dict[tuple[Region, bool], int] = {}
    for region, by in goals:
        if by:
            kept = furthest.get((region, by > 0), 0)
            furthest[region, by > 0] = max(kept, by, key=abs)
    return [(region, by) for (region, _), by in furthest.items()]


def tables(composed: Composed, base: Base, free: Flags, years: Sequence[str], unit: Unit) -> tuple[Table, ...]:
    """The tables with the suppressed cells taken out."""
    values = composed.problem.base.values
    made = []
    for spec, keys in composed.layout:
        cells = []
        for key, region in keys:
            at = composed.index[region]
            hidden = bool(free[at]) and bool(composed.problem.cells[at])
            cells.append(Cell(key, None if hidden else int(values[at])))
        groups = {name: spec.categories(name, base, years) for name in spec.groups}
        made.append(Table(spec.dimensions, tuple(years), unit, tuple(cells), groups))
    return tuple(made)


def guarded(
    said: World,
    base: Base,
    classes: Classes,
    regions: Sequence[Region],
    sensitive: Sequence[Sensitive],
    shown: Mapping[Region, int],
    k: int,
) -> Guarded:
    """What must stay uncertain beside the intervals; see ``guards``.

    Years that are dealt out within an atom are left out: there a record can always change places with one of another
    year.
    """
    numbers = np.arange(int(np.prod(classes.shape)), dtype=np.int64).reshape(classes.shape)
    counts = classes.counts(list(said.truth), list(said.truth.values())).ravel()
    room = np.array([_room(said, classes, region, k) for region in regions], dtype=np.int64)
    counted = dict(zip(shown, _counts(said, list(shown)), strict=True))
    noughts = tuple(
        Nought(columns, _around(group, axis, mask, shown, counted, k))
        for columns, group, axis, mask in _noughts(said, classes, numbers, counts, sensitive)
    )
    return Guarded(noughts, _crosses(said, base, classes, counts, k), classes.shape, k, room)


def _room(said: World, classes: Classes, region: Region, k: int) -> int:
    """The largest sum of a region of which one of its years can be small, where the others take all that they can."""
    whole = said.axes.everything[1:]
    totals = {one[0]: said.annual.get((one[0], *whole), 0) for one in singled(said.axes, region)}
    dealt = [bits for mask in classes.masks[0] if mask.bit_count() > 1 for bits in totals if bits & mask]
    return max((sum(totals.values()) - totals[bits] + min(k - 1, totals[bits]) for bits in dealt), default=0)


def _around(
    group: Region, axis: int, mask: int, shown: Mapping[Region, int], counted: Mapping[Region, int], k: int
) -> tuple[tuple[int, int], ...]:
    """Shown regions of k or more that hold the group and lie in its category alone, with their part in it."""
    found = []
    for region, at in shown.items():
        if counted[region] >= k and all(not mine & ~its for mine, its in zip(group, region, strict=True)):
            part = (*region[:axis], region[axis] & mask, *region[axis + 1 :])
            if part in shown and part != region and counted[part] == counted[region]:
                found.append((at, shown[part]))
    return tuple(found)


def _whole(classes: Classes, region: Region) -> bool:
    """Whether a region takes or leaves each class as a whole."""
    return all(
        not mask & bits or mask & bits == mask
        for masks, bits in zip(classes.masks, region, strict=True)
        for mask in masks
    )


def _noughts(
    said: World, classes: Classes, numbers: Ints, counts: Ints, sensitive: Sequence[Sensitive]
) -> list[tuple[Ints, Region, int, int]]:
    """For each small group in one category of a dimension: the unknowns of the others, group, axis, category."""
    found: dict[tuple[Region, int], tuple[Ints, Region, int, int]] = {}
    for one in sensitive:
        # of one year of an atom: a nought of the atom is one of the year; anybody else of the atom may be of the year
        years = sum(mask for mask in classes.masks[0] if mask & one.region[0])
        region = (years, *one.region[1:])
        if not _whole(classes, region):
            continue
        for axis in range(1, len(said.axes.names)):
            parts = [mask for mask in classes.masks[axis] if mask & region[axis]]
            held = []
            for mask in parts:
                part = (*region[:axis], mask, *region[axis + 1 :])
                columns = numbers[np.ix_(*classes.parts(part))].ravel()
                if counts[columns].sum():
                    held.append(mask)
            if len(held) == 1 and len(parts) > 1 and held[0].bit_count() == 1:
                rest = (*region[:axis], region[axis] & ~held[0], *region[axis + 1 :])
                found[rest, axis] = numbers[np.ix_(*classes.parts(rest))].ravel(), one.region, axis, held[0]
    return list(found.values())


def _crosses(said: World, base: Base, classes: Classes, counts: Ints, k: int) -> tuple[Ints, ...]:
    """For each cross of the base dimensions, over the window and over single years, the small cell of each unknown."""
    at = np.unravel_index(np.arange(counts.size), classes.shape)
    axes = [axis for axis, name in enumerate(said.axes.names) if axis and name in base.dimensions]
    window = sum(1 << said.axes.categories[0].index(label(year, said.versions[year])) for year in base.years)
    during = np.array([bool(mask & window) for mask in classes.masks[0]])[at[0]]
    alone = np.array([mask.bit_count() == 1 for mask in classes.masks[0]])[at[0]]
    crosses = []
    for size in range(1, len(axes) + 1):
        for chosen in combinations(axes, size):
            for single in (False, True) if len(base.years) > 1 else (False,):
                number = at[0].astype(np.int64) if single else np.zeros(counts.size, dtype=np.int64)
                for axis in chosen:
                    number = number * classes.shape[axis] + at[axis]
                sums = np.bincount(number, weights=np.where(during, counts, 0)).astype(np.int64)
                small = (sums > 0) & (sums < k)
                cells = np.where(during & small[number] & (alone if single else True), number, -1)
                if (cells >= 0).any():
                    crosses.append(cells)
    return tuple(crosses)
