"""Attackers who know people: themselves, each other, somebody in a small group; or how the tables are made."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from gza.protection.bounds import Answer, Ints, Row

from .country import Country, Region, key_of
from .findings import Finding, name
from .intervals import Darkness
from .knowledge import UNBOUNDED, Sensitive, View, spans
from .witness import Witnesses


@dataclass(frozen=True)
class Knower:
    """People who know that a base cell has at least so many: themselves."""

    region: Region
    count: int


def insiders(seen: View) -> list[Knower]:
    """One person of each base cell that has any: they know their own record."""
    return [Knower(region, 1) for region, _ in base_cells(seen.land)]


def coalitions(seen: View, more: Iterable[Mapping[Region, int]] = ()) -> list[tuple[Knower, ...]]:
    """Everybody of one base cell, where it has two or more; and the groups of people that the caller names.

    People of one case mostly are alike in all that is counted. This also covers the cell that one base cell dominates:
    those who are most of it know all of it but the rest.
    """
    alike = [(Knower(region, count),) for region, count in base_cells(seen.land) if count > 1]
    return alike + [tuple(Knower(region, count) for region, count in group.items()) for group in more]


def base_cells(land: Country) -> list[tuple[Region, int]]:
    """The base cells with a record, and how many."""
    found = []
    for year, version in land.slots:
        base = land.bases.get((year, version))
        if base is None:
            continue
        for key, count in base.counts.items():
            if key[0] == year:
                where = {dim: (one,) for dim, one in zip(base.dimensions, key[1:], strict=True)}
                found.append((land.region([year], where, {year: version}), count))
    return found


def learned(
    seen: View, search: Witnesses, ground: Witnesses, dark: Darkness, knowers: Sequence[tuple[Knower, ...]], attack: str
) -> list[Finding]:
    """Cells of which those who know themselves can tell the exact count, and could not have told it before.

    Two possible values must be left for every sensitive cell: the count and another.
    """
    cells = [cell for cell in seen.sensitive if cell.region not in dark.exempt and len(seen.columns(cell.region))]
    if not cells or not knowers:
        return []
    blocked = {(str(one.key), one.years) for one in dark.blocking}
    cells = [cell for cell in cells if (str(key_of(seen.land, cell.region)), cell.region.years) not in blocked]
    if not cells:
        return []
    covered = _covered(seen, search.tables, knowers, cells)
    done = len(search.tables)
    found = []
    for row, column in np.argwhere(~covered):
        if len(search.tables) > done:
            covered |= _covered(seen, search.tables[done:], knowers, cells)
            done = len(search.tables)
        if covered[row, column]:
            continue
        cell, group = cells[int(column)], knowers[int(row)]
        given = [Row(seen.columns(one.region), one.count, UNBOUNDED) for one in group]
        answer = search.another(seen.columns(cell.region), cell.count, given)
        if answer is Answer.YES:
            continue
        was = ground.another(seen.columns(cell.region), cell.count, given)
        if answer is Answer.NO and was is Answer.NO:
            continue
        found.append(_learned(seen, cell, group, attack if answer is Answer.NO else "undecided"))
    return found


def _covered(
    seen: View, tables: Sequence[Ints], knowers: Sequence[tuple[Knower, ...]], cells: Sequence[Sensitive]
) -> np.ndarray:
    """Whether, for each group and cell, one of the tables has the group in it and another count in the cell."""
    if not tables:
        return np.zeros((len(knowers), len(cells)), dtype=bool)
    stack = np.stack(tables)
    there = np.stack(
        [
            np.logical_and.reduce([stack[:, seen.columns(one.region)].sum(axis=1) >= one.count for one in group])
            for group in knowers
        ]
    )
    other = np.stack([stack[:, seen.columns(cell.region)].sum(axis=1) != cell.count for cell in cells], axis=1)
    return (there.astype(np.int32) @ other.astype(np.int32)) > 0


def _learned(seen: View, cell: Sensitive, group: Sequence[Knower], attack: str) -> Finding:
    key = key_of(seen.land, cell.region)
    who = " and ".join(name(key_of(seen.land, one.region)) for one in group)
    said = (
        f"who knows {'themselves' if len(group) == 1 else 'each other'} ({who}) learns that {name(key)} is {cell.count}"
    )
    return Finding(attack, key, cell.region.years, seen.land.unit, cell.count, cell.count, said)


def unpublished_crosses(seen: View, search: Witnesses, ground: Witnesses) -> list[Finding]:
    """Small cells of every cross of dimensions that stand in no table must keep two possible counts."""
    if seen.current is None:
        return []
    tabled = {cell.region for cell in seen.sensitive}
    found = []
    for region, count in crosses(seen):
        if region in tabled or not 0 < count < seen.current.release.k or search.varies(seen.columns(region), count):
            continue
        columns = seen.columns(region)
        answer = search.another(columns, count, ())
        if answer is Answer.YES:
            continue
        was = ground.another(columns, count, ())
        if answer is Answer.NO and was is Answer.NO:
            continue
        key = key_of(seen.land, region)
        attack = "unpublished cross" if answer is Answer.NO else "undecided"
        said = f"{name(key)} stands in no table, and can only be {count}"
        found.append(Finding(attack, key, region.years, seen.land.unit, count, count, said))
    return found


def crosses(seen: View) -> list[tuple[Region, int]]:
    """The cells with a record of every cross of the base dimensions: over the window and over its single years."""
    if seen.current is None:
        return []
    sums: dict[Region, int] = defaultdict(int)
    base, versions = seen.current.base, seen.current.versions
    names = list(base.dimensions)
    window = tuple(seen.current.release.years)
    for key, count in base.counts.items():
        if key[0] not in window:
            continue
        for size in range(1, len(names) + 1):
            for picked in combinations(range(len(names)), size):
                where = {names[n]: (key[n + 1],) for n in picked}
                for years in {window, (key[0],)}:
                    sums[seen.land.region(years, where, versions)] += count
    return list(sums.items())


def group_disclosure(seen: View, search: Witnesses, ground: Witnesses, dark: Darkness) -> list[Finding]:
    """A small group must not be seen to lie in one category: noughts elsewhere tell it of each in it.

    What a printed group of k or more around it already tells of everybody is listed there (``whole_groups``).
    """
    around = [(region, dim, one) for region, dim, one, _ in _whole(seen)]
    found = []
    for cell in seen.sensitive:
        if cell.region in dark.exempt:
            continue
        for dim, categories in seen.land.dimensions.items():
            where = dict(cell.region.where)
            inside = where.get(dim, categories)
            only = [one for one in inside if _count(seen, cell.region, {**where, dim: (one,)})]
            if len(inside) == 1 or len(only) != 1:
                continue
            rest = _region(seen, cell.region, {**where, dim: tuple(one for one in inside if one != only[0])})
            columns = seen.columns(rest)
            if not len(columns) or search.varies(columns, 0):
                continue
            if any(of == dim and one == only[0] and _within(cell.region, large) for large, of, one in around):
                continue
            answer = search.another(columns, 0, ())
            if answer is Answer.YES or (answer is Answer.NO and ground.another(columns, 0, ()) is Answer.NO):
                continue
            key = key_of(seen.land, cell.region)
            said = f"whoever is in {name(key)} can only have {dim} {only[0]}: every other category is nought"
            attack = "group disclosure" if answer is Answer.NO else "undecided"
            found.append(Finding(attack, key, cell.region.years, seen.land.unit, None, None, said))
    return found


def _within(small: Region, large: Region) -> bool:
    """Whether every base cell of the one region lies in the other."""
    mine = dict(small.where)
    return set(small.slots) <= set(large.slots) and all(
        dim in mine and set(mine[dim]) <= set(picked) for dim, picked in large.where
    )


def _region(seen: View, like: Region, where: Mapping[str, Sequence[str]]) -> Region:
    versions = dict(like.slots)
    return seen.land.region([year for year, _ in like.slots], where, versions)


def _count(seen: View, like: Region, where: Mapping[str, Sequence[str]]) -> int:
    return seen.land.count(_region(seen, like, where)) or 0


def whole_groups(seen: View) -> list[Finding]:
    """Groups of k or more that a printed table shows to lie in one category: everybody learns it of each."""
    found = []
    for region, dim, one, count in _whole(seen):
        key = key_of(seen.land, region)
        said = f"all {count} in {name(key)} have {dim} {one}"
        found.append(Finding("group disclosure", key, region.years, seen.land.unit, count, count, said))
    return found


def _whole(seen: View) -> list[tuple[Region, str, str, int]]:
    """Printed groups of k or more that lie in one category: by its printed count, or by the noughts beside."""
    if seen.current is None:
        return []
    found = []
    shown = {one.region: one.low for one in seen.full if one.origin == "this" and one.low == one.high}
    for region, count in shown.items():
        where = dict(region.where)
        if count < seen.current.release.k:
            continue
        for dim, categories in seen.land.dimensions.items():
            if dim in where:
                continue
            parts = {one: shown.get(_region(seen, region, {**where, dim: (one,)})) for one in categories}
            for one, value in parts.items():
                others = all(other == 0 for category, other in parts.items() if category != one)
                if value == count or (others and len(parts) > 1):
                    found.append((region, dim, one, count))
    return found


def knows_the_optimiser(seen: View, search: Witnesses, ground: Witnesses, dark: Darkness) -> list[Finding]:
    """Who knows that nothing is suppressed in vain leaves out every table in which no suppressed cell is small.

    Each sensitive cell must be able to be 0, and to reach k, in a table where some other suppressed cell is small.
    Where by policy any cell may be protected by a secret chance (decoys), none can be left out: whether a pattern is
    safe depends on what is printed and on which cells are protected, not on the counts of the suppressed ones.
    """
    if seen.current is None or _decoys(seen.current.release.certificate):
        return []
    one = seen.current
    hidden = list(
        dict.fromkeys(
            region
            for table in one.release.tables
            for cell in table.cells
            if cell.value is None
            for region in spans(seen.land, table, cell.key, one.versions)
        )
    )
    found: list[Finding] = []
    if not hidden or dark.blocking:  # what is known outright needs no knowledge of the optimiser
        return found
    before = {known.region for known in seen.ground}
    printed = [known.region for known in seen.full if known.origin == "this"]
    # whole years and windows of them are exact by policy
    if all(region in before or not region.where for region in printed):
        return found  # all that could be suppressed is: the pattern tells what no release at all would tell as well
    small = _small(seen, search.tables, hidden, one.release.k)
    done = len(search.tables)
    for cell in seen.sensitive:
        columns = seen.columns(cell.region)
        if cell.region in dark.exempt or not len(columns):
            continue
        for low, high in ((0, 0), (cell.k, UNBOUNDED)):
            if len(search.tables) > done:
                small = _small(seen, search.tables, hidden, one.release.k)
                done = len(search.tables)
            values = np.array([int(table[columns].sum()) for table in search.tables])
            if ((low <= values) & (values <= high) & small).any():
                continue
            if not _justified(seen, search, hidden, Row(columns, low, high), one.release.k):
                key = key_of(seen.land, cell.region)
                said = (
                    f"if {name(key)} were {'0' if high == 0 else f'{low} or more'}, nothing suppressed would be small"
                )
                found.append(Finding("knows the optimiser", key, cell.region.years, seen.land.unit, None, None, said))
    return found


def _decoys(certificate: Mapping[str, Any]) -> bool:
    policy = certificate.get("policy")
    return isinstance(policy, Mapping) and bool(policy.get("decoys"))


def _small(seen: View, tables: Sequence[Ints], hidden: Sequence[Region], k: int) -> np.ndarray:
    """For each table, whether a suppressed cell is small in it."""
    if not tables:
        return np.zeros(0, dtype=bool)
    stack = np.stack(tables)
    small = np.zeros(len(tables), dtype=bool)
    for region in hidden:
        values = stack[:, seen.columns(region)].sum(axis=1)
        small |= (values > 0) & (values < k)
    return small


def _justified(seen: View, search: Witnesses, hidden: Sequence[Region], given: Row, k: int) -> bool:
    for region in hidden:
        columns = seen.columns(region)
        if search.fits([given, Row(columns, 1, k - 1)]) is Answer.YES:
            return True
    return False
