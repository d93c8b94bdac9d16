"""The search for the cheapest safe pattern: Benders cuts from the attacker, witnesses as proof, the gap between them.

After Fischetti and Salazar (Solving the cell suppression problem on tabular data with linear constraints, Management
Science 47, 2001): a master programme proposes which cells to suppress; a linear programme of the attacker answers with an
inequality that every safe pattern satisfies. Ours differs in three things: the attacker's unknowns are base cells, so that
linked tables and earlier releases are one system; safety is never believed of a solver but shown by tables of whole numbers
(``pool``); and the first pattern is completed at the least price and then improved, so that there is a safe one at any time.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .master import Master, cheapest_cover
from .moves import NEAR, Flags, Floats, Goal, Programme, weigh, whole_move
from .pool import Pool
from .regions import Ints, Space

ROUNDED = 1e-6
LEAST_VIOLATION = 1e-3
PACE = 1e-3  # what a step costs beside a cell, so that completions move little
MIP_SECONDS = 5.0
WHOLE_SECONDS = 60.0
GUIDED_SECONDS = 1.0
AROUND = (400, 1600)  # unknowns in which a whole move is looked for first


@dataclass(frozen=True)
class Problem:
    """What is to be made safe.

    Attributes:
        base: the base space with one region for each cell, known figure and goal.
        wide: the same regions in the smaller, wider space (None: not worth it).
        known: regions whose sum nobody can doubt.
        cells: regions that are published unless suppressed.
        forced: cells that are suppressed in any case.
        prices: by region, what suppression costs (1 and a tie-break below 1).
        goals: shifts that must stay possible.
    """

    base: Space
    wide: Space | None
    known: Flags
    cells: Flags
    forced: Flags
    prices: Floats
    goals: tuple[Goal, ...]


@dataclass
class Outcome:
    """A safe pattern.

    Attributes:
        free: by region, whether it is suppressed (regions that are not cells count as free).
        cost: what the suppressed cells cost.
        bound: no safe pattern costs less.
        proven: whether the search ended (cost and bound meet, to less than a cell).
        missed: goals that cannot be reached whatever is suppressed, each with how far one gets; so far they hold.
        pool: the witnesses.
        notes: numbers on the run (cuts, rounds, witnesses, seconds).
    """

    free: Flags
    cost: float
    bound: float
    proven: bool
    missed: tuple[tuple[Goal, int], ...]
    pool: Pool
    notes: dict[str, float] = field(default_factory=dict)


Said = Callable[[str, int, int], None]


def silent(_what: str, _lost: int, _least: int) -> None:
    """Progress that nobody watches."""


class Search:
    """One search; ``run`` is asked once."""

    def __init__(self, problem: Problem, seconds: float, said: Said = silent) -> None:
        self.problem, self.said = problem, said
        self.began = time.monotonic()
        self.until = self.began + seconds
        self.pool = Pool(problem.base, problem.known, problem.cells)
        self.base = Programme(problem.base, problem.known)
        self.wide = Programme(problem.wide, problem.known) if problem.wide is not None else None
        self.goals = list(problem.goals)
        self.cell_at = np.flatnonzero(problem.cells)
        self.index = np.full(len(problem.cells), -1, dtype=np.int64)
        self.index[self.cell_at] = np.arange(len(self.cell_at))
        values = problem.base.values
        self.rise = float(problem.base.start.sum()) - values
        self.fall = values.astype(np.float64)
        self.notes: dict[str, float] = {"cuts": 0, "rounds": 0, "programmes": 0}
        self.exact_bound = True

    # what is left of the time

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return self.until - time.monotonic()

    def run(self) -> Outcome:
        """Search until the pattern is proven best, or the time is over and a safe one is held."""
        missed = self._reachable()
        problem = self.problem
        must = problem.forced.copy()
        for goal in self.goals:
            if problem.cells[goal.region]:
                must[goal.region] = True
        self.forced = must
        at = self.cell_at
        self.master = Master(problem.prices[at], must[at])
        self.best: Flags | None = None
        self.cost = float("inf")
        self._first_pattern()
        proven = self._improve()
        assert self.best is not None  # noqa: S101 -- _first_pattern ends with one
        self.notes.update(
            cuts=self.master.cuts, witnesses=len(self.pool), seconds=round(time.monotonic() - self.began, 3)
        )
        bound = min(self.master.bound, self.cost)
        return Outcome(self.best, self.cost, bound, proven, tuple(missed), self.pool, self.notes)

    # what can be reached at all

    def _reachable(self) -> list[tuple[Goal, int]]:
        """Lower each goal to what is possible when nothing of this release is published; those lowered are told."""
        everything = np.ones(len(self.problem.cells), dtype=bool)
        everything &= ~self.problem.known
        missed: list[tuple[Goal, int]] = []
        kept: list[Goal] = []
        signature = self._signatures(self.problem.known)
        for goal in self.goals:
            if self._swap(goal, signature) or not self.pool.missing([goal], everything):
                kept.append(goal)
                continue
            reached = self._witness(goal, everything)
            size = abs(goal.by)
            while reached is None and size > 1:
                size -= 1
                lower = Goal(goal.region, size if goal.by > 0 else -size, goal.held)
                reached = self._witness(lower, everything)
            if reached is None or size < abs(goal.by):
                missed.append((goal, 0 if reached is None else size))
            if reached is not None:
                kept.append(Goal(goal.region, size if goal.by > 0 else -size, goal.held))
        self.goals = kept
        return missed

    def _signatures(self, fixed: Flags) -> Ints:
        """Unknowns with the same number stand in the same fixed regions: a step between them shifts none of these."""
        rng = np.random.default_rng(7)
        mark = np.zeros(len(self.problem.base.start), dtype=np.int64)
        for at in np.flatnonzero(fixed):
            mark[self.problem.base.members[at]] += int(rng.integers(1 << 60))
        return np.unique(mark, return_inverse=True)[1]

    def _swap(self, goal: Goal, signature: Ints) -> bool:
        """Whether plain steps between unknowns in the same fixed regions reach the goal (nothing else published)."""
        start = self.problem.base.start
        inside = np.zeros(len(start), dtype=bool)
        inside[self.problem.base.members[goal.region]] = True
        source = inside if goal.by < 0 else ~inside
        groups = np.unique(signature[~source])
        spare = start.copy()
        if goal.held >= 0:
            spare[goal.held] -= 1
        return int(spare[source & np.isin(signature, groups)].sum()) >= abs(goal.by)

    # witnesses

    def _witness(self, goal: Goal, free: Flags) -> Ints | None:
        """A move in whole numbers that reaches the goal and shifts free regions only, put into the pool; or None."""
        if self.wide is not None:
            near = self.wide.nearest(goal, free)
            if near is None:
                return None
            guided = self._guided(goal, free, near.shifts)
            if guided is not None:
                return guided
        self.notes["programmes"] += 1
        found = self.base.nearest(goal, free)
        if found is None:
            return None
        return self._round(goal, free, found.steps)

    def _guided(self, goal: Goal, free: Flags, shifts: Floats) -> Ints | None:
        """A whole move of the base cells that lie where a move of the wider space shifts the tables."""
        closed = self.problem.known | (self.problem.cells & ~free)
        moved = np.flatnonzero((np.abs(shifts) > NEAR) & free)
        for most in AROUND:
            columns = self._around(moved, np.zeros(0, dtype=np.int64), most)
            found, _ = whole_move(self.problem.base, closed, goal, columns, GUIDED_SECONDS)
            self.notes["guided"] = self.notes.get("guided", 0) + 1
            if found is not None and self.pool.add(found) and not self.pool.missing([goal], free):
                return found
        return None

    def _around(self, moved: Ints, used: Ints, most: int) -> Ints:
        """The unknowns that share most with these regions, the used ones in any case."""
        members, size = self.problem.base.members, len(self.problem.base.start)
        near = (self.problem.base.start > 0) * 0.02
        for region in moved:
            near[members[region]] += 1.0 / len(members[region])
        near[used] = np.inf
        return np.sort(np.argsort(-near, kind="stable")[: min(size, most)])

    def _round(self, goal: Goal, free: Flags, steps: Floats) -> Ints | None:
        """Whole numbers near a fractional move, or by a programme in whole numbers; None when there are none (or no time)."""
        near = np.rint(steps)
        if float(np.abs(steps - near).max(initial=0.0)) < ROUNDED:
            whole = near.astype(np.int64)
            if self.pool.add(whole) and not self.pool.missing([goal], free):
                return whole
        closed = self.problem.known | (self.problem.cells & ~free)
        for columns, seconds in self._neighbourhoods(steps):
            self.notes["integer"] = self.notes.get("integer", 0) + 1
            found, final = whole_move(self.problem.base, closed, goal, columns, seconds)
            if found is not None and self.pool.add(found) and not self.pool.missing([goal], free):
                return found
            if len(columns) == len(steps) and not final:
                self.exact_bound = False  # it is taken for impossible, which is safe, but not shown to be
        return None

    def _neighbourhoods(self, steps: Floats) -> list[tuple[Ints, float]]:
        """Sets of unknowns to look in for whole moves: near the fractional one first, all of them last."""
        every = np.arange(len(steps), dtype=np.int64)
        if len(steps) <= 600:
            return [(every, WHOLE_SECONDS)]
        incidence, used = self.pool.incidence, np.flatnonzero(np.abs(steps) > NEAR)
        moved = np.unique(np.concatenate([incidence.of[incidence.start[at] : incidence.start[at + 1]] for at in used]))
        some = self._around(moved, used, AROUND[0])
        return [(some, MIP_SECONDS), (every, WHOLE_SECONDS)]

    # the first pattern, and every other made safe

    def _first_pattern(self) -> None:
        forced = self.forced.copy()
        if self.wide is not None:
            forced = self._completed_wide(forced)
        self._offer(self._made_safe(forced))

    def _completed_wide(self, free: Flags) -> Flags:
        """Complete a pattern at the least price in the wider space, where each question costs little."""
        assert self.wide is not None  # noqa: S101 -- asked only then
        free = free.copy()
        for goal in self.goals:
            found = self.wide.nearest(goal, self._loose(free), self.problem.prices, PACE)
            if found is not None:
                free |= (np.abs(found.shifts) > NEAR) & self.problem.cells
        return free

    def _loose(self, free: Flags) -> Flags:
        return free | ~self.problem.cells

    def _made_safe(self, free: Flags) -> Flags:
        """Open the cheapest further cells until every goal has a witness; the pattern returned is safe."""
        free = free.copy()
        goals = sorted(self.goals, key=lambda goal: (goal.by > 0, abs(goal.by)))
        for goal in goals:
            if not self.pool.missing([goal], free):
                continue
            self.said("completing", int(free[self.problem.cells].sum()), int(self.master.bound))
            if self._witness(goal, self._loose(free)) is None:
                self._open_for(goal, free)
        return self._reduced(free)

    def _open_for(self, goal: Goal, free: Flags) -> None:
        """Open cells in ``free`` until the goal has a witness in whole numbers."""
        self.notes["programmes"] += 1
        found = self.base.nearest(goal, self._loose(free), self.problem.prices, PACE)
        if found is not None:
            opened = (np.abs(found.shifts) > NEAR) & self.problem.cells
            free |= opened
            if self._round(goal, self._loose(free), found.steps) is not None:
                return
        # whole numbers need more room: open the row or column mates of what moves, in widening rings
        moved = np.zeros(len(free), dtype=bool) if found is None else np.abs(found.shifts) > NEAR
        room = self.problem.cells
        while True:
            closed = room & ~free
            if not closed.any():
                raise RuntimeError("a goal that was shown to be reachable is not")
            overlaps = np.zeros(len(free))
            for at in np.flatnonzero(closed):
                mine = self.problem.base.members[at]
                overlaps[at] = sum(len(np.intersect1d(mine, self.problem.base.members[one])) for one in np.flatnonzero(moved))
            ranked = np.flatnonzero(closed)[np.argsort(-overlaps[closed], kind="stable")]
            free[ranked[: max(4, len(ranked) // 4)]] = True
            if self._witness(goal, self._loose(free)) is not None:
                return

    def _reduced(self, free: Flags) -> Flags:
        """Close the cells that no goal needs: by the witnesses held, then each in turn as far as these allow."""
        pool, problem = self.pool, self.problem
        usable = pool.usable(self._loose(free))
        shifts = pool.shifts[usable] if len(usable) else np.zeros((0, len(free)), dtype=np.int64)
        touched = pool.touched[usable] if len(usable) else np.zeros((0, len(free)), dtype=bool)
        ways = []
        for goal in self.goals:
            way = shifts[:, goal.region] >= goal.by if goal.by > 0 else shifts[:, goal.region] <= goal.by
            ways.append([int(one) for one in np.flatnonzero(way)])
        if not ways:
            return np.asarray(self.forced.copy())
        pairs = np.argwhere(touched[:, self.cell_at] & ~self.forced[self.cell_at][None, :])
        if all(ways) and len(pairs):
            at = self.cell_at
            chosen = cheapest_cover(problem.prices[at], self.forced[at], pairs, ways, max(0.5, min(5.0, self.left / 10)))
            if chosen is not None:
                fewer = np.zeros(len(free), dtype=bool)
                fewer[at] = chosen
                if not pool.missing(self.goals, self._loose(fewer)) and self._price(fewer) < self._price(free):
                    free = fewer
        for at in sorted(np.flatnonzero(free & problem.cells & ~self.forced), key=lambda one: -problem.prices[one]):
            free[at] = False
            if pool.missing(self.goals, self._loose(free)):
                free[at] = True
        return free

    def _price(self, free: Flags) -> float:
        return float(self.problem.prices[free & self.problem.cells].sum())

    def _offer(self, free: Flags) -> None:
        """Keep a pattern if it is safe and cheaper than what is held."""
        if self._price(free) < self.cost and not self.pool.missing(self.goals, self._loose(free)):
            self.best, self.cost = self._loose(free), self._price(free)
            self.said("safe", int(free[self.problem.cells].sum()), int(self.master.bound))

    # the lower bound, and patterns that it proposes

    def _improve(self) -> bool:
        """Cut and propose until nothing cheaper can be safe (True) or the time is over (False)."""
        for programme in filter(None, (self.wide, self.base)):
            if programme is self.base and self.wide is not None:
                break
            self._fractional(programme)
        while not self._closed():
            if self.left <= 0:
                return False
            self.notes["rounds"] += 1
            start = None if self.best is None else self.best[self.cell_at]
            chosen, _ = self.master.best(self.left, start)
            if self._closed():
                break
            free = np.zeros(len(self.problem.cells), dtype=bool)
            free[self.cell_at] = chosen
            if self.left <= 0:
                return False
            if self.wide is not None and self._cut_by(self.wide, free):
                continue
            unsafe = [goal for goal in self.pool.missing(self.goals, self._loose(free)) if self._unwitnessed(goal, free)]
            if not unsafe:
                self._offer(free)
                if not self._closed():
                    return self.master.bound >= self.cost - 1.0 + 0.5
                break
            self._cut_base(unsafe, free)
            if self.left > 0:
                self._offer(self._made_safe(free))
        return self.exact_bound

    def _closed(self) -> bool:
        """Whether no pattern can be cheaper by a cell."""
        return self.cost - self.master.bound < 0.5 + 1e-6

    def _unwitnessed(self, goal: Goal, free: Flags) -> bool:
        if self.left <= 0 and self.best is not None:
            return True
        if not self.pool.missing([goal], self._loose(free)):
            return False
        return self._witness(goal, self._loose(free)) is None

    def _fractional(self, programme: Programme) -> None:
        """Cut off fractional patterns: cheap cuts that raise the bound before whole patterns are sought."""
        goals = list(self.goals)
        for _ in range(40):
            if self.left <= 0 or self._closed():
                return
            fraction = np.zeros(len(self.problem.cells))
            fraction[self.cell_at] = self.master.relaxed()
            before, bound = self.master.cuts, self.master.bound
            for goal in goals:
                if self.left <= 0:
                    return
                size = abs(goal.by) * fraction
                loose = np.where(self.problem.cells, size, np.inf)
                found = programme.furthest(goal, loose, np.minimum(loose, np.where(self.problem.cells, self.fall, np.inf)))
                if found is not None and -found.value < abs(goal.by) * (1 - 0.02):
                    self._add_cut(programme, goal, found.duals, fraction)
            if self.master.cuts == before:
                return
            self.master.relaxed()
            self.said("bounding", 0 if self.best is None else int(self.best[self.cell_at].sum()), int(self.master.bound))
            if self.master.bound < bound + 1e-3 and _ > 8:
                return

    def _cut_by(self, programme: Programme, free: Flags) -> bool:
        """Cut off a whole pattern for every goal that this programme shows to be out of reach."""
        before = self.master.cuts
        loose = np.where(self._loose(free), np.inf, 0.0)
        held = free.astype(np.float64)
        for goal in self.goals:
            found = programme.furthest(goal, loose, loose)
            if found is not None and -found.value < abs(goal.by) - NEAR:
                self._add_cut(programme, goal, found.duals, held)
            if self.left <= 0:
                break
        return self.master.cuts > before

    def _cut_base(self, goals: Sequence[Goal], free: Flags) -> None:
        loose = np.where(self._loose(free), np.inf, 0.0)
        for goal in goals:
            found = self.base.furthest(goal, loose, loose)
            if found is not None and -found.value < abs(goal.by) - NEAR:
                if self._add_cut(self.base, goal, found.duals, free.astype(np.float64)):
                    continue
            closed = np.flatnonzero(self.problem.cells & ~free)
            self.master.cut(self.index[closed], np.ones(len(closed)))  # fewer cells are no safer than these

    def _add_cut(self, programme: Programme, goal: Goal, duals: Floats, pattern: Floats) -> bool:
        """Turn the attacker's duals into an inequality; False when it does not cut the pattern off."""
        weights, rest = weigh(programme.space, goal, duals, self.problem.cells)
        need = abs(goal.by) - rest
        if need <= LEAST_VIOLATION:
            return False
        most = np.where(weights > 0, weights * self.rise, -weights * self.fall)
        share = np.minimum(most / need, 1.0)
        share[share < 1e-7] = 0.0
        if float(share @ pattern) >= 1.0 - LEAST_VIOLATION:
            return False
        at = np.flatnonzero(share)
        self.master.cut(self.index[at], np.minimum(share[at] + 1e-9, 1.0))
        return True
