"""Designation, handover, shutting out: who works with the person, and who holds the key."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from gza.accounts import actions as accounts
from gza.cases import actions, queries
from gza.cases.actions.intake import Paper, PaperStatus
from gza.cases.enums import ShutOutGround, StatusBody, StatusKind
from gza.cases.models import Case, Caseload, Designation, Person
from gza.core import clock
from gza.directory.models import SocialWorker
from gza.law.stages import Stage
from gza.ledger.models import Event
from gza.vault.errors import NoGrant
from tests.accounts.factories import principal
from tests.cases.factories import Member, World, days_ago, designate
from tests.cases.support import refused

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def opens(member: Member, case: Case) -> bool:
    try:
        return bool(member.who.ring.open(Person.objects.get(case=case, superseded=False), "last_name"))
    except NoGrant:
        return False


@pytest.mark.clause("S5.1")
def test_only_an_employee_of_the_fund_in_the_register_is_designated(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    stranger = world.member()
    with refused("designation.not_registered"):
        designate(world, case.id, worker_id=stranger.id)
    gone = world.new_worker()
    SocialWorker.objects.filter(user_id=gone.id).update(active_to=days_ago(1))
    with refused("designation.not_active"):
        designate(world, case.id, worker_id=gone.id)
    lent = world.new_worker()
    SocialWorker.objects.filter(user_id=lent.id).update(employer=world.ngo)
    with refused("designation.not_employed"):
        designate(world, case.id, worker_id=lent.id)
    assert not Designation.objects.exists()


@pytest.mark.clause("G4")
def test_a_case_is_given_to_nobody_whose_key_is_not_certified(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    gone, reset = world.new_worker(), world.new_worker()
    accounts.disable(user=gone.user, by=principal("administrator"))
    accounts.reset_password(user=reset.user, by=principal("administrator"))
    with refused("access.cannot_sign_in"):
        designate(world, case.id, worker_id=gone.id)
    with refused("access.not_certified"):
        designate(world, case.id, worker_id=reset.id)
    with clock.pretend(clock.now() + dt.timedelta(days=20 * 366)), refused("access.not_certified"):
        designate(world, case.id)
    designate(world, case.id)
    with refused("access.not_certified"):
        actions.hand_over(case_id=case.id, worker_id=reset.id, by=world.coordinator.who)
    case.refresh_from_db()
    assert case.worker_id == world.worker.id


@pytest.mark.clause("G4", "S3.1")
def test_who_receives_a_person_has_a_key_that_is_certified(world: World) -> None:
    accounts.reset_password(user=world.worker.user, by=principal("administrator"))
    with refused("access.not_certified"):
        world.received()
    assert not Case.objects.exists()


@pytest.mark.clause("G4", "G3")
def test_a_paper_case_goes_to_nobody_whose_key_is_not_certified(world: World) -> None:
    reset = world.new_worker()
    accounts.reset_password(user=reset.user, by=principal("administrator"))
    status = PaperStatus(kind=StatusKind.VICTIM, body=StatusBody.PERMANENT_GROUP, on=days_ago(90))
    paper = Paper(
        file_number="12", evidence="the archive", balance=0, statuses=[status],
        worker_id=reset.id, designated_on=days_ago(60),
    )  # fmt: skip
    with refused("access.not_certified"):
        actions.take_over(arrival=world.arrival(), paper=paper, by=world.coordinator.who)
    assert not Case.objects.exists()


@pytest.mark.clause("S7.2")
def test_the_fund_designates_after_the_status_and_once(world: World) -> None:
    case = world.received()
    with refused("designation.before_status"):
        designate(world, case.id)
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    with refused("designation.already"):
        designate(world, case.id, worker_id=world.other.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.create(
            case=case, worker_id=world.other.id, social_worker=world.entry(world.other), happened_on=clock.today()
        )


@pytest.mark.clause("S7.2")
def test_the_key_goes_to_the_designated_worker_alone(world: World) -> None:
    case = world.received(by=world.other)
    for act in ("ask_status",):
        getattr(actions, act)(case_id=case.id, by=world.other.who)
    actions.record_status(case_id=case.id, kind="victim", body="permanent_group", by=world.other.who)
    designate(world, case.id)
    case.refresh_from_db()
    assert (case.worker_id, case.holder_id, case.stage) == (
        world.worker.id, world.worker.id, Stage.REHABILITATION_CONSENT,
    )  # fmt: skip
    assert opens(world.worker, case)
    assert not opens(world.other, case)
    with pytest.raises(Http404):
        queries.case_for(world.other.who, case.id)
    assert {row.user_id: row.count for row in Caseload.objects.filter(count__gt=0)} == {world.worker.id: 1}


@pytest.mark.clause("S3.3")
def test_a_handover_is_one_act_without_a_gap(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    events = Event.objects.count()
    row = actions.hand_over(case_id=case.id, worker_id=world.other.id, note="შვებულება", by=world.coordinator.who)
    assert Event.objects.count() == events + 1
    former = Designation.objects.get(case=case, worker_id=world.worker.id)
    assert former.ended_on == row.happened_on
    case.refresh_from_db()
    assert (case.worker_id, case.stage, case.designated_on) == (world.other.id, Stage.PRIMARY_NEEDS, former.happened_on)
    assert opens(world.other, case)
    assert not opens(world.worker, case)
    with pytest.raises(Http404):
        queries.case_for(world.worker.who, case.id)


@pytest.mark.clause("S3.3", "S5.1")
def test_a_handover_with_a_gap_to_the_same_or_to_a_stranger_is_refused(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)

    def hand_over(worker_id: uuid.UUID, **extra: object) -> None:
        actions.hand_over(case_id=case.id, worker_id=worker_id, **extra, by=world.coordinator.who)

    with refused("designation.gap"):
        hand_over(world.other.id, leaves_on=days_ago(2))
    with refused("designation.same_worker"):
        hand_over(world.worker.id)
    with refused("designation.not_registered"):
        hand_over(world.member().id)
    assert opens(world.worker, case)


def test_only_the_registry_designates(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    with refused("access.funds_part"):
        actions.designate(case_id=case.id, worker_id=world.worker.id, by=world.worker.who)


def shut(world: World, case: Case, member: Member, **extra: object) -> None:
    values = {"ground": ShutOutGround.RELATIVE, **extra}
    actions.shut_out(case_id=case.id, user_id=member.id, **values, by=world.coordinator.who)


@pytest.mark.clause("G4")
def test_a_coordinator_shut_out_knows_nothing_of_the_case(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    cousin = world.member("coordinator")
    assert opens(cousin, case)
    shut(world, case, cousin, words="დეიდაშვილი")
    assert not opens(cousin, case)
    assert opens(world.director, case)
    assert opens(world.worker, case)
    with pytest.raises(Http404):
        queries.case_for(cousin.who, case.id)
    assert queries.cases_of_fund(cousin.who).rows == []
    assert actions.search_names(text="ნინო", by=cousin.who) == []
    with pytest.raises(Http404):
        actions.let_in(case_id=case.id, user_id=cousin.id, words="მომბეზრდა", by=cousin.who)
    actions.let_in(case_id=case.id, user_id=cousin.id, words="შეცდომა იყო", by=world.director.who)
    assert opens(cousin, case)


@pytest.mark.clause("G4")
def test_letting_one_in_keeps_the_others_out(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    one, other = world.member("coordinator"), world.member("coordinator")
    shut(world, case, one)
    shut(world, case, other)
    actions.let_in(case_id=case.id, user_id=one.id, words="-", by=world.coordinator.who)
    assert opens(one, case)
    assert not opens(other, case)


@pytest.mark.clause("G4", "S3.3")
def test_shutting_out_needs_a_ground_and_a_successor_and_is_done_once(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    with refused("access.no_ground"):
        shut(world, case, world.other, ground=None)
    with refused("access.no_ground"):
        shut(world, case, world.other, ground=ShutOutGround.OTHER)
    with refused("designation.no_successor"):
        shut(world, case, world.worker)
    shut(world, case, world.other)
    with refused("access.shut_out"):
        shut(world, case, world.other)
    with refused("access.shut_out"):
        actions.hand_over(case_id=case.id, worker_id=world.other.id, by=world.coordinator.who)


@pytest.mark.clause("G4")
def test_too_few_holders_raise_an_alarm_and_are_no_bar(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    designate(world, case.id)
    shut(world, case, world.director)
    assert not case.flags.exists()
    assert queries.human_holders(case.id) == 2
    thin = world.received(by=world.coordinator)
    shut(world, thin, world.director)
    assert [flag.code for flag in thin.flags.exclude(code="cases.possible_duplicate")] == ["access.too_few_holders"]
    assert queries.human_holders(thin.id) == 1


@pytest.mark.clause("S7.1")
def test_a_heavy_caseload_is_told_and_is_no_bar(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    Caseload.objects.filter(user_id=world.worker.id).update(count=25)
    designate(world, case.id)
    event = Event.objects.get(case=case.id, verb="cases.designate")
    assert event.facts["flags"] == ["designation.caseload"]
    assert not case.flags.exists()


@pytest.mark.clause("G4")
def test_a_case_outside_ones_work_asks_for_a_reason_and_a_fresh_sign_in(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    who = world.coordinator.who
    assert not queries.own_work(who, case)
    with refused("access.no_reason"):
        actions.open_outside_work(case_id=case.id, why=" ", minutes_since_sign_in=1, by=who)
    with refused("access.stale_sign_in"):
        actions.open_outside_work(case_id=case.id, why="საჩივარი", minutes_since_sign_in=11, by=who)
    row = actions.open_outside_work(case_id=case.id, why="საჩივარი", minutes_since_sign_in=1, by=who)
    assert who.ring.open(row, "reason") == "საჩივარი"
    assert queries.own_work(world.coordinator.who, case)
    assert Event.objects.filter(case=case.id, verb="cases.open_outside_work", clause="G4", kind="act").count() == 1


@pytest.mark.clause("G4")
def test_what_waits_for_the_fund_is_the_coordinators_own_work(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    assert queries.own_work(world.coordinator.who, case)
    assert queries.own_work(world.worker.who, case)


@pytest.mark.clause("G4")
def test_unusual_volume_raises_an_alarm(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from gza.cases.actions import access

    case = world.road_to(Stage.PRIMARY_NEEDS)
    monkeypatch.setattr(access, "openings_on", lambda *_: 40)
    actions.open_outside_work(case_id=case.id, why="საჩივარი", minutes_since_sign_in=1, by=world.coordinator.who)
    assert case.flags.get().code == "access.unusual_volume"


def test_the_access_list_names_people_and_groups(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    lines = queries.access_list(case)
    assert {line.user.id for line in lines if line.user} == {world.worker.id}
    groups = {line.group: line for line in lines if line.group}
    assert set(groups) == {"registry", "recovery", "statistics"}
    assert {user.id for user in groups["registry"].members} == {world.coordinator.id, world.director.id}
    assert groups["statistics"].sections == ("profile",)
