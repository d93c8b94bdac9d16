"""Finding witnesses: moves in whole numbers, near a fractional one first, among all unknowns last."""

import math
import time
from collections.abc import Sequence

import numpy as np

from .lifting import Lifting
from .moves import NEAR, Flags, Floats, Goal, Programme, Wish, whole_move, wish
from .pool import Pool
from .problem import Problem
from .regions import Ints

ROUNDED = 1e-6
MIP_SECONDS = 5.0
WHOLE_SECONDS = 60.0
AT_ONCE = 600  # unknowns; fewer are searched whole
AROUND = (400, 1600)  # unknowns in which a whole move is looked for first


class Prover:
    """Asks the attacker's programmes for witnesses and puts what they find into the pool.

    After ``until`` (of the monotonic clock) it asks no more of a pattern that prints anything: what is not in the pool
    is taken for impossible, which costs cells and makes nothing unsafe.
    """

    def __init__(self, problem: Problem, until: float = math.inf) -> None:
        self.problem, self.until = problem, until
        self.pool = Pool(problem.base, problem.known, problem.cells)
        self.base = Programme(problem.base, problem.known)
        self.wide = Programme(problem.wide, problem.known) if problem.wide is not None else None
        self.undecided = 0  # questions that the time ended; taken for impossible, which is safe
        self.asked = 0

    def loose(self, free: Flags) -> Flags:
        """What may shift: the suppressed cells and what is no cell of this release."""
        return (free | ~self.problem.cells) & ~self.problem.known

    @property
    def late(self) -> bool:
        """Whether the time for questions is over."""
        return time.monotonic() > self.until

    def _too_late(self, free: Flags) -> bool:
        return self.late and bool((self.problem.cells & ~free).any())

    def goal(self, goal: Goal, free: Flags) -> bool:
        """Whether a whole move reaches the goal shifting only what is suppressed; it is in the pool then."""
        if not self.pool.missing([goal], self.loose(free)):
            return True
        if self._too_late(free):
            self.undecided += 1
            return False
        self.asked += 1
        if self.wide is not None:
            near = self.wide.nearest(goal, self.loose(free))
            if near is None:
                return False
            moved = np.flatnonzero((np.abs(near.shifts) > NEAR) & self.loose(free))
            held = self._lifted([wish(self.problem.base, goal)], free, moved)
            if held is not None:
                return held
        found = self.base.nearest(goal, self.loose(free))
        return found is not None and self.rounded(goal, free, found.steps)

    def wishes(self, wishes: Sequence[Wish], free: Flags) -> bool:
        """Whether a whole move fulfils all of these; it is in the pool then."""
        if self._too_late(free):
            self.undecided += 1
            return False
        self.asked += 1
        moved = self._regions_of(wishes)
        closed = ~self.loose(free)
        if self.wide is not None:
            held = self._lifted(wishes, free, moved)
            if held is not None:
                return held
        for columns, seconds in self._fields(moved, np.zeros(0, dtype=np.int64)):
            found, final = whole_move(self.problem.base, closed, wishes, columns, seconds)
            if found is not None and self.pool.add(found):
                return True
            if not final and len(columns) == len(self.problem.base.start):
                self.undecided += 1
        return False

    def completed(self, wishes: Sequence[Wish], free: Flags) -> Flags | None:
        """The cells that a whole move fulfilling the wishes shifts, at about the least price beside the free ones."""
        if self._too_late(free):
            return None
        self.asked += 1
        prices = np.where(self.problem.known, np.inf, self.problem.prices)
        for columns, seconds in self._fields(self._regions_of(wishes), np.zeros(0, dtype=np.int64)):
            found, _ = whole_move(self.problem.base, ~self.loose(free), wishes, columns, seconds, prices)
            if found is not None and self.pool.add(found):
                needed: Flags = (self.pool.incidence.shifts(found) != 0) & self.problem.cells
                return needed
        return None

    def rounded(self, goal: Goal, free: Flags, steps: Floats) -> bool:
        """Whole numbers near a fractional move to a goal, or by a programme in whole numbers."""
        if self._too_late(free):
            return False
        near = np.rint(steps)
        if float(np.abs(steps - near).max(initial=0.0)) < ROUNDED:
            self.pool.add(near.astype(np.int64))
            if not self.pool.missing([goal], self.loose(free)):
                return True
        used = np.flatnonzero(np.abs(steps) > NEAR)
        incidence = self.pool.incidence
        touched = [incidence.of[incidence.start[at] : incidence.start[at + 1]] for at in used]
        moved = np.unique(np.concatenate(touched)) if touched else np.zeros(0, dtype=np.int64)
        closed = ~self.loose(free)
        for columns, seconds in self._fields(moved, used):
            found, final = whole_move(self.problem.base, closed, [wish(self.problem.base, goal)], columns, seconds)
            if found is not None and self.pool.add(found) and not self.pool.missing([goal], self.loose(free)):
                return True
            if not final and len(columns) == len(steps):
                self.undecided += 1
        return False

    def _lifted(self, wishes: Sequence[Wish], free: Flags, moved: Ints) -> bool | None:
        """Whether a whole move fulfils the wishes, looked for where these regions move first; None: not found out."""
        closed = ~self.loose(free)
        start = self._around(moved, np.zeros(0, dtype=np.int64), AROUND[0])
        found = Lifting(self.problem.base, self.pool.incidence, closed, wishes).run(start)
        if found.steps is None:
            return False if found.final else None
        near = np.rint(found.steps)
        if float(np.abs(found.steps - near).max(initial=0.0)) < ROUNDED and self.pool.add(near.astype(np.int64)):
            return True
        used = np.flatnonzero(np.abs(found.steps) > NEAR)
        for columns in (np.union1d(start, used), found.columns):  # whole numbers may need other cells than fractions
            whole, _ = whole_move(self.problem.base, closed, wishes, columns, MIP_SECONDS)
            if whole is not None and self.pool.add(whole):
                return True
        return None

    def _regions_of(self, wishes: Sequence[Wish]) -> Ints:
        incidence, start = self.pool.incidence, self.problem.base.start
        touched: list[Ints] = []
        for one in wishes:
            columns = one.columns[np.argsort(-start[one.columns], kind="stable")[:40]]
            touched += [incidence.of[incidence.start[at] : incidence.start[at + 1]] for at in columns]
        return np.unique(np.concatenate(touched))

    def _fields(self, moved: Ints, used: Ints) -> list[tuple[Ints, float]]:
        """Sets of unknowns to look in for whole moves, the narrow ones first, all of them last."""
        every = np.arange(len(self.problem.base.start), dtype=np.int64)
        if len(every) <= AT_ONCE:
            return [(every, WHOLE_SECONDS)]
        near = [(self._around(moved, used, most), MIP_SECONDS) for most in AROUND if most < len(every)]
        return [*near, (every, WHOLE_SECONDS)]

    def _around(self, moved: Ints, used: Ints, most: int) -> Ints:
        """The unknowns that share most with these regions, the used ones in any case."""
        members, size = self.problem.base.members, len(self.problem.base.start)
        near = (self.problem.base.start > 0) * 0.02
        for region in moved:
            near[members[region]] += 1.0 / len(members[region])
        near[used] = np.inf
        return np.sort(np.argsort(-near, kind="stable")[: min(size, most)])
