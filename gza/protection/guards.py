"""What must stay uncertain beside the intervals: small groups, crosses in no table, what people know of themselves.

Each guard is a choice of wishes of which one must be fulfilled by a whole move that shifts no published cell:

- a sum that is 0 beside a small group must be able to be more, else the group is seen to lie in one category;
- a small cell of a cross that stands in no table must be able to be another number;
- a sensitive cell must be able to be another number in a table that leaves everybody of any one base cell in it: who
  knows that they are counted, alone or with all who are alike, must not learn the rest;
- at each end of its interval some other suppressed cell must be able to be small: who knows that nothing is suppressed
  without a small cell would otherwise rule that end out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from .moves import INFINITE, Flags, Goal, Wish, wish
from .prover import AT_ONCE, Prover
from .regions import Ints

Choice = list[list[Wish]]
MOST_ASKED = 3  # times that one guard is settled
TRIED, TRIED_OF_MANY = 20, 4  # cells of either kind, suppressed and printed, that are tried for the last guard


class Guards:
    """Finds which guards a pattern leaves open, witnesses for them, and the cells to suppress for the rest."""

    def __init__(self, prover: Prover, goals: list[Goal]) -> None:
        self.prover, self.goals = prover, goals
        self.problem = prover.problem
        self.pool = prover.pool
        self.exempt: set[str] = set()  # guards that fail whatever is suppressed: known before this release
        self.everything = np.ones(len(self.problem.cells), dtype=bool)
        self.opened = 0

    def closed(self, free: Flags) -> Flags:
        """The pattern with what it needs beside to hold every guard."""
        free = free.copy()
        asked: Counter[str] = Counter()
        while True:
            if self.prover.late and not (self.problem.cells & ~free).any():
                return free  # there is nothing left to suppress, and no time to find out what holds
            found = False
            for name, choice in self._open(free):
                found = True
                asked[name] += 1
                if asked[name] > MOST_ASKED:
                    self.exempt.add(name)  # what was found does not hold it; the audit will say so
                else:
                    self._settle(name, choice, free)
            if not found:
                return free

    def _settle(self, name: str, choice: Choice, free: Flags) -> None:
        """Find a witness for a guard, suppressing more if there is none; or find that nothing helps."""
        if any(self.prover.wishes(one, free) for one in choice):
            return
        if not any(self.prover.wishes(one, self.everything) for one in choice):
            self.exempt.add(name)
            return
        best: Flags | None = None
        for one in choice:
            added = self.prover.completed(one, free)
            if added is not None and (best is None or self._price(added & ~free) < self._price(best & ~free)):
                best = added
        if best is None:
            best = self.problem.cells  # not found in time: everything goes
        self.opened += int((best & ~free).sum())
        free |= best

    def _price(self, cells: Flags) -> float:
        return float(self.problem.prices[cells].sum())

    def _open(self, free: Flags) -> Iterator[tuple[str, Choice]]:
        """The guards that no witness holds; asked again one by one as the pool grows."""
        yield from self._noughts(free)
        yield from self._crosses(free)
        yield from self._insiders(free)
        yield from self._optimiser(free)

    def _usable(self, free: Flags) -> Ints:
        return self.pool.usable(self.prover.loose(free))

    def _noughts(self, free: Flags) -> Iterator[tuple[str, Choice]]:
        for at, nought in enumerate(self.problem.guarded.noughts):
            name, columns = f"nought {at}", nought.columns
            if any(not free[group] and not free[part] for group, part in nought.around):
                continue
            inside = np.zeros(len(self.problem.base.start), dtype=bool)
            inside[columns] = True
            if name not in self.exempt and not any(self._sum(w, inside) > 0 for w in self._usable(free)):
                yield name, [[Wish(columns, 1, INFINITE)]]

    def _sum(self, witness: int, inside: Flags) -> int:
        at, by = self.pool.move(witness)
        return int(by[inside[at]].sum())

    def _crosses(self, free: Flags) -> Iterator[tuple[str, Choice]]:
        for number, cells in enumerate(self.problem.guarded.crosses):
            left = {int(one) for one in np.unique(cells[cells >= 0])}
            left -= {int(name.split()[2]) for name in self.exempt if name.startswith(f"cross {number} ")}
            seen = 0
            for cell in sorted(left):
                new = [int(one) for one in self._usable(free) if one >= seen] if len(self.pool) > seen else []
                seen = len(self.pool)
                for witness in new:
                    left -= self._moved(cells, witness)
                if cell not in left:
                    continue
                columns = np.flatnonzero(cells == cell)
                if not self._cubed(cells, int(cell), columns, free):
                    yield f"cross {number} {cell}", [[Wish(columns, -INFINITE, -1)], [Wish(columns, 1, INFINITE)]]

    def _cubed(self, cells: Ints, cell: int, columns: Ints, free: Flags) -> bool:
        """Whether a cube through a record of the cell is a witness: it shifts no sum over two dimensions or fewer."""
        shape, start = self.problem.guarded.shape, self.problem.base.start
        for column in columns[start[columns] > 0]:
            for axes in combinations([axis for axis, size in enumerate(shape) if size > 1], 3):
                steps = cube(start, shape, int(column), axes)
                if steps is None or int(steps[columns].sum()) == 0 or not self.pool.add(steps):
                    continue
                last = len(self.pool) - 1
                if self.pool.fits(last, self.prover.loose(free)) and cell in self._moved(cells, last):
                    return True
        return False

    def _moved(self, cells: Ints, witness: int) -> set[int]:
        """The cells of a cross that a witness changes."""
        at, by = self.pool.move(witness)
        inside = cells[at] >= 0
        numbers, where = np.unique(cells[at][inside], return_inverse=True)
        shifts = np.bincount(where, weights=by[inside], minlength=len(numbers))
        return {int(one) for one in numbers[np.rint(shifts) != 0]}

    def _insiders(self, free: Flags) -> Iterator[tuple[str, Choice]]:
        """Unknowns that every witness which moves a sensitive cell takes from."""
        for region in dict.fromkeys(goal.region for goal in self.goals):
            for held in sorted(self._always_taken(region, free)):
                name = f"insider {region} {held}"
                if name in self.exempt or held not in self._always_taken(region, free):
                    continue
                stays = Wish(np.array([held]), 0, INFINITE)
                columns = self.problem.base.members[region]
                yield name, [[Wish(columns, 1, INFINITE), stays], [Wish(columns, -INFINITE, -1), stays]]

    def _always_taken(self, region: int, free: Flags) -> set[int]:
        common: set[int] | None = None
        usable = self._usable(free)
        for witness in usable[self.pool.shifts[usable, region] != 0]:
            at, by = self.pool.move(int(witness))
            taken = {int(one) for one in at[by < 0]}
            common = taken if common is None else common & taken
            if not common:
                return set()
        return common or set()

    def _optimiser(self, free: Flags) -> Iterator[tuple[str, Choice]]:
        values, k = self.problem.base.values, self.problem.guarded.k
        room = self.problem.guarded.room
        most = np.full(len(values), k - 1) if room is None else np.maximum(room, k - 1)
        for goal in self.goals:
            hidden = np.flatnonzero(free & self.problem.cells)
            usable = self._usable(free)
            shifts = self.pool.shifts[usable]
            there = shifts[:, goal.region] >= goal.by if goal.by > 0 else shifts[:, goal.region] <= goal.by
            shown = values[hidden][None, :] + shifts[there][:, hidden]
            small = (shown > 0) & (shown <= most[hidden][None, :])
            name = f"optimiser {goal.region} {goal.by}"
            if name in self.exempt or small.any():
                continue
            reach = wish(self.problem.base, goal)
            every = np.flatnonzero(self.problem.cells & (np.arange(len(values)) != goal.region))
            near = [(at, int(most[at])) for at in self._nearly_small(every[free[every]])]
            near += [(at, k - 1) for at in self._nearly_small(every[~free[every]])]  # printed ones must shift
            yield (
                name,
                [
                    [reach, Wish(self.problem.base.members[at], float(1 - values[at]), float(top - values[at]))]
                    for at, top in near
                ],
            )

    def _nearly_small(self, cells: Ints) -> list[int]:
        """Those of the cells that are nearest to being small."""
        values, k = self.problem.base.values[cells], self.problem.guarded.k
        apart = np.maximum(np.maximum(1 - values, values - k + 1), 0)
        most = TRIED if len(self.problem.base.start) <= AT_ONCE else TRIED_OF_MANY
        return [int(at) for at in cells[np.argsort(apart, kind="stable")[:most]]]


def cube(start: Ints, shape: Sequence[int], column: int, axes: Sequence[int]) -> Ints | None:
    """A move of eight unknowns over three axes that leaves every sum over two of them as it is; None without one.

    Four records at corners of a cube that differ from each other in two of the axes go to the four other corners.
    """
    at = np.unravel_index(column, tuple(shape))
    there = tuple(slice(None) if axis in axes else int(at[axis]) for axis in range(len(shape)))
    taken = (start.reshape(shape) > 0)[there]
    i, j, k = (int(at[axis]) for axis in sorted(axes))
    fits = taken[:, :, k][:, :, None] & taken[:, j, :][:, None, :] & taken[i, :, :][None, :, :]
    fits[i], fits[:, j], fits[:, :, k] = False, False, False
    if not fits.any():
        return None
    far = np.unravel_index(int(np.argmax(fits)), fits.shape)
    numbers = np.arange(len(start)).reshape(shape)[there]
    steps = np.zeros(len(start), dtype=np.int64)
    for flips in np.ndindex(2, 2, 2):
        corner = tuple(
            int(far[axis]) if flip else here for axis, (flip, here) in enumerate(zip(flips, (i, j, k), strict=True))
        )
        steps[numbers[corner]] += 1 if sum(flips) % 2 else -1
    return steps
