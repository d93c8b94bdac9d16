"""Tables that show an attacker to be in the dark.

A cell is safe when tables of whole numbers fit everything the attacker knows and yet differ enough in that cell. Each
such table is a witness: found by the solver, then held against every known figure in exact integers. One witness serves
many cells. That a cell is *not* safe rests on the solver's proof that there is no witness.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gza.protection.bounds import NEAR, Answer, Ints, Programme, Row

ENOUGH = 400  # tables kept
MOST_AT_ONCE = 64


@dataclass(frozen=True)
class Target:
    """A sum of columns that must be able to be ``low`` or less, and ``high`` or more."""

    columns: Ints
    low: int
    high: int


@dataclass(frozen=True)
class Bounds:
    """What was found of a target: proven where ``closed``; ``high`` None when nothing bounds it."""

    low: int
    high: int | None
    closed: bool = True


class Witnesses:
    """Tables that fit the rows, and the questions that still need one."""

    def __init__(self, width: int, rows: Sequence[Row], *, until: float, start: Ints | None = None) -> None:
        self.width, self.rows, self.until = width, tuple(rows), until
        self.programme = Programme(width, self.rows)
        self.tables: list[Ints] = []
        if start is not None and self.programme.holds(start):
            self.tables.append(start)
        self._stack: Ints = np.zeros((0, width), dtype=np.int64)

    def offer(self, tables: Sequence[Ints]) -> None:
        """Take in those of the tables that hold against every row, exactly."""
        if not tables:
            return
        stack = np.stack(tables)
        holds = (stack >= 0).all(axis=1)
        for row in self.rows:
            picked = stack[:, row.columns]
            sums = picked.sum(axis=1) if row.weights is None else picked @ row.weights
            holds &= (row.low <= sums) & (sums <= row.high)
        self.tables.extend(stack[holds])

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(self.until - time.monotonic(), 0.05)

    def possible(self) -> Answer:
        """Whether any table fits."""
        if self.tables:
            return Answer.YES
        answer, table = self.programme.any_table(seconds=self.left)
        if table is not None:
            self.tables.append(table)
        return answer

    def settle(self, targets: Sequence[Target]) -> list[Bounds]:
        """For each target, how far down and up tables were found to reach: as far as it must, or all it can."""
        lows = self._values(targets).min(axis=1)
        highs = self._values(targets).max(axis=1)
        goals_low = np.array([target.low for target in targets], dtype=np.int64)
        goals_high = np.array([target.high for target in targets], dtype=np.int64)
        closed = np.ones(len(targets), dtype=bool)
        for largest in (False, True):
            for number, target in enumerate(targets):
                reached = highs[number] >= goals_high[number] if largest else lows[number] <= goals_low[number]
                if reached:
                    continue
                goal = target.high if largest else target.low
                best, sure, table = self._stretch(target.columns, goal, largest=largest)
                closed[number] &= sure
                if table is not None:
                    values = np.array([int(table[other.columns].sum()) for other in targets])
                    lows, highs = np.minimum(lows, values), np.maximum(highs, values)
                if largest:
                    highs[number] = max(highs[number], best)
                else:
                    lows[number] = min(lows[number], best)
        return [Bounds(int(low), int(high), bool(sure)) for low, high, sure in zip(lows, highs, closed, strict=True)]

    def _stretch(self, columns: Ints, goal: int, *, largest: bool) -> tuple[int, bool, Ints | None]:
        """The largest or smallest value up to the goal, whether that is proven, and a new table."""
        limit, _ = self.programme.linear(columns, largest=largest)
        now = [int(table[columns].sum()) for table in self.tables]
        best = max(now) if largest else min(now)
        bound = int(np.floor(limit + NEAR)) if largest and np.isfinite(limit) else int(np.ceil(min(limit, 1e9) - NEAR))
        if np.isfinite(limit) and (bound <= best if largest else bound >= best):
            return best, True, None
        reach = self.programme.reach(columns, largest=largest, seconds=self.left, enough=goal)
        if reach.table is None:
            if np.isinf(reach.limit):
                return self._without_bound(columns, goal)
            return best, False, None
        self._keep(reach.table)
        value = int(reach.table[columns].sum())
        reached = value >= goal if largest else value <= goal
        return value, reach.closed or reached, reach.table

    def _without_bound(self, columns: Ints, goal: int) -> tuple[int, bool, Ints | None]:
        """Nothing bounds the sum from above: a table that reaches the goal is asked for."""
        rows = [*self.rows, Row(columns, goal, goal)]
        _, table = Programme(self.width, rows).any_table(seconds=self.left)
        if table is None:
            return 0, False, None
        self._keep(table)
        return goal, True, table

    def interval(self, columns: Ints) -> Bounds:
        """The smallest and the largest value of a sum."""
        least = self.programme.reach(columns, largest=False, seconds=self.left)
        most = self.programme.reach(columns, largest=True, seconds=self.left)
        high = None if np.isinf(most.limit) else int(np.floor(most.limit + NEAR))
        return Bounds(int(np.ceil(least.limit - NEAR)), high, least.closed and most.closed)

    def fits(self, given: Sequence[Row]) -> Answer:
        """Whether a table fits and satisfies the given rows too."""
        answer, table = Programme(self.width, [*self.rows, *given]).any_table(seconds=self.left)
        if table is not None:
            self._keep(table)
        return answer

    def another(self, columns: Ints, value: int, given: Sequence[Row]) -> Answer:
        """Whether a table fits, satisfies the given rows too, and has another value there."""
        answers = []
        for low, high in ((0, value - 1), (value + 1, int(1e9))):
            if high < low:
                continue
            answer = self.fits([*given, Row(columns, low, high)])
            if answer is Answer.YES:
                return answer
            answers.append(answer)
        return Answer.NO if all(answer is Answer.NO for answer in answers) else Answer.OPEN

    def varies(self, columns: Ints, value: int) -> bool:
        """Whether a table that was found has another value there."""
        if len(self._stack) != len(self.tables):
            self._stack = np.stack(self.tables)
        for first in range(0, len(self.tables), MOST_AT_ONCE):  # the first ones mostly do
            if (self._stack[first : first + MOST_AT_ONCE, columns].sum(axis=1) != value).any():
                return True
        return False

    def _keep(self, table: Ints) -> None:
        if len(self.tables) < ENOUGH:
            self.tables.append(table)

    def _values(self, targets: Sequence[Target]) -> Ints:
        found = [[int(table[target.columns].sum()) for table in self.tables] for target in targets]
        return np.array(found, dtype=np.int64).reshape(len(targets), len(self.tables))
