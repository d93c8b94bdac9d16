"""Cases in bulk are the same cases: sealed, counted, found by name, in the ledger, at the stage their rows derive."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gza.cases import actions, queries
from gza.cases.enums import (
    Answer,
    Domain,
    EmergencyGround,
    EmergencyKind,
    Place,
    Priority,
    Recovery,
    StatusBody,
    StatusKind,
)
from gza.cases.inputs import NeedInput, PersonInput, PrimaryNeedInput
from gza.cases.models import Case, Caseload, Consent, StageCount
from gza.cases.stories import EmergencyStory, ServiceStory, StatusStory
from gza.core import clock
from gza.law import stages
from gza.law.stages import Stage
from gza.ledger import verify
from gza.ledger.models import Event
from gza.plans import bulk, content
from gza.plans import queries as plans
from gza.plans.bulk import ItemStory, PlannedStory, VersionStory
from gza.plans.enums import ProviderKind
from tests.cases.factories import CODED, World, days_ago

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
REACHED = [
    Stage.PRESUMED, Stage.STATUS, Stage.DESIGNATION, Stage.REHABILITATION_CONSENT, Stage.PRIMARY_NEEDS,
    Stage.EXPLANATION, Stage.REINTEGRATION_CONSENT, Stage.NEEDS, Stage.INITIAL_PLAN, Stage.SUBMITTED, Stage.AGREED,
    Stage.REQUESTS,
]  # fmt: skip


def story(world: World, stage: Stage, number: int = 0, **extra: Any) -> PlannedStory:
    """A story up to ``stage``, one day a stop."""
    step = REACHED.index(stage)

    def on(place: int) -> dt.date | None:
        return days_ago(40 - place) if step >= place else None

    items = (ItemStory(0, "employment", ProviderKind.NGO, 1, 6, "კურსი", "შემოსავლისთვის"),)
    returned = VersionStory(days_ago(33), items, 12, "სწავლა", days_ago(32), days_ago(31), reasons="რატომ?")
    last = VersionStory(days_ago(31), items if step > 8 else (), 12, "სწავლა", on(10), on(11))
    values: dict[str, Any] = {
        "person": PersonInput(first_name="ანა", last_name=f"ლომიძე{'აბგდევზთიკლ'[number % 11]}"),
        "coded": CODED,
        "region": "GE-IM" if number % 2 else "GE-TB",
        "opened_on": days_ago(41),
        "received_by": world.other.id,
        "coordinator_id": world.coordinator.id,
        "presumed": True,
        "account": "ნაამბობი",
        "in_shelter": True,
        "cooperates": None,
        "asked_on": on(1),
        "statuses": [StatusStory(StatusKind.VICTIM, StatusBody.PERMANENT_GROUP, on(2), "7")] if on(2) else [],
        "worker_id": world.worker.id if on(3) else None,
        "social_worker_id": world.entry(world.worker).id,
        "designated_on": on(3),
        "care_on": on(4),
        "primary_on": on(5),
        "primary_needs": [PrimaryNeedInput(Recovery.MENTAL, "უძილობა")],
        "services": [
            ServiceStory(
                "medical", world.clinic.id, Place.OUTSIDE, days_ago(35), days_ago(25), "რენტგენი", Answer.ACCEPTED,
                days_ago(30), days_ago(20), 3, done=True,
            )
        ] if on(5) else [],
        "emergency": [
            EmergencyStory(
                EmergencyGround.HEALTH, EmergencyKind.MEDICAL,
                dt.datetime.combine(days_ago(41), dt.time(9, 30), clock.TBILISI), "ექიმი",
            )
        ],
        "explained_on": on(6),
        "reintegration_on": on(7),
        "organisations": [world.ngo.id],
        "needs_on": on(8),
        "needs": [NeedInput(Domain.WORK, "სამუშაო", Priority.NECESSARY, "შემოსავალი")],
        "plan": (returned, last) if on(8) and number % 3 == 0 else (last,) if on(8) else (),
        **extra,
    }  # fmt: skip
    return PlannedStory(**values)


@pytest.mark.parametrize("stage", REACHED)
@pytest.mark.parametrize("number", [0, 1])
def test_the_stage_of_a_story_is_the_one_its_rows_derive(world: World, stage: Stage, number: int) -> None:
    assert bulk.write([story(world, stage, number)], by=world.coordinator.who) == 1
    case = Case.objects.get()
    assert case.stage == stage
    found = queries.road_facts(case)
    assert (stages.stage_of(found), stages.since(found)) == (stage, case.stage_since)
    assert StageCount.objects.get(stage=stage, region=case.region).count == 1
    assert Caseload.objects.get(user_id=case.holder_id).count == 1
    assert verify.verify().problems == []


def test_every_text_is_really_sealed_and_opens_for_its_holders(world: World) -> None:
    bulk.write([story(world, Stage.REQUESTS)], by=world.coordinator.who)
    case = Case.objects.get()
    for member in (world.worker, world.director):
        ring = member.who.ring
        assert ring.open(queries.person_of(case), "last_name") == "ლომიძეა"
        assert queries.coded_of(case, ring) == CODED
        page = plans.plan_page(case)
        assert plans.texts_of(page.items, ring) == [{"detail": "კურსი", "reason": "შემოსავლისთვის"}]
        assert content.holds(page.version, ring)
        assert ring.open(Consent.objects.filter(case=case).first(), "signature")
    assert [version.state for version in plans.versions(case)] == ["agreed", "returned"]
    assert [hit.case for hit in actions.search_names(text="Ana Lomidzea", by=world.coordinator.who)] == [case]


def test_a_case_in_bulk_goes_on_by_the_usual_acts(world: World) -> None:
    from tests.plans import factories

    bulk.write([story(world, Stage.AGREED, 1)], by=world.coordinator.who)
    case = Case.objects.get()
    factories.agree(world, case.id)
    case.refresh_from_db()
    assert case.stage == Stage.REQUESTS
    assert case.version == Event.objects.filter(case=case.id).count()


def test_the_last_change_is_the_last_act(world: World) -> None:
    bulk.write([story(world, Stage.AGREED, 1)], by=world.coordinator.who)
    case = Case.objects.get()
    last = Event.objects.filter(case=case.id).order_by("-at").first()
    assert (case.changed_at, case.changed_verb, case.changed_by) == (last.at, last.verb, last.actor)


def test_many_cases_are_inserted_together_and_told_of(world: World) -> None:
    def told(number: int) -> Iterator[PlannedStory]:
        return (story(world, REACHED[n % len(REACHED)], n) for n in range(number))

    stories = {number: list(told(number)) for number in (24, 48)}
    counts, ticks = [], []
    who = world.coordinator.who
    for number, some in stories.items():
        with CaptureQueriesContext(connection) as caught:
            bulk.write(some, by=who, size=number, tick=ticks.append)
        counts.append(len(caught))
    assert ticks == [24, 48]
    assert counts[1] < 1.6 * counts[0]
    assert sum(StageCount.objects.values_list("count", flat=True)) == Case.objects.count() == 72
    assert len({case.code for case in Case.objects.all()}) == 72


def test_flags_stand_open(world: World) -> None:
    bulk.write([story(world, Stage.DESIGNATION, flags=["consent.missing_at_service"])], by=world.coordinator.who)
    case = Case.objects.get()
    assert (case.open_flags, queries.open_flags(world.coordinator.who).rows[0].case) == (1, case)
    assert dataclasses.is_dataclass(PlannedStory)
