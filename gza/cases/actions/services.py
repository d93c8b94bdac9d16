"""Rehabilitation services and emergency help, as the social worker records them (S0.1, S0.3, S7.2)."""

import datetime as dt
import uuid

from gza.accounts.principals import Principal
from gza.cases.enums import Answer, AnswerForm, EmergencyGround, EmergencyKind, Place, ServiceState
from gza.cases.models import EmergencyHelp, PrimaryNeed, RehabilitationService, ServiceGiven
from gza.cases.queries.road import consents_of
from gza.cases.steps import keep, on_case, seal, take
from gza.core import clock
from gza.core.calendar import add_working_days
from gza.law import consent, entry, lifecycles, parameters, plausible, rehabilitation
from gza.ledger import work as ledger
from gza.vault.filecheck import Accepted

_TABLE = lifecycles.REHABILITATION_SERVICE


def request_rehabilitation_service(
    *,
    case_id: uuid.UUID,
    service_type: str,
    organisation_id: uuid.UUID,
    place: Place,
    need_id: uuid.UUID | None = None,
    purpose: str = "",
    charged: int = 0,
    answer_due: dt.date | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Principal,
) -> RehabilitationService:
    """Ask an organisation for a rehabilitation service; waits for no plan, costs the beneficiary nothing.

    Args:
        case_id: the case.
        service_type: key of the type of service.
        organisation_id: who is asked.
        place: in a shelter or outside.
        need_id: the primary need it answers.
        purpose: what for; sealed.
        charged: what the beneficiary would have to pay, in tetri: refused unless nothing.
        answer_due: by when an answer is expected; the parameter's working days after the request when None.
        happened_on: the day it was asked.
        reason: why it is entered late.
        seen: the case's version of the form.
        by: the designated worker.
    """
    with on_case(
        "cases.request_rehabilitation", case_id, by=by, clause="S0.3", may="cases.work", happened_on=happened_on,
        reason=reason, seen=seen, service=service_type,
    ) as work:  # fmt: skip
        work.require(
            rehabilitation.may_request(
                consents=consents_of(work.case),
                designated_on=work.case.designated_on,
                charged_tetri=charged,
                on=work.happened_on,
            )
        )
        need = take(PrimaryNeed.objects.filter(case=work.case, superseded=False), id=need_id) if need_id else None
        days = parameters.value("provider_answer_working_days", work.happened_on)
        return work.fact(
            RehabilitationService, service_type_id=service_type, organisation_id=organisation_id, place=place,
            need=need, answer_due=answer_due or add_working_days(work.happened_on, days), texts={"purpose": purpose},
        )  # fmt: skip


def record_provider_answer(
    *,
    case_id: uuid.UUID,
    service_id: uuid.UUID,
    answer: Answer,
    form: AnswerForm,
    name: str = "",
    why: str = "",
    scan: Accepted | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> RehabilitationService:
    """Record what a provider answered, on paper or by telephone: who said it, and the evidence."""
    with on_case(
        "cases.record_provider_answer", case_id, by=by, clause="S0.3", may="cases.work", happened_on=happened_on,
        reason=reason, answer=str(answer),
    ) as work:  # fmt: skip
        rows = RehabilitationService.objects.filter(case=work.case, superseded=False)
        row = take(rows, id=service_id)
        act = "decline" if answer == Answer.DECLINED else "accept"
        work.require(_TABLE.verdict(row.state, act))
        row.state = _TABLE.next(row.state, act)
        row.answer, row.answer_form = answer, form
        row.answered_on = max(work.happened_on, row.happened_on)
        row.answered_at, row.answered_by = clock.now(), by.id
        row.answer_file_id = keep(work, scan, "cases.rehabilitation.answer_file", "narrative")
        seal(row, by, {"answer_name": name, "answer_reason": why})
        row.save(force_update=True)
        work.doing.subject = row.id
        return row


def record_service_given(
    *,
    case_id: uuid.UUID,
    service_type: str,
    organisation_id: uuid.UUID,
    place: Place,
    request_id: uuid.UUID | None = None,
    until: dt.date | None = None,
    sessions: int = 1,
    charged: int = 0,
    finished: bool = False,
    note: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> ServiceGiven:
    """Record a rehabilitation service that was given: never refused, flagged without consent or at a cost (G1).

    Args:
        case_id: the case.
        service_type: key of the type of service.
        organisation_id: who gave it.
        place: in a shelter or outside.
        request_id: the request it came of, if any; starts it, or with ``finished`` ends it.
        until: last day, for a service over several days.
        sessions: how many.
        charged: what the beneficiary paid, in tetri.
        finished: whether the service is done.
        note: sealed.
        happened_on: the (first) day it was given.
        reason: why it is entered late.
        by: who records it.
    """
    with on_case(
        "cases.record_service_given", case_id, by=by, clause="S0.3", happened_on=happened_on, reason=reason,
        service=service_type,
    ) as work:  # fmt: skip
        ledger.require(plausible.number(value=sessions, bounds=plausible.TIMES))
        ledger.require(entry.lasting(first_on=work.happened_on, last_on=until, today=work.today))
        rows = RehabilitationService.objects.filter(case=work.case, superseded=False)
        asked = take(rows, id=request_id) if request_id else None
        row = work.fact(
            ServiceGiven, request=asked, service_type_id=service_type, organisation_id=organisation_id, place=place,
            until=until, sessions=sessions, charged=charged, texts={"note": note},
        )  # fmt: skip
        work.require(
            rehabilitation.may_record_given(
                consents=consents_of(work.case), charged_tetri=charged, on=work.happened_on
            ),
            row.id,
        )
        if asked:
            for act in ("start", "finish") if finished else ("start",):
                if _TABLE.find(asked.state, act):
                    asked.state = ServiceState(_TABLE.next(asked.state, act))
            asked.save(force_update=True)
        return row


def record_emergency_help(
    *,
    case_id: uuid.UUID,
    ground: EmergencyGround,
    kind: EmergencyKind,
    given_at: dt.datetime,
    given_by: str,
    organisation_id: uuid.UUID | None = None,
    description: str = "",
    reason: str = "",
    by: Principal,
) -> EmergencyHelp:
    """Record help that could not wait: ground, person, time. No consent and no status are asked (S0.1)."""
    day = given_at.astimezone(clock.TBILISI).date()
    with on_case(
        "cases.record_emergency_help", case_id, by=by, clause="S0.1", happened_on=day, reason=reason, kind=str(kind)
    ) as work:
        row = work.fact(
            EmergencyHelp, ground=ground, kind=kind, given_at=given_at, organisation_id=organisation_id,
            texts={"given_by": given_by, "description": description},
        )  # fmt: skip
        work.require(consent.emergency_help(ground=str(ground), person=given_by, has_time=True), row.id)
        return row
