"""The legal representative of a minor (S7.8), and what was told."""

import datetime as dt
import uuid

from gza.accounts.principals import Principal
from gza.cases import marks
from gza.cases.enums import RepresentativeKind
from gza.cases.inputs import RepresentativeInput
from gza.cases.models import Representative, Story
from gza.cases.steps import Work, on_case, seal, take
from gza.core import clock


def add_representative(
    *,
    case_id: uuid.UUID,
    who: RepresentativeInput,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> Representative:
    """Record who acts for a minor; who did so before ends that day: so a guardianship body replaces a parent."""
    with on_case(
        "cases.add_representative", case_id, by=by, clause="S7.8", happened_on=happened_on, reason=reason, seen=seen,
        kind=str(who.kind),
    ) as work:  # fmt: skip
        return represented(work, who)


def represented(work: Work, who: RepresentativeInput) -> Representative:
    """A step: ends the former representation and begins this one."""
    former = Representative.objects.filter(case=work.case, superseded=False, ended_on=None).first()
    if former:
        _end(work, former)
    return work.fact(Representative, kind=who.kind, texts=who.columns())


def check_representative(
    *,
    case_id: uuid.UUID,
    representative_id: uuid.UUID,
    conflict: bool,
    note: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Representative:
    """Record that the representative was checked for a conflict of interest, and what was found."""
    with on_case(
        "cases.check_representative", case_id, by=by, clause="S7.8", happened_on=happened_on, reason=reason,
        conflict=conflict,
    ) as work:  # fmt: skip
        rows = Representative.objects.filter(case=work.case, superseded=False, ended_on=None)
        row = take(rows, id=representative_id)
        row.conflict, row.checked_on, row.checked_by = conflict, work.happened_on, by.id
        seal(row, by, {"conflict_note": note})
        row.save(force_update=True)
        work.doing.subject = row.id
        if conflict and row.kind != RepresentativeKind.GUARDIANSHIP_BODY:
            work.flag(marks.REPRESENTATIVE_CONFLICT, row.id)
        return row


def end_representative(
    *,
    case_id: uuid.UUID,
    representative_id: uuid.UUID,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Representative:
    """Record that somebody acts no longer for the minor, or that the minor came of age."""
    with on_case(
        "cases.end_representative", case_id, by=by, clause="S7.8", happened_on=happened_on, reason=reason
    ) as work:
        rows = Representative.objects.filter(case=work.case, superseded=False, ended_on=None)
        row = take(rows, id=representative_id)
        _end(work, row)
        work.doing.subject = row.id
        return row


def _end(work: Work, row: Representative) -> None:
    row.ended_on = max(work.happened_on, row.happened_on)
    row.ended_at, row.ended_by = clock.now(), work.by.id
    row.save(force_update=True)


def record_story(
    *, case_id: uuid.UUID, text: str, happened_on: dt.date | None = None, reason: str = "", by: Principal
) -> Story:
    """Write down what was told, in the person's words; sealed."""
    with on_case("cases.record_story", case_id, by=by, clause="S7.4", happened_on=happened_on, reason=reason) as work:
        return work.fact(Story, texts={"text": text})
