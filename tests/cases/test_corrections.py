"""A mistake is mended by an act that shows both; a stale form is told; a flag is settled with words."""

import dataclasses
import datetime as dt

import pytest
from django.http import Http404

from gza.cases import actions, queries
from gza.cases.coded import NotCoded
from gza.cases.errors import Impossible, Stale
from gza.cases.models import CircumstanceFact, Explanation, Person, PrimaryNeed, StatusDecision
from gza.law.stages import Stage
from gza.ledger.models import Event
from tests.cases.factories import CODED, World, days_ago, grant
from tests.cases.support import refused
from tests.cases.test_consent import ask_service

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("G2")
def test_both_versions_stay_and_the_new_one_is_in_force(world: World) -> None:
    case = world.received()
    old = queries.person_of(case)
    new = actions.correct(
        case_id=case.id, row=old, why="გვარი არასწორად ეწერა", texts={"last_name": "ბერიძე"}, by=world.worker.who
    )
    assert [row.id for row in queries.versions(new)] == [old.id, new.id]
    assert queries.person_of(case) == new
    ring = world.worker.who.ring
    assert [ring.open(row, "last_name") for row in queries.versions(old)] == ["წიკლაური", "ბერიძე"]
    assert ring.open(new, "first_name") == "ნინო"
    assert ring.open(new, "entry_reason") == "გვარი არასწორად ეწერა"
    event = Event.objects.get(verb="cases.correct")
    assert event.facts == {"what": "person", "columns": ["last_name"]}
    assert actions.search_names(text="წიკლაური", by=world.coordinator.who) == []
    assert len(actions.search_names(text="Beridze", by=world.coordinator.who)) == 1


@pytest.mark.clause("G2")
def test_a_correction_says_why(world: World) -> None:
    case = world.received()
    with refused("entry.correction_unexplained"):
        actions.correct(case_id=case.id, row=queries.person_of(case), why=" ", texts={"email": ""}, by=world.worker.who)
    assert Person.objects.count() == 1


@pytest.mark.clause("G2")
def test_a_form_made_for_an_older_row_is_stale(world: World) -> None:
    case = world.received()
    seen = queries.person_of(case)
    fix = {"case_id": case.id, "row": seen, "why": "ნომერი"}
    new = actions.correct(**fix, texts={"telephone": "1"}, by=world.worker.who)
    with pytest.raises(Stale) as caught:
        actions.correct(**fix, texts={"telephone": "2"}, by=world.coordinator.who)
    assert caught.value.current == new


def test_a_stale_form_of_a_case_writes_nothing(world: World) -> None:
    case = world.road_to(Stage.STATUS)
    events = Event.objects.count()
    with pytest.raises(Stale) as caught:
        grant(world, case.id, seen=case.version - 1)
    assert caught.value.current.version == case.version
    assert Event.objects.count() == events


@pytest.mark.clause("G2")
def test_a_wrong_day_is_mended_and_the_case_follows(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    row = StatusDecision.objects.get()
    actions.correct(case_id=case.id, row=row, why="თარიღი", happened_on=days_ago(20), by=world.coordinator.who)
    case.refresh_from_db()
    assert (case.stage, case.stage_since) == (Stage.DESIGNATION, days_ago(20))
    with refused("entry.future"):
        new = StatusDecision.objects.get(superseded=False)
        actions.correct(case_id=case.id, row=new, why="-", happened_on=days_ago(-1), by=world.coordinator.who)


def test_what_rests_on_a_corrected_row_follows_it(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    explanation = Explanation.objects.get()
    new = actions.correct(case_id=case.id, row=explanation, why="ენა", texts={"language": "ru"}, by=world.worker.who)
    assert new.consents.count() == 1
    need = PrimaryNeed.objects.get()
    asked = ask_service(world, case, need_id=need.id)
    mended = actions.correct(case_id=case.id, row=need, why="-", columns={"urgent": False}, by=world.worker.who)
    asked.refresh_from_db()
    assert asked.need_id == mended.id
    actions.record_circumstance(case_id=case.id, kind="shelter", value=True, by=world.worker.who)
    fact = CircumstanceFact.objects.get()
    actions.correct(case_id=case.id, row=fact, why="-", columns={"value": False}, by=world.worker.who)
    case.refresh_from_db()
    assert case.in_shelter is False


def test_the_profile_is_corrected_in_codes_alone(world: World) -> None:
    case = world.received()
    row = queries.profile_of(case)
    fix = {"case_id": case.id, "row": row, "why": "წელი"}
    bad = dataclasses.replace(CODED, year_of_birth=1491)
    with pytest.raises(NotCoded):
        actions.correct(**fix, texts={"coded": bad.text()}, by=world.worker.who)
    good = dataclasses.replace(CODED, year_of_birth=1990)
    actions.correct(**fix, texts={"coded": good.text()}, by=world.worker.who)
    assert queries.coded_of(case, world.worker.who.ring).year_of_birth == 1990


@pytest.mark.parametrize("columns", [{"case_id": 1}, {"superseded": False}, {"recorded_on": dt.date(2020, 1, 1)}])
def test_what_is_not_corrected_so_is_impossible(world: World, columns: dict) -> None:
    case = world.received()
    with pytest.raises(Impossible):
        actions.correct(case_id=case.id, row=queries.person_of(case), why="-", columns=columns, by=world.worker.who)


def test_a_row_of_another_case_is_not_there(world: World) -> None:
    one, other = world.received(), world.received(by=world.other)
    with pytest.raises(Http404):
        actions.correct(case_id=one.id, row=queries.person_of(other), why="-", texts={"email": ""}, by=world.worker.who)


@pytest.mark.clause("G1")
def test_a_flag_is_settled_once_by_the_coordinator_and_in_words(world: World) -> None:
    case = world.road_to(Stage.STATUS)
    grant(world, case.id, document_number="")
    flag = case.flags.get()
    settle = {"case_id": case.id, "flag_id": flag.id}
    with refused("access.funds_part"):
        actions.resolve_flag(**settle, how="-", by=world.worker.who)
    with refused("entry.correction_unexplained"):
        actions.resolve_flag(**settle, how=" ", by=world.coordinator.who)
    actions.resolve_flag(**settle, how="ქაღალდი მოვიდა", by=world.coordinator.who)
    with refused("flag.settle_not_from_settled"):
        actions.resolve_flag(**settle, how="ისევ", by=world.coordinator.who)
    case.refresh_from_db()
    assert case.open_flags == 0
    assert queries.flags(case) == []
    assert len(queries.flags(case, resolved=True)) == 1


def test_every_fact_can_say_why_it_is_entered_late() -> None:
    from django.apps import apps

    from gza.cases.models.base import CaseFact

    facts = [model for model in apps.get_models() if issubclass(model, CaseFact)]
    assert len(facts) > 15
    for model in facts:
        assert "entry_reason" in {field.name for field in model._meta.get_fields()}, model
