"""After the end: contact as agreed, closing, opening again, a later plan."""

import datetime as dt

import pytest

from gza.cases.models import Caseload, Designation
from gza.cases.queries import road_of
from gza.core import clock
from gza.law.road import StopState
from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.models import CaseEnd, FollowUp, FollowUpContact, Plan, PlanVersion
from gza.plans.queries import ending as queries
from gza.plans.queries.due import Due
from gza.plans.queries.due import due as due_for
from tests.cases import factories as on_cases
from tests.cases.factories import World, days_ago
from tests.cases.support import refused
from tests.plans import endings, factories, second_half

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def contact(world: World, case_id: object, **extra: object) -> FollowUpContact:
    values = {"direction": "outgoing", "way": "telephone", "hour": 12, "note": "კარგად არის", **extra}
    return actions.record_contact(case_id=case_id, **values, by=world.worker.who)


@pytest.mark.clause("S7.11")
def test_follow_up_comes_after_the_plan_and_names_form_time_method_and_review(world: World) -> None:
    case = endings.running(world)
    with refused("closing.not_ended"):
        endings.agree_contact(world, case.id)
    case = endings.expired(world)
    endings.tell(world, case.id)
    for wrong, code in (
        ({"method": ""}, "followup.incomplete"),
        ({"every_days": None}, "followup.incomplete"),
        ({"hour_to": 9}, "followup.hours_backwards"),
        ({"review_on": clock.today()}, "followup.no_review"),
    ):
        with refused(code):
            endings.agree_contact(world, case.id, **wrong)
    row = endings.agree_contact(world, case.id)
    case.refresh_from_db()
    assert (case.follow_up, case.follow_up_on) == ("agreed", clock.today())
    assert case.next_contact_on == clock.today() + dt.timedelta(days=30)
    assert world.worker.who.ring.open(row, "never") == "არ დაურეკოთ სახლში"
    again = endings.agree_contact(world, case.id, way="meeting")
    row.refresh_from_db()
    assert (row.state, row.ended_on, again.state) == ("ended", clock.today(), "agreed")


@pytest.mark.clause("S7.11")
def test_follow_up_can_be_declined_and_agreed_after_all(world: World) -> None:
    case = endings.expired(world)
    endings.tell(world, case.id)
    actions.decline_follow_up(case_id=case.id, words="არ მინდა", by=world.worker.who)
    case.refresh_from_db()
    assert (case.follow_up, case.next_contact_on) == ("declined", None)
    with refused("follow_up.decline_not_from_declined"):
        actions.decline_follow_up(case_id=case.id, by=world.worker.who)
    endings.agree_contact(world, case.id)
    assert FollowUp.objects.filter(case=case, ended_on=None).count() == 1
    actions.end_follow_up(case_id=case.id, by=world.worker.who)
    case.refresh_from_db()
    assert (case.follow_up, case.next_contact_on) == ("ended", None)
    with refused("follow_up.end_not_from_ended"):
        actions.end_follow_up(case_id=case.id, by=world.worker.who)


@pytest.mark.clause("S7.11", "G1")
def test_contact_outside_the_agreed_way_asks_a_reason_and_is_flagged(world: World) -> None:
    case = endings.followed(world)
    first = contact(world, case.id)
    assert not first.outside
    case.refresh_from_db()
    assert case.next_contact_on == clock.today() + dt.timedelta(days=30)
    for wrong in ({"way": "visit"}, {"hour": 21}):
        with refused("followup.outside_unexplained"):
            contact(world, case.id, **wrong)
        assert contact(world, case.id, **wrong, outside_reason="ნომერი გაითიშა").outside
    assert case.flags.filter(code="followup.outside_agreed").count() == 2


@pytest.mark.clause("S7.11", "G1")
def test_who_turns_to_us_is_recorded_at_any_stop_and_when_all_is_closed(world: World) -> None:
    for case in (factories.road_to(world, Stage.NEEDS), endings.running(world), endings.closed(world)):
        row = contact(world, case.id, direction="incoming", way="visit", hour=23)
        assert not row.outside
    assert not case.flags.filter(code="followup.outside_agreed").exists()


@pytest.mark.clause("S7.11")
def test_the_next_contact_is_counted_from_the_last_one_that_reached_the_person(world: World) -> None:
    case = endings.followed(world)
    later = dt.datetime.combine(clock.today() + dt.timedelta(days=20), dt.time(12), clock.TBILISI)
    with clock.pretend(later):
        contact(world, case.id, reached=False)
        case.refresh_from_db()
        assert case.next_contact_on == clock.today() + dt.timedelta(days=10)
        contact(world, case.id)
        case.refresh_from_db()
        assert case.next_contact_on == clock.today() + dt.timedelta(days=30)


@pytest.mark.clause("S7.12", "S7.11", "S3.3")
def test_a_case_is_closed_when_all_is_said_and_leaves_the_caseload(world: World) -> None:
    case = endings.running(world)
    close = {"why": "გზა გავლილია", "by": world.coordinator.who}
    with refused("closing.plan_open"):
        actions.close_case(case_id=case.id, **close)
    case = endings.expired(world)
    with refused("closing.not_told"):
        actions.close_case(case_id=case.id, **close)
    endings.tell(world, case.id)
    with refused("closing.follow_up_open"):
        actions.close_case(case_id=case.id, **close)
    endings.agree_contact(world, case.id)
    with refused("closing.follow_up_open"):
        actions.close_case(case_id=case.id, **close)
    actions.end_follow_up(case_id=case.id, by=world.worker.who)
    with refused("termination.unexplained"):
        actions.close_case(case_id=case.id, why=" ", by=world.coordinator.who)
    with refused("access.funds_part"):
        actions.close_case(case_id=case.id, why="x", by=world.worker.who)
    load = Caseload.objects.get(user_id=world.worker.id).count
    actions.close_case(case_id=case.id, **close)
    case.refresh_from_db()
    assert (case.stage, case.worker_id, case.next_contact_on) == (Stage.ENDED, None, None)
    assert Caseload.objects.get(user_id=world.worker.id).count == load - 1
    assert CaseEnd.objects.get(case=case).ground == ""
    with refused("termination.case_ended"):
        actions.close_case(case_id=case.id, **close)


@pytest.mark.clause("S5.1", "S7.12")
def test_the_road_of_a_closed_case_has_no_hollow_stop_though_its_worker_left(world: World) -> None:
    case = endings.closed(world)
    stops = {stop.stage: stop for stop in road_of(case)}
    assert case.designated_on is None
    assert stops[Stage.DESIGNATION].on == Designation.objects.get(case=case).happened_on
    assert {stop.state for stop in stops.values() if stop.stage != Stage.ENDED} == {StopState.DONE}


@pytest.mark.clause("S0.1")
def test_a_case_without_a_plan_is_closed_only_when_nothing_is_wanted(world: World) -> None:
    case = factories.road_to(world, Stage.PRIMARY_NEEDS)
    with refused("closing.still_served"):
        actions.close_case(case_id=case.id, why="x", by=world.coordinator.who)
    scopes = list(case.consent_scopes.values_list("id", flat=True))
    actions.withdraw_consent(case_id=case.id, scope_ids=scopes, form="oral", by=world.worker.who)
    actions.close_case(case_id=case.id, why="აღარ სურს", by=world.coordinator.who)
    case.refresh_from_db()
    assert case.stage == Stage.ENDED


@pytest.mark.clause("S7.11", "S3.3", "S7.2")
def test_a_closed_case_is_opened_again_with_its_worker_in_one_act(world: World) -> None:
    case = endings.closed(world)
    with refused("termination.case_ended"):
        on_cases.explain(world, case.id)
    with refused("termination.case_ended"):
        on_cases.designate(world, case.id)
    again = {"case_id": case.id, "why": "დაბრუნდა", "by": world.coordinator.who}
    with refused("designation.not_registered"):
        actions.reopen_case(**again, worker_id=world.coordinator.id)
    case.refresh_from_db()
    assert case.stage == Stage.ENDED
    actions.reopen_case(**again, worker_id=world.other.id)
    case.refresh_from_db()
    assert (case.stage, case.ended_on, case.reopened_on) == (Stage.FOLLOW_UP, None, clock.today())
    assert (case.worker_id, case.holder_id) == (world.other.id, world.other.id)
    assert Designation.objects.get(case=case, ended_on=None).worker_id == world.other.id
    assert Caseload.objects.get(user_id=world.other.id).count == 1
    assert world.other.who.ring.open(queries.reopenings(case)[0], "reasons") == "დაბრუნდა"
    with refused("closing.not_closed"):
        actions.reopen_case(**again, worker_id=world.worker.id)


@pytest.mark.clause("S7.10", "G5")
def test_a_later_plan_is_decided_by_the_fund_and_the_former_stays_readable(world: World) -> None:
    case = endings.expired(world)
    first = Plan.objects.get(case=case)
    with refused("closing.later_plan_undecided"):
        actions.draft_initial_plan(case_id=case.id, by=world.worker.who)
    later = {"case_id": case.id, "reasons": "სასამართლო გაგრძელდა"}
    with refused("delegation.none"):
        actions.decide_later_plan(**later, by=world.coordinator.who)
    endings.empower(world.director)
    with refused("closing.not_told"):
        actions.decide_later_plan(**later, by=world.director.who)
    endings.tell(world, case.id)
    endings.agree_contact(world, case.id)
    with refused("termination.no_reasons"):
        actions.decide_later_plan(**{**later, "reasons": ""}, by=world.director.who)
    row = actions.decide_later_plan(**later, by=world.director.who)
    assert (row.after_id, row.capacity) == (first.id, "director")
    case.refresh_from_db()
    assert case.stage == Stage.INITIAL_PLAN
    assert (case.plan_ended_on, case.ends_on, case.final_state, case.plan_state) == (None, None, "", "")
    assert FollowUp.objects.get(case=case).state == "ended"
    with refused("closing.not_ended"):
        actions.decide_later_plan(**later, by=world.director.who)
    factories.draft(world, case.id)
    factories.submit(world, case.id)
    factories.agree(world, case.id)
    case.refresh_from_db()
    case = second_half.run(world, case=case).fresh()
    assert Plan.objects.filter(case=case, ended_on=None).get().id != first.id
    assert PlanVersion.objects.filter(plan=first, state="ended").count() == 1
    assert world.worker.who.ring.open(PlanVersion.objects.filter(plan=first).first(), "aim")


@pytest.mark.clause("S7.12", "S7.11", "S4.1")
def test_today_knows_what_the_end_asks_of_whom(world: World) -> None:
    over = endings.running(world, starts_on=days_ago(60), months=1)
    owed = endings.expired(world)
    gone = endings.running(world)
    actions.record_end_in_fact(case_id=gone.id, ground="departure", evidence="ბილეთი", by=world.worker.who)
    asked = actions.record_end_request(case_id=gone.id, changed_need="x", words="x", by=world.worker.who)
    due = due_for(world.worker.who)
    assert [case.id for case in due.over] == [over.id]
    assert [case.id for case in due.notices] == [owed.id]
    assert due.confirmations == []
    assert due.requests == []
    endings.empower(world.director)
    for_director = due_for(world.director.who)
    assert [row.id for row in for_director.requests] == [asked.id]
    assert [row.case_id for row in for_director.confirmations] == [gone.id]
    assert due_for(world.other.who) == Due()
    followed = endings.followed(world)
    later = dt.datetime.combine(clock.today() + dt.timedelta(days=91), dt.time(12), clock.TBILISI)
    with clock.pretend(later):
        due = due_for(world.worker.who)
        assert [case.id for case in due.contacts] == [followed.id]
        assert [row.case_id for row in due.reviews] == [followed.id]
