"""The attacker as linear programme: moves from the true table to another that shows the same published cells.

A move adds to some unknowns and takes from others, never below 0. A region's *shift* is what the move does to its sum. A
table other than the truth is possible to the attacker when some move reaches it that shifts no published cell.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from .regions import Ints, Space

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
INFINITE = float(highspy.kHighsInf)
NEAR = 1e-6
_STEP = 1e-7


@dataclass(frozen=True)
class Answer:
    """What a programme found. ``steps`` is the move of each unknown, ``shifts`` of each region; ``duals`` of the rows."""

    value: float
    steps: Floats
    shifts: Floats
    duals: Floats


@dataclass(frozen=True)
class Goal:
    """A region's sum must be able to shift by ``by``: at least that far up when positive, down when negative.

    ``held``: an unknown of which the attacker knows that it is at least 1 (-1 for none).
    """

    region: int
    by: int
    held: int = -1


class Programme:
    """One HiGHS model whose bounds and costs change from question to question, so that each starts from the last."""

    def __init__(self, space: Space, known: Flags, *, seconds: float = INFINITE) -> None:
        """Build it.

        Args:
            space: unknowns and regions.
            known: regions whose sum nobody can doubt, whatever is published now.
            seconds: limit of one question.
        """
        self.space, self.known = space, known
        self.size, self.regions = len(space.start), len(space.members)
        self.taken = np.flatnonzero(space.start > 0)
        self.rise, self.fall = 0, self.size
        self.up = self.size + len(self.taken)
        self.down = self.up + self.regions
        self.columns = self.down + self.regions
        self.open: Flags = ~known
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("simplex_strategy", 1)
        self.solver.setOptionValue("threads", 1)
        if seconds < INFINITE:
            self.solver.setOptionValue("time_limit", seconds)
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

    def _bounds(self, slack_up: Floats, slack_down: Floats, held: int) -> tuple[Floats, Floats]:
        upper = self._ceiling()
        upper[self.up : self.down], upper[self.down :] = slack_up, slack_down
        lower = np.zeros(self.columns)
        if held >= 0 and self.space.start[held] > 0:
            upper[self.fall + int(np.searchsorted(self.taken, held))] -= 1
        elif held >= 0:
            lower[held] = 1.0
        return lower, upper

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
        lower, upper = self._bounds(loose.copy(), loose.copy(), goal.held)
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
        """How far towards the goal the region can shift (not beyond it) when each region may shift so far up and down."""
        lower, upper = self._bounds(slack_up.copy(), slack_down.copy(), goal.held)
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
    for at in np.flatnonzero(weights):
        slope[space.members[at]] -= weights[at]
    for at, (left, right) in enumerate(space.links):
        weight = -duals[regions + at]
        slope[left] -= weight
        slope[right] += weight
    start = space.start.astype(np.float64)
    if goal.held >= 0:
        start[goal.held] -= 1.0
    beyond = max(float(slope.max(initial=0.0)), 0.0) * float(start.sum())  # rounding of the solver, paid for
    return weights, beyond + float(np.maximum(-slope, 0.0) @ start)


def whole_move(
    space: Space, closed: Flags, goal: Goal, columns: Ints, seconds: float
) -> tuple[Ints | None, bool]:
    """A move in whole numbers that shifts no closed region and reaches the goal, stepping only at some unknowns.

    Args:
        space: unknowns and regions (without links: only the base space proves anything).
        closed: regions that must not shift.
        goal: what is to be reached.
        columns: the unknowns that may step, sorted.
        seconds: limit.

    Returns:
        the steps of all unknowns, or None; and whether that is final for these columns.
    """
    wanted = np.append(np.flatnonzero(closed), goal.region)
    place = np.full(len(space.start), -1, dtype=np.int64)
    place[columns] = np.arange(len(columns))
    rows, cols = [], []
    for at, region in enumerate(wanted):
        inside = place[space.members[region]]
        inside = inside[inside >= 0]
        rows.append(np.full(len(inside), at, dtype=np.int64))
        cols.append(inside)
    row, col = np.concatenate(rows), np.concatenate(cols)
    order = np.argsort(col, kind="stable")
    count = len(columns)
    low = -space.start[columns].astype(np.float64)
    if goal.held >= 0 and place[goal.held] >= 0:
        low[place[goal.held]] += 1.0
    if goal.held >= 0 and place[goal.held] < 0 and space.start[goal.held] == 0:
        return None, True
    # a step is the difference of a rise and a fall, so that the least movement can be asked for
    falling = np.flatnonzero(low < 0)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count + len(falling), len(wanted)
    lp.col_cost_ = np.ones(lp.num_col_)
    lp.col_lower_ = np.concatenate([np.maximum(low, 0.0), np.zeros(len(falling))])
    lp.col_upper_ = np.concatenate([np.full(count, float(space.start.sum())), -low[falling]])
    lower, upper = np.zeros(len(wanted)), np.zeros(len(wanted))
    lower[-1], upper[-1] = (goal.by, INFINITE) if goal.by > 0 else (-INFINITE, goal.by)
    lp.row_lower_, lp.row_upper_ = lower, upper
    counted = np.bincount(col, minlength=count)
    start = np.concatenate([[0], np.cumsum(counted)])
    index = row[order]
    again = [index[start[one] : start[one + 1]] for one in falling]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([start, start[-1] + np.cumsum([len(one) for one in again], dtype=np.int64)]).astype(np.int32)
    lp.a_matrix_.index_ = np.concatenate([index, *again]).astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([np.ones(len(index)), -np.ones(sum(len(one) for one in again))])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_max_improving_sols", 1)
    solver.passModel(lp)
    solver.run()
    if solver.getInfo().primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return None, solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    values = np.array(solver.getSolution().col_value)
    steps = np.zeros(len(space.start), dtype=np.int64)
    steps[columns] = np.rint(values[:count]).astype(np.int64)
    steps[columns[falling]] -= np.rint(values[count:]).astype(np.int64)
    return steps, True
