"""Primary needs, rehabilitation services, emergency help: acts refused, facts recorded and flagged."""

import datetime as dt

import pytest

from gza.cases import actions, queries
from gza.cases.enums import Answer, AnswerForm, EmergencyGround, EmergencyKind, Place, Priority, Recovery
from gza.cases.inputs import PrimaryNeedInput
from gza.cases.models import EmergencyHelp, Need, RehabilitationService, ServiceGiven
from gza.core import clock
from gza.law.stages import Stage
from tests.cases.factories import World, days_ago, need, primary, scan
from tests.cases.support import refused
from tests.cases.test_consent import ask_service

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.2")
def test_the_designated_worker_identifies_the_primary_needs(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    with refused("access.workers_part"):
        primary(world, case.id, by=world.coordinator)
    primary(world, case.id, needs=[
        PrimaryNeedInput(Recovery.PHYSICAL, "მოტეხილობა", urgent=True),
        PrimaryNeedInput(Recovery.MENTAL, "უძილობა"),
    ])  # fmt: skip
    found = queries.assessment_of(case)
    assert [row.recovery for row in found.needs.all()] == ["physical", "mental"]
    assert world.worker.who.ring.open_many(found.needs.all(), ["description"])[1] == {"description": "უძილობა"}


@pytest.mark.clause("S7.2")
def test_that_nothing_is_needed_is_an_answer_too(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    primary(world, case.id, needs=[], summary="ჯანმრთელია")
    case.refresh_from_db()
    assert case.stage == Stage.EXPLANATION


@pytest.mark.clause("S0.3", "S7.5")
def test_rehabilitation_is_asked_for_without_a_plan_and_costs_nothing(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    assert case.plan_state == ""
    with refused("rehabilitation.cost"):
        ask_service(world, case, charged=100)
    row = ask_service(world, case, need_id=queries.primary_needs(case)[0].id, purpose="რენტგენი")
    assert (row.state, row.answer_due > clock.today()) == ("requested", True)


@pytest.mark.clause("S0.3", "S7.2")
def test_rehabilitation_waits_for_the_designation_alone(world: World) -> None:
    case = world.received()
    with refused("rehabilitation.no_worker"):
        ask_service(world, case)


@pytest.mark.clause("S0.3")
def test_a_providers_answer_is_recorded_once_with_its_evidence(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    row = ask_service(world, case)
    answered = actions.record_provider_answer(
        case_id=case.id, service_id=row.id, answer=Answer.PARTLY, form=AnswerForm.TELEPHONE, name="მ. ექიმი",
        why="ორი ვიზიტი", scan=scan(), by=world.worker.who,
    )  # fmt: skip
    assert (answered.state, answered.answer, bool(answered.answer_file_id)) == ("accepted", "partly", True)
    with refused("rehabilitation_service.decline_not_from_accepted"):
        actions.record_provider_answer(
            case_id=case.id, service_id=row.id, answer=Answer.DECLINED, form=AnswerForm.LETTER, by=world.worker.who
        )


@pytest.mark.clause("S0.1", "S0.3", "G1")
def test_a_service_given_without_consent_or_at_a_cost_is_recorded_and_flagged(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    actions.record_service_given(
        case_id=case.id, service_type="medical", organisation_id=world.clinic.id, place=Place.OUTSIDE, charged=5000,
        by=world.worker.who,
    )  # fmt: skip
    assert ServiceGiven.objects.get().charged == 5000
    codes = {flag.code: flag.clause for flag in case.flags.all()}
    assert codes == {"consent.missing_at_service": "S0.1", "rehabilitation.charged": "S0.3"}
    case.refresh_from_db()
    assert case.open_flags == 2


@pytest.mark.clause("S0.3")
def test_a_service_runs_and_is_done(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    row = ask_service(world, case)
    answer = {"answer": Answer.ACCEPTED, "form": AnswerForm.LETTER}
    actions.record_provider_answer(case_id=case.id, service_id=row.id, **answer, by=world.worker.who)
    for finished, state in ((False, "running"), (True, "done")):
        actions.record_service_given(
            case_id=case.id, service_type="medical", organisation_id=world.clinic.id, place=Place.OUTSIDE,
            request_id=row.id, finished=finished, sessions=3, by=world.worker.who,
        )  # fmt: skip
        assert RehabilitationService.objects.get().state == state
    assert not case.flags.exists()
    assert len(queries.services(case)[0].given.all()) == 2


@pytest.mark.clause("S0.1")
def test_emergency_help_needs_neither_status_nor_consent(world: World) -> None:
    case = world.received()
    help_ = {"ground": EmergencyGround.HEALTH, "kind": EmergencyKind.MEDICAL, "given_by": "სასწრაფო"}
    actions.record_emergency_help(case_id=case.id, **help_, given_at=clock.now(), by=world.worker.who)
    row = EmergencyHelp.objects.get()
    assert world.worker.who.ring.open(row, "given_by") == "სასწრაფო"
    assert not case.flags.exists()
    actions.record_emergency_help(
        case_id=case.id, **{**help_, "given_by": ""}, given_at=clock.now(), by=world.worker.who
    )
    assert case.flags.get().code == "emergency.incomplete"
    with refused("entry.future"):
        later = clock.now() + dt.timedelta(days=2)
        actions.record_emergency_help(case_id=case.id, **help_, given_at=later, by=world.worker.who)


@pytest.mark.clause("S5.2", "S7.4")
@pytest.mark.parametrize(("extra", "code"), [({"stated_by": []}, "needs.nobody"), ({"why": " "}, "needs.no_reason")])
def test_a_need_carries_who_stated_it_and_why(world: World, extra: dict, code: str) -> None:
    case = world.road_to(Stage.NEEDS)
    with refused(code):
        need(world, case.id, **extra)
    assert not Need.objects.exists()


@pytest.mark.clause("S7.4")
def test_a_need_that_the_worker_alone_stated_is_flagged(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    need(world, case.id, stated_by=["worker"], priority=Priority.DESIRED)
    assert case.flags.get().code == "needs.worker_alone"


@pytest.mark.clause("S7.4")
def test_a_need_that_fell_away_stays_on_file_with_its_reason(world: World) -> None:
    case = world.road_to(Stage.INITIAL_PLAN)
    row = queries.needs(case)[0]
    actions.drop_need(case_id=case.id, need_id=row.id, why="უკვე მუშაობს", by=world.worker.who)
    assert queries.needs(case) == []
    assert queries.needs(case, dropped=True) == [row]
    case.refresh_from_db()
    assert case.stage == Stage.NEEDS


@pytest.mark.clause("G2")
def test_what_is_recorded_late_says_why(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    given = {"service_type": "medical", "organisation_id": world.clinic.id, "place": Place.OUTSIDE}
    with refused("entry.late"):
        actions.record_service_given(case_id=case.id, **given, happened_on=days_ago(9), by=world.worker.who)
    row = actions.record_service_given(
        case_id=case.id, **given, happened_on=days_ago(9), reason="ცნობა გვიან მოვიდა", by=world.worker.who
    )
    assert (row.happened_on, row.recorded_on) == (days_ago(9), clock.today())
    assert world.worker.who.ring.open(row, "entry_reason") == "ცნობა გვიან მოვიდა"


@pytest.mark.clause("S0.3", "G2")
def test_a_slip_of_the_hand_is_asked_again(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    given = {"service_type": "medical", "organisation_id": world.clinic.id, "place": Place.OUTSIDE}
    for wrong, code in (({"sessions": 1000}, "entry.number"), ({"until": days_ago(1)}, "entry.order")):
        with refused(code):
            actions.record_service_given(case_id=case.id, **given, **wrong, by=world.worker.who)
    row = actions.record_service_given(case_id=case.id, **given, by=world.worker.who)
    for wrong, code in (({"sessions": 0}, "entry.number"), ({"until": days_ago(1)}, "entry.order")):
        with refused(code):
            actions.correct(case_id=case.id, row=row, why="x", columns=wrong, by=world.worker.who)
