"""Each act moves the case along its road, with one event and the counters in step."""

import itertools

import pytest

from gza.cases import queries
from gza.cases.models import Caseload, StageCount
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from tests.cases.factories import STEPS, World

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
STOPS = [
    Stage.PRESUMED, Stage.STATUS, Stage.DESIGNATION, Stage.REHABILITATION_CONSENT, Stage.PRIMARY_NEEDS,
    Stage.EXPLANATION, Stage.REINTEGRATION_CONSENT, Stage.NEEDS, Stage.INITIAL_PLAN,
]  # fmt: skip


def counted() -> dict[str, int]:
    return {row.stage: row.count for row in StageCount.objects.all() if row.count}


@pytest.mark.clause("S7.2", "S7.4", "S4.1")
def test_the_acts_in_their_order_lead_from_stop_to_stop(world: World) -> None:
    case = world.received()
    for here, following in itertools.pairwise(STOPS):
        case.refresh_from_db()
        assert case.stage == here
        assert counted() == {here: 1}
        before = Event.objects.count()
        version = case.version
        STEPS[here](world, case.id)
        case.refresh_from_db()
        assert (case.stage, case.version) == (following, version + 1)
        assert Event.objects.count() == before + 1
    assert counted() == {Stage.INITIAL_PLAN: 1}
    assert Caseload.objects.get(user_id=world.worker.id).count == 1
    assert [stop.on is not None for stop in queries.road_of(case)[:8]] == [True] * 8
    assert set(Event.objects.values_list("kind", flat=True)) == {Kind.ACT}
