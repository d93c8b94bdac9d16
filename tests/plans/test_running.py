"""A year of work: reports of each month, money within its commitment, services given, each provider's own part."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gza.cases import actions as cases
from gza.cases.enums import Scope, WithdrawalForm
from gza.cases.errors import Stale
from gza.cases.models import ConsentScope
from gza.law.stages import Stage
from gza.ledger.models import Event
from gza.plans import actions, running_guard
from gza.plans.models import Delivery, Expenditure, MonthlyReport, ReportPart
from gza.plans.queries import running as queries
from gza.vault import queries as vault
from gza.vault import steps as vault_steps
from gza.vault.models import Disclosure
from tests.cases import factories as on_cases
from tests.cases.factories import World, scan
from tests.cases.support import refused
from tests.plans import second_half
from tests.plans.second_half import Running, on

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
START = dt.date(2024, 1, 17)
JANUARY, FEBRUARY, MARCH = dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 3, 1)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with on(START):
        yield World()


def provider(world: World, organisation: Any) -> list[Any]:
    """Two focal persons of the organisation, with its group key."""
    people = [world.member("provider", organisation_id=organisation.id) for _ in range(2)]
    members = [one.id for one in people]
    with transaction.atomic():
        vault_steps.make_group("provider", organisation=organisation.id, members=members, by=world.coordinator.who.ring)
    return people


def send(world: World, made: Running, month: dt.date, **extra: Any) -> MonthlyReport:
    values = {"work_done": "კურსი მიმდინარეობს", "outlook": "სტაჟირება", "by": world.worker.who, **extra}
    return actions.send_report(case_id=made.case.id, month=month, **values)


def pay(world: World, made: Running, amount: int, **extra: Any) -> Expenditure:
    values = {"what": "კურსის საფასური", "document": "AB-12", "by": world.worker.who, **extra}
    return actions.record_payment(case_id=made.case.id, commitment_id=made.commitments[0].id, amount=amount, **values)


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


@pytest.mark.clause("S7.9")
def test_a_payment_above_what_is_left_is_refused_by_one_tetri(world: World) -> None:
    made = second_half.run(world)
    pay(world, made, 300_00)
    with refused("reporting.payment_over"):
        pay(world, made, 200_01)
    pay(world, made, 200_00, scan=scan())
    assert queries.left_of(made.commitments[0]) == 0
    with refused("reporting.payment_over"):
        pay(world, made, 1)
    with refused("reporting.no_amount"):
        pay(world, made, 0)


@pytest.mark.clause("S7.9", "G1")
def test_an_invoice_above_what_is_left_is_recorded_and_flagged(world: World) -> None:
    made = second_half.run(world)
    pay(world, made, 450_00)
    common = {"case_id": made.case.id, "what": "მასალები", "document": "7", "by": world.worker.who}
    fits = actions.record_invoice(commitment_id=made.commitments[0].id, amount=50_00, **common)
    over = actions.record_invoice(commitment_id=made.commitments[0].id, amount=50_01, **common)
    alone = actions.record_invoice(amount=10_00, payee_id=world.ngo.id, **common)
    assert [fits.over, over.over, alone.over] == [0, 1, 10_00]
    flags = {(flag.code, flag.subject) for flag in made.fresh().flags.all()}
    assert flags == {("reporting.invoice_over", over.id), ("reporting.invoice_without_decision", alone.id)}
    settled = pay(world, made, 50_00, settles=fits.id)
    assert settled.settles_id == fits.id


@pytest.mark.clause("S5.6", "G1")
def test_money_paid_before_the_decision_is_recorded_and_flagged(world: World) -> None:
    made = second_half.run(world)
    pay(world, made, 10_00, happened_on=START - dt.timedelta(days=1))
    assert [flag.code for flag in made.fresh().flags.all()] == ["reporting.paid_before_decision"]


@pytest.mark.clause("S7.9", "G2")
def test_a_payment_is_corrected_within_the_same_limit(world: World) -> None:
    made = second_half.run(world)
    row = pay(world, made, 300_00)
    pay(world, made, 100_00)
    common = {"case_id": made.case.id, "row_id": row.id, "why": "ციფრი შეცდა", "by": world.worker.who}
    with refused("reporting.payment_over"):
        actions.correct_expenditure(amount=400_01, **common)
    mended = actions.correct_expenditure(amount=400_00, **common)
    assert (mended.corrects_id, mended.amount) == (row.id, 400_00)
    assert world.worker.who.ring.open(mended, "what") == "კურსის საფასური"
    with pytest.raises(Stale):
        actions.correct_expenditure(amount=1, **common)
    gone = actions.correct_expenditure(**{**common, "row_id": mended.id}, amount=0, document="")
    assert queries.left_of(made.commitments[0]) == 400_00
    assert gone.document is None


@pytest.mark.clause("S7.9", "G1", "G2")
def test_an_invoice_is_corrected_and_flagged_anew(world: World) -> None:
    made = second_half.run(world)
    row = actions.record_invoice(
        case_id=made.case.id, commitment_id=made.commitments[0].id, amount=5_00, by=world.worker.who
    )
    mended = actions.correct_expenditure(
        case_id=made.case.id, row_id=row.id, why="ნული გამორჩა", amount=600_00, by=world.coordinator.who
    )
    assert mended.over == 100_00
    assert [flag.code for flag in made.fresh().flags.all()] == ["reporting.invoice_over"]


@pytest.mark.clause("S7.9", "S0.1", "G1")
def test_services_given_are_always_recorded_and_flagged_where_they_must(world: World) -> None:
    made = second_half.run(world)
    common = {"case_id": made.case.id, "service_type": "employment", "by": world.worker.who}
    own = actions.record_delivery(
        item_id=made.items[0].id, organisation_id=world.ngo.id, sessions=3, note="სამი შეხვედრა", **common
    )
    assert (own.origin_id, made.fresh().open_flags) == (made.items[0].origin, 0)
    outside = actions.record_delivery(organisation_id=world.ngo.id, **common)
    scopes = ConsentScope.objects.filter(case=made.case, scope=Scope.REINTEGRATION)
    day = dt.date(2025, 1, 20)
    with on(dt.date(2024, 5, 2)):
        actions.withdraw_consent(
            case_id=made.case.id, scope_ids=[one.id for one in scopes], form=WithdrawalForm.ORAL, words="აღარ",
            by=world.worker.who,
        )  # fmt: skip
    with on(day):
        late = actions.record_delivery(item_id=made.items[0].id, organisation_id=world.ngo.id, **common)
        early = actions.record_delivery(
            item_id=made.items[0].id, happened_on=dt.date(2024, 1, 5), reason="ნაპოვნი ჩანაწერი", **common
        )
    flags = {(flag.code, flag.subject) for flag in made.fresh().flags.all() if flag.subject}
    assert flags >= {
        ("reporting.delivered_outside_plan", outside.id),
        ("consent.missing_at_service", late.id),
        ("reporting.delivered_after_end", late.id),
        ("reporting.delivered_without_plan", early.id),
    }
    assert not [one for one in flags if one[1] == own.id]


@pytest.mark.clause("S7.9", "G2")
def test_a_service_recorded_by_mistake_is_corrected(world: World) -> None:
    made = second_half.run(world)
    row = actions.record_delivery(
        case_id=made.case.id, service_type="employment", item_id=made.items[0].id, sessions=4, by=world.worker.who
    )
    common = {"case_id": made.case.id, "why": "ორჯერ ჩაიწერა", "by": world.worker.who}
    mended = actions.correct_delivery(row_id=row.id, sessions=0, **common)
    sheet = queries.year(made.case, queries.terms(made.case)[0]).sheet(JANUARY)
    assert sheet.total("sessions") == 0
    assert Delivery.objects.count() == 2
    assert mended.corrects_id == row.id


@pytest.mark.clause("S7.9")
def test_a_month_shows_planned_committed_and_paid_of_each_item(world: World) -> None:
    made = second_half.run(world)
    pay(world, made, 100_00)
    with on(dt.date(2024, 2, 10)):
        pay(world, made, 50_00)
        actions.record_delivery(
            case_id=made.case.id, service_type="employment", item_id=made.items[0].id, organisation_id=world.ngo.id,
            sessions=2, by=world.worker.who,
        )  # fmt: skip
        year = queries.year(made.case, queries.terms(made.case)[0])
    january, february = year.sheet(JANUARY), year.sheet(FEBRUARY)
    assert [line.planned for line in february.lines] == [True, True]
    funded, free = february.lines
    assert (funded.committed, funded.paid, funded.paid_total, funded.left) == (500_00, 50_00, 150_00, 350_00)
    assert (free.funded, free.sessions, funded.sessions) == (False, 0, 2)
    assert january.lines[0].paid_total == 100_00
    assert (february.first, february.last) == (FEBRUARY, dt.date(2024, 2, 29))


@pytest.mark.clause("S6.1", "S7.9")
def test_each_organisation_gets_its_own_part_where_a_consent_names_it(world: World) -> None:
    made = second_half.run(world)
    focal, _colleague = provider(world, world.ngo)
    on_cases.consent(world, made.case.id, Scope.DISCLOSURE, organisations=[world.ngo.id])
    pay(world, made, 20_00)
    actions.record_invoice(case_id=made.case.id, amount=7_77, payee_id=world.clinic.id, by=world.worker.who)
    for organisation in (world.ngo, world.clinic):
        actions.record_delivery(
            case_id=made.case.id, service_type="employment", item_id=made.items[0].id, organisation_id=organisation.id,
            by=world.worker.who,
        )  # fmt: skip
    with on(dt.date(2024, 2, 1)):
        report = send(world, made, JANUARY)
        told = queries.content_of(report, world.coordinator.who.ring)
        assert told["withheld"] == {str(world.clinic.id): "consent.disclosure_missing"}
        part = ReportPart.objects.get()
        assert told["parts"] == {str(world.ngo.id): str(part.disclosure_id)}
        packet = vault.open_disclosure(Disclosure.objects.get(id=part.disclosure_id), focal.who.ring)
    assert len(packet["deliveries"]) == 1
    assert [(one["kind"], one["amount"]) for one in packet["expenditure"]] == [("payment", 20_00)]
    text = json.dumps(packet)
    for secret in (str(world.clinic.id), str(made.case.id), made.case.code, "კურსი"):
        assert secret not in text
    assert Event.objects.filter(verb="plans.send_report").latest("seq").facts["withheld"] == 1


@pytest.mark.clause("S6.1", "S7.9")
def test_an_organisation_without_a_key_is_told_on_paper_and_a_correction_replaces_the_part(world: World) -> None:
    made = second_half.run(world, organisations=[world.ngo, world.agency])
    on_cases.consent(world, made.case.id, Scope.DISCLOSURE, organisations=[world.ngo.id])
    with on(dt.date(2024, 2, 1)):
        report = send(world, made, JANUARY)
        told = queries.content_of(report, world.worker.who.ring)
        assert told["withheld"] == {str(world.ngo.id): "reporting.part_without_key"}  # the Fund is no provider here
        provider(world, world.ngo)
        first = actions.correct_report(
            case_id=made.case.id, report_id=report.id, why="გასაღები", work_done="იგივე", by=world.worker.who
        )
        second = actions.correct_report(
            case_id=made.case.id, report_id=first.id, why="შეცდომა", work_done="სხვა", by=world.worker.who
        )
    old, new = ReportPart.objects.get(report=first), ReportPart.objects.get(report=second)
    assert Disclosure.objects.get(id=old.disclosure_id).ended_at is not None
    assert Disclosure.objects.get(id=new.disclosure_id).ended_at is None


@pytest.mark.clause("S0.1")
@pytest.mark.parametrize("scope", [Scope.REINTEGRATION, Scope.DISCLOSURE])
def test_a_withdrawal_closes_what_organisations_got_of_reports(world: World, scope: Scope) -> None:
    made = second_half.run(world)
    for organisation in (world.ngo, world.clinic):
        provider(world, organisation)
    on_cases.consent(world, made.case.id, Scope.DISCLOSURE, organisations=[world.ngo.id, world.clinic.id])
    with on(dt.date(2024, 2, 1)):
        send(world, made, JANUARY)
        scopes = ConsentScope.objects.filter(case=made.case, scope=scope)
        if scope == Scope.DISCLOSURE:
            scopes = scopes.filter(organisation=world.ngo.id)
        actions.withdraw_consent(
            case_id=made.case.id, scope_ids=[one.id for one in scopes], form=WithdrawalForm.ORAL, words="აღარ",
            by=world.worker.who,
        )  # fmt: skip
    ended = {
        part.organisation_id: Disclosure.objects.get(id=part.disclosure_id).ended_at is not None
        for part in ReportPart.objects.all()
    }
    assert ended == {world.ngo.id: True, world.clinic.id: scope == Scope.REINTEGRATION}


@pytest.mark.clause("S0.1", "S7.9")
def test_work_done_is_reported_and_paid_after_a_withdrawal(world: World) -> None:
    made = second_half.run(world)
    scopes = ConsentScope.objects.filter(case=made.case, scope=Scope.REINTEGRATION)
    actions.withdraw_consent(
        case_id=made.case.id, scope_ids=[one.id for one in scopes], form=WithdrawalForm.ORAL, words="აღარ",
        by=world.worker.who,
    )  # fmt: skip
    assert made.fresh().stage == Stage.REINTEGRATION_CONSENT
    pay(world, made, 20_00)
    with on(dt.date(2024, 2, 1)):
        assert send(world, made, JANUARY).state == "sent"


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
