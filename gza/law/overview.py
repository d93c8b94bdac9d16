"""S4.1: what is late, by how much, with whom. The terms are parameters (G5, ours).

No clock runs for the beneficiary: a person who is thinking about consent is never late. Terms are counted in working
days; which days these are, the caller's calendar knows.
"""

import datetime as dt

from . import parameters
from .rules import fact
from .stages import STOPS, Party, Stage
from .verdicts import Allowed, flag, flagged

TERMS: dict[Stage, str] = {
    Stage.DESIGNATION: "fund_designation_working_days",
    Stage.REHABILITATION_CONSENT: "first_contact_working_days",
    Stage.PRIMARY_NEEDS: "primary_needs_working_days",
    Stage.EXPLANATION: "explanation_working_days",
    Stage.NEEDS: "needs_working_days",
    Stage.INITIAL_PLAN: "initial_plan_working_days",
    Stage.SUBMITTED: "submission_working_days",
    Stage.AGREED: "fund_agreement_working_days",
    Stage.REQUESTS: "provider_answer_working_days",
    Stage.FUNDING: "fund_funding_working_days",
}
"""The parameter that says how long each stop may take."""

LATE = flag("overview.late", "S4.1", "ეტაპის ვადა გასულია.", "The term of this stage has passed.")
SOON = flag("overview.soon", "S4.1", "ეტაპის ვადა ახლოვდება.", "The term of this stage is near.")
FUND_LATE = flag("overview.fund_late", "G5", "ფონდის საკუთარი ვადა გასულია.", "The Fund's own term has passed.")


def term(*, stage: Stage, since: dt.date) -> int | None:
    """The working days a stage entered on ``since`` may take; None where no clock runs."""
    name = TERMS.get(stage)
    return None if name is None else parameters.value(name, since)


def days_late(*, due: dt.date | None, today: dt.date) -> int:
    """Calendar days past the last day in time; 0 in time and where no clock runs."""
    return 0 if due is None else max(0, (today - due).days)


def with_whom(*, stage: Stage) -> Party:
    """With whom a case at this stage lies."""
    return STOPS[stage].party


@fact("S4.1", "G5")
def lateness(*, stage: Stage, due: dt.date | None, today: dt.date) -> Allowed:
    """A stage past its term is late, and the Fund's own terms bind the Fund; a near term is shown before.

    ``due`` is the last day in time, None where no clock runs.
    """
    if due is None:
        return flagged([])
    if today > due:
        return flagged([LATE, *([FUND_LATE] if with_whom(stage=stage) == Party.FUND else [])])
    return flagged([SOON] if (due - today).days <= parameters.value("reminder_days", today) else [])
