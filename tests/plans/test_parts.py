"""What one sees but is another's part is refused with its clause; unknown cases are not there."""

import pytest

from gza.law.access import Part, own_part
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.plans import actions
from tests.cases.factories import World
from tests.cases.support import refused
from tests.plans import factories

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S3.3", "S4.1")
def test_the_worker_does_not_agree_for_the_fund_nor_the_coordinator_write_for_the_worker() -> None:
    world = World()
    case = factories.road_to(world, Stage.AGREED)
    version = factories.newest(case.id)
    with refused("access.funds_part"):
        actions.agree(case_id=case.id, version_id=version.id, by=world.worker.who)
    with refused("access.workers_part"):
        actions.submit(case_id=case.id, version_id=version.id, by=world.coordinator.who)
    told = Event.objects.filter(kind=Kind.REFUSAL, case=case.id).order_by("seq").values_list("clause", flat=True)
    assert list(told) == ["S4.1", "S3.3"]


@pytest.mark.clause("S3.3", "S4.1", "G5")
@pytest.mark.parametrize(("part", "clause"), [(Part.WORKER, "S3.3"), (Part.FUND, "S4.1"), (Part.DIRECTOR, "G5")])
def test_a_refusal_says_whose_part_it_is(part: Part, clause: str) -> None:
    assert own_part(part=part, theirs=True)
    verdict = own_part(part=part, theirs=False)
    assert not verdict
    assert verdict.clause == clause
    assert verdict.remedy
