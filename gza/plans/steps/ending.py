"""The end of a plan and of a case, suspension, and what a later plan begins with. Runs inside an act."""

import datetime as dt
import uuid

from gza.cases.enums import FinalState, PlanState
from gza.cases.models import Case, Designation
from gza.cases.steps import Work, resumes
from gza.core import clock
from gza.law import plan as law_plan
from gza.law import termination as rules
from gza.plans.enums import DropGround, EndGround, FollowUpState, RequestState
from gza.plans.models import FollowUp, Plan, PlanEnd, ServiceRequest, TerminationRequest
from gza.plans.queries import ending as queries

from . import final, funding, requests, running


def suspend(work: Work) -> bool:
    """The consent to reintegration was withdrawn: the plan waits, and is not terminated (S0.1). Whether there is one.

    The days of its term run on: a new consent resumes it, and prolongs nothing.
    """
    if queries.open_plan(work.case) is None:
        return False
    funding.drop_open(work, DropGround.WITHDRAWN)
    work.case.suspended_on = work.happened_on
    work.require(law_plan.standing(has_plan=True, consent_in_force=False))
    return True


@resumes
def resume(work: Work) -> None:
    """A new consent to reintegration is in force: the plan goes on where it stands, what falls due opens again."""
    if work.case.plan_ended_on is None and work.case.agreed_on is not None:
        requests.mirror(work)


def stop_requests(work: Work, *, organisation_id: uuid.UUID | None = None) -> int:
    """Stop the open requests of the case, or those to one organisation; how many (S0.1)."""
    named = None if organisation_id is None else [organisation_id]
    return len(requests.stop_all(work, organisations=named))


def call_back(work: Work) -> None:
    """Call back what still waits for an answer though its plan has ended by its term."""
    rows = ServiceRequest.objects.select_for_update().filter(
        case=work.case, origin__plan_version__plan__ended_on__isnull=False, state=RequestState.SENT, superseded=False
    )
    for row in rows:
        requests.halt(work, row, "withdraw", work.happened_on)


def end_plan(
    work: Work,
    *,
    ground: EndGround,
    day: dt.date,
    request: TerminationRequest | None = None,
    capacity: str = "",
    reasons: str = "",
) -> PlanEnd:
    """End the open plan on ``day``, its first day without effect, with all that hangs on it.

    Its versions end, requests to providers stop, considerations fall away. Money unspent is flagged: it is released
    formally, or pays for what was done. Reports on the months that were are still due.

    Args:
        work: the act; for an expiry the timer's, which holds no key.
        ground: why it ends.
        day: the first day without it.
        request: the beneficiary's request, where that is the ground.
        capacity: in which capacity the Fund decided.
        reasons: the Fund's reasons; sealed.
    """
    plan = Plan.objects.select_for_update().get(case=work.case, ended_on=None)
    if ground != EndGround.EXPIRY:  # a term that expires leaves to its end what was accepted
        stop_requests(work)
    funding.drop_open(work, DropGround.ENDED)
    final.end_versions(work, plan)
    plan.ended_on = day
    plan.save(force_update=True)
    requests.mirror(work)
    row = work.fact(
        PlanEnd, plan=plan, ground=ground, request=request, capacity=capacity, happened_on=day,
        texts={"reasons": reasons},
    )  # fmt: skip
    case = work.case
    case.plan_ended_on, case.plan_end, case.suspended_on = day, ground, None
    running.mirror(work)
    work.require(rules.money_left(unspent_tetri=queries.unspent(case)), row.id)
    return row


def expire_if_over(work: Work) -> PlanEnd | None:
    """Write down that the term expired where it has and the timer has not said so yet; None where nothing is over."""
    day = work.case.ends_on
    if work.case.plan_ended_on is not None or day is None or not rules.is_over(ends_on=day, on=work.today):
        return None
    work.require(rules.expired(ends_on=day, on=work.today))
    return end_plan(work, ground=EndGround.EXPIRY, day=day + dt.timedelta(days=1))


def close(work: Work) -> None:
    """The case ends today's way: no worker any more, no contact due. Its holder keeps the key, for who comes back."""
    case, day = work.case, work.happened_on
    case.ended_on = day
    for row in Designation.objects.filter(case=case, superseded=False, ended_on=None):
        row.ended_on = max(day, row.happened_on)
        row.ended_at, row.ended_by = clock.now(), work.by.id
        row.save(force_update=True)
    case.worker_id = case.designated_on = None
    if case.follow_up == FollowUpState.AGREED:
        end_follow_up(work)


def end_follow_up(work: Work) -> FollowUp | None:
    """End what stands about follow-up, if anything does; the row, None where there was none."""
    row = FollowUp.objects.filter(case=work.case, ended_on=None).first()
    if row is not None:
        row.ended_on = max(work.happened_on, row.happened_on)
        row.ended_at, row.ended_by = clock.now(), work.by.id
        if row.state == FollowUpState.AGREED:
            row.state = FollowUpState.ENDED
        row.save(force_update=True)
    work.case.follow_up, work.case.next_contact_on = FollowUpState.ENDED, None
    return row


def begin_anew(case: Case) -> None:
    """What mirrors the former plan is emptied: the road begins again at the needs, under the same ceiling."""
    case.plan_state, case.final_state = PlanState.NONE, FinalState.NONE
    case.plan_items = case.plan_incomplete = 0
    case.items_unsought = case.requests_waiting = case.considerations_open = case.unmet = 0
    case.plan_end = case.follow_up = ""
    for name in _DAYS:
        setattr(case, name, None)


_DAYS = (
    "drafted_on", "submitted_on", "returned_on", "agreed_on", "suspended_on", "answered_on", "funded_on",
    "final_drafted_on", "final_submitted_on", "final_returned_on", "final_agreed_on", "in_force_on", "starts_on",
    "ends_on", "plan_ended_on", "notified_on", "follow_up_on", "next_contact_on",
)  # fmt: skip
