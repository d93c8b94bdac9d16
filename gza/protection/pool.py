"""Witnesses: other tables of whole numbers that an attacker cannot tell from the truth. They prove a pattern safe.

Each is kept as the move that leads to it from the true table, and is checked in whole numbers when it enters; no
tolerance of a solver is in the proof.
"""

from collections.abc import Sequence

import numpy as np

from .moves import Flags, Goal
from .regions import Ints, Space


class Incidence:
    """For each unknown, the regions that sum it."""

    def __init__(self, space: Space) -> None:
        self.regions = len(space.members)
        row = np.repeat(np.arange(self.regions), [len(one) for one in space.members])
        column = np.concatenate(space.members) if space.members else np.zeros(0, dtype=np.int64)
        order = np.argsort(column, kind="stable")
        self.of = row[order]
        self.start = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=len(space.start)))])

    def shifts(self, steps: Ints) -> Ints:
        """What a move does to each region."""
        shifted = np.zeros(self.regions, dtype=np.int64)
        for at in np.flatnonzero(steps):
            shifted[self.of[self.start[at] : self.start[at + 1]]] += steps[at]
        return shifted


class Pool:
    """The witnesses found so far, and which goals they reach under a pattern."""

    def __init__(self, space: Space, known: Flags, cells: Flags) -> None:
        """Begin with none.

        Args:
            space: the base space.
            known: regions that no move may shift.
            cells: regions that are published unless the pattern opens them.
        """
        if not space.exact:
            raise ValueError("only the base space proves")
        self.space, self.known, self.cells = space, known, cells
        self.incidence = Incidence(space)
        self._shifts = np.zeros((64, len(space.members)), dtype=np.int64)
        self._touched = np.zeros(self._shifts.shape, dtype=bool)
        self._steps: list[tuple[Ints, Ints]] = []
        self._seen: set[bytes] = set()

    def __len__(self) -> int:
        return len(self._steps)

    def add(self, steps: Ints) -> bool:
        """Take a move in, if it is one: whole, to a table of counts, shifting nothing that is known."""
        if np.any(self.space.start + steps < 0) or not steps.any():
            return False
        shifts = self.incidence.shifts(steps)
        if shifts[self.known].any():
            return False
        mark = steps.tobytes()
        if mark in self._seen:
            return True
        self._seen.add(mark)
        at = np.flatnonzero(steps)
        if len(self) == len(self._shifts):
            self._shifts = np.concatenate([self._shifts, np.zeros_like(self._shifts)])
            self._touched = np.concatenate([self._touched, np.zeros_like(self._touched)])
        self._shifts[len(self)] = shifts
        self._touched[len(self)] = (shifts != 0) & self.cells
        self._steps.append((at, steps[at]))
        return True

    @property
    def shifts(self) -> Ints:
        """One row for each witness: the shift of each region."""
        return self._shifts[: len(self)]

    @property
    def touched(self) -> Flags:
        """One row for each witness: the publishable cells that it shifts."""
        return self._touched[: len(self)]

    def fits(self, witness: int, free: Flags) -> bool:
        """Whether a witness shifts no cell but the free ones."""
        return not bool((self._touched[witness] & ~free).any())

    def usable(self, free: Flags) -> Ints:
        """The witnesses that shift no cell but the free ones."""
        return np.flatnonzero(~(self.touched & ~free[None, :]).any(axis=1))

    def move(self, witness: int) -> tuple[Ints, Ints]:
        """The unknowns that a witness changes, and by how much."""
        return self._steps[witness]

    def missing(self, goals: Sequence[Goal], free: Flags) -> list[Goal]:
        """The goals that no usable witness reaches."""
        if not goals:
            return []
        usable = self.usable(free)
        if not len(usable):
            return list(goals)
        shifts = self.shifts[usable]
        high, low = shifts.max(axis=0), shifts.min(axis=0)
        return [
            goal for goal in goals if ((high[goal.region] < goal.by) if goal.by > 0 else (low[goal.region] > goal.by))
        ]
