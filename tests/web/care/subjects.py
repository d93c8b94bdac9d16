"""Subjects of the addresses of the work with the person: a case that is one's own or somebody else's."""

import uuid
from typing import Any

from gza.accounts.enums import FUND, REGISTRY, Role
from gza.accounts.models import User
from gza.cases import actions
from gza.cases.enums import SignatureForm
from gza.cases.models import Case, ConsentScope, Need, RehabilitationService, Representative
from gza.cases.steps import free_code
from gza.core import clock
from gza.law.stages import Stage
from gza.vault import steps
from gza.vault.models import Certificate
from tests.accounts import factories as accounts
from tests.cases import factories as cases
from tests.cases.factories import World
from tests.directory.factories import make_fund, make_organisation, make_worker
from tests.vault.factories import Person
from tests.web.matrix import Call, subject

_world: list[World] = []


def held_by(who: User | None, own: bool) -> Case:
    """A case without anything sealed, held by ``who`` or by nobody there."""
    holder, day = who.id if own and who else uuid.uuid4(), clock.today()
    return Case.objects.create(
        code=free_code(),
        stage=Stage.NEEDS.value, stage_since=day, opened_on=day, region="GE-TB", holder_id=holder, worker_id=holder,
        designated_on=day,
    )  # fmt: skip


def fact(case: Case) -> dict[str, Any]:
    return {"case": case, "happened_on": clock.today(), "recorded_by": case.holder_id}


@subject(
    "care:explanation", "care:consents", "care:consent_rehabilitation", "care:consent_reintegration",
    "care:consent_disclosure", "care:withdraw", "care:representative", "care:story", "care:primary_needs", "care:needs",
    "care:services", "care:request_service", "care:service_given", "care:emergency",
)  # fmt: skip
def case(who: User | None, own: bool) -> dict[str, Any]:
    return {"case_id": held_by(who, own).id}


@subject("care:consent_form", "care:decline")
def scoped(who: User | None, own: bool) -> Call:
    return Missing({"case_id": held_by(who, own).id, "scope": "rehabilitation"})


class Missing(Call):
    """Another case; the scope is a word of the address and stays."""

    def missing(self) -> Call:
        return Call({**self.kwargs, "case_id": uuid.uuid4()})


@subject("care:check_representative", "care:end_representative")
def representative(who: User | None, own: bool) -> dict[str, Any]:
    found = held_by(who, own)
    return {"case_id": found.id, "row_id": Representative.objects.create(kind="parent", **fact(found)).id}


@subject("care:correct_need", "care:drop_need")
def need(who: User | None, own: bool) -> dict[str, Any]:
    found = held_by(who, own)
    return {"case_id": found.id, "row_id": Need.objects.create(domain="work", priority="desired", **fact(found)).id}


@subject("care:answer_service", "care:given_on_request")
def service(who: User | None, own: bool) -> dict[str, Any]:
    found = held_by(who, own)
    make_fund()
    row = RehabilitationService.objects.create(
        service_type_id="medical", organisation=make_organisation(), place="outside", answer_due=clock.today(),
        **fact(found),
    )  # fmt: skip
    return {"case_id": found.id, "row_id": row.id}


def world() -> World:
    """One founded Fund a test."""
    if not _world or not User.objects.filter(id=_world[0].worker.id).exists():
        _world[:] = [World()]
    return _world[0]


def signed(who: User | None, own: bool) -> ConsentScope:
    """A consent on paper in a real case, whose keys ``who`` holds when it is their own."""
    here = world()
    found = here.road_to(Stage.REHABILITATION_CONSENT)
    cases.consent(here, found.id, signature=cases.signature(form=SignatureForm.PAPER, strokes="", scan=cases.scan()))
    if who and who.role in FUND and not Certificate.objects.filter(user=who.id).exists():
        accounts.keys_of(who)
        here.fund.certify(Person(who.id, who.role, accounts._wrappings[who.id]))
        if who.role in REGISTRY:
            steps.add_member("registry", who.id, by=here.fund.coordinator.ring)
    if own and who and who.role == Role.SOCIAL_WORKER:
        make_worker(here.agency, user_id=who.id)
        actions.hand_over(case_id=found.id, worker_id=who.id, by=here.coordinator.who)
    Case.objects.filter(id=found.id).update(open_flags=0)  # a flag would make it the registry's work
    return ConsentScope.objects.get(case=found)


@subject("care:consent")
def consent(who: User | None, own: bool) -> dict[str, Any]:
    row = signed(who, own)
    return {"case_id": row.case_id, "consent_id": row.consent_id}


@subject("care:file")
def file(who: User | None, own: bool) -> dict[str, Any]:
    row = signed(who, own)
    return {"case_id": row.case_id, "file_id": row.consent.file_id}
