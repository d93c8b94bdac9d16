"""A HiGHS solver that says nothing and uses one thread: the same answer on every machine."""

import highspy


def quiet(**options: float | str) -> highspy.Highs:
    """A solver with these options set."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its maker gives no types
    solver.silent()
    solver.setOptionValue("threads", 1)
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def has_solution(solver: highspy.Highs) -> bool:
    """Whether a feasible solution was found, best or not."""
    return bool(solver.getInfo().primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible))
