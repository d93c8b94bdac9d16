"""A person is received: keys of the case's own, nothing in clear, a possible twin for the coordinator alone."""

import dataclasses
import datetime as dt

import pytest
from django.http import Http404

from gza.cases import actions, queries
from gza.cases.coded import Coded, NotCoded
from gza.cases.enums import EmergencyGround, EmergencyKind, RepresentativeKind
from gza.cases.inputs import PersonInput, RepresentativeInput, TooLong
from gza.cases.models import Case, Person, StageCount
from gza.core import clock
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.vault.errors import NoGrant
from tests.cases.factories import CODED, PERSON, World, days_ago
from tests.cases.support import refused

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
TWIN = PersonInput(first_name="Nino", last_name="Tsiklauri", birth_date=dt.date(1991, 5, 4))


@pytest.mark.clause("S3.1")
def test_a_presumed_victim_is_received_at_once_and_marked(world: World) -> None:
    case = world.received(account="ნაამბობი")
    assert (case.stage, case.standing, case.presumed_on) == (Stage.PRESUMED, "presumed", clock.today())
    event = Event.objects.get(case=case.id)
    assert (event.verb, event.facts["flags"]) == ("cases.open", ["status.received_early"])
    assert case.open_flags == 0
    ring = world.worker.who.ring
    assert ring.open(queries.person_of(case), "contact_rule") == PERSON.contact_rule
    assert queries.coded_of(case, ring) == CODED


@pytest.mark.clause("S3.1")
def test_help_is_recorded_before_any_status_and_no_plan_is(world: World) -> None:
    case = world.received()
    actions.record_emergency_help(
        case_id=case.id, ground=EmergencyGround.NO_SHELTER, kind=EmergencyKind.SHELTER, given_at=clock.now(),
        given_by="მორიგე", by=world.worker.who,
    )  # fmt: skip
    from tests.cases.factories import need

    with refused("status.not_yet"):
        need(world, case.id)


def test_the_one_who_receives_keeps_the_case_and_nobody_else_but_the_registry_opens_it(world: World) -> None:
    case = world.received()
    person = Person.objects.get(case=case)
    assert case.holder_id == world.worker.id
    for member in (world.worker, world.coordinator, world.director):
        assert member.who.ring.open(person, "first_name") == "ნინო"
    with pytest.raises(NoGrant):
        world.other.who.ring.open(person, "first_name")
    assert queries.case_for(world.worker.who, case.id) == case
    for stranger in (world.other, world.member("statistics"), world.member("administrator")):
        with pytest.raises(Http404):
            queries.case_for(stranger.who, case.id)


def test_sent_twice_it_opens_one_case(world: World) -> None:
    first = world.received()
    again = actions.open_case(arrival=world.arrival(), case_id=first.id, by=world.worker.who)
    assert again.id == first.id
    assert Case.objects.count() == 1
    assert Event.objects.filter(verb="cases.open").count() == 1
    assert StageCount.objects.get(stage=Stage.PRESUMED).count == 1


def test_a_worker_learns_only_that_the_coordinator_will_check(world: World) -> None:
    world.received(by=world.other)
    found = actions.check_duplicates(person=TWIN, by=world.worker.who)
    assert found.ask_coordinator
    assert found.hits == ()
    seen = actions.check_duplicates(person=TWIN, by=world.coordinator.who)
    assert not seen.ask_coordinator
    assert [hit.name for hit in seen.hits] == ["ნინო წიკლაური"]
    events = Event.objects.filter(verb="cases.check_duplicates")
    assert [event.kind for event in events] == [Kind.OPENING] * 2
    assert "Nino" not in str(list(events.values()))


@pytest.mark.clause("S5.6", "G1")
def test_a_possible_twin_is_flagged_and_the_case_opened_all_the_same(world: World) -> None:
    first = world.received(by=world.other)
    second = world.received(person=TWIN)
    flag = second.flags.get()
    assert (flag.code, flag.other_case) == ("cases.possible_duplicate", first.id)
    actions.resolve_flag(case_id=second.id, flag_id=flag.id, how="სხვა ადამიანია", by=world.coordinator.who)
    second.refresh_from_db()
    assert second.open_flags == 0


def test_a_stranger_of_the_same_first_name_is_no_twin(world: World) -> None:
    world.received()
    other = PersonInput(first_name="ნინო", last_name="ბერიძე", birth_date=dt.date(1970, 1, 1))
    assert not actions.check_duplicates(person=other, by=world.other.who).ask_coordinator


@pytest.mark.parametrize("text", ["ნინო წიკლაური", "Tsiklauri Nino", "Нино Циклаури", "წიკლაური", "01001012345"])
def test_the_coordinator_finds_a_name_in_any_script(world: World, text: str) -> None:
    case = world.received()
    assert [hit.case for hit in actions.search_names(text=text, by=world.coordinator.who)] == [case]
    with pytest.raises(Http404):
        actions.search_names(text=text, by=world.worker.who)


def test_the_own_caseload_is_searched_in_memory(world: World) -> None:
    case = world.received()
    world.received(by=world.other)
    assert [hit.case for hit in actions.search_own(text="Ciklauri", by=world.worker.who)] == [case]
    assert actions.search_own(text="ბერიძე", by=world.worker.who) == []


@pytest.mark.clause("G2")
def test_days_in_the_future_of_another_century_or_unexplained_are_refused(world: World) -> None:
    arrival = world.arrival()
    with refused("entry.future"):
        actions.open_case(arrival=arrival, happened_on=days_ago(-1), by=world.worker.who)
    with refused("entry.century"):
        actions.open_case(arrival=arrival, happened_on=dt.date(204, 1, 1), by=world.worker.who)
    with refused("entry.late"):
        actions.open_case(arrival=arrival, happened_on=days_ago(30), by=world.worker.who)
    assert not Case.objects.exists()
    case = actions.open_case(arrival=arrival, happened_on=days_ago(30), reason="ხაზი არ მუშაობდა", by=world.worker.who)
    assert world.worker.who.ring.open(Person.objects.get(case=case), "entry_reason") == "ხაზი არ მუშაობდა"


def test_bad_input_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(TooLong):
        world.received(person=PersonInput(first_name="ა" * 10_000))
    with pytest.raises(NotCoded):
        world.received(coded=dataclasses.replace(CODED, citizenship="XX"))
    with pytest.raises(NotCoded):
        world.received(coded=dataclasses.replace(CODED, forms=("dancing",)))
    assert not Case.objects.exists()
    assert not Event.objects.filter(verb="cases.open").exists()
    odd = PersonInput(first_name="ნი\u202eნო\u200b", last_name="a\x00b")
    case = world.received(person=odd)
    assert world.worker.who.ring.open(queries.person_of(case), "first_name") == "ნინო"


@pytest.mark.clause("S7.8")
def test_a_representative_with_a_conflict_is_flagged_and_replaced(world: World) -> None:
    parent = RepresentativeInput(RepresentativeKind.PARENT, "გია წიკლაური", "+995555000000")
    case = world.received(coded=Coded(year_of_birth=clock.today().year - 12), representative=parent)
    row = queries.representative_of(case)
    actions.check_representative(
        case_id=case.id, representative_id=row.id, conflict=True, note="მონაწილეობდა", by=world.worker.who
    )
    assert case.flags.get().code == "cases.representative_conflict"
    body = RepresentativeInput(RepresentativeKind.GUARDIANSHIP_BODY, "მეურვეობის ორგანო")
    new = actions.add_representative(case_id=case.id, who=body, by=world.worker.who)
    assert queries.representative_of(case) == new
    row.refresh_from_db()
    assert row.ended_on == clock.today()
    actions.end_representative(case_id=case.id, representative_id=new.id, by=world.worker.who)
    assert queries.representative_of(case) is None
