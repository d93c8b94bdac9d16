"""Primary needs for recovery (S7.2), needs for reintegration (S5.2, S7.4)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from gza.accounts.principals import Principal
from gza.cases.enums import StatedBy
from gza.cases.inputs import NeedInput, PrimaryNeedInput
from gza.cases.models import Need, PrimaryAssessment, PrimaryNeed
from gza.cases.queries.road import consents_of, law_status
from gza.cases.steps import Work, on_case, seal, take
from gza.core import clock
from gza.law import needs as rules
from gza.law import plan, rehabilitation


def record_primary_needs(
    *,
    case_id: uuid.UUID,
    needs: Sequence[PrimaryNeedInput],
    summary: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> PrimaryAssessment:
    """Record the primary needs the designated worker found, all together; none at all is an answer too."""
    with on_case(
        "cases.record_primary_needs", case_id, by=by, clause="S7.2", may="cases.work", happened_on=happened_on,
        reason=reason, seen=seen, count=len(needs),
    ) as work:  # fmt: skip
        return primary(work, needs, summary, by_designated_worker=by.id == work.case.worker_id)


def primary(
    work: Work, needs: Sequence[PrimaryNeedInput], summary: str, *, by_designated_worker: bool
) -> PrimaryAssessment:
    """A step: the assessment and its needs."""
    work.require(
        rehabilitation.may_identify_needs(
            consents=consents_of(work.case),
            designated_on=work.case.designated_on,
            by_designated_worker=by_designated_worker,
            on=work.happened_on,
        )
    )
    assessment = work.fact(PrimaryAssessment, texts={"summary": summary})
    for need in needs:
        work.require(rules.stated(by=_law(need.stated_by)))
        work.fact(
            PrimaryNeed, assessment=assessment, recovery=need.recovery, urgent=need.urgent,
            stated_by=_codes(need.stated_by), texts={"description": need.description},
        )  # fmt: skip
    return assessment


def record_need(
    *,
    case_id: uuid.UUID,
    need: NeedInput,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Need:
    """Record a need for reintegration, found together with the beneficiary."""
    with on_case(
        "cases.record_need", case_id, by=by, clause="S7.4", may="cases.work", happened_on=happened_on, reason=reason,
        seen=seen, domain=str(need.domain), priority=str(need.priority),
    ) as work:  # fmt: skip
        return needed(work, need)


def needed(work: Work, need: NeedInput) -> Need:
    """A step: one need's row, after its rules."""
    work.require(plan.on_the_way(kind=law_status(work.case)[0], consents=consents_of(work.case), on=work.happened_on))
    work.require(rules.may_record(by=_law(need.stated_by), priority=str(need.priority) or None, reason=need.why))
    return work.fact(
        Need, domain=need.domain, priority=need.priority, stated_by=_codes(need.stated_by),
        texts={"description": need.description, "reason": need.why},
    )  # fmt: skip


def drop_need(
    *,
    case_id: uuid.UUID,
    need_id: uuid.UUID,
    why: str,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Need:
    """Record that a need fell away; it stays on file with the reason."""
    with on_case(
        "cases.drop_need", case_id, by=by, clause="S7.4", may="cases.work", happened_on=happened_on, reason=reason
    ) as work:
        row = take(Need.objects.filter(case=work.case, superseded=False, dropped_on=None), id=need_id)
        work.require(rules.reasoned(reason=why))
        row.dropped_on = max(work.happened_on, row.happened_on)
        row.dropped_at, row.dropped_by = clock.now(), by.id
        seal(row, by, {"drop_reason": why})
        row.save(force_update=True)
        work.doing.subject = row.id
        return row


def _law(stated_by: Sequence[StatedBy]) -> list[rules.StatedBy]:
    return [rules.StatedBy(one) for one in _codes(stated_by)]


def _codes(stated_by: Sequence[StatedBy]) -> list[str]:
    return sorted({StatedBy(one).value for one in stated_by})
