"""Two statuses, each its own decision; shelter and cooperation that condition nothing."""

import itertools

import pytest
from django.db import IntegrityError, transaction

from gza.cases import actions, queries
from gza.cases.enums import Circumstance, StatusBody, StatusKind
from gza.cases.models import StatusDecision
from gza.core import clock
from gza.law.stages import ROAD, Stage
from tests.cases.factories import STEPS, World, days_ago, grant, scan
from tests.cases.support import refused

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
SECOND = {"kind": StatusKind.STATUTORY_VICTIM, "body": StatusBody.LAW_ENFORCEMENT}


@pytest.mark.clause("S3.1")
def test_both_statuses_stand_beside_each_other(world: World) -> None:
    case = world.road_to(Stage.STATUS)
    grant(world, case.id, happened_on=days_ago(2))
    grant(world, case.id, **SECOND)
    case.refresh_from_db()
    assert case.standing == "both"
    assert [row.kind for row in queries.statuses(case)] == ["victim", "statutory_victim"]


@pytest.mark.clause("S3.1")
def test_each_kind_is_granted_by_its_body_and_once(world: World) -> None:
    case = world.road_to(Stage.STATUS)
    with refused("status.other_body"):
        grant(world, case.id, body=StatusBody.LAW_ENFORCEMENT)
    grant(world, case.id)
    with refused("status.already"):
        grant(world, case.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusDecision.objects.filter(case=case).update(body="law_enforcement")


@pytest.mark.clause("S3.1")
def test_one_status_is_never_corrected_into_the_other(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    row = StatusDecision.objects.get(case=case)
    with refused("status.merged"):
        actions.correct(case_id=case.id, row=row, why="შეცდომა", columns=SECOND, by=world.coordinator.who)


@pytest.mark.clause("S3.1", "G1")
def test_a_decision_known_without_its_paper_is_recorded_and_flagged(world: World) -> None:
    case = world.road_to(Stage.STATUS)
    grant(world, case.id, document_number="")
    assert case.flags.get().code == "status.document_missing"


def test_the_paper_of_a_decision_is_sealed_with_it(world: World) -> None:
    from gza.vault import files
    from gza.vault.models import SealedFile

    case = world.road_to(Stage.STATUS)
    row = grant(world, case.id, document_number="", scan=scan())
    assert not case.flags.exists()
    file = SealedFile.objects.get(id=row.file_id)
    assert b"".join(files.read(file, world.coordinator.who.ring)) == b"%PDF-1.7 a scan"


@pytest.mark.clause("S3.1", "G1")
def test_an_annulled_status_is_recorded_and_the_coordinator_decides(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    row = StatusDecision.objects.get(case=case)
    actions.annul_status(case_id=case.id, decision_id=row.id, why="ახალი გარემოება", by=world.coordinator.who)
    case.refresh_from_db()
    assert (case.standing, case.stage) == ("presumed", Stage.STATUS)
    assert [flag.code for flag in case.flags.all()] == ["cases.status_annulled"]
    grant(world, case.id)
    case.refresh_from_db()
    assert case.stage == Stage.PRIMARY_NEEDS


@pytest.mark.clause("G2")
def test_an_annulment_is_not_before_the_decision(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    row = StatusDecision.objects.get(case=case)
    with refused("entry.order"):
        actions.annul_status(
            case_id=case.id, decision_id=row.id, why="-", happened_on=days_ago(2), by=world.coordinator.who
        )


@pytest.mark.clause("S0.2")
@pytest.mark.parametrize(("shelter", "cooperates"), list(itertools.product([None, False, True], repeat=2)))
def test_shelter_and_cooperation_change_nothing_on_the_road(
    world: World, shelter: bool | None, cooperates: bool | None
) -> None:
    case = world.received(in_shelter=shelter, cooperates=cooperates)
    assert (case.in_shelter, case.cooperates) == (shelter, cooperates)
    for stop in ROAD[: ROAD.index(Stage.INITIAL_PLAN)]:
        case.refresh_from_db()
        assert case.stage == stop
        STEPS[stop](world, case.id)


@pytest.mark.clause("S0.2")
def test_they_can_be_recorded_at_any_time_and_move_nothing(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    for kind in Circumstance:
        for value in (True, False):
            actions.record_circumstance(case_id=case.id, kind=kind, value=value, by=world.worker.who)
    actions.record_circumstance(
        case_id=case.id, kind=Circumstance.SHELTER, value=True, happened_on=days_ago(2), by=world.worker.who
    )
    case.refresh_from_db()
    assert (case.stage, case.in_shelter, case.cooperates) == (Stage.PRIMARY_NEEDS, False, False)
    assert len(queries.circumstances(case)) == 5


@pytest.mark.clause("N6.2")
def test_a_notice_is_kind_body_and_month(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    notice = queries.notices(clock.today())[0]
    assert (notice.kind, notice.body, notice.month.day) == ("victim", "permanent_group", 1)
    row = StatusDecision.objects.get(case=case)
    actions.correct(case_id=case.id, row=row, why="ნომერი", texts={"document_number": "99"}, by=world.coordinator.who)
    assert [one.id for one in queries.notices(clock.today())] == [notice.id]
