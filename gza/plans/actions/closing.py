"""A case that ended in fact, the notice, closing a case, opening it again, a later plan (S7.10, S7.11, S7.12).

Common arguments as in ``cases.actions``. Each raises ``Refused`` where the law refuses and ``Http404`` for what one may
not know of.
"""

import datetime as dt
import uuid

from gza.accounts.principals import Principal
from gza.cases.actions.designation import designated
from gza.cases.enums import Scope
from gza.cases.models import ConsentScope, Designation
from gza.cases.queries.road import law_status
from gza.cases.steps import Work, keep, on_case, seal, take
from gza.core import clock
from gza.directory.queries import fund_on
from gza.law import closing
from gza.law import termination as rules
from gza.law.status import StatusKind
from gza.plans.enums import EndGround, FollowUpState, InFact
from gza.plans.models import CaseEnd, CaseReopening, LaterPlan, Notice
from gza.plans.queries import ending as queries
from gza.plans.steps import ending as steps
from gza.vault.filecheck import Accepted

from .ending import in_order


def record_end_in_fact(
    *,
    case_id: uuid.UUID,
    ground: InFact,
    evidence: str = "",
    scan: Accepted | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> CaseEnd:
    """Record that the case ended in fact; it ends when another confirms it. No termination (S7.12).

    Args:
        case_id: the case.
        ground: how it ended.
        evidence: how it is known; sealed.
        scan: a paper that shows it, checked (``vault.files.check``).
        happened_on: the day it ended.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who records it.
    """
    with on_case(
        "plans.record_end_in_fact", case_id, by=by, clause="S7.12", happened_on=happened_on, reason=reason, seen=seen,
        ground=str(ground),
    ) as work:  # fmt: skip
        work.require(rules.not_closed_yet(case_ended=work.case.ended_on is not None))
        work.require(rules.recorded_once(waits=queries.waiting_end(work.case) is not None))
        file = keep(work, scan, "plans.case_end.file", "narrative")
        kind, _since = law_status(work.case)
        row = work.fact(CaseEnd, ground=ground, file_id=file, texts={"evidence": evidence})
        work.require(
            rules.in_fact(
                has_evidence=bool(evidence.strip() or file),
                by_annulment=ground == InFact.ANNULLED,
                status_in_force=kind != StatusKind.PRESUMED,
            ),
            row.id,
        )
        return row


def confirm_end_in_fact(*, case_id: uuid.UUID, end_id: uuid.UUID, by: Principal) -> CaseEnd:
    """Confirm what another recorded: plan and case end, contacts and requests with them.

    Args:
        case_id: the case.
        end_id: the record.
        by: not who recorded it.
    """
    with on_case("plans.confirm_end_in_fact", case_id, by=by, clause="S7.12") as work:
        row = _waiting(work, end_id)
        work.require(rules.another_person(recorded_by_same=row.recorded_by == by.id))
        work.require(rules.not_closed_yet(case_ended=work.case.ended_on is not None))
        row.confirmed_on, row.confirmed_at, row.confirmed_by = work.today, clock.now(), by.id
        row.save(force_update=True)
        with work.at(row.happened_on):
            steps.expire_if_over(work)
            plan = queries.open_plan(work.case)
            if plan is not None:
                steps.end_plan(work, ground=EndGround.IN_FACT, day=max(row.happened_on, plan.opened_on))
            steps.close(work)
        work.doing.subject = row.id
        work.doing.facts = {"ground": row.ground}
        return row


def withdraw_end_in_fact(*, case_id: uuid.UUID, end_id: uuid.UUID, why: str, by: Principal) -> CaseEnd:
    """Take back a record that proved wrong before it was confirmed; it stays on file.

    Args:
        case_id: the case.
        end_id: the record.
        why: what was found; sealed.
        by: who sees the case.
    """
    with on_case("plans.withdraw_end_in_fact", case_id, by=by, clause="S7.12") as work:
        row = _waiting(work, end_id)
        work.require(rules.explained(reason=why))
        row.withdrawn_on, row.withdrawn_at, row.withdrawn_by = work.today, clock.now(), by.id
        seal(row, by, {"withdrawn_reason": why})
        row.save(force_update=True)
        work.doing.subject = row.id
        return row


def _waiting(work: Work, end_id: uuid.UUID) -> CaseEnd:
    row = take(CaseEnd.objects.filter(case=work.case, ground__gt="", superseded=False), id=end_id)
    work.require(rules.still_waiting(settled=row.confirmed_on is not None or row.withdrawn_on is not None))
    return row


def record_notice(
    *,
    case_id: uuid.UUID,
    handed: bool,
    text: str = "",
    how: str = "",
    language: str = "ka",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Notice:
    """Record that the beneficiary was told of the plan's end in writing; or why they could not be.

    Args:
        case_id: the case.
        handed: whether they were told.
        text: the notice as it was handed over, with how to complain; sealed.
        how: how it was handed over, or why it could not be (death, not found, unsafe); sealed.
        language: ISO 639-1 code of its language.
        happened_on: the day.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who records it.
    """
    with on_case(
        "plans.record_notice", case_id, by=by, clause="S7.12", happened_on=happened_on, reason=reason, seen=seen,
        handed=handed,
    ) as work:  # fmt: skip
        steps.expire_if_over(work)
        end = queries.newest_end(work.case)
        if end is not None:
            order = ("გეგმის დასრულება", "the end of the plan"), end.happened_on, ("შეტყობინება", "the notice")
            in_order(work, *order)
        fund = fund_on(work.happened_on)
        work.require(
            closing.may_tell(
                ended=end is not None,
                handed=handed,
                text=text,
                why_not=how,
                post=fund.address if fund else "",
                telephone=fund.phone if fund else "",
            )
        )
        if work.case.plan_ended_on is not None:
            work.case.notified_on = work.case.notified_on or work.happened_on
        steps.call_back(work)
        return work.fact(
            Notice, plan_end=end, language=language, handed=handed,
            texts={"how": how, "text": text if handed else ""},
        )  # fmt: skip


def close_case(
    *,
    case_id: uuid.UUID,
    why: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> CaseEnd:
    """Close a case after its plan, the notice and follow-up; or one whose beneficiary wants nothing (ours).

    The designation ends with it, so that the case counts in nobody's caseload. Every other consent, file and record
    stays as it is.

    Args:
        case_id: the case.
        why: why it is closed; sealed.
        happened_on: the day.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: a coordinator.
    """
    with on_case(
        "plans.close_case", case_id, by=by, clause="S7.12", may="plans.decide", happened_on=happened_on,
        reason=reason, seen=seen,
    ) as work:  # fmt: skip
        case = work.case
        steps.expire_if_over(work)
        consents = ConsentScope.objects.filter(case=case, withdrawn_on=None).exclude(scope=Scope.DISCLOSURE)
        work.require(
            closing.may_close(
                case_ended=case.ended_on is not None,
                plan_open=queries.open_plan(case) is not None,
                had_plan=queries.newest_end(case) is not None,
                notified=case.notified_on is not None,
                settled=case.follow_up in {FollowUpState.DECLINED, FollowUpState.ENDED},
                consent_in_force=consents.exists(),
                duplicate=bool(queries.merges_of(case)),
                reason=why,
            )
        )
        row = work.fact(CaseEnd, texts={"evidence": why})
        steps.close(work)
        return row


def reopen_case(
    *,
    case_id: uuid.UUID,
    worker_id: uuid.UUID,
    why: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Designation:
    """Open a closed case again and designate its worker in the same act: no day without one (S3.3).

    What the Fund has committed goes on counting against the ceiling (S5.6).

    Args:
        case_id: the case.
        worker_id: the worker's user id.
        why: what brought the person back; sealed.
        happened_on: the day.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: a coordinator.
    """
    with on_case(
        "plans.reopen_case", case_id, by=by, clause="S7.11", may="plans.decide", happened_on=happened_on,
        reason=reason, seen=seen,
    ) as work:  # fmt: skip
        case = work.case
        work.require(closing.may_reopen(case_ended=case.ended_on is not None, reason=why))
        if case.ended_on is not None:
            in_order(work, ("დახურვა", "the closing"), case.ended_on, ("გახსნა", "the reopening"))
        case.ended_on, case.reopened_on = None, work.happened_on
        row = work.fact(CaseReopening, texts={"reasons": why})
        made = designated(work, worker_id=worker_id)
        work.doing.subject = row.id
        return made


def decide_later_plan(
    *,
    case_id: uuid.UUID,
    reasons: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> LaterPlan:
    """The Fund's decision that the same person gets another plan: the road begins again, under the same ceiling.

    The former plan stays readable as it was.

    Args:
        case_id: the case.
        reasons: why another plan; sealed.
        happened_on: the day of the decision.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who holds the delegation.
    """
    with on_case(
        "plans.decide_later_plan", case_id, by=by, clause="S7.10", may="plans.decide", happened_on=happened_on,
        reason=reason, seen=seen,
    ) as work:  # fmt: skip
        case = work.case
        steps.expire_if_over(work)
        end = queries.newest_end(case)
        work.require(
            closing.may_plan_again(
                case_ended=case.ended_on is not None,
                ended=case.plan_ended_on is not None and end is not None,
                notified=case.notified_on is not None,
                reasons=reasons,
                delegations=queries.law_delegations(by, work.happened_on),
                on=work.happened_on,
            )
        )
        if end is None:
            raise AssertionError("a plan that ended has its end on record")
        in_order(work, ("გეგმის დასრულება", "the end of the plan"), end.happened_on, ("გადაწყვეტილება", "the decision"))
        row = work.fact(
            LaterPlan, after=end.plan, capacity=queries.capacity_of(by, work.happened_on), texts={"reasons": reasons}
        )
        steps.call_back(work)
        if case.follow_up == FollowUpState.AGREED:
            steps.end_follow_up(work)
        steps.begin_anew(case)
        return row
