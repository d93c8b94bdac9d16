"""Figures of others about what we did not count: other years, other dimensions. One table that they allow is found."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import highspy
import numpy as np

from .moves import INFINITE, Flags
from .regions import Axes, Classes, Ints, Region, base_space
from .solver import has_solution, quiet

SECONDS = 30.0


def fill(
    axes: Axes,
    truth: Mapping[tuple[int, ...], int],
    foreign: Sequence[int],
    outside: int,
    figures: Mapping[Region, int],
) -> dict[tuple[int, ...], int] | None:
    """Spread the true counts over axes that only others counted, and count years that only others counted.

    Args:
        axes: the full cross.
        truth: counts, all in the first category of the foreign axes.
        foreign: the axes that no base of ours has.
        outside: bits of the years of which there are no counts of ours.
        figures: what others published on these.

    Returns:
        counts that agree with ours and with every figure; None when there are none.
    """
    apart = (outside, *axes.everything[1:])
    classes = Classes.of(axes, [*figures, apart])
    counts = classes.counts(list(truth), list(truth.values()))
    regions = list(figures)
    space = base_space(classes, counts, regions)
    own = [axis for axis in range(len(classes.shape)) if axis not in foreign]
    index = np.arange(counts.size).reshape(classes.shape)
    kept = np.moveaxis(index, own, range(len(own))).reshape(int(np.prod([classes.shape[a] for a in own])), -1)
    year = np.unravel_index(kept[:, 0], classes.shape)[0]
    ours = np.array([not masks & outside for masks in classes.masks[0]])[year]
    solver = quiet(time_limit=SECONDS)
    solver.addVars(counts.size, np.zeros(counts.size), np.full(counts.size, INFINITE))
    at = np.arange(counts.size, dtype=np.int32)
    solver.changeColsCost(counts.size, at, np.ones(counts.size))
    solver.changeColsIntegrality(
        counts.size, at, np.full(counts.size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    )
    for row in kept[ours]:
        total = float(counts.ravel()[row].sum())
        solver.addRow(total, total, len(row), row.astype(np.int32), np.ones(len(row)))
    for region, columns in zip(regions, space.members, strict=True):
        value = float(figures[region])
        solver.addRow(value, value, len(columns), columns.astype(np.int32), np.ones(len(columns)))
    solver.run()
    if not has_solution(solver):
        return None
    found = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
    return _spread(classes, truth, kept, ours, found)


def _spread(
    classes: Classes, truth: Mapping[tuple[int, ...], int], kept: Ints, ours: Flags, found: Ints
) -> dict[tuple[int, ...], int]:
    """Counts by category from counts by class: each of our counts takes what its class still has to give."""
    first = [
        [int(np.flatnonzero(of == one)[0]) for one in range(size)]
        for of, size in zip(classes.class_of, classes.shape, strict=True)
    ]
    row_of = {int(column): at for at, row in enumerate(kept) for column in row}
    left = {int(column): int(found[column]) for column in kept.ravel() if found[column]}
    spread: dict[tuple[int, ...], int] = defaultdict(int)
    for key, n in truth.items():
        home = int(
            np.ravel_multi_index([of[one] for of, one in zip(classes.class_of, key, strict=True)], classes.shape)
        )
        waiting = n
        for column in kept[row_of[home]]:
            taken = min(waiting, left.get(int(column), 0))
            if taken:
                left[int(column)] -= taken
                waiting -= taken
                there = np.unravel_index(int(column), classes.shape)
                moved = tuple(
                    one if classes.class_of[axis][one] == there[axis] else first[axis][int(there[axis])]
                    for axis, one in enumerate(key)
                )
                spread[moved] += taken
    for row in kept[~ours]:
        for column in row:
            if left.get(int(column), 0):
                there = np.unravel_index(int(column), classes.shape)
                spread[tuple(first[axis][int(one)] for axis, one in enumerate(there))] += left[int(column)]
    return dict(spread)
