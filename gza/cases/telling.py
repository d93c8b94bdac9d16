"""A story told in rows: each subject's facts with their sealed texts, and the event each act left."""

import datetime as dt
import hashlib
import json
import os
import uuid
from collections.abc import Sequence
from typing import Any

from gza.accounts.enums import Role
from gza.law.verdicts import explain

from . import nameindex
from .batch import Batch, Written
from .enums import AnswerForm, Circumstance, Provenance, Scope, ServiceState, SignatureForm, Topic
from .models import (
    CircumstanceFact,
    Consent,
    ConsentScope,
    Declined,
    Designation,
    EmergencyHelp,
    Explanation,
    Flag,
    Need,
    Person,
    PrimaryAssessment,
    PrimaryNeed,
    Profile,
    RehabilitationService,
    ServiceGiven,
    StatusDecision,
    Story,
)
from .stories import ServiceStory

ORDER: tuple[type[Any], ...] = (
    Person, Profile, Story, CircumstanceFact, StatusDecision, Designation, Explanation, Consent, ConsentScope, Declined,
    PrimaryAssessment, PrimaryNeed, RehabilitationService, ServiceGiven, EmergencyHelp, Need, Flag,
)  # fmt: skip
"""The models in the order in which they are inserted."""
_STROKES = "M10 60C40 10 70 90 100 40S160 20 190 60"
_WORDING = "რეაბილიტაციასა და რეინტეგრაციაზე თანხმობის ნიმუში"


def tell(batch: Batch, of: Written) -> None:
    """Everything of one case, in the order of its road."""
    _arrival(batch, of)
    _status(batch, of)
    if of.story.worker_id:
        _care(batch, of)
        _reintegration(batch, of)
    for code in of.story.flags:
        batch.row(of, Flag(case=of.case, code=code, clause=explain(code).clause, raised_by=of.story.holder_id))


def _arrival(batch: Batch, of: Written) -> None:
    story, day, who = of.story, of.story.opened_on, of.story.received_by
    batch.act(
        of, "cases.open", day, who, clause="S3.1", subject=of.case.id, presumed=story.presumed,
        provenance=Provenance.NEW.value,
    )  # fmt: skip
    texts = story.person.columns()
    person = batch.fact(of, Person, day, who, texts=texts)
    batch.people.append(nameindex.entry(of.case.id, person.id, texts))
    batch.fact(of, Profile, day, who, texts={"coded": story.coded.text()})
    if story.account:
        batch.fact(of, Story, day, who, texts={"text": story.account})
    for kind, value in ((Circumstance.SHELTER, story.in_shelter), (Circumstance.COOPERATION, story.cooperates)):
        if value is not None:
            batch.fact(of, CircumstanceFact, day, who, kind=kind, value=value)
    for help_ in story.emergency:
        on = help_.at.date()
        batch.fact(
            of, EmergencyHelp, on, who, ground=help_.ground, kind=help_.kind, given_at=help_.at,
            texts={"given_by": help_.given_by, "description": help_.description},
        )  # fmt: skip
        batch.act(of, "cases.record_emergency_help", on, who, clause="S0.1", kind=str(help_.kind))


def _status(batch: Batch, of: Written) -> None:
    story = of.story
    if story.presumed and story.asked_on:
        batch.act(of, "cases.ask_status", story.asked_on, story.received_by, clause="S3.1")
    for one in story.statuses:
        row = batch.fact(
            of, StatusDecision, one.on, story.coordinator_id, kind=one.kind, body=one.body,
            texts={"document_number": one.document_number},
        )  # fmt: skip
        batch.act(
            of, "cases.record_status", one.on, story.coordinator_id, role=Role.COORDINATOR, clause="S3.1",
            subject=row.id, kind=str(one.kind), body=str(one.body),
        )  # fmt: skip
    if story.worker_id:
        row = batch.fact(
            of, Designation, story.designated_on, story.coordinator_id, worker_id=story.worker_id,
            social_worker_id=story.social_worker_id,
        )  # fmt: skip
        if story.closed_on:
            row.ended_on, row.ended_by = story.closed_on, story.closed_by
            row.ended_at = batch.evening(story.closed_on)
        batch.act(
            of, "cases.designate", story.designated_on, story.coordinator_id, role=Role.COORDINATOR, clause="S7.2",
            subject=row.id, worker=str(story.worker_id),
        )  # fmt: skip


def _care(batch: Batch, of: Written) -> None:
    story, who = of.story, of.story.worker_id
    if story.care_declined_on:
        batch.fact(of, Declined, story.care_declined_on, who, scope=Scope.REHABILITATION)
        batch.act(of, "cases.decline_consent", story.care_declined_on, who, clause="S0.1", scope="rehabilitation")
    if story.care_on:
        _consent(batch, of, story.care_on, [Scope.REHABILITATION])
    if not story.primary_on:
        return
    assessed = batch.fact(of, PrimaryAssessment, story.primary_on, who)
    needs = [
        batch.fact(
            of, PrimaryNeed, story.primary_on, who, assessment=assessed, recovery=one.recovery, urgent=one.urgent,
            stated_by=sorted(str(by) for by in one.stated_by), texts={"description": one.description},
        )
        for one in story.primary_needs
    ]  # fmt: skip
    batch.act(
        of, "cases.record_primary_needs", story.primary_on, who, clause="S7.2", subject=assessed.id, count=len(needs)
    )
    for number, service in enumerate(story.services):
        _service(batch, of, service, needs[number % len(needs)] if needs else None)


def _service(batch: Batch, of: Written, told: ServiceStory, need: PrimaryNeed | None) -> None:
    who = of.story.worker_id
    state, answered = ServiceState.REQUESTED, {}
    if told.answer and told.answered_on:
        state = ServiceState.DECLINED if told.answer == "declined" else ServiceState.ACCEPTED
        moment = of.moment(told.answered_on)
        answered = {
            "answer": told.answer, "answer_form": AnswerForm.LETTER, "answered_on": told.answered_on,
            "answered_at": moment, "answered_by": who,
        }  # fmt: skip
    if told.given_on:
        state = ServiceState.DONE if told.done else ServiceState.RUNNING
    kinds = {"service_type_id": told.service_type, "organisation_id": told.organisation_id, "place": told.place}
    row = batch.fact(
        of, RehabilitationService, told.asked_on, who, need=need, state=state, answer_due=told.answer_due, **kinds,
        **answered, texts={"purpose": told.purpose},
    )  # fmt: skip
    batch.act(
        of, "cases.request_rehabilitation", told.asked_on, who, clause="S0.3", subject=row.id, service=told.service_type
    )
    if answered:
        batch.act(
            of, "cases.record_provider_answer", told.answered_on, who, clause="S0.3", subject=row.id,
            answer=str(told.answer),
        )  # fmt: skip
    if told.given_on:
        given = batch.fact(of, ServiceGiven, told.given_on, who, request=row, sessions=told.sessions, **kinds)
        batch.act(
            of, "cases.record_service_given", told.given_on, who, clause="S0.3", subject=given.id,
            service=told.service_type,
        )  # fmt: skip


def _reintegration(batch: Batch, of: Written) -> None:
    story, who = of.story, of.story.worker_id
    explanation = None
    if story.explained_on:
        explanation = batch.fact(
            of, Explanation, story.explained_on, who, scope=Scope.REINTEGRATION, explained_by=who, minutes=35,
            topics=[Topic.IMPORTANCE.value, Topic.PROCEDURE.value], with_interpreter=bool(story.interpreter),
            texts={"language": story.explained_in, "interpreter": story.interpreter},
        )  # fmt: skip
        batch.act(
            of, "cases.record_explanation", story.explained_on, who, clause="S7.4", subject=explanation.id,
            scope="reintegration", interpreter=bool(story.interpreter),
        )  # fmt: skip
    if story.reintegration_on:
        _consent(
            batch, of, story.reintegration_on, [Scope.REINTEGRATION], organisations=story.organisations,
            explanation=explanation,
        )  # fmt: skip
    for one in story.needs if story.needs_on else ():
        row = batch.fact(
            of, Need, story.needs_on, who, domain=one.domain, priority=one.priority,
            stated_by=sorted(str(by) for by in one.stated_by),
            texts={"description": one.description, "reason": one.why},
        )  # fmt: skip
        of.needs.append(row.id)
        batch.act(
            of, "cases.record_need", story.needs_on, who, clause="S7.4", subject=row.id, domain=str(one.domain),
            priority=str(one.priority),
        )  # fmt: skip


def _consent(
    batch: Batch,
    of: Written,
    day: dt.date,
    scopes: Sequence[Scope],
    *,
    organisations: Sequence[uuid.UUID] = (),
    explanation: Explanation | None = None,
) -> None:
    who = of.story.worker_id
    content = json.dumps(
        {"salt": os.urandom(32).hex(), "on": day.isoformat(), "scopes": scopes, "language": of.story.explained_in,
         "organisations": sorted(map(str, organisations)), "wording": _WORDING},
        sort_keys=True, ensure_ascii=False,
    )  # fmt: skip
    row = batch.fact(
        of, Consent, day, who, explanation=explanation, taken_by=who, form=SignatureForm.SCREEN,
        fingerprint=hashlib.sha256(content.encode()).digest(), texts={"content": content, "signature": _STROKES},
    )  # fmt: skip
    wanted = [(scope, None) for scope in scopes] + [(Scope.DISCLOSURE, one) for one in organisations]
    for scope, organisation in wanted:
        scoped = ConsentScope(case=of.case, consent=row, scope=scope, organisation_id=organisation, given_on=day)
        batch.row(of, scoped)
    batch.act(
        of, "cases.give_consent", day, who, clause="S3.2" if Scope.REINTEGRATION in scopes else "S0.1", subject=row.id,
        scopes=[scope.value for scope, _ in wanted], organisations=len(organisations), form="screen",
    )  # fmt: skip
