"""The attacker as linear programme: moves from the true table to another that shows the same published cells.

A move adds to some unknowns and takes from others, never below 0. A region's *shift* is what the move does to its sum.
A table other than the truth is possible to the attacker when some move reaches it that shifts no published cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from .regions import Ints, Space
from .solver import has_solution, quiet

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
INFINITE = float(highspy.kHighsInf)
NEAR = 1e-6
PACE = 1e-3  # what a step costs beside a cell, so that completions move little
_STEP = 1e-7


@dataclass(frozen=True)
class Answer:
    """What a programme found: ``steps`` of the unknowns, ``shifts`` of the regions, ``duals`` of the rows."""

    value: float
    steps: Floats
    shifts: Floats
    duals: Floats


@dataclass(frozen=True)
class Goal:
    """A region's sum must be able to shift by ``by``: at least that far up when positive, down when negative."""

    region: int
    by: int


class Programme:
    """One HiGHS model whose bounds and costs change from question to question, so that each starts from the last."""

    def __init__(self, space: Space, known: Flags) -> None:
        """Build it.

        Args:
            space: unknowns and regions.
            known: regions whose sum nobody can doubt, whatever is published now.
        """
        self.space, self.known = space, known
        self.size, self.regions = len(space.start), len(space.members)
        self.taken = np.flatnonzero(space.start > 0)
        self.rise, self.fall = 0, self.size
        self.up = self.size + len(self.taken)
        self.down = self.up + self.regions
        self.columns = self.down + self.regions
        self.open: Flags = ~known
        self.solver = quiet(presolve="off", simplex_strategy=1)
        self.solver.passModel(self._model())
        self._at = np.arange(self.columns, dtype=np.int32)

    def _model(self) -> highspy.HighsLp:
        space, regions = self.space, self.regions
        rows = [np.full(len(one), at, dtype=np.int64) for at, one in enumerate(space.members)]
        columns = list(space.members)
        signs = [np.ones(len(one)) for one in space.members]
        for at, (left, right) in enumerate(space.links):
            rows += [np.full(len(left) + len(right), regions + at, dtype=np.int64)]
            columns += [left, right]
            signs += [np.ones(len(left)), -np.ones(len(right))]
        row, column, sign = np.concatenate(rows), np.concatenate(columns), np.concatenate(signs)
        place = np.full(self.size, -1, dtype=np.int64)
        place[self.taken] = self.fall + np.arange(len(self.taken))
        falls = place[column] >= 0
        slack = np.arange(regions, dtype=np.int64)
        row = np.concatenate([row, row[falls], slack, slack])
        sign = np.concatenate([sign, -sign[falls], -np.ones(regions), np.ones(regions)])
        column = np.concatenate([column, place[column[falls]], self.up + slack, self.down + slack])
        order = np.argsort(column, kind="stable")
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, regions + len(space.links)
        lp.col_cost_ = np.zeros(self.columns)
        lp.col_lower_, lp.col_upper_ = np.zeros(self.columns), self._ceiling()
        lp.row_lower_ = lp.row_upper_ = np.zeros(lp.num_row_)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        counted = np.bincount(column, minlength=self.columns)
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counted)]).astype(np.int32)
        lp.a_matrix_.index_ = row[order].astype(np.int32)
        lp.a_matrix_.value_ = sign[order]
        return lp

    def _ceiling(self) -> Floats:
        falls = self.space.start[self.taken].astype(np.float64)
        return np.concatenate([np.full(self.size, INFINITE), falls, np.full(2 * self.regions, INFINITE)])

    def _set(self, lower: Floats, upper: Floats, cost: Floats) -> None:
        self.solver.changeColsBounds(self.columns, self._at, lower, upper)
        self.solver.changeColsCost(self.columns, self._at, cost)

    def _bounds(self, slack_up: Floats, slack_down: Floats) -> tuple[Floats, Floats]:
        upper = self._ceiling()
        upper[self.up : self.down], upper[self.down :] = slack_up, slack_down
        return np.zeros(self.columns), upper

    def _aim(self, goal: Goal, lower: Floats, upper: Floats) -> int:
        """Let the goal's region shift one way only; the column that measures it."""
        up, down = self.up + goal.region, self.down + goal.region
        aim, other = (up, down) if goal.by > 0 else (down, up)
        upper[aim], upper[other], lower[other] = INFINITE, 0.0, 0.0
        return aim

    def _answer(self) -> Answer | None:
        self.solver.run()
        status = self.solver.getModelStatus()
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit):
            return None
        said = self.solver.getSolution()
        values = np.array(said.col_value)
        steps = values[: self.size].copy()
        steps[self.taken] -= values[self.fall : self.up]
        shifts = values[self.up : self.down] - values[self.down :]
        duals = np.array(said.row_dual) if said.dual_valid else np.zeros(0)
        return Answer(float(self.solver.getInfo().objective_function_value), steps, shifts, duals)

    def nearest(self, goal: Goal, free: Flags, price: Floats | None = None, pace: float = 1.0) -> Answer | None:
        """The move that reaches the goal and moves least; None when there is none.

        Args:
            goal: what is to be reached.
            free: regions that may shift at no cost.
            price: what a shift by 1 costs where it is not free; None forbids it.
            pace: what a step of an unknown by 1 costs.
        """
        loose = np.where(free & ~self.known, INFINITE, 0.0 if price is None else INFINITE)
        loose[self.known] = 0.0
        lower, upper = self._bounds(loose.copy(), loose.copy())
        aim = self._aim(goal, lower, upper)
        lower[aim] = abs(goal.by)
        cost = np.zeros(self.columns)
        cost[: self.up] = pace
        if price is not None:
            dear = np.where(free, 0.0, price)
            cost[self.up : self.down] = cost[self.down :] = dear
        self._set(lower, upper, cost)
        return self._answer()

    def furthest(self, goal: Goal, slack_up: Floats, slack_down: Floats) -> Answer | None:
        """How far towards the goal (not beyond) its region can shift when each may shift so far up and down."""
        lower, upper = self._bounds(slack_up.copy(), slack_down.copy())
        upper[self.up : self.down][self.known] = 0.0
        upper[self.down :][self.known] = 0.0
        aim = self._aim(goal, lower, upper)
        upper[aim] = abs(goal.by)
        cost = np.zeros(self.columns)
        cost[aim] = -1.0
        self._set(lower, upper, cost)
        return self._answer()


def weigh(space: Space, goal: Goal, duals: Floats, useful: Flags) -> tuple[Floats, float]:
    """A bound on the goal from weights of the rows: shift towards the goal <= rest + sum of weights * shifts.

    True for every choice of weights, since base counts stay at 0 or above; sharp for the duals of the programme.

    Args:
        space: unknowns and regions.
        goal: what is to be reached.
        duals: of the rows of ``Programme.furthest``.
        useful: regions that may be given a weight (the others shift freely, so that a weight on them bounds nothing).

    Returns:
        weights by region (0 for the goal itself) and the rest.
    """
    regions = len(space.members)
    weights = np.where(useful & (np.abs(duals[:regions]) > _STEP), -duals[:regions], 0.0)
    weights[goal.region] = 0.0
    slope = np.zeros(len(space.start))
    slope[space.members[goal.region]] += 1.0 if goal.by > 0 else -1.0
    for region in np.flatnonzero(weights):
        slope[space.members[region]] -= weights[region]
    for at, (left, right) in enumerate(space.links):
        weight = -duals[regions + at]
        slope[left] -= weight
        slope[right] += weight
    start = space.start.astype(np.float64)
    beyond = max(float(slope.max(initial=0.0)), 0.0) * float(start.sum())  # rounding of the solver, paid for
    return weights, beyond + float(np.maximum(-slope, 0.0) @ start)


@dataclass(frozen=True)
class Wish:
    """The sum of the steps of some unknowns must lie between ``low`` and ``high``."""

    columns: Ints
    low: float
    high: float


def wish(space: Space, goal: Goal) -> Wish:
    """A goal as a wish."""
    columns = space.members[goal.region]
    return Wish(columns, goal.by, INFINITE) if goal.by > 0 else Wish(columns, -INFINITE, goal.by)


def whole_move(
    space: Space,
    closed: Flags,
    wishes: Sequence[Wish],
    columns: Ints,
    seconds: float,
    prices: Floats | None = None,
) -> tuple[Ints | None, bool]:
    """The least move in whole numbers that shifts no closed region and fulfils every wish.

    Args:
        space: the base space (only it proves anything).
        closed: regions that must not shift.
        wishes: what is to be reached.
        columns: the unknowns that may step, sorted.
        seconds: limit.
        prices: by region, what a shift of a closed one costs; it may then shift where the price is finite.

    Returns:
        the steps of all unknowns, or None; and whether that is final for these columns.
    """
    place = np.full(len(space.start), -1, dtype=np.int64)
    place[columns] = np.arange(len(columns))
    shut = np.flatnonzero(closed)
    sets = [space.members[region] for region in shut] + [one.columns for one in wishes]
    inside = [place[one] for one in sets]
    inside = [one[one >= 0] for one in inside]
    row = np.repeat(np.arange(len(sets)), [len(one) for one in inside])
    order = np.argsort(np.concatenate(inside), kind="stable")
    count = len(columns)
    counted = np.bincount(np.concatenate(inside), minlength=count)
    begin = np.concatenate([[0], np.cumsum(counted)])
    index = row[order]
    falling = np.flatnonzero(
        space.start[columns] > 0
    )  # a step is a rise less a fall: the least movement can be asked for
    again = [index[begin[one] : begin[one + 1]] for one in falling]
    paid = np.zeros(0, dtype=np.int64) if prices is None else np.flatnonzero(np.isfinite(prices[shut]))
    steps = count + len(falling)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = steps + 2 * len(paid), len(sets)
    dear = np.zeros(0) if prices is None else np.tile(prices[shut[paid]], 2)
    lp.col_cost_ = np.concatenate([np.full(steps, 1.0 if prices is None else PACE), dear])
    lp.col_lower_ = np.zeros(lp.num_col_)
    most = float(space.start.sum())
    ceiling = [np.full(count, most), space.start[columns[falling]].astype(np.float64), np.full(2 * len(paid), INFINITE)]
    lp.col_upper_ = np.concatenate(ceiling)
    nothing = np.zeros(len(shut))
    lp.row_lower_ = np.concatenate([nothing, [one.low for one in wishes]])
    lp.row_upper_ = np.concatenate([nothing, [one.high for one in wishes]])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    sizes = np.concatenate([counted, [len(one) for one in again], np.ones(2 * len(paid))])
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    lp.a_matrix_.index_ = np.concatenate([index, *again, paid, paid]).astype(np.int32)
    back = sum(len(one) for one in again)
    signs = [np.ones(len(index)), -np.ones(back), -np.ones(len(paid)), np.ones(len(paid))]
    lp.a_matrix_.value_ = np.concatenate(signs)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * steps + [highspy.HighsVarType.kContinuous] * (2 * len(paid))
    solver = quiet(time_limit=seconds, mip_rel_gap=0.05)
    if prices is None:
        solver.setOptionValue("mip_max_improving_sols", 1)
    solver.passModel(lp)
    solver.run()
    if not has_solution(solver):
        return None, solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    values = np.array(solver.getSolution().col_value)
    found = np.zeros(len(space.start), dtype=np.int64)
    found[columns] = np.rint(values[:count]).astype(np.int64)
    found[columns[falling]] -= np.rint(values[count:steps]).astype(np.int64)
    return found, True
