"""What non-negative integer tables that satisfy known sums can hold: feasibility, linear and integer bounds.

Used by the consistency check and by the audit, never by the code that chooses what to suppress. A statement that a
table *exists* is never taken from the solver: the table it names is rounded and held against every row in integers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

NEAR = 1e-6  # what the solver calls feasible and integral
ANY_SECONDS = 1e9


class Answer(Enum):
    """What the solver found out."""

    YES = "yes"  # a table exists, and stands beside the answer
    NO = "no"  # none exists
    OPEN = "open"  # the time ended first


@dataclass(frozen=True)
class Row:
    """``low <= sum of weights * columns <= high``, all integers; without weights a plain sum."""

    columns: Ints
    low: int
    high: int
    weights: Ints | None = None

    def value(self, table: Ints) -> int:
        """The sum that ``table`` gives."""
        picked = table[self.columns]
        return int(picked.sum() if self.weights is None else picked @ self.weights)

    def holds(self, table: Ints) -> bool:
        """Whether ``table`` satisfies the row, exactly."""
        return self.low <= self.value(table) <= self.high


def exactly(columns: Iterable[int], value: int) -> Row:
    """The row of a printed figure: these columns sum to ``value``."""
    return Row(np.fromiter(columns, dtype=np.int64), value, value)


@dataclass(frozen=True)
class Reach:
    """The largest or smallest value of a sum: ``limit`` is proven, ``table`` an integer table that was found."""

    limit: float
    table: Ints | None
    closed: bool


class Programme:
    """The tables of ``width`` non-negative integers that satisfy ``rows``; keeps its solvers warm between questions.

    ``slack`` lists rows that may be missed; the distance by which they are missed is minimised by :meth:`nearest`.
    """

    def __init__(self, width: int, rows: Sequence[Row], *, slack: Iterable[int] = ()) -> None:
        self.width, self.rows = width, tuple(rows)
        self._loose = sorted(set(slack))
        self._linear: Any = None
        self._whole: Any = None

    def holds(self, table: Ints) -> bool:
        """Whether a table is non-negative and satisfies every row that may not be missed, exactly."""
        loose = set(self._loose)
        return bool((table >= 0).all()) and all(row.holds(table) for n, row in enumerate(self.rows) if n not in loose)

    def any_table(self, *, seconds: float = ANY_SECONDS) -> tuple[Answer, Ints | None]:
        """A table that satisfies every row, or the knowledge that there is none."""
        return self._ask(np.zeros(self.width), seconds)

    def nearest(self, *, seconds: float = ANY_SECONDS) -> tuple[Answer, Ints | None]:
        """A table that misses the loose rows by as little as can be."""
        return self._ask(np.zeros(self.width), seconds)

    def linear(self, columns: Ints, *, largest: bool) -> tuple[float, Floats]:
        """The bound of a sum over tables of *fractions*, and where it is reached; infinite when nothing holds it.

        Raises:
            ValueError: when not even fractions satisfy the rows.
        """
        if self._linear is None:
            self._linear = self._model(whole=False)
        solver = self._linear
        self._aim(solver, self._cost(columns), largest=largest)
        solver.run()
        status = solver.getModelStatus()
        if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return (float("inf") if largest else 0.0), np.zeros(self.width)
        if status != highspy.HighsModelStatus.kOptimal:
            raise ValueError(f"no table satisfies these figures ({solver.modelStatusToString(status)})")
        table = np.asarray(solver.getSolution().col_value[: self.width], dtype=np.float64)
        return float(solver.getInfo().objective_function_value), table

    def positive(self, columns: Ints, *, seconds: float = ANY_SECONDS) -> list[int]:
        """Which of the columns are more than nought in some table of *fractions*: one programme for all of them.

        The rows are scaled by a number that is at least one, so that every column that can be positive can be one.
        """
        count = len(columns)
        solver = self._extended(columns, scale=True)
        solver.setOptionValue("time_limit", float(seconds))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return [int(n) for n in columns]
        shown = np.asarray(solver.getSolution().col_value[-count - 1 : -1])
        return [int(n) for n, mark in zip(columns, shown, strict=True) if mark > NEAR]

    def many(self, columns: Ints, *, seconds: float, gap: float = 0.1) -> Ints | None:
        """An integer table in which many of the columns are more than nought, perhaps not as many as could be."""
        solver = self._extended(columns, scale=False)
        solver.setOptionValue("time_limit", float(seconds))
        solver.setOptionValue("mip_rel_gap", gap)
        solver.run()
        return self._table(solver)

    def _extended(self, columns: Ints, *, scale: bool) -> Any:
        """The model with a mark for each column, at most one and at most the column; the sum of marks is largest."""
        count, wide = len(columns), self.width + 2 * len(self._loose)
        solver = self._model(whole=not scale)
        solver.changeColsCost(wide, np.arange(wide, dtype=np.int32), np.zeros(wide))
        solver.addVars(count, np.zeros(count), np.ones(count))
        marks = np.arange(wide, wide + count, dtype=np.int32)
        solver.changeColsCost(count, marks, np.ones(count))
        pairs = np.stack([marks, columns.astype(np.int32)], axis=1).ravel()
        signs = np.tile(np.array([1.0, -1.0]), count)
        low = np.full(count, -highspy.kHighsInf)
        solver.addRows(count, low, np.zeros(count), 2 * count, np.arange(0, 2 * count, 2, dtype=np.int32), pairs, signs)
        if scale:  # row sums are the printed value times the scale
            solver.addVar(1.0, highspy.kHighsInf)
            for number, row in enumerate(self.rows):
                if row.low != row.high:
                    raise ValueError("only printed sums can be scaled")
                solver.changeRowBounds(number, 0.0, 0.0)
                solver.changeCoeff(number, wide + count, -float(row.low))
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        return solver

    def reach(self, columns: Ints, *, largest: bool, seconds: float = ANY_SECONDS, enough: int | None = None) -> Reach:
        """The bound of a sum over integer tables.

        ``enough`` ends the search at the first table that reaches so far.

        Raises:
            ValueError: when no table satisfies the rows.
        """
        if self._whole is None:
            self._whole = self._model(whole=True)
        solver = self._whole
        self._aim(solver, self._cost(columns), largest=largest)
        solver.setOptionValue("time_limit", float(solver.getRunTime() + seconds))
        goal = np.inf if largest else -np.inf
        solver.setOptionValue("objective_target", goal if enough is None else float(enough))
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise ValueError("no table satisfies these figures")
        if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return Reach(float("inf"), None, closed=True)
        table = self._table(solver)
        limit = float(solver.getInfo().mip_dual_bound)
        closed = status == highspy.HighsModelStatus.kOptimal
        return Reach(limit, table, closed and table is not None)

    def _ask(self, cost: Floats, seconds: float) -> tuple[Answer, Ints | None]:
        if self._whole is None:
            self._whole = self._model(whole=True)
        solver = self._whole
        self._aim(solver, cost, largest=False)
        solver.setOptionValue("time_limit", float(solver.getRunTime() + seconds))
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return Answer.NO, None
        table = self._table(solver)
        return (Answer.OPEN, None) if table is None else (Answer.YES, table)

    def _table(self, solver: Any) -> Ints | None:
        """The solver's table in whole numbers, when it is one."""
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        table = np.rint(np.asarray(solver.getSolution().col_value[: self.width])).astype(np.int64)
        return table if self.holds(table) else None

    def _cost(self, columns: Ints) -> Floats:
        cost = np.zeros(self.width)
        np.add.at(cost, columns, 1.0)
        return cost

    def _aim(self, solver: Any, cost: Floats, *, largest: bool) -> None:
        sense = highspy.ObjSense.kMaximize if largest else highspy.ObjSense.kMinimize
        solver.changeObjectiveSense(sense)
        solver.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), cost)

    def _model(self, *, whole: bool) -> Any:
        """The rows as a model; every loose row has two columns more, how far above and below it is missed."""
        starts: list[int] = [0]
        index: list[Ints] = []
        value: list[Floats] = []
        extra = {row: self.width + 2 * n for n, row in enumerate(self._loose)}
        for number, row in enumerate(self.rows):
            index.append(row.columns)
            value.append(np.ones(len(row.columns)) if row.weights is None else row.weights.astype(np.float64))
            if number in extra:
                index.append(np.array([extra[number], extra[number] + 1], dtype=np.int64))
                value.append(np.array([1.0, -1.0]))
            starts.append(starts[-1] + sum(len(part) for part in index[-1 - (number in extra) :]))
        columns = self.width + 2 * len(self._loose)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, len(self.rows)
        model.col_cost_ = np.concatenate([np.zeros(self.width), np.ones(columns - self.width)])
        model.col_lower_, model.col_upper_ = np.zeros(columns), np.full(columns, highspy.kHighsInf)
        model.row_lower_ = np.array([row.low for row in self.rows], dtype=np.float64)
        model.row_upper_ = np.array([row.high for row in self.rows], dtype=np.float64)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        model.a_matrix_.index_ = np.concatenate(index or [np.zeros(0, dtype=np.int64)]).astype(np.int32)
        model.a_matrix_.value_ = np.concatenate(value or [np.zeros(0)])
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * columns
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # its maker gives no types
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.5)  # sums of whole numbers: less than one apart is equal
        solver.passModel(model)
        return solver
