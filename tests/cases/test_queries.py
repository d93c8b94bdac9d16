"""What people find, in how many queries, and that more rows cost no more of them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from gza.cases import actions, queries
from gza.cases.enums import Place
from gza.cases.models import Case, StageCount
from gza.cases.queries import Filters
from gza.cases.queries.late import first_in_time
from gza.core import clock
from gza.core.ids import uuid7
from gza.law import overview
from gza.law.stages import Party, Stage
from gza.ledger.models import Kind
from tests.cases.factories import World, days_ago
from tests.cases.test_consent import ask_service

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def count(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        read()
    return len(caught)


def clone(world: World, number: int, **columns: Any) -> list[Case]:
    """Bare cases beside the real one, as many as wanted: for lists and lateness alone."""
    moment = clock.now()
    rows = [
        Case(**{
            "stage": Stage.PRIMARY_NEEDS.value, "stage_since": days_ago(100), "region": "GE-IM",
            "opened_on": days_ago(100), "holder_id": world.worker.id, "changed_at": moment - dt.timedelta(hours=i),
            "changed_by": world.coordinator.id, **columns,
        })
        for i in range(number)
    ]  # fmt: skip
    return Case.objects.bulk_create(rows)


def test_missing_and_forbidden_cost_the_same_single_query(world: World) -> None:
    case = world.received(by=world.other)
    for member in (world.worker, world.coordinator):
        who = member.who
        for case_id in (case.id if member is world.worker else uuid7(), uuid7()):
            with CaptureQueriesContext(connection) as caught, pytest.raises(Http404):
                queries.case_for(who, case_id)
            assert len(caught) == 1


@pytest.mark.parametrize("number", [3, 60])
def test_lists_cost_the_same_however_long(world: World, number: int) -> None:
    clone(world, number)
    worker, coordinator = world.worker.who, world.coordinator.who
    assert count(lambda: queries.caseload(worker)) == 1
    first = queries.caseload(worker)
    assert len(first.rows) == min(number, 50)
    if first.after:
        assert count(lambda: queries.caseload(worker, after=first.after)) == 2
        assert len(queries.caseload(worker, after=first.after).rows) == number - 50
    assert count(lambda: queries.cases_of_fund(coordinator, Filters(stage="primary_needs", region="GE-IM"))) == 1
    assert queries.caseload(coordinator).rows == []


def test_filters_narrow_the_list(world: World) -> None:
    one = clone(world, 1, stage="designation", region="GE-TB")[0]
    clone(world, 2, open_flags=1)
    who = world.coordinator.who

    def found(**filters: Any) -> int:
        return len(queries.cases_of_fund(who, Filters(**filters)).rows)

    assert found() == 3
    assert found(stage="designation") == 1
    assert found(region="GE-IM") == 2
    assert found(flagged=True) == 2
    assert found(worker=world.worker.id) == 3
    assert found(worker=world.other.id) == 0
    assert found(code=one.code.lower()) == 1
    assert found(code="nonsense") == 0


@pytest.mark.clause("S4.1", "G5")
def test_late_is_what_has_stood_past_its_term(world: World) -> None:
    today = clock.today()
    limit = first_in_time(Stage.DESIGNATION, today)
    in_time, late = (
        clone(world, 1, stage="designation", stage_since=limit - dt.timedelta(days=back))[0] for back in (0, 1)
    )
    found, more = queries.late_cases(world.coordinator.who)
    assert ([one.case.id for one in found], more) == ([late.id], "")
    assert found[0].party == Party.FUND
    assert found[0].days_late > 0
    assert found[0].marks == (overview.LATE, overview.FUND_LATE)
    assert queries.waiting(in_time).days_late == 0
    assert queries.waiting(in_time).marks == (overview.SOON,)
    assert queries.late_counts()[Stage.DESIGNATION] == 1
    assert queries.late_counts(region="GE-TB")[Stage.DESIGNATION] == 0


@pytest.mark.clause("S4.1")
def test_nobody_thinking_about_consent_is_late(world: World) -> None:
    clone(world, 1, stage="reintegration_consent", stage_since=days_ago(300))
    assert queries.late_cases(world.coordinator.who)[0] == []
    assert first_in_time(Stage.REINTEGRATION_CONSENT, clock.today()) is None


def test_late_cases_are_paged_without_loss_or_repeat(world: World) -> None:
    for back in (60, 61, 62, 63, 64, 65, 66):
        clone(world, 4, stage="designation", stage_since=days_ago(back))
        clone(world, 3, stage="needs", stage_since=days_ago(back + 20))
    who, seen, mark = world.coordinator.who, [], ""
    while True:
        rows, mark = queries.late_cases(who, after=mark, size=5)
        seen += [(row.due, row.case.stage_since, row.case.id) for row in rows]
        if not mark:
            break
    assert len(seen) == len(set(seen)) == 49
    assert seen == sorted(seen)
    assert count(lambda: queries.late_cases(who, size=5)) == 2


def test_who_is_shut_out_finds_nothing_late(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    Case.objects.update(stage_since=days_ago(100))
    cousin = world.member("coordinator")
    actions.shut_out(case_id=case.id, user_id=cousin.id, ground="relative", by=world.coordinator.who)
    Case.objects.update(stage_since=days_ago(100))
    assert len(queries.late_cases(world.coordinator.who)[0]) == 1
    assert queries.late_cases(cousin.who)[0] == []


@pytest.mark.clause("S4.1")
@pytest.mark.parametrize("number", [2, 40])
def test_the_overview_counts_nothing_but_its_counters(world: World, number: int) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    clone(world, number)
    who = world.coordinator.who
    with CaptureQueriesContext(connection) as caught:
        seen = queries.overview(who, region="GE-IM")
    assert len(caught) == 5
    assert not [query for query in caught if "count(" in query["sql"].lower() and "LIMIT" not in query["sql"]]
    lines = {line.stage: line for line in seen.stages}
    assert (lines[Stage.PRIMARY_NEEDS].count, seen.total) == (1, 1)
    assert lines[Stage.PRIMARY_NEEDS].late == number
    assert seen.regions == {"GE-IM": 1}
    assert StageCount.objects.get(stage=case.stage).count == 1
    assert queries.caseloads([world.worker.id]) == {world.worker.id: 1}


@pytest.mark.parametrize("number", [2, 40])
def test_today_of_a_worker(world: World, number: int) -> None:
    case = world.road_to(Stage.EXPLANATION)
    asked = ask_service(world, case)
    clone(world, number)
    clone(world, 1, stage="agreed", stage_since=days_ago(30))
    who = world.worker.who
    assert count(lambda: queries.today(who)) == 4
    found = queries.today(world.worker.who)
    assert len(found.overdue) == min(number, 20)
    assert [one.stage for one in found.waiting] == [Stage.AGREED]
    assert found.answers == [asked]
    assert len(found.changed) == min(number + 1, 10)


@pytest.mark.parametrize("number", [2, 40])
def test_today_of_a_coordinator_and_of_the_director(world: World, number: int) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    actions.record_service_given(
        case_id=case.id, service_type="medical", organisation_id=world.clinic.id, place=Place.OUTSIDE,
        by=world.worker.who,
    )  # fmt: skip
    clone(world, number, stage="designation")
    clone(world, number)
    coordinator, director = world.coordinator.who, world.director.who
    assert count(lambda: queries.today(coordinator)) == 4
    found = queries.today(coordinator)
    assert {one.stage for one in found.overdue} == {Stage.DESIGNATION}
    assert {one.stage for one in found.waiting} == {Stage.PRIMARY_NEEDS}
    assert [flag.code for flag in found.flags] == ["consent.missing_at_service"]
    assert count(lambda: queries.today(director)) == 5
    assert queries.today(director).stages


def test_others_have_no_today_here(world: World) -> None:
    found = queries.today(world.member("council").who)
    assert (found.overdue, found.flags, found.stages) == ([], [], ())


def test_the_road_of_a_case_is_one_query(world: World) -> None:
    case = world.road_to(Stage.INITIAL_PLAN)
    assert count(lambda: queries.road_of(case)) == 1
    assert count(lambda: queries.law_status(case)) == 1
    assert count(lambda: queries.consents(case)) == 3
    assert count(lambda: queries.access_list(case)) == 5


def test_history_is_the_ledgers_own_by_page(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    first = queries.history(case, size=3)
    assert [event.verb for event in first.events] == [
        "cases.give_consent", "cases.record_explanation", "cases.record_primary_needs",
    ]  # fmt: skip
    assert set(first.people) == {world.worker.id}
    second = queries.history(case, after=first.after, size=50)
    assert second.events[-1].verb == "cases.open"
    assert second.after == ""
    assert count(lambda: queries.history(case)) == 2
    assert queries.history(case, kinds=[Kind.REFUSAL]).events == []


def test_names_of_a_list_cost_a_constant_number_of_queries(world: World) -> None:
    cases = [world.received(), world.received()]

    def read(rows: list[Case]) -> None:
        assert set(queries.names_of(rows, world.worker.who.ring).values()) == {"ნინო წიკლაური"}

    read(cases)
    assert count(lambda: read(cases[:1])) == count(lambda: read(cases))
    assert set(queries.names_of(cases, world.other.who.ring, otherwise="…").values()) == {"… …"}


def test_open_flags_are_paged_for_those_who_may_know(world: World) -> None:
    case = world.received()
    other = world.received()
    assert [flag.case_id for flag in queries.open_flags(world.coordinator.who).rows] == [other.id]
    assert case.flags.count() == 0
