"""A year of work: the report of each month, sent, read, corrected, and what the database keeps of the year."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gza.cases import actions as cases
from gza.cases.errors import Stale
from gza.plans import actions, running_guard
from gza.plans.models import Expenditure, MonthlyReport
from gza.plans.queries import running as queries
from tests.cases.factories import World
from tests.cases.support import refused
from tests.plans import second_half
from tests.plans.second_half import on
from tests.plans.year import FEBRUARY, JANUARY, MARCH, START, pay, send

pytestmark = [pytest.mark.django_db(databases=["default", "transient"]), pytest.mark.usefixtures("at_the_start")]


@pytest.mark.clause("S7.9")
def test_the_first_report_falls_due_when_the_plan_comes_into_force(world: World) -> None:
    made = second_half.run(world)
    assert made.case.report_due_on == dt.date(2024, 2, 7)  # five working days after 31 January
    term = queries.terms(made.case)[0]
    assert len(term.months) == 13
    assert queries.term_of(made.case, dt.date(2023, 12, 1)) is None


@pytest.mark.clause("S7.9")
def test_each_report_moves_the_day_to_the_oldest_month_without_one(world: World) -> None:
    made = second_half.run(world)
    with on(dt.date(2024, 3, 5)):
        send(world, made, FEBRUARY)
        assert made.fresh().report_due_on == dt.date(2024, 2, 7)
        report = send(world, made, JANUARY)
        assert made.fresh().report_due_on == queries.due_on(MARCH)
        assert [flag.code for flag in made.case.flags.all()] == ["reporting.late"]
        assert made.case.flags.get().subject == report.id
    assert queries.report_due_on(made.case) == made.case.report_due_on


@pytest.mark.clause("S7.9")
def test_no_report_is_due_once_the_plan_has_ended_and_its_last_is_in(world: World) -> None:
    made = second_half.run(world, months=1)
    assert [one.isoformat() for one in queries.terms(made.case)[0].months] == ["2024-01-01", "2024-02-01"]
    made.plan.ended_on = dt.date(2024, 2, 1)
    made.plan.save()
    with on(dt.date(2024, 2, 5)):
        send(world, made, JANUARY)
        assert made.fresh().report_due_on is None
        with refused("reporting.no_month_of_plan"):
            send(world, made, FEBRUARY)


@pytest.mark.clause("S7.9")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)), months=st.integers(min_value=1, max_value=4), ended=st.booleans())
def test_whatever_order_reports_come_in_the_case_shows_the_oldest_missing(
    world: World, order: list[int], months: int, ended: bool
) -> None:
    made = second_half.run(world, months=months)
    term = queries.terms(made.case)[0]
    with on(dt.date(2024, 6, 20)):
        if ended:
            made.plan.ended_on = term.last_on + dt.timedelta(days=1)
            made.plan.save()
        for place in [one for one in order if one < len(term.months)]:
            send(world, made, term.months[place], reason="ერთად შევიდა", happened_on=dt.date(2024, 6, 19))
            sent = set(MonthlyReport.objects.filter(plan=made.plan).values_list("month", flat=True))
            missing = [queries.due_on(month) for month in term.months if month not in sent]
            assert made.fresh().report_due_on == (min(missing) if missing else None)
            assert made.case.report_due_on == queries.report_due_on(made.case)


@pytest.mark.clause("S7.9")
def test_a_report_is_neither_written_before_its_month_nor_sent_before_its_end(world: World) -> None:
    made = second_half.run(world)
    with refused("reporting.month_not_begun"):
        actions.write_report(case_id=made.case.id, month=FEBRUARY, work_done="ა", by=world.worker.who)
    actions.write_report(case_id=made.case.id, month=JANUARY, work_done="ა", by=world.worker.who)
    with refused("reporting.month_not_over"):
        send(world, made, JANUARY)
    assert MonthlyReport.objects.get().state == "draft"
    with on(dt.date(2024, 1, 31)):
        assert send(world, made, JANUARY).state == "sent"


@pytest.mark.clause("S7.9")
def test_a_report_says_what_was_done(world: World) -> None:
    made = second_half.run(world)
    with on(dt.date(2024, 2, 1)), refused("reporting.says_nothing"):
        send(world, made, JANUARY, work_done=" ")


@pytest.mark.clause("S7.9")
def test_a_draft_is_kept_sealed_and_guarded_against_a_second_form(world: World) -> None:
    made = second_half.run(world)
    row = actions.write_report(case_id=made.case.id, month=JANUARY, work_done="ერთი", by=world.worker.who)
    again = actions.write_report(case_id=made.case.id, month=JANUARY, work_done="ორი", seen=1, by=world.worker.who)
    assert (again.id, again.version) == (row.id, 2)
    assert world.worker.who.ring.open(again, "work_done") == "ორი"
    with pytest.raises(Stale):
        actions.write_report(case_id=made.case.id, month=JANUARY, work_done="სამი", seen=1, by=world.worker.who)


@pytest.mark.clause("S7.9", "G2")
def test_a_sent_report_is_not_changed_but_corrected_and_both_stay(world: World) -> None:
    made = second_half.run(world)
    with on(dt.date(2024, 2, 2)):
        report = send(world, made, JANUARY)
        with refused("reporting.sent_already"):
            send(world, made, JANUARY)
        actions.read_report(case_id=made.case.id, report_id=report.id, by=world.coordinator.who)
        pay(world, made, 40_00, happened_on=dt.date(2024, 1, 30))
    with on(dt.date(2024, 2, 20)):
        mended = actions.correct_report(
            case_id=made.case.id, report_id=report.id, why="გადახდა გამორჩა", work_done="კურსი და გადახდა",
            by=world.worker.who,
        )  # fmt: skip
        assert (mended.state, mended.sent_on, mended.read_at) == ("sent", dt.date(2024, 2, 2), None)
        with pytest.raises(Stale):
            actions.correct_report(
                case_id=made.case.id, report_id=report.id, why="კვლავ", work_done="ა", by=world.worker.who
            )
    report.refresh_from_db()
    assert (report.superseded, report.state) == (True, "read")
    ring = world.worker.who.ring
    paid = [sum(line["paid"] for line in queries.content_of(one, ring)["lines"]) for one in (report, mended)]
    assert paid == [0, 40_00]
    assert not [flag for flag in made.fresh().flags.all() if flag.code == "reporting.late"]


@pytest.mark.clause("G2")
def test_only_what_was_sent_is_corrected_and_with_a_reason(world: World) -> None:
    made = second_half.run(world)
    row = actions.write_report(case_id=made.case.id, month=JANUARY, work_done="ა", by=world.worker.who)
    common = {"case_id": made.case.id, "report_id": row.id, "work_done": "ბ", "by": world.worker.who}
    with refused("reporting.not_sent"):
        actions.correct_report(why="შეცდომა", **common)
    with on(dt.date(2024, 2, 1)):
        send(world, made, JANUARY)
        with refused("entry.correction_unexplained"):
            actions.correct_report(why=" ", **common)


@pytest.mark.clause("S7.9")
def test_a_report_is_read_once_and_by_the_fund(world: World) -> None:
    made = second_half.run(world)
    with on(dt.date(2024, 2, 1)):
        report = send(world, made, JANUARY)
        common = {"case_id": made.case.id, "report_id": report.id}
        with refused("access.funds_part"):
            actions.read_report(**common, by=world.worker.who)
        assert [row.id for row in queries.unread(world.coordinator.who).rows] == [report.id]
        assert queries.unread(world.worker.who).rows == []
        actions.read_report(**common, by=world.coordinator.who)
        assert queries.unread(world.coordinator.who).rows == []
        with refused("report.read_not_from_read"):
            actions.read_report(**common, by=world.director.who)


@pytest.mark.clause("S3.3", "S7.9")
def test_what_is_owed_passes_on_with_the_case(world: World) -> None:
    made = second_half.run(world)
    with on(dt.date(2024, 2, 2)):
        cases.hand_over(case_id=made.case.id, worker_id=world.other.id, by=world.coordinator.who)
        late = dt.date(2024, 3, 1)
        assert [case.id for case in queries.due(world.other.who, until=late)] == [made.case.id]
        assert queries.due(world.worker.who, until=late) == []
        with pytest.raises(Http404):
            send(world, made, JANUARY)
        assert send(world, made, JANUARY, by=world.other.who).sent_by == world.other.id


@pytest.mark.clause("G4", "S7.9")
def test_who_may_not_know_of_the_case_finds_nothing(world: World) -> None:
    made = second_half.run(world)
    stranger = world.other.who
    with pytest.raises(Http404):
        send(world, made, JANUARY, by=stranger)
    with pytest.raises(Http404):
        pay(world, made, 1, by=stranger)
    with pytest.raises(Http404):
        actions.record_delivery(case_id=made.case.id, service_type="employment", by=stranger)
    other = second_half.run(world, case=None)
    with pytest.raises(Http404):
        actions.record_payment(
            case_id=other.case.id, commitment_id=made.commitments[0].id, amount=1, by=world.worker.who
        )


@pytest.mark.clause("S7.9", "G2")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plans_report SET sent_on = '2024-02-01'",
        "UPDATE plans_report SET content = work_done",
        "UPDATE plans_report SET state = 'draft', content = NULL, sent_on = NULL, sent_at = NULL, sent_by = NULL",
        "DELETE FROM plans_report",
        "UPDATE plans_expenditure SET amount = 1",
        "DELETE FROM plans_expenditure",
        "UPDATE plans_delivery SET sessions = 9",
        "DELETE FROM plans_delivery",
    ],
)
def test_the_engine_itself_keeps_what_was_reported(world: World, sql: str) -> None:
    made = second_half.run(world)
    pay(world, made, 20_00)
    actions.record_delivery(case_id=made.case.id, service_type="employment", by=world.worker.who)
    with on(dt.date(2024, 2, 2)):
        send(world, made, JANUARY)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.clause("S7.9")
def test_the_engine_holds_one_report_a_month_and_amounts_that_are_some(world: World) -> None:
    made = second_half.run(world)
    row = actions.write_report(case_id=made.case.id, month=JANUARY, work_done="ა", by=world.worker.who)
    common = {"case": made.case, "happened_on": START, "recorded_by": world.worker.id, "recorded_on": START}
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyReport.objects.create(plan=made.plan, month=JANUARY, due_on=row.due_on, **common)
    with pytest.raises(IntegrityError), transaction.atomic():
        Expenditure.objects.create(kind="invoice", amount=0, **common)
    with pytest.raises(IntegrityError), transaction.atomic():
        Expenditure.objects.create(kind="payment", amount=5, commitment=None, **common)


def test_the_triggers_are_named_for_the_doctor() -> None:
    from gza.core import db

    for table, names in running_guard.names().items():
        assert names <= db.triggers(table)


@pytest.mark.clause("S7.9")
def test_a_year_costs_the_same_queries_whatever_it_holds(world: World) -> None:
    made = second_half.run(world)
    counts = []
    for number in (1, 8):
        for _ in range(number):
            pay(world, made, 1_00)
            actions.record_delivery(case_id=made.case.id, service_type="employment", by=world.worker.who)
        with CaptureQueriesContext(connection) as caught:
            term = queries.terms(made.case)[0]
            year = queries.year(made.case, term)
            for month in term.months:
                for line in year.sheet(month).lines:
                    str(line.item and line.item.service_type.key)
        counts.append(len(caught))
    assert counts == [8, 8]
