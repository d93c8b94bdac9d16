"""The end of plans in the synthetic country, and what comes after, told by the real acts."""

import datetime as dt
import random

import pytest

from gza.demo.after import STAGES, Ending
from gza.law.stages import Stage
from gza.ledger import verify
from tests.cases.factories import World
from tests.plans import endings, second_half
from tests.plans.second_half import on

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
START, TODAY = dt.date(2024, 1, 17), dt.date(2024, 6, 20)


@pytest.mark.parametrize("stage", [*STAGES, Stage.RUNNING])
@pytest.mark.parametrize("months", [3, 12])
def test_a_plan_ends_by_its_term_or_on_request_and_the_story_goes_as_far_as_it_should(
    stage: Stage, months: int
) -> None:
    with on(START):
        world = World()
        made = second_half.run(world, months=months)
        endings.empower(world.director)
        endings.reachable(world)
    with on(TODAY):
        told = Ending(
            made.fresh(), stage, lambda: world.worker.who, lambda: world.coordinator.who, lambda: world.director.who,
            random.Random(2), TODAY,
        )  # fmt: skip
        assert told.last_day() <= TODAY
        told.tell()
        case = made.fresh()
        assert case.stage == stage
        if stage != Stage.RUNNING:
            assert case.plan_end == ("expiry" if months == 3 else "request")
            assert case.plan_ended_on > told.last_day()
        if stage == Stage.FOLLOW_UP:
            assert case.next_contact_on > case.follow_up_on
    assert verify.verify().problems == []
