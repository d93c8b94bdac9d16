"""Moves of the base cells, looked for among few of them at first; the duals say which others would help.

The attacker's programme over all base cells costs much where these are many, and a move needs few of them. So it begins
with some columns and may miss its rows at a price; the duals of the rows price every column that it does not have, and
those that would bring the rows nearer are taken in (column generation). When none does and rows are still missed, there
is no move among all base cells either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from .moves import INFINITE, NEAR, Flags, Floats, Wish
from .pool import Incidence
from .regions import Ints, Space
from .solver import quiet

MISSED = 1000.0  # price of missing a row by 1, where a step costs 1
AT_ONCE = 400  # columns of each sign that are taken in at a time
ROUNDS = 60


@dataclass(frozen=True)
class Lifted:
    """What was found: the steps of a move in fractions (None: there is none), and the columns that were looked at."""

    steps: Floats | None
    columns: Ints
    final: bool = True


class Lifting:
    """One question: a move that shifts no closed region and fulfils the wishes."""

    def __init__(self, space: Space, incidence: Incidence, closed: Flags, wishes: Sequence[Wish]) -> None:
        self.space, self.incidence = space, incidence
        self.shut = np.flatnonzero(closed)
        self.row = np.full(len(space.members), -1, dtype=np.int64)
        self.row[self.shut] = np.arange(len(self.shut))
        self.rows = len(self.shut) + len(wishes)
        self.inside = np.zeros((len(wishes), len(space.start)), dtype=bool)
        for at, one in enumerate(wishes):
            self.inside[at, one.columns] = True
        nothing = np.zeros(len(self.shut))
        low = np.concatenate([nothing, [one.low for one in wishes]])
        high = np.concatenate([nothing, [one.high for one in wishes]])
        self.solver = quiet(presolve="off", simplex_strategy=1)
        none = np.zeros(0)
        self.solver.addRows(self.rows, low, high, 0, np.zeros(self.rows, dtype=np.int32), none.astype(np.int32), none)
        each = np.arange(self.rows, dtype=np.int32)
        self._columns(np.tile(each, 2), np.repeat([1.0, -1.0], self.rows), np.ones(2 * self.rows), MISSED)
        self.steps: list[tuple[Ints, float]] = []
        self.has = np.zeros((2, len(space.start)), dtype=bool)

    def _columns(
        self, rows: Ints, values: Floats, sizes: Ints | Floats, cost: float, upper: Floats | None = None
    ) -> None:
        count = len(sizes)
        start = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
        top = np.full(count, INFINITE) if upper is None else upper
        rows = rows.astype(np.int32)
        self.solver.addCols(count, np.full(count, cost), np.zeros(count), top, len(rows), start, rows, values)

    def _take(self, columns: Ints, sign: float) -> bool:
        """Take in steps of these unknowns, up (1) or down (-1); whether there was any that it did not have."""
        side = int(sign < 0)
        columns = columns[~self.has[side, columns]]
        if not len(columns):
            return False
        self.has[side, columns] = True
        begin, end = self.incidence.start[columns], self.incidence.start[columns + 1]
        counts = end - begin
        places = np.arange(int(counts.sum())) + np.repeat(begin - np.cumsum(counts) + counts, counts)
        rows, owner = self.row[self.incidence.of[places]], np.repeat(np.arange(len(columns)), counts)
        wished, asking = np.nonzero(self.inside[:, columns])
        rows = np.concatenate([rows, wished + len(self.shut)])
        owner = np.concatenate([owner, asking])
        kept = np.flatnonzero(rows >= 0)
        kept = kept[np.argsort(owner[kept], kind="stable")]
        sizes = np.bincount(owner[kept], minlength=len(columns))
        stacked = rows[kept]
        top = self.space.start[columns].astype(np.float64) if side else None
        self._columns(stacked, np.full(len(stacked), sign), sizes, 1.0, top)
        self.steps.append((columns, sign))
        return True

    def _worth(self, duals: Floats) -> Floats:
        """For each unknown, what a step up by 1 is worth to the rows."""
        by_region = np.zeros(len(self.space.members))
        by_region[self.shut] = duals[: len(self.shut)]
        sums = np.concatenate([[0.0], np.cumsum(by_region[self.incidence.of])])
        worth: Floats = sums[self.incidence.start[1:]] - sums[self.incidence.start[:-1]]
        return worth + duals[len(self.shut) :] @ self.inside

    def run(self, columns: Ints) -> Lifted:
        """Look for the move, beginning with these columns."""
        fall = self.space.start > 0
        self._take(columns, 1.0)
        self._take(columns[fall[columns]], -1.0)
        for _ in range(ROUNDS):
            self.solver.run()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return Lifted(None, self._looked_at(), final=False)
            said = self.solver.getSolution()
            values = np.array(said.col_value)
            if float(values[: 2 * self.rows].sum()) < NEAR:
                return Lifted(self._found(values[2 * self.rows :]), self._looked_at())
            worth = self._worth(np.array(said.row_dual))
            more = False
            for sign, saved in ((1.0, worth), (-1.0, np.where(fall, -worth, 0.0))):
                best = np.argpartition(-saved, min(AT_ONCE, len(saved) - 1))[:AT_ONCE]
                more |= self._take(best[saved[best] > 1.0 + NEAR], sign)
            if not more:
                return Lifted(None, self._looked_at())
        return Lifted(None, self._looked_at(), final=False)

    def _found(self, values: Floats) -> Floats:
        steps = np.zeros(len(self.space.start))
        at = 0
        for columns, sign in self.steps:
            steps[columns] += sign * values[at : at + len(columns)]
            at += len(columns)
        return steps

    def _looked_at(self) -> Ints:
        return np.flatnonzero(self.has.any(axis=0))
