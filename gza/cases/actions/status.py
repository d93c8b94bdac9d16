"""Status decisions (S3.1), and the facts that condition nothing (S0.2)."""

import datetime as dt
import uuid

from gza.accounts.principals import Principal
from gza.cases import marks
from gza.cases.enums import Circumstance, Standing, StatusBody, StatusKind
from gza.cases.models import Case, CircumstanceFact, StatusDecision
from gza.cases.queries.road import standing
from gza.cases.steps import Work, circumstance, keep, on_case, seal, take
from gza.core import clock
from gza.law import entry, status
from gza.law.verdicts import Text
from gza.vault.filecheck import Accepted


def ask_status(
    *,
    case_id: uuid.UUID,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Case:
    """Record that the competent body was asked to decide on a presumed victim's status."""
    with on_case(
        "cases.ask_status", case_id, by=by, clause="S3.1", happened_on=happened_on, reason=reason, seen=seen
    ) as work:
        work.case.status_asked_on = work.happened_on
        return work.case


def record_status(
    *,
    case_id: uuid.UUID,
    kind: StatusKind,
    body: StatusBody,
    happened_on: dt.date | None = None,
    organisation_id: uuid.UUID | None = None,
    document_number: str = "",
    scan: Accepted | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> StatusDecision:
    """Record that a status was granted; the other status, if there is one, stays beside it.

    Args:
        case_id: the case.
        kind: which of the two.
        body: who granted it: the Permanent Group, or a law enforcement body.
        happened_on: the day of the decision.
        organisation_id: which body exactly, where that is known.
        document_number: number of the decision; sealed.
        scan: the scanned decision, checked (``vault.files.check``).
        reason: why it is entered late.
        seen: the case's version of the form.
        by: who records it.
    """
    with on_case(
        "cases.record_status", case_id, by=by, clause="S3.1", happened_on=happened_on, reason=reason, seen=seen,
        kind=str(kind), body=str(body),
    ) as work:  # fmt: skip
        return granted(
            work, kind=kind, body=body, organisation_id=organisation_id, document_number=document_number, scan=scan
        )


def granted(
    work: Work,
    *,
    kind: StatusKind,
    body: StatusBody,
    organisation_id: uuid.UUID | None,
    document_number: str,
    scan: Accepted | None,
    happened_on: dt.date | None = None,
) -> StatusDecision:
    """A step: the decision's row, and the case's standing after it."""
    file = keep(work, scan, "cases.status.file", "legal")
    work.require(
        status.may_record(
            kind=status.StatusKind(kind),
            body=status.DecidingBody(body),
            has_document=bool(document_number.strip() or file),
        )
    )
    same = StatusDecision.objects.filter(case=work.case, kind=kind, superseded=False, annulled_on=None)
    work.require(status.once(already=same.exists()))
    row = work.fact(
        StatusDecision, kind=kind, body=body, organisation_id=organisation_id, file_id=file,
        happened_on=happened_on or work.happened_on, texts={"document_number": document_number},
    )  # fmt: skip
    work.case.standing = standing(work.case)
    return row


def annul_status(
    *,
    case_id: uuid.UUID,
    decision_id: uuid.UUID,
    why: str,
    happened_on: dt.date | None = None,
    document_number: str = "",
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> StatusDecision:
    """Record that a status was annulled by who had granted it; the coordinator decides what follows (G1)."""
    with on_case(
        "cases.annul_status", case_id, by=by, clause="S3.1", happened_on=happened_on, reason=reason, seen=seen
    ) as work:
        rows = StatusDecision.objects.filter(case=work.case, superseded=False, annulled_on=None)
        row = take(rows, id=decision_id)
        work.require(
            entry.follows(
                first=Text("სტატუსის მინიჭება", "the status decision"), first_on=row.happened_on,
                then=Text("გაუქმება", "the annulment"), then_on=work.happened_on,
            )
        )  # fmt: skip
        row.annulled_on, row.annulled_at, row.annulled_by = work.happened_on, clock.now(), by.id
        seal(row, by, {"annul_reason": why, "annul_document_number": document_number})
        row.save(force_update=True)
        work.doing.subject = row.id
        work.doing.facts = {"kind": row.kind}
        work.case.standing = standing(work.case)
        if work.case.standing in {Standing.NONE, Standing.PRESUMED}:
            work.flag(marks.STATUS_ANNULLED, row.id)
        return row


def record_circumstance(
    *,
    case_id: uuid.UUID,
    kind: Circumstance,
    value: bool,
    happened_on: dt.date | None = None,
    note: str = "",
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> CircumstanceFact:
    """Record that the person lives in a shelter or not, cooperates with law enforcement or not: no condition (S0.2)."""
    with on_case(
        "cases.record_circumstance", case_id, by=by, clause="S0.2", happened_on=happened_on, reason=reason, seen=seen,
        kind=str(kind),
    ) as work:  # fmt: skip
        return circumstance(work, kind=kind, value=value, note=note)
