"""The search for the cheapest safe pattern: Benders cuts from the attacker, witnesses as proof, the gap between them.

After Fischetti and Salazar (Solving the cell suppression problem on tabular data with linear constraints, Management
Science 47, 2001): a master programme proposes which cells to suppress; a linear programme of the attacker answers with
an inequality that every safe pattern satisfies. Ours differs in three things: the attacker's unknowns are base cells,
so that linked tables and earlier releases are one system; safety is never believed of a solver but shown by tables of
whole numbers (``pool``); and the first pattern is completed at the least price and then improved, so that there is a
safe one at any time.
"""

import time
from collections.abc import Sequence

import numpy as np

from .guards import Guards
from .master import Master, cheapest_cover
from .moves import NEAR, PACE, Flags, Floats, Goal, Programme, weigh
from .problem import Outcome, Problem, Said, silent
from .prover import Prover
from .regions import Ints

LEAST_VIOLATION = 1e-3
SHORT = 0.02  # by how much of a goal a fractional pattern must fall short to be cut off
FRACTIONAL_ROUNDS = 40
FLAT_ROUNDS = 8  # of fractional cuts that raise the bound no more
HALF = 0.5  # of a cell: a bound nearer than this leaves no cheaper pattern
GRACE = 15.0  # seconds beyond the limit in which a safe pattern is finished; then all that is not proven is suppressed
WIDENING = 12  # steps in which a cut over too few cells is looked for to be made stronger


class Search:
    """One search; ``run`` is asked once."""

    def __init__(self, problem: Problem, seconds: float, said: Said = silent) -> None:
        self.problem, self.said = problem, said
        self.began = time.monotonic()
        self.until = self.began + seconds
        self.prover = Prover(problem, self.until + max(GRACE, seconds))
        self.pool, self.base, self.wide = self.prover.pool, self.prover.base, self.prover.wide
        self.goals = list(problem.goals)
        self.cell_at = np.flatnonzero(problem.cells)
        self.index = np.full(len(problem.cells), -1, dtype=np.int64)
        self.index[self.cell_at] = np.arange(len(self.cell_at))
        values = problem.base.values
        self.rise = float(problem.base.start.sum()) - values
        self.fall = values.astype(np.float64)
        self.rounds = 0
        self.best = problem.cells.copy()
        self.cost = float("inf")

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return self.until - time.monotonic()

    def run(self) -> Outcome:
        """Search until the pattern is proven best, or the time is over and a safe one is held."""
        problem, at = self.problem, self.cell_at
        missed = self._reachable()
        self.forced = problem.forced.copy()
        for goal in self.goals:
            self.forced[goal.region] |= problem.cells[goal.region]
        self.master = Master(problem.prices[at], self.forced[at])
        self._offer(self._made_safe(self._completed_wide(self.forced)))
        proven = self._improve()
        guards = Guards(self.prover, self.goals)
        self.said("guarding", int(self.best[at].sum()), int(self.master.bound))
        free = guards.closed(self.best & problem.cells)
        if self.pool.missing(self.goals, self.prover.loose(free)):
            raise RuntimeError("a pattern that was shown to be safe is not")
        cost = self._price(free)
        bound = min(self.master.bound, cost)
        notes: dict[str, float] = {
            "cuts": self.master.cuts,
            "rounds": self.rounds,
            "witnesses": len(self.pool),
            "asked": self.prover.asked,
            "guarded": guards.opened,
            "exempt": len(guards.exempt),
            "seconds": round(time.monotonic() - self.began, 3),
        }
        proven = proven and cost - bound < HALF and not self.prover.undecided
        return Outcome(self.prover.loose(free), cost, bound, proven, tuple(missed), self.pool, notes)

    # what can be reached at all

    def _reachable(self) -> list[tuple[Goal, int]]:
        """Lower each goal to what is possible when nothing of this release is published; those lowered are told."""
        everything = np.ones(len(self.problem.cells), dtype=bool)
        missed: list[tuple[Goal, int]] = []
        kept: list[Goal] = []
        signature = self._signatures(self.problem.known)
        for goal in self.goals:
            sign = 1 if goal.by > 0 else -1
            size = abs(goal.by)
            if not self._swap(goal, signature):
                while size and not self.prover.goal(Goal(goal.region, sign * size), everything):
                    size -= 1
            if size < abs(goal.by):
                missed.append((goal, size))
            if size:
                kept.append(Goal(goal.region, sign * size))
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
        return int(start[source & np.isin(signature, groups)].sum()) >= abs(goal.by)

    # the first pattern, and every other made safe

    def _completed_wide(self, free: Flags) -> Flags:
        """Complete a pattern at the least price in the wider space, where each question costs little."""
        free = free.copy()
        if self.wide is None:
            return free
        for goal in self.goals:
            found = self.wide.nearest(goal, self._loose(free), self.problem.prices, PACE)
            if found is not None:
                free |= (np.abs(found.shifts) > NEAR) & self.problem.cells
        return free

    def _loose(self, free: Flags) -> Flags:
        return self.prover.loose(free)

    def _made_safe(self, free: Flags) -> Flags:
        """Open the cheapest further cells until every goal has a witness; the pattern returned is safe."""
        free = free.copy()
        for goal in sorted(self.goals, key=lambda goal: (goal.by > 0, abs(goal.by))):
            self.said("completing", int(free[self.problem.cells].sum()), int(self.master.bound))
            if not self.prover.goal(goal, free):
                self._open_for(goal, free)
        return self._reduced(free)

    def _open_for(self, goal: Goal, free: Flags) -> None:
        """Open cells in ``free`` until the goal has a witness in whole numbers."""
        found = self.base.nearest(goal, self._loose(free), self.problem.prices, PACE)
        if found is not None:
            free |= (np.abs(found.shifts) > NEAR) & self.problem.cells
            if self.prover.rounded(goal, free, found.steps):
                return
        members = self.problem.base.members
        mine = np.zeros(len(self.problem.base.start), dtype=bool)
        mine[members[goal.region]] = True
        while True:  # whole numbers need more room: cells that share most with the goal's first
            closed = np.flatnonzero(self.problem.cells & ~free)
            if not len(closed):
                raise RuntimeError("a goal that was shown to be reachable is not")
            shared = np.array([mine[members[at]].mean() for at in closed])
            free[closed[np.argsort(-shared, kind="stable")[: max(4, len(closed) // 4)]]] = True
            if self.prover.goal(goal, free):
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
            chosen = cheapest_cover(
                problem.prices[at], self.forced[at], pairs, ways, max(0.5, min(5.0, self.left / 10))
            )
            if chosen is not None:
                fewer = np.zeros(len(free), dtype=bool)
                fewer[at] = chosen
                if not pool.missing(self.goals, self._loose(fewer)) and self._price(fewer) < self._price(free):
                    free = fewer
        extra = np.flatnonzero(free & problem.cells & ~self.forced)
        for one in extra[np.argsort(-problem.prices[extra], kind="stable")]:
            free[one] = False
            if pool.missing(self.goals, self._loose(free)):
                free[one] = True
        return free

    def _price(self, free: Flags) -> float:
        return float(self.problem.prices[free & self.problem.cells].sum())

    def _offer(self, free: Flags) -> None:
        """Keep a pattern if it is safe and cheaper than what is held."""
        if self._price(free) < self.cost and not self.pool.missing(self.goals, self._loose(free)):
            self.best, self.cost = free & self.problem.cells, self._price(free)
            self.said("improving", int(self.best.sum()), int(self.master.bound))

    # the lower bound, and patterns that it proposes

    def _improve(self) -> bool:
        """Cut and propose until nothing cheaper can be safe (True) or the time is over (False)."""
        self._fractional(self.wide or self.base)
        while not self._closed():
            if self.left <= 0:
                return False
            self.rounds += 1
            chosen, _ = self.master.best(self.left, self.best[self.cell_at])
            free = np.zeros(len(self.problem.cells), dtype=bool)
            free[self.cell_at] = chosen
            if self._closed() or self.left <= 0 or (self.wide is not None and self._cut_by(self.wide, free)):
                continue
            unsafe = [goal for goal in self.goals if self._unsafe(goal, free)]
            if unsafe:
                self._cut_base(unsafe, free)
                if self.left > 0:
                    self._offer(self._made_safe(free))
            elif self._price(free) >= self.cost:
                return self._closed()  # the master's own time was over
            self._offer(free)
        return True

    def _closed(self) -> bool:
        """Whether no pattern can be cheaper by a cell."""
        return self.cost - self.master.bound < HALF

    def _unsafe(self, goal: Goal, free: Flags) -> bool:
        return self.left <= 0 or not self.prover.goal(goal, free)

    def _fractional(self, programme: Programme) -> None:
        """Cut off fractional patterns: cheap cuts that raise the bound before whole patterns are sought."""
        cells = self.problem.cells
        for rounds in range(FRACTIONAL_ROUNDS):
            fraction = np.zeros(len(cells))
            fraction[self.cell_at] = self.master.relaxed()
            before, bound = self.master.cuts, self.master.bound
            for goal in self.goals:
                if self.left <= 0 or self._closed():
                    return
                up = np.where(cells, abs(goal.by) * fraction, np.inf)
                found = programme.furthest(goal, up, np.minimum(up, np.where(cells, self.fall, np.inf)))
                if found is not None and -found.value < abs(goal.by) * (1 - SHORT):
                    self._add_cut(programme, goal, found.duals, fraction)
            self.master.relaxed()
            self.said("bounding", int(self.best.sum()), int(self.master.bound))
            if self.master.cuts == before or (self.master.bound < bound + LEAST_VIOLATION and rounds > FLAT_ROUNDS):
                return

    def _cut_by(self, programme: Programme, free: Flags) -> bool:
        """Cut off a whole pattern for every goal that this programme shows to be out of reach."""
        before = self.master.cuts
        room = np.where(self._loose(free), np.inf, 0.0)
        for goal in self.goals:
            found = programme.furthest(goal, room, room)
            if found is not None and -found.value < abs(goal.by) - NEAR:
                self._add_cut(programme, goal, found.duals, free.astype(np.float64))
            if self.left <= 0:
                break
        return self.master.cuts > before

    def _cut_base(self, goals: Sequence[Goal], free: Flags) -> None:
        """Cut off a pattern for goals without a witness: by the attacker's duals, or since fewer cells are no safer."""
        room = np.where(self._loose(free), np.inf, 0.0)
        for goal in goals:
            if self.left <= 0:
                return
            found = self.base.furthest(goal, room, room)
            short = found is not None and -found.value < abs(goal.by) - NEAR
            if short and found and self._add_cut(self.base, goal, found.duals, free.astype(np.float64)):
                continue
            closed = np.flatnonzero(self.problem.cells & ~self._widest(goal, free))
            self.master.cut(self.index[closed], np.ones(len(closed)))

    def _widest(self, goal: Goal, free: Flags) -> Flags:
        """A larger pattern in which the goal is still out of reach, so that the cut names fewer cells."""
        free = free.copy()
        rest = np.flatnonzero(self.problem.cells & ~free)
        step = len(rest)
        for _ in range(WIDENING):
            step = max(1, step // 2)
            if not len(rest) or self.left <= 0:
                break
            part, later = rest[:step], rest[step:]
            wider = free.copy()
            wider[part] = True
            if self.prover.goal(goal, wider):
                rest = np.concatenate([later, part]) if len(part) > 1 else later
            else:
                free, rest = wider, later
        return free

    def _add_cut(self, programme: Programme, goal: Goal, duals: Floats, pattern: Floats) -> bool:
        """Turn the attacker's duals into an inequality; False when it does not cut the pattern off."""
        cells = self.problem.cells
        weights, rest = weigh(programme.space, goal, duals, cells | self.problem.known)
        need = abs(goal.by) - rest
        if need <= LEAST_VIOLATION:
            return False
        most = np.where(weights > 0, weights * self.rise, -weights * self.fall)
        share = np.minimum(most / need, 1.0)
        share[(share < NEAR) | ~cells] = 0.0  # what is known shifts for nobody
        if float(share @ pattern) >= 1.0 - LEAST_VIOLATION:
            return False
        at = np.flatnonzero(share)
        self.master.cut(self.index[at], np.minimum(share[at] + 2 * NEAR, 1.0))
        return True
