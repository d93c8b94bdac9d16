"""Builders of requests: offers on the list, providers with keys of their own, requests."""

import uuid
from typing import Any

from gza.accounts.enums import Role
from gza.cases.models import Case
from gza.directory import actions as directory
from gza.directory import queries
from gza.directory.models import Organisation
from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.models import PlanItem, ServiceRequest
from gza.plans.packets import Tell
from gza.vault import steps as vault
from tests.accounts.factories import make_user
from tests.cases import factories as on_cases
from tests.cases.factories import Member, World
from tests.directory.factories import make_offer
from tests.plans import factories

TELL = Tell(region="GE-IM", place="outside", age="adult", language="ka", access=("reading",))


def offer(world: World, *bodies: Organisation, service: str = "employment") -> None:
    """Offers of these organisations (the world's NGO) for its office, on a new edition of the list."""
    for body in bodies or (world.ngo,):
        make_offer(body, service, kind="reintegration", regions=("GE-IM",))
    directory.issue_edition(after=queries.last_number(), by=world.coordinator.who)


def focal_persons(world: World, body: Organisation | None = None) -> tuple[Member, Member]:
    """Two focal persons who hold the key of an organisation (the world's NGO)."""
    organisation = body or world.ngo
    people = []
    for _ in range(2):
        user = make_user(Role.PROVIDER, organisation_id=organisation.id)
        people.append(Member(user, world.fund.person(Role.PROVIDER, user=user.id, organisation=organisation.id)))
    vault.make_group(
        "provider", organisation=organisation.id, members=[one.id for one in people], by=world.coordinator.who.ring
    )
    return people[0], people[1]


def agreed(world: World, *bodies: Organisation, named: bool = True, identity: bool = False, **extra: Any) -> Case:
    """A case whose initial plan is agreed, with offers on the list; the organisations are named in a consent."""
    offer(world, *bodies)
    case = factories.road_to(world, Stage.AGREED, **extra)
    if named:
        wanted = [one.id for one in bodies or (world.ngo,)]
        on_cases.consent(world, case.id, None, organisations=wanted, identity=identity)
    factories.agree(world, case.id)
    case.refresh_from_db()
    return case


def item(case: Case) -> PlanItem:
    """The first item of the newest version."""
    return factories.newest(case.id).items.order_by("position").first()


def ask(world: World, case: Case, body: Organisation | None = None, **extra: Any) -> ServiceRequest:
    """Ask an organisation (the world's NGO) for the first item."""
    values = {"origin_id": item(case).id, "organisation_id": (body or world.ngo).id, "tell": TELL, **extra}
    return actions.ask_provider(case_id=case.id, **values, by=world.worker.who)


def answer(provider: Member, request: ServiceRequest, state: str = "accepted", **extra: Any) -> ServiceRequest:
    """The provider's own answer."""
    return actions.answer_request(request_id=request.id, answer=state, **extra, by=provider.who)


def record(world: World, request: ServiceRequest, state: str = "accepted", **extra: Any) -> ServiceRequest:
    """An answer by telephone, written down by the worker."""
    values = {"channel": "telephone", "name": "ლია, კოორდინატორი", "words": "გვაქვს ადგილი", **extra}
    return actions.record_answer(
        case_id=request.case_id, request_id=request.id, answer=state, **values, by=world.worker.who
    )


def consents(world: World, case_id: uuid.UUID, *bodies: Organisation, **extra: Any) -> Any:
    """Consent to disclosure to these organisations."""
    return on_cases.consent(world, case_id, None, organisations=[one.id for one in bodies], **extra)
