"""A Fund with keys, people and organisations, and cases brought along their road through the real acts."""

import datetime as dt
import uuid
from dataclasses import dataclass
from itertools import count
from typing import Any

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.cases import actions
from gza.cases.actions.consent import Signature
from gza.cases.actions.intake import Arrival
from gza.cases.coded import Coded
from gza.cases.enums import (
    Domain,
    Priority,
    Recovery,
    Scope,
    SignatureForm,
    StatusBody,
    StatusKind,
    Topic,
)
from gza.cases.inputs import NeedInput, PersonInput, PrimaryNeedInput
from gza.cases.models import Case
from gza.core import clock
from gza.directory.models import Organisation, SocialWorker
from gza.law.stages import ROAD, Stage
from gza.vault.filecheck import Accepted, FileKind
from tests.accounts.factories import make_user
from tests.directory.factories import make_fund, make_organisation, make_worker
from tests.vault import factories as vault

_numbers = count(1)
PERSON = PersonInput(
    first_name="ნინო", last_name="წიკლაური", personal_number="01001012345", birth_date=dt.date(1991, 5, 4),
    telephone="+995555111222", address="ქუთაისი, რუსთაველის 5", contact_rule="მხოლოდ დღისით, შეტყობინების გარეშე",
)  # fmt: skip
CODED = Coded(sex="female", year_of_birth=1991, citizenship="GE", region="GE-IM", forms=("labour",), country="TR")


@dataclass
class Member:
    """A person with an account and keys; ``who`` is fresh each time, as in a new request."""

    user: User
    keys: vault.Person

    @property
    def id(self) -> uuid.UUID:
        return self.user.id

    @property
    def who(self) -> Principal:
        return Principal(self.user, self.keys.ring)


class World:
    """The Fund founded, one coordinator, one director, two social workers in the register, two organisations."""

    def __init__(self) -> None:
        coordinator, director = make_user(Role.COORDINATOR), make_user(Role.DIRECTOR)
        self.fund = vault.fund(coordinator=coordinator.id, director=director.id)
        self.coordinator = Member(coordinator, self.fund.coordinator)
        self.director = Member(director, self.fund.director)
        self.agency: Organisation = make_fund()
        self.worker, self.other = self.new_worker(), self.new_worker()
        self.ngo, self.clinic = make_organisation(), make_organisation()

    def member(self, role: str = Role.SOCIAL_WORKER, **fields: Any) -> Member:
        user = make_user(role, **fields)
        return Member(user, self.fund.person(role, user=user.id))

    def new_worker(self, **facts: Any) -> Member:
        member = self.member()
        make_worker(self.agency, user_id=member.id, **facts)
        return member

    def entry(self, member: Member) -> SocialWorker:
        return SocialWorker.objects.get(user_id=member.id)

    def arrival(self, **fields: Any) -> Arrival:
        values: dict[str, Any] = {"person": PERSON, "coded": CODED, "region": "GE-IM", "presumed": True, **fields}
        return Arrival(**values)

    def received(self, by: Member | None = None, **fields: Any) -> Case:
        """A person received, presumed unless said otherwise."""
        return actions.open_case(arrival=self.arrival(**fields), by=(by or self.worker).who)

    def road_to(self, stage: Stage, **fields: Any) -> Case:
        """A new case that stands at ``stage``, by the acts that lead there."""
        case = self.received(**fields)
        for stop in ROAD[: ROAD.index(stage)]:
            STEPS[stop](self, case.id)
        case.refresh_from_db()
        assert case.stage == stage, (case.stage, stage)
        return case


def ask(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    return actions.ask_status(case_id=case_id, **extra, by=world.worker.who)


def grant(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    values = {"kind": StatusKind.VICTIM, "body": StatusBody.PERMANENT_GROUP, "document_number": "12-34", **extra}
    return actions.record_status(case_id=case_id, **values, by=world.coordinator.who)


def designate(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    values = {"worker_id": world.worker.id, **extra}
    return actions.designate(case_id=case_id, **values, by=world.coordinator.who)


def signature(**extra: Any) -> Signature:
    return Signature(**{"form": SignatureForm.SCREEN, "strokes": "M1 1L9 9", **extra})


def consent(world: World, case_id: uuid.UUID, scope: Scope | None = Scope.REHABILITATION, **extra: Any) -> Any:
    values = {"scope": scope, "signature": signature(), "language": "ka", "wording": "თანახმა ვარ", **extra}
    by = values.pop("by", world.worker)
    return actions.give_consent(case_id=case_id, **values, by=by.who)


def primary(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    values = {"needs": [PrimaryNeedInput(Recovery.PHYSICAL, "ხელის მოტეხილობა", urgent=True)], **extra}
    by = values.pop("by", world.worker)
    return actions.record_primary_needs(case_id=case_id, **values, by=by.who)


def explain(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    values = {"topics": [Topic.IMPORTANCE, Topic.PROCEDURE], "language": "ka", **extra}
    return actions.record_explanation(case_id=case_id, **values, by=world.worker.who)


def need(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    values = {
        "domain": Domain.WORK, "description": "სამუშაოს პოვნა", "priority": Priority.NECESSARY,
        "why": "შემოსავალი არ აქვს", **extra,
    }  # fmt: skip
    return actions.record_need(case_id=case_id, need=NeedInput(**values), by=world.worker.who)


STEPS: dict[Stage, Any] = {
    Stage.PRESUMED: ask,
    Stage.STATUS: grant,
    Stage.DESIGNATION: designate,
    Stage.REHABILITATION_CONSENT: consent,
    Stage.PRIMARY_NEEDS: primary,
    Stage.EXPLANATION: explain,
    Stage.REINTEGRATION_CONSENT: lambda world, case_id: consent(world, case_id, Scope.REINTEGRATION),
    Stage.NEEDS: need,
}
"""The act that leads from each stop to the next; ``tests.plans.factories`` adds the stops of the plan."""


def days_ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def scan() -> Any:
    """A scanned paper, checked as an upload is."""
    return Accepted(FileKind.PDF, "consent.pdf", b"%PDF-1.7 a scan", scanned=False)
