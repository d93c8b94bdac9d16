"""What a case shows of the end and after is what its rows say, along the whole way (G2)."""

import datetime as dt

import pytest

from gza.cases.models import Case
from gza.core import clock
from gza.law.stages import Stage
from gza.plans import actions
from tests.cases.factories import World
from tests.plans import endings, factories, mirrors

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def agrees(world: World, case: Case) -> None:
    """The mirrors of the case and the counters of all cases, against the rows."""
    assert mirrors.differing(case, sought=False) + mirrors.counters() + mirrors.money(clock.today()) == []


@pytest.mark.clause("S4.1", "S7.1", "S3.3")
def test_mirrors_and_counters_are_true_after_every_act_of_the_end(world: World) -> None:
    endings.empower(world.director)
    case = endings.running(world, starts_on=clock.today() - dt.timedelta(days=60), months=1)
    common = {"case_id": case.id, "by": world.worker.who}
    fund = {"case_id": case.id, "by": world.coordinator.who}
    agrees(world, case)
    actions.expire(case_id=case.id)
    agrees(world, case)
    endings.tell(world, case.id)
    agrees(world, case)
    for way in ("telephone", "meeting"):
        endings.agree_contact(world, case.id, way=way)
        agrees(world, case)
    actions.record_contact(**common, direction="incoming", way="visit")
    agrees(world, case)
    actions.end_follow_up(**common)
    agrees(world, case)
    actions.close_case(**fund, why="გავლილია")
    agrees(world, case)
    actions.reopen_case(**fund, worker_id=world.other.id, why="დაბრუნდა")
    agrees(world, case)
    actions.decide_later_plan(case_id=case.id, reasons="სჭირდება", by=world.director.who)
    agrees(world, case)
    row = actions.record_end_in_fact(case_id=case.id, ground="untraceable", evidence="ვეძებეთ", by=world.other.who)
    agrees(world, case)
    actions.confirm_end_in_fact(end_id=row.id, **fund)
    agrees(world, case)


@pytest.mark.clause("S4.1", "S7.12")
def test_an_end_in_fact_before_a_plan_is_in_force_leaves_true_mirrors_too(world: World) -> None:
    for stage in (Stage.DESIGNATION, Stage.INITIAL_PLAN, Stage.AGREED, Stage.REQUESTS):
        case = factories.road_to(world, stage)
        row = actions.record_end_in_fact(case_id=case.id, ground="death", evidence="ცნობა", by=world.coordinator.who)
        actions.confirm_end_in_fact(case_id=case.id, end_id=row.id, by=world.director.who)
        agrees(world, case)
        if stage != Stage.DESIGNATION:
            reopened = {"worker_id": world.worker.id, "why": "შეცდომა იყო", "by": world.coordinator.who}
            actions.reopen_case(case_id=case.id, **reopened)
            agrees(world, case)
