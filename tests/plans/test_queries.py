"""What the plan pages read, in how many queries, however many items there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gza.cases import actions as cases
from gza.cases.models import Case
from gza.law.stages import Stage
from gza.plans import actions, queries
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.plans import factories

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def count(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as caught:
        read()
    return len(caught)


def with_items(world: World, number: int) -> Case:
    case = factories.road_to(world, Stage.NEEDS)
    for _ in range(number):
        on_cases.need(world, case.id)
    factories.draft(world, case.id)
    return case


@pytest.mark.parametrize("number", [1, 6])
def test_a_plan_page_costs_three_queries_and_one_opening(world: World, number: int) -> None:
    case = with_items(world, number)
    assert count(lambda: queries.plan_page(case)) == 3
    page = queries.plan_page(case)
    assert page is not None
    assert (len(page.items), page.left_out, page.problems) == (number, [], ())
    ring = world.worker.who.ring
    ring.open(page.version, "aim")
    assert count(lambda: queries.texts_of(page.items, ring)) == 0
    assert queries.plan_page(case, number=7) is None


def test_without_a_plan_there_is_no_page(world: World) -> None:
    case = factories.road_to(world, Stage.NEEDS)
    assert (queries.plan_page(case), queries.current(case), queries.agreed(case)) == (None, None, None)


@pytest.mark.clause("S7.7")
def test_the_time_table_has_one_mark_a_month(world: World) -> None:
    case = factories.road_to(world, Stage.INITIAL_PLAN)
    factories.draft(world, case.id, items=factories.items(case.id, month_from=2, month_to=3), months=6)
    item = queries.plan_page(case).items[0]
    assert queries.months_of(item, 6) == [False, True, True, False, False, False]
    item.month_from = item.month_to = None
    assert queries.months_of(item) == [False] * 12


@pytest.mark.clause("S3.4b", "S4.1")
def test_what_waits_for_the_fund_is_listed_for_the_registry_alone(world: World) -> None:
    first, second = (factories.road_to(world, Stage.AGREED) for _ in range(2))
    coordinator = world.coordinator.who
    assert [row.case_id for row in queries.pending(coordinator).rows] == [first.id, second.id]
    assert count(lambda: queries.pending(coordinator)) == 1
    assert queries.pending(world.worker.who).rows == []
    cousin = world.member("coordinator")
    cases.shut_out(case_id=first.id, user_id=cousin.id, ground="relative", by=coordinator)
    assert [row.case_id for row in queries.pending(cousin.who).rows] == [second.id]
    factories.agree(world, second.id)
    assert [row.case_id for row in queries.pending(world.coordinator.who).rows] == [first.id]


def test_versions_are_compared_item_by_item(world: World) -> None:
    case = with_items(world, 2)
    factories.submit(world, case.id)
    factories.give_back(world, case.id)
    first = factories.newest(case.id)
    second = actions.new_draft(case_id=case.id, by=world.worker.who)
    on_cases.need(world, case.id, description="ბავშვის ბაღი")
    one, _dropped, added = factories.items(case.id)
    factories.fill(world, case.id, second, items=[one, added])
    found = queries.compare(first, factories.newest(case.id), world.worker.who.ring)
    assert sorted(change.kind for change in found.changes) == ["added", "removed"]
    assert len(found.same) == 1
