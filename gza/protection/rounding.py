"""The other output, for open data: every cell rounded to a multiple of one base, all tables still adding up.

A rounded value v tells that the count is less than the base away from v. So small cells are rounded to 0, which leaves
them 0 to base - 1, and the base is above k. Whether the tables together still leave that is shown by witnesses, as for
suppression: tables of whole numbers that round to the same values. Never made over years that have a release already:
a rounded value and a suppressed table of the same cells undo each other.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from .compose import Composed, compose
from .knowledge import world
from .model import SMALLEST_K, TOTAL, Base, Cell, Release, Table, TableSpec, bad
from .moves import INFINITE, Flags, Wish, whole_move, wish
from .pool import Pool
from .problem import Outcome
from .programme import standard
from .regions import Ints, Region
from .release import LARGEST_K, Before, Prepared, Revised, cost_of, fingerprints, no_higher
from .solver import has_solution, quiet

ROUNDING = "rounding"
SECONDS = 60.0
FINER = (1, 2, 4)  # times the smallest base; tried in order


def prepare_rounded(
    base: Base, *, k: int = 3, specs: Sequence[TableSpec] | None = None, before: Before | None = None
) -> Prepared:
    """Round all cells of the tables together.

    Args:
        base: true counts of every year of the release.
        k: its threshold.
        specs: tables; None takes the standard programme.
        before: what was published before.

    Raises:
        BadInput: some of the years were published before, or no rounding protects every small cell.
    """
    if not SMALLEST_K <= k <= LARGEST_K:
        raise bad("k", f"{k} is not between {SMALLEST_K} and {LARGEST_K}")
    before = before or Before()
    taken = [one.row for one in before.releases if one.base.unit == base.unit and set(one.versions) & set(base.years)]
    if taken:
        raise bad(f"ledger row {taken[0]}", "published these years already; a rounded release would undo it")
    known = world(base, before.releases, before.figures)
    if known.revised:
        raise Revised(known)
    wanted = list(specs) if specs is not None else standard(base)
    composed = compose(known, base, wanted, k, no_higher, lambda _: 0.5)
    for times in FINER:
        step = (k + 1) * times
        values = _rounded(composed, step)
        pool = None if values is None else _shown_safe(composed, values, step)
        if values is not None and pool is not None:
            break
    else:
        raise bad("tables", "no rounding protects every small cell; coarsen them")
    made = tuple(
        Table(
            spec.dimensions,
            base.years,
            base.unit,
            tuple(Cell(key, values[region]) for key, region in keys),
            {name: spec.categories(name, base, base.years) for name in spec.groups},
            ROUNDING,
        )
        for spec, keys in composed.layout
    )
    certificate = {
        "method": ROUNDING,
        "base": step,
        "k": k,
        "unit": base.unit.value,
        "policy": {"annual_totals": "exact"},
        "totals": {year: base.total([year]) for year in base.years},
        "tables": [list(table.dimensions) for table in made],
        "cells": len(values),
        "lost": 0,
        **fingerprints(base, before),
    }
    free = np.zeros(len(composed.regions), dtype=bool)
    outcome = Outcome(free, 0.0, 0.0, proven=True, missed=(), pool=pool)
    release = Release(k, base.years, made, certificate)
    return Prepared(release, base, known.versions, tuple(map(cost_of, made)), (), outcome, composed, known)


def _rounded(composed: Composed, step: int) -> dict[Region, int] | None:
    """Multiples of the base near the counts that add up in every table, small cells at 0; None if there are none."""
    shown = list(dict.fromkeys(region for _, keys in composed.layout for _, region in keys))
    place = {region: at for at, region in enumerate(shown)}
    true = np.array([composed.problem.base.values[composed.index[region]] for region in shown], dtype=np.float64)
    small = {one.region for one in composed.sensitive}
    low = np.ceil((true - step + 1) / step).clip(0)
    high = np.floor((true + step - 1) / step)
    for region, at in place.items():
        if region in small:
            high[at] = 0.0
    count = len(shown)
    solver = quiet(time_limit=SECONDS, mip_rel_gap=0.02)
    solver.addVars(2 * count, np.concatenate([low, np.zeros(count)]), np.concatenate([high, np.full(count, INFINITE)]))
    columns = np.arange(2 * count, dtype=np.int32)
    solver.changeColsCost(2 * count, columns, np.concatenate([np.zeros(count), np.ones(count)]))
    solver.changeColsIntegrality(count, columns[:count], np.ones(count, dtype=np.uint8))
    for one in range(count):
        pair = np.array([one, count + one], dtype=np.int32)
        solver.addRow(float(-true[one]), INFINITE, 2, pair, np.array([-float(step), 1.0]))
        solver.addRow(float(true[one]), INFINITE, 2, pair, np.array([float(step), 1.0]))
    for _, keys in composed.layout:
        for whole, parts in _sums({tuple(key.items()): region for key, region in keys}):
            if parts == [whole]:
                continue
            cells = np.array([place[whole], *(place[one] for one in parts)], dtype=np.int32)
            solver.addRow(0.0, 0.0, len(cells), cells, np.array([1.0] + [-1.0] * len(parts)))
    solver.run()
    if not has_solution(solver):
        return None
    found = np.rint(np.array(solver.getSolution().col_value)[:count]).astype(np.int64) * step
    return {region: int(found[at]) for region, at in place.items()}


def _sums(keys: Mapping[tuple[tuple[str, str], ...], Region]) -> list[tuple[Region, list[Region]]]:
    """Each total of a table with the cells over one dimension that it sums."""
    found = []
    for key, region in keys.items():
        for at, (name, category) in enumerate(key):
            if category == TOTAL:
                parts = [
                    part
                    for other, part in keys.items()
                    if other[at][1] != TOTAL and (*other[:at], (name, TOTAL), *other[at + 1 :]) == key
                ]
                found.append((region, parts))
    return found


def _shown_safe(composed: Composed, values: Mapping[Region, int], step: int) -> Pool | None:
    """Witnesses for every goal among the tables that round to the same values; None if one is missing."""
    problem = composed.problem
    space = problem.base
    truth = space.values
    bounds = []
    for region, value in values.items():
        at = composed.index[region]
        low, high = max(0, value - step + 1) - int(truth[at]), value + step - 1 - int(truth[at])
        bounds.append((at, low, high))
    wishes = [Wish(space.members[at], float(low), float(high)) for at, low, high in bounds]
    every: Ints = np.arange(len(space.start), dtype=np.int64)
    pool = Pool(space, problem.known, problem.cells)
    everything: Flags = np.ones(len(problem.cells), dtype=bool)
    for goal in problem.goals:
        if not pool.missing([goal], everything):
            continue
        found, _ = whole_move(space, problem.known, [*wishes, wish(space, goal)], every, SECONDS)
        if found is None or not pool.add(found):
            return None
        shifts = pool.incidence.shifts(found)
        if any(not low <= shifts[at] <= high for at, low, high in bounds):
            raise RuntimeError("a witness does not round to what is published")
    return pool
