"""The end of a plan: by its term, on request, for violation; a case that ended in fact."""

import datetime as dt

import pytest

from gza.cases.models import Case, Caseload, ConsentScope, Designation, StageCount
from gza.core import clock
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.plans import actions
from gza.plans.models import CaseEnd, PlanEnd, PlanVersion
from gza.plans.queries import ending as queries
from tests.cases import factories as on_cases
from tests.cases.factories import World, days_ago, scan
from tests.cases.support import refused
from tests.plans import endings, factories

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
DAY = dt.timedelta(days=1)


def at_noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), clock.TBILISI)


def acts() -> int:
    return Event.objects.filter(kind=Kind.ACT).count()


def ask_end(world: World, case: Case, **extra: object) -> object:
    values = {"changed_need": "სამუშაო იპოვა", "words": "გთხოვთ, დაასრულოთ", **extra}
    return actions.record_end_request(case_id=case.id, **values, by=world.worker.who)


@pytest.mark.clause("S7.12", "S7.10")
def test_a_term_expires_by_itself_on_the_day_after_its_last(world: World) -> None:
    case = endings.running(world, months=3)
    last = case.ends_on
    with clock.pretend(at_noon(last)):
        assert actions.expire_due() == 0
    with clock.pretend(at_noon(last + DAY)):
        assert queries.term_over(Case.objects.get(id=case.id))
        assert actions.expire_due() == 1
        before = acts()
        assert actions.expire_due() == 0
        assert actions.expire(case_id=case.id) is None
        assert acts() == before
    case.refresh_from_db()
    assert (case.plan_ended_on, case.plan_end, case.stage) == (last + DAY, "expiry", Stage.COMPLETION)
    end = PlanEnd.objects.get(case=case)
    assert (end.happened_on, end.ground, end.recorded_by) == (last + DAY, "expiry", None)
    event = Event.objects.get(verb="plans.expire")
    assert (event.actor, event.role, event.clause, event.happened_on) == (None, "system", "S7.12", last + DAY)
    assert PlanVersion.objects.get(case=case, kind="final").state == "ended"


@pytest.mark.clause("S7.12")
def test_the_day_is_that_of_tbilisi(world: World) -> None:
    case = endings.running(world, months=3)
    midnight = dt.datetime.combine(case.ends_on + DAY, dt.time(), clock.TBILISI)
    with clock.pretend(midnight - dt.timedelta(seconds=1)):
        assert actions.expire_due() == 0
    with clock.pretend(midnight):
        assert actions.expire_due() == 1


@pytest.mark.clause("S7.12")
def test_a_clock_set_back_a_day_undoes_and_repeats_nothing(world: World) -> None:
    case = endings.running(world, months=3)
    with clock.pretend(at_noon(case.ends_on + DAY)):
        assert actions.expire_due() == 1
    with clock.pretend(at_noon(case.ends_on)):
        assert actions.expire_due() == 0
        case.refresh_from_db()
        assert case.stage == Stage.COMPLETION
        with refused("termination.nothing_runs"):
            ask_end(world, case)
        with refused("entry.order"):
            endings.tell(world, case.id)
    with clock.pretend(at_noon(case.ends_on + DAY)):
        endings.tell(world, case.id)
    assert PlanEnd.objects.filter(case=case).count() == 1


@pytest.mark.clause("S7.12")
def test_who_comes_before_the_timer_finds_the_term_over_and_nothing_waits_for_it(world: World) -> None:
    case = endings.running(world, starts_on=days_ago(60), months=1)
    with refused("termination.nothing_runs"):
        ask_end(world, case)
    endings.tell(world, case.id)
    case.refresh_from_db()
    assert (case.plan_end, case.stage) == ("expiry", Stage.FOLLOW_UP)
    assert actions.expire_due() == 0


@pytest.mark.clause("S7.12", "G5")
def test_a_plan_ends_on_the_written_request_by_who_holds_the_delegation(world: World) -> None:
    case = endings.running(world)
    with refused("termination.request_not_written"):
        ask_end(world, case, words="")
    with refused("termination.no_changed_need"):
        ask_end(world, case, changed_need=" ", scan=scan())
    row = ask_end(world, case, words="", scan=scan())
    with refused("termination.request_waits"):
        ask_end(world, case)
    answer = {"case_id": case.id, "request_id": row.id, "reasons": "ასე სურს"}
    with refused("delegation.none"):
        actions.answer_end_request(**answer, granted=True, by=world.coordinator.who)
    endings.empower(world.director)
    with refused("termination.no_reasons"):
        actions.answer_end_request(**{**answer, "reasons": ""}, granted=True, by=world.director.who)
    made = actions.answer_end_request(**answer, granted=True, by=world.director.who)
    assert (made.granted, made.capacity) == (True, "director")
    case.refresh_from_db()
    assert (case.plan_end, case.plan_ended_on, case.stage) == ("request", clock.today(), Stage.COMPLETION)
    end = PlanEnd.objects.get(case=case)
    assert end.request_id == row.id
    assert world.worker.who.ring.open(end, "reasons") == "ასე სურს"
    with refused("termination.nothing_runs"):
        actions.answer_end_request(**answer, granted=True, by=world.director.who)


@pytest.mark.clause("S7.12")
def test_a_request_can_be_answered_with_the_plan_going_on(world: World) -> None:
    case = endings.running(world)
    endings.empower(world.director)
    row = ask_end(world, case)
    actions.answer_end_request(
        case_id=case.id, request_id=row.id, granted=False, reasons="გადაიფიქრა", by=world.director.who
    )
    case.refresh_from_db()
    assert (case.stage, case.plan_ended_on) == (Stage.RUNNING, None)
    ask_end(world, case)


def record(world: World, case: Case, *, gross: bool = True) -> object:
    return actions.record_violation(case_id=case.id, description="ბინა დააზიანა", gross=gross, by=world.worker.who)


@pytest.mark.clause("S7.12", "G5")
def test_gross_and_repeated_violation_each_heard_with_a_warning_between_ends_a_plan(world: World) -> None:
    case = endings.running(world)
    endings.empower(world.director)
    today = clock.today()
    end = {"case_id": case.id, "reasons": "ორჯერ"}
    first = record(world, case)
    warning = {"case_id": case.id, "violation_id": first.id, "words": "კიდევ თუ განმეორდა"}
    with refused("termination.warned_unheard"):
        actions.warn(**warning, by=world.coordinator.who)
    with refused("termination.hearing_empty"):
        actions.hear(case_id=case.id, violation_id=first.id, words="", by=world.worker.who)
    with refused("entry.order"):
        actions.hear(case_id=case.id, violation_id=first.id, words="არა", happened_on=today - DAY, by=world.worker.who)
    with clock.pretend(at_noon(today + DAY)):
        actions.hear(case_id=case.id, violation_id=first.id, words="ვნანობ", by=world.worker.who)
        record(world, case, gross=False)
        with refused("termination.not_gross_and_repeated"):
            actions.end_for_violation(**end, by=world.director.who)
        second = record(world, case)
        with refused("termination.not_heard"):
            actions.end_for_violation(**end, by=world.director.who)
        actions.hear(
            case_id=case.id, violation_id=second.id, words="არ მოვიდა; ორჯერ დავურეკეთ", present=False,
            by=world.worker.who,
        )  # fmt: skip
        with refused("termination.not_warned"):
            actions.end_for_violation(**end, by=world.director.who)
        actions.warn(**warning, by=world.coordinator.who)
        with refused("termination.warned_already"):
            actions.warn(**warning, by=world.coordinator.who)
        with refused("termination.not_warned"):
            actions.end_for_violation(**end, by=world.director.who)
    with clock.pretend(at_noon(today + 2 * DAY)):
        third = record(world, case)
        actions.hear(case_id=case.id, violation_id=third.id, words="მართალია", by=world.worker.who)
        with refused("delegation.none"):
            actions.end_for_violation(**end, by=world.coordinator.who)
        made = actions.end_for_violation(**end, by=world.director.who)
        assert (made.ground, made.capacity) == ("violation", "director")
        case.refresh_from_db()
        assert (case.plan_end, case.stage) == ("violation", Stage.COMPLETION)


@pytest.mark.clause("S7.12")
@pytest.mark.parametrize("stage", [Stage.STATUS, Stage.AGREED, Stage.RUNNING])
def test_an_end_in_fact_takes_two_people_at_every_stop(world: World, stage: Stage) -> None:
    case = endings.running(world) if stage == Stage.RUNNING else factories.road_to(world, stage)
    loads = dict(Caseload.objects.values_list("user_id", "count"))
    row = actions.record_end_in_fact(
        case_id=case.id, ground="death", evidence="ცნობა გარდაცვალებაზე", by=world.worker.who
    )
    case.refresh_from_db()
    assert case.stage == stage
    with refused("termination.same_person"):
        actions.confirm_end_in_fact(case_id=case.id, end_id=row.id, by=world.worker.who)
    with refused("termination.in_fact_waits"):
        actions.record_end_in_fact(case_id=case.id, ground="untraceable", by=world.coordinator.who)
    actions.confirm_end_in_fact(case_id=case.id, end_id=row.id, by=world.coordinator.who)
    case.refresh_from_db()
    assert (case.stage, case.ended_on, case.worker_id) == (Stage.ENDED, clock.today(), None)
    assert case.holder_id == world.worker.id
    assert not Designation.objects.filter(case=case, ended_on=None).exists()
    assert PlanEnd.objects.filter(case=case, ground="in_fact").count() == (stage != Stage.STATUS)
    assert Caseload.objects.get(user_id=world.worker.id).count == loads[world.worker.id] - 1
    assert StageCount.objects.get(region="GE-IM", stage="ended").count == 1
    with refused("termination.not_waiting"):
        actions.confirm_end_in_fact(case_id=case.id, end_id=row.id, by=world.coordinator.who)
    with refused("termination.case_ended"):
        actions.record_end_in_fact(case_id=case.id, ground="death", by=world.coordinator.who)


@pytest.mark.clause("S7.12", "G1")
def test_an_end_in_fact_without_proof_is_recorded_and_flagged_and_can_be_taken_back(world: World) -> None:
    case = endings.running(world)
    row = actions.record_end_in_fact(case_id=case.id, ground="annulled", by=world.coordinator.who)
    flags = set(case.flags.values_list("code", flat=True))
    assert {"termination.in_fact_without_evidence", "termination.status_still_stands"} <= flags
    with refused("termination.unexplained"):
        actions.withdraw_end_in_fact(case_id=case.id, end_id=row.id, why="", by=world.worker.who)
    actions.withdraw_end_in_fact(case_id=case.id, end_id=row.id, why="სხვა საქმე იყო", by=world.worker.who)
    assert queries.waiting_end(case) is None
    with refused("termination.not_waiting"):
        actions.confirm_end_in_fact(case_id=case.id, end_id=row.id, by=world.worker.who)
    case.refresh_from_db()
    assert case.stage == Stage.RUNNING
    assert CaseEnd.objects.filter(case=case).count() == 1


@pytest.mark.clause("S7.12")
def test_the_beneficiary_is_told_with_how_to_complain(world: World) -> None:
    case = endings.expired(world)
    assert case.stage == Stage.COMPLETION
    notice = {"case_id": case.id, "handed": True, "how": "ხელზე", "by": world.worker.who}
    with refused("closing.complaint_unnamed"):
        actions.record_notice(**notice, text="გეგმა დასრულდა.")
    endings.reachable(world)
    with refused("closing.complaint_unnamed"):
        actions.record_notice(**notice, text="გეგმა დასრულდა.")
    made = actions.record_notice(**notice, text=endings.NOTICE)
    assert world.coordinator.who.ring.open(made, "text") == endings.NOTICE
    case.refresh_from_db()
    assert (case.notified_on, case.stage) == (clock.today(), Stage.FOLLOW_UP)


@pytest.mark.clause("S7.12")
def test_where_the_beneficiary_cannot_be_told_the_reason_is_recorded_and_flagged(world: World) -> None:
    case = endings.expired(world)
    with refused("closing.not_told"):
        actions.record_notice(case_id=case.id, handed=False, by=world.worker.who)
    actions.record_notice(case_id=case.id, handed=False, how="მისამართი უსაფრთხო არ არის", by=world.worker.who)
    case.refresh_from_db()
    assert case.stage == Stage.FOLLOW_UP
    assert case.flags.filter(code="closing.not_told_in_person").exists()


@pytest.mark.clause("S0.1")
def test_a_withdrawal_suspends_a_running_plan_and_a_new_consent_resumes_it_with_the_same_days(world: World) -> None:
    case = endings.running(world)
    ends_on = case.ends_on
    scope = ConsentScope.objects.get(case=case, scope="reintegration")
    before = acts()
    outcome = actions.withdraw_consent(
        case_id=case.id, scope_ids=[scope.id], form="oral", words="აღარ მინდა", by=world.worker.who
    )
    assert acts() == before + 1
    assert outcome.rows[0].suspends_plan
    case.refresh_from_db()
    assert (case.stage, case.suspended_on) == (Stage.REINTEGRATION_CONSENT, clock.today())
    assert PlanVersion.objects.get(case=case, kind="final").state == "in_force"
    on_cases.consent(world, case.id, "reintegration")
    case.refresh_from_db()
    assert (case.stage, case.suspended_on, case.ends_on) == (Stage.RUNNING, None, ends_on)


@pytest.mark.clause("S0.1", "S7.12")
def test_a_suspended_plan_expires_like_any_other(world: World) -> None:
    case = endings.running(world, months=3)
    scope = ConsentScope.objects.get(case=case, scope="reintegration")
    actions.withdraw_consent(case_id=case.id, scope_ids=[scope.id], form="oral", by=world.worker.who)
    with clock.pretend(at_noon(case.ends_on + DAY)):
        assert actions.expire_due() == 1
    case.refresh_from_db()
    assert (case.stage, case.suspended_on) == (Stage.COMPLETION, None)


@pytest.mark.clause("S0.1")
def test_after_the_end_a_withdrawal_suspends_nothing(world: World) -> None:
    case = endings.expired(world)
    scope = ConsentScope.objects.get(case=case, scope="reintegration")
    outcome = actions.withdraw_consent(case_id=case.id, scope_ids=[scope.id], form="oral", by=world.worker.who)
    assert not outcome.rows[0].suspends_plan
    case.refresh_from_db()
    assert (case.stage, case.suspended_on) == (Stage.COMPLETION, None)
