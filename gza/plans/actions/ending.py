"""The end of a plan: its term, the beneficiary's request, gross and repeated violation (S7.12).

Common arguments as in ``cases.actions``. Each raises ``Refused`` where the law refuses and ``Http404`` for what one may
not know of.
"""

import datetime as dt
import uuid
from typing import cast

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.cases.steps import Place, Work, keep, on_case, seal, settle, take
from gza.core import clock
from gza.core.actors import SYSTEM, System
from gza.law import entry
from gza.law import termination as rules
from gza.law.verdicts import Text
from gza.ledger import work as ledger
from gza.plans.enums import EndGround
from gza.plans.models import Hearing, PlanEnd, TerminationRequest, Violation
from gza.plans.queries import ending as queries
from gza.plans.steps import ending as steps
from gza.vault.filecheck import Accepted


class _Nothing(Exception):
    """Nothing is to be done: the act is dropped without a trace."""


def expire(*, case_id: uuid.UUID, by: System = SYSTEM) -> PlanEnd | None:
    """Write down that the plan's term expired; None where it has not, or where that is written already.

    The timer's act: it touches nothing sealed, and doing it again does nothing.

    Args:
        case_id: the case.
        by: the timer.
    """
    today = clock.today()
    try:
        with ledger.act("plans.expire", by=by, case=case_id, clause="S7.12") as doing:
            case = Case.objects.select_for_update().get(id=case_id)
            work = Work(case, cast(Principal, by), doing, today, today, place=Place.of(case))
            row = _expired(work)
            doing.happened_on = row.happened_on
            settle(work)
            return row
    except _Nothing:
        return None


def _expired(work: Work) -> PlanEnd:
    row = steps.expire_if_over(work)
    if row is None:
        raise _Nothing
    return row


def expire_due(*, by: System = SYSTEM) -> int:
    """Expire every plan whose term is over, each in an act of its own; how many. For ``gza tick``."""
    return sum(expire(case_id=case.id, by=by) is not None for case in queries.expiring(clock.today()))


def record_end_request(
    *,
    case_id: uuid.UUID,
    changed_need: str,
    words: str = "",
    scan: Accepted | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> TerminationRequest:
    """Record the beneficiary's written request to end the plan.

    Args:
        case_id: the case.
        changed_need: which need changed; sealed.
        words: the text of the request; sealed.
        scan: its scan, checked (``vault.files.check``).
        happened_on: the day of the request.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who records it.
    """
    with on_case(
        "plans.request_end", case_id, by=by, clause="S7.12", happened_on=happened_on, reason=reason, seen=seen
    ) as work:
        file = keep(work, scan, "plans.termination.file", "narrative")
        work.require(
            rules.may_request_end(
                in_force=queries.in_force(work.case, work.happened_on),
                has_file=file is not None,
                text=words,
                changed_need=changed_need,
            )
        )
        plan = queries.open_plan(work.case)
        open_rows = TerminationRequest.objects.filter(plan=plan, answered_on=None, superseded=False)
        work.require(rules.asked_once(waits=open_rows.exists()))
        return work.fact(
            TerminationRequest, plan=plan, file_id=file, texts={"changed_need": changed_need, "words": words}
        )


def answer_end_request(
    *,
    case_id: uuid.UUID,
    request_id: uuid.UUID,
    granted: bool,
    reasons: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> TerminationRequest:
    """The Fund's answer to the request: the plan ends on that day, or goes on, with reasons (G5).

    Args:
        case_id: the case.
        request_id: the request that waits.
        granted: whether the plan ends.
        reasons: for the beneficiary to read; sealed.
        happened_on: the day of the decision, the first day without the plan.
        reason: why it is entered late.
        by: who holds the delegation.
    """
    with on_case(
        "plans.answer_end_request", case_id, by=by, clause="S7.12", may="plans.decide", happened_on=happened_on,
        reason=reason, granted=granted,
    ) as work:  # fmt: skip
        row = take(TerminationRequest.objects.filter(case=work.case, superseded=False), id=request_id)
        in_order(work, ("მოთხოვნა", "the request"), row.happened_on, ("გადაწყვეტილება", "the decision"))
        work.require(
            rules.may_decide_request(
                in_force=queries.in_force(work.case, work.happened_on),
                waits=row.answered_on is None,
                reasons=reasons,
                delegations=queries.law_delegations(by, work.happened_on),
                on=work.happened_on,
            )
        )
        row.answered_on, row.answered_at, row.answered_by = work.happened_on, clock.now(), by.id
        row.granted, row.capacity = granted, queries.capacity_of(by, work.happened_on)
        seal(row, by, {"answer": reasons})
        row.save(force_update=True)
        work.doing.subject = row.id
        if granted:
            steps.end_plan(
                work, ground=EndGround.REQUEST, day=work.happened_on, request=row, capacity=row.capacity,
                reasons=reasons,
            )  # fmt: skip
        return row


def record_violation(
    *,
    case_id: uuid.UUID,
    description: str,
    gross: bool,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Violation:
    """Record that the plan's terms were violated; a fact, of which nothing follows by itself.

    Args:
        case_id: the case.
        description: what happened; sealed.
        gross: whether it was gross.
        happened_on: the day it happened.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who records it.
    """
    with on_case(
        "plans.record_violation", case_id, by=by, clause="S7.12", happened_on=happened_on, reason=reason, seen=seen,
        gross=gross,
    ) as work:  # fmt: skip
        work.require(rules.running(in_force=queries.in_force(work.case, work.happened_on)))
        work.require(rules.explained(reason=description))
        plan = queries.open_plan(work.case)
        return work.fact(Violation, plan=plan, gross=gross, texts={"description": description})


def hear(
    *,
    case_id: uuid.UUID,
    violation_id: uuid.UUID,
    words: str,
    present: bool = True,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Hearing:
    """Record what the beneficiary said on a violation; or, where they did not come, how they were asked.

    Args:
        case_id: the case.
        violation_id: the violation.
        words: the person's words, or how they were asked and why they did not come; sealed.
        present: whether they came.
        happened_on: the day.
        reason: why it is entered late.
        by: who heard them.
    """
    with on_case("plans.hear", case_id, by=by, clause="S7.12", happened_on=happened_on, reason=reason) as work:
        row = take(Violation.objects.filter(case=work.case, superseded=False), id=violation_id)
        in_order(work, ("დარღვევა", "the violation"), row.happened_on, ("მოსმენა", "the hearing"))
        work.require(rules.hearing(words=words))
        return work.fact(Hearing, violation=row, present=present, texts={"words": words})


def warn(
    *,
    case_id: uuid.UUID,
    violation_id: uuid.UUID,
    words: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Violation:
    """Record the Fund's warning after a hearing: what must change, and what follows if it happens again (ours).

    Args:
        case_id: the case.
        violation_id: the violation it is about.
        words: the warning's text; sealed.
        happened_on: the day.
        reason: why it is entered late.
        by: a coordinator.
    """
    with on_case(
        "plans.warn", case_id, by=by, clause="S7.12", may="plans.decide", happened_on=happened_on, reason=reason
    ) as work:
        row = take(Violation.objects.filter(case=work.case, superseded=False), id=violation_id)
        hearings = list(Hearing.objects.filter(violation=row, superseded=False).order_by("happened_on"))
        work.require(rules.warning(heard_before=bool(hearings), warned_before=row.warned_on is not None, words=words))
        in_order(work, ("მოსმენა", "the hearing"), hearings[0].happened_on, ("გაფრთხილება", "the warning"))
        row.warned_on, row.warned_at, row.warned_by = work.happened_on, clock.now(), by.id
        seal(row, by, {"warning": words})
        row.save(force_update=True)
        work.doing.subject = row.id
        return row


def end_for_violation(
    *,
    case_id: uuid.UUID,
    reasons: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> PlanEnd:
    """End the plan for gross and repeated violation, each heard, with a warning before the last (S7.12).

    Args:
        case_id: the case.
        reasons: for the beneficiary to read; sealed.
        happened_on: the day of the decision, the first day without the plan.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who holds the delegation.
    """
    with on_case(
        "plans.end_for_violation", case_id, by=by, clause="S7.12", may="plans.decide", happened_on=happened_on,
        reason=reason, seen=seen,
    ) as work:  # fmt: skip
        plan = queries.open_plan(work.case)
        known = queries.law_violations(plan) if plan else []
        if known:
            last = max(one.on for one in known)
            in_order(work, ("ბოლო დარღვევა", "the last violation"), last, ("გადაწყვეტილება", "the decision"))
        work.require(
            rules.may_end_for_violation(
                in_force=queries.in_force(work.case, work.happened_on),
                violations=known,
                reasons=reasons,
                delegations=queries.law_delegations(by, work.happened_on),
                on=work.happened_on,
            )
        )
        return steps.end_plan(
            work, ground=EndGround.VIOLATION, day=work.happened_on, reasons=reasons,
            capacity=queries.capacity_of(by, work.happened_on),
        )  # fmt: skip


def in_order(work: Work, first: tuple[str, str], first_on: dt.date, then: tuple[str, str]) -> None:
    """Let the act pass when its day does not come before ``first_on``; both are named in Georgian and English.

    Raises:
        Refused: otherwise.
    """
    work.require(entry.follows(first=Text(*first), first_on=first_on, then=Text(*then), then_on=work.happened_on))
