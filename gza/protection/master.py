"""The master programme: the cheapest pattern of suppressed cells that satisfies every cut found so far."""

import highspy
import numpy as np
from numpy.typing import NDArray

from .moves import INFINITE, Flags, Floats
from .regions import Ints
from .solver import has_solution, quiet

WITHIN = 0.4  # of a cell: ties beyond the count of cells need not be settled


class Master:
    """Cuts say: of these cells, enough must be suppressed. Their costs are counted; the least is a lower bound."""

    def __init__(self, prices: Floats, forced: Flags) -> None:
        """Begin without cuts.

        Args:
            prices: by cell, what its suppression costs.
            forced: cells that are suppressed in any case.
        """
        self.prices, self.count = prices, len(prices)
        self.lower, self.upper = forced.astype(np.float64), np.ones(len(prices))
        self.cuts = 0
        self._linear, self._integer = self._solver(), self._solver()
        at = np.arange(self.count, dtype=np.int32)
        kind = np.full(self.count, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._integer.changeColsIntegrality(self.count, at, kind)
        self._integer.setOptionValue("mip_abs_gap", WITHIN)
        self._integer.setOptionValue("mip_rel_gap", 0.0)
        self.bound = float(self.prices @ self.lower)

    def _solver(self) -> highspy.Highs:
        solver = quiet()
        solver.addVars(self.count, self.lower, self.upper)
        solver.changeColsCost(self.count, np.arange(self.count, dtype=np.int32), self.prices)
        return solver

    def cut(self, cells: Ints, weights: Floats) -> None:
        """Of these cells, weighted so, at least 1 must be suppressed."""
        self.cuts += 1
        for solver in (self._linear, self._integer):
            solver.addRow(1.0, INFINITE, len(cells), cells.astype(np.int32), weights.astype(np.float64))

    def relaxed(self) -> Floats:
        """The best fractional pattern."""
        self._linear.run()
        self.bound = max(self.bound, float(self._linear.getInfo().objective_function_value))
        fraction: Floats = np.clip(np.array(self._linear.getSolution().col_value), 0.0, 1.0)
        return fraction

    def best(self, seconds: float, start: Flags | None = None) -> tuple[Flags, bool]:
        """The best pattern, and whether it is proven best for these cuts; ``bound`` is raised to what is proven."""
        solver = self._integer
        solver.clearSolver()
        solver.setOptionValue("time_limit", max(seconds, 0.05))
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.astype(np.float64).tolist()
            solver.setSolution(solution)
        solver.run()
        info = solver.getInfo()
        self.bound = max(self.bound, float(info.mip_dual_bound) if np.isfinite(info.mip_dual_bound) else 0.0)
        if not has_solution(solver):
            return np.ones(self.count, dtype=bool), False
        done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.array(solver.getSolution().col_value) > 1.0 / 2, done


def cheapest_cover(
    prices: Floats, forced: Flags, needs: NDArray[np.int64], ways: list[list[int]], seconds: float
) -> Flags | None:
    """The cheapest cells that let each goal keep one witness.

    Args:
        prices: by cell.
        forced: cells that are suppressed in any case.
        needs: pairs (witness, cell): the witness needs the cell suppressed.
        ways: for each goal, the witnesses that reach it.
        seconds: limit.
    """
    witnesses = max((one for way in ways for one in way), default=-1) + 1
    count = len(prices)
    solver = quiet(time_limit=seconds, mip_abs_gap=WITHIN)
    total = count + witnesses
    solver.addVars(total, np.concatenate([forced.astype(np.float64), np.zeros(witnesses)]), np.ones(total))
    at = np.arange(total, dtype=np.int32)
    solver.changeColsCost(total, at, np.concatenate([prices, np.zeros(witnesses)]))
    solver.changeColsIntegrality(total, at, np.full(total, int(highspy.HighsVarType.kInteger), dtype=np.uint8))
    for witness, cell in needs:
        pair = np.array([cell, count + witness], dtype=np.int32)
        solver.addRow(0.0, INFINITE, 2, pair, np.array([1.0, -1.0]))
    for way in ways:
        some = np.array([count + one for one in way], dtype=np.int32)
        solver.addRow(1.0, INFINITE, len(way), some, np.ones(len(way)))
    solver.run()
    if not has_solution(solver):
        return None
    return np.array(solver.getSolution().col_value)[:count] > 1.0 / 2
