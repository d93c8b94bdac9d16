"""Contact after the plan, in the form, at the time and by the method agreed (S7.11).

Common arguments as in ``cases.actions``. Each raises ``Refused`` where the law refuses and ``Http404`` for what one may
not know of.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from gza.accounts.principals import Principal
from gza.cases.steps import Work, on_case
from gza.law import closing
from gza.law import followup as rules
from gza.law.lifecycles import FOLLOW_UP
from gza.law.lifecycles import FollowUpState as Standing
from gza.plans.enums import ContactWay, Direction, FollowUpState
from gza.plans.models import FollowUp, FollowUpContact
from gza.plans.queries import ending as queries
from gza.plans.steps import ending as steps


@dataclass(frozen=True)
class Agreement:
    """What is agreed on contact: its form, how often, between which hours of the day, by which safe method.

    ``method`` says exactly how (which number, what to say), ``never`` what must not happen; both sealed.
    """

    way: ContactWay | str
    method: str
    every_days: int | None
    review_on: dt.date | None
    hour_from: int | None = None
    hour_to: int | None = None
    never: str = ""


def agree_follow_up(
    *,
    case_id: uuid.UUID,
    agreement: Agreement,
    words: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> FollowUp:
    """Record what was agreed on contact after the plan, for the first time or anew.

    Args:
        case_id: the case.
        agreement: form, time and method.
        words: the person's words; sealed.
        happened_on: the day it was agreed.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: the worker.
    """
    with on_case(
        "plans.agree_follow_up", case_id, by=by, clause="S7.11", may="cases.work", happened_on=happened_on,
        reason=reason, seen=seen, way=str(agreement.way),
    ) as work:  # fmt: skip
        _after_plan(work)
        work.require(
            rules.may_agree(
                state=work.case.follow_up,
                way=str(agreement.way),
                method=agreement.method,
                every_days=agreement.every_days,
                hour_from=agreement.hour_from,
                hour_to=agreement.hour_to,
                review_on=agreement.review_on,
                on=work.happened_on,
            )
        )
        steps.end_follow_up(work)
        row = work.fact(
            FollowUp, state=FollowUpState.AGREED, way=agreement.way, every_days=agreement.every_days,
            hour_from=agreement.hour_from, hour_to=agreement.hour_to, review_on=agreement.review_on,
            texts={"method": agreement.method, "never": agreement.never, "words": words},
        )  # fmt: skip
        _mirror(work, row)
        work.case.next_contact_on = rules.next_contact(
            state=row.state, every_days=row.every_days, last=work.happened_on
        )
        return row


def decline_follow_up(
    *,
    case_id: uuid.UUID,
    words: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> FollowUp:
    """Record that the person wants no contact after the plan: an answer too, which can change.

    Args:
        case_id: the case.
        words: the person's words; sealed.
        happened_on: the day.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: the worker.
    """
    with on_case(
        "plans.decline_follow_up", case_id, by=by, clause="S7.11", may="cases.work", happened_on=happened_on,
        reason=reason, seen=seen,
    ) as work:  # fmt: skip
        _after_plan(work)
        work.require(FOLLOW_UP.verdict(work.case.follow_up or Standing.OFFERED, "decline"))
        row = work.fact(FollowUp, state=FollowUpState.DECLINED, texts={"words": words})
        _mirror(work, row)
        return row


def end_follow_up(
    *,
    case_id: uuid.UUID,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> FollowUp:
    """End the contact that was agreed, because its time has come or the person wants no more of it.

    Args:
        case_id: the case.
        happened_on: the day.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: the worker.
    """
    with on_case(
        "plans.end_follow_up", case_id, by=by, clause="S7.11", may="cases.work", happened_on=happened_on,
        reason=reason, seen=seen,
    ) as work:  # fmt: skip
        work.require(FOLLOW_UP.verdict(work.case.follow_up or Standing.OFFERED, "end"))
        row = steps.end_follow_up(work)
        if row is None:
            raise AssertionError("what is agreed stands in a row")
        work.doing.subject = row.id
        return row


def record_contact(
    *,
    case_id: uuid.UUID,
    direction: Direction,
    way: ContactWay,
    note: str = "",
    reached: bool = True,
    hour: int | None = None,
    outside_reason: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> FollowUpContact:
    """Record a contact: one from the person always, one of ours outside the agreed way with its reason.

    Args:
        case_id: the case, closed or not.
        direction: who made the contact.
        way: its form.
        note: what was said; sealed.
        reached: whether the person was reached.
        hour: the hour of the day in Tbilisi.
        outside_reason: why outside the agreed way; sealed.
        happened_on: the day.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who records it.
    """
    with on_case(
        "plans.record_contact", case_id, by=by, clause="S7.11", happened_on=happened_on, reason=reason, seen=seen,
        direction=str(direction), way=str(way), reached=reached,
    ) as work:  # fmt: skip
        standing = queries.follow_up_of(work.case)
        incoming = direction == Direction.INCOMING
        agreed = agreed_way(standing, way=way, hour=hour)
        verdict = rules.may_record_contact(incoming=incoming, agreed=agreed, hour=hour, reason=outside_reason)
        work.require(verdict)
        row = work.fact(
            FollowUpContact, follow_up=standing, direction=direction, way=way, hour=hour, reached=reached,
            outside=not (incoming or agreed),
            texts={"note": note, "outside_reason": "" if incoming or agreed else outside_reason},
        )  # fmt: skip
        if standing is not None and reached and work.case.follow_up == FollowUpState.AGREED:
            due = rules.next_contact(state=standing.state, every_days=standing.every_days, last=work.happened_on)
            work.case.next_contact_on = max(filter(None, (due, work.case.next_contact_on)), default=None)
        return row


def agreed_way(standing: FollowUp | None, *, way: ContactWay | str, hour: int | None) -> bool:
    """Whether a contact of ours in this form and at this hour keeps to what stands agreed."""
    if standing is None:
        return False
    return rules.is_agreed(
        state=standing.state, way=str(way), agreed_way=standing.way, hour=hour, hour_from=standing.hour_from,
        hour_to=standing.hour_to,
    )  # fmt: skip


def _after_plan(work: Work) -> None:
    steps.expire_if_over(work)
    work.require(closing.plan_ended(ended=work.case.plan_ended_on is not None))


def _mirror(work: Work, row: FollowUp) -> None:
    work.case.follow_up = row.state
    work.case.follow_up_on = work.case.follow_up_on or work.happened_on
    work.case.next_contact_on = None
