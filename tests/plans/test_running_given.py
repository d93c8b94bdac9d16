"""Money spent within its commitment, services given, and what a month shows of both."""

import datetime as dt

import pytest

from gza.cases.enums import Scope, WithdrawalForm
from gza.cases.errors import Stale
from gza.cases.models import ConsentScope
from gza.plans import actions
from gza.plans.models import Delivery
from gza.plans.queries import running as queries
from tests.cases.factories import World, scan
from tests.cases.support import refused
from tests.plans import second_half
from tests.plans.second_half import on
from tests.plans.year import FEBRUARY, JANUARY, START, pay

pytestmark = [pytest.mark.django_db(databases=["default", "transient"]), pytest.mark.usefixtures("at_the_start")]


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


@pytest.mark.clause("S7.9", "G2")
def test_a_slip_of_the_hand_is_asked_again(world: World) -> None:
    made = second_half.run(world)
    common = {"case_id": made.case.id, "by": world.worker.who}
    for times in (0, 1000):
        with refused("entry.number"):
            actions.record_delivery(service_type="employment", sessions=times, **common)
    for days, code in ((-1, "entry.order"), (1, "entry.future")):
        with refused(code):
            actions.record_delivery(service_type="employment", until=START + dt.timedelta(days=days), **common)
    row = actions.record_delivery(service_type="employment", until=START, **common)
    with refused("entry.number"):
        actions.correct_delivery(row_id=row.id, why="x", sessions=1000, **common)
    with refused("entry.order"):
        actions.correct_delivery(row_id=row.id, why="x", until=START - dt.timedelta(days=1), **common)
    assert Delivery.objects.get().sessions == 1
