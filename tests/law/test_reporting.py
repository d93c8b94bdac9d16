"""The year of a plan: what is due when, what may be paid, what is only flagged, what an organisation gets."""

import datetime as dt

import pytest

from gza.law import reporting
from gza.law.consent import Consent, Scope
from gza.law.lifecycles import ReportState

START, LAST = dt.date(2024, 1, 17), dt.date(2025, 1, 16)
JANUARY, FEBRUARY, JUNE = dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 6, 1)
CONSENTS = [Consent(Scope.REINTEGRATION, START), Consent(Scope.DISCLOSURE, START, organisation="a")]


@pytest.mark.clause("S7.9")
def test_a_report_is_due_for_every_month_of_the_plan_and_for_none_before():
    due = reporting.months(starts_on=START, last_on=LAST)
    assert due[0] == JANUARY
    assert due[-1] == dt.date(2025, 1, 1)
    assert len(due) == 13
    assert reporting.months(starts_on=None, last_on=None) == ()
    assert reporting.within_plan(month=JANUARY, months=due)
    assert reporting.within_plan(month=dt.date(2023, 12, 1), months=due).code == "reporting.no_month_of_plan"
    assert not reporting.within_plan(month=dt.date(2025, 2, 1), months=due)


@pytest.mark.clause("S7.9")
def test_partial_months_at_either_end_count():
    assert reporting.months(starts_on=dt.date(2024, 3, 31), last_on=dt.date(2024, 4, 1)) == (
        dt.date(2024, 3, 1),
        dt.date(2024, 4, 1),
    )
    ends = {"starts_on": START, "last_on": LAST}
    assert reporting.period(month=JANUARY, **ends) == (START, dt.date(2024, 1, 31))
    assert reporting.period(month=FEBRUARY, **ends) == (FEBRUARY, dt.date(2024, 2, 29))
    assert reporting.period(month=dt.date(2025, 1, 1), **ends) == (dt.date(2025, 1, 1), LAST)


@pytest.mark.clause("G3", "S7.9")
def test_a_case_taken_over_owes_reports_from_take_over_on():
    due = reporting.months(starts_on=START, last_on=LAST, reports_from=dt.date(2024, 6, 11))
    assert due[0] == JUNE
    assert not reporting.within_plan(month=FEBRUARY, months=due)
    period = reporting.period(month=JUNE, starts_on=START, last_on=LAST, reports_from=dt.date(2024, 6, 11))
    assert period[0] == dt.date(2024, 6, 11)


@pytest.mark.clause("S7.9")
def test_a_report_is_written_once_its_month_has_begun():
    assert reporting.begun(month=FEBRUARY, today=FEBRUARY)
    assert reporting.begun(month=FEBRUARY, today=dt.date(2024, 1, 31)).code == "reporting.month_not_begun"


@pytest.mark.clause("S7.9")
def test_a_report_is_sent_from_the_last_day_it_reports_on():
    last = dt.date(2024, 2, 29)
    assert reporting.over(last_on=last, sent_on=last)
    assert reporting.over(last_on=last, sent_on=dt.date(2024, 2, 28)).code == "reporting.month_not_over"


@pytest.mark.clause("S7.9")
def test_a_report_says_what_was_done():
    assert reporting.tells(work_done="არაფერი: ბენეფიციარი ავად იყო")
    assert reporting.tells(work_done=" \n").code == "reporting.says_nothing"


@pytest.mark.clause("S7.9", "G2")
def test_a_sent_report_is_not_changed_but_corrected():
    assert reporting.unsent(state=ReportState.DRAFT)
    assert not reporting.unsent(state=ReportState.READ)
    assert reporting.unsent(state=ReportState.SENT).code == "reporting.sent_already"
    assert reporting.was_sent(state=ReportState.SENT)
    assert reporting.was_sent(state=ReportState.READ)
    assert reporting.was_sent(state=ReportState.DRAFT).code == "reporting.not_sent"


@pytest.mark.clause("S7.9", "G1")
def test_a_late_report_is_taken_and_flagged():
    due = dt.date(2024, 3, 7)
    assert reporting.punctual(due_on=due, sent_on=due).flags == ()
    assert reporting.punctual(due_on=due, sent_on=due + dt.timedelta(days=1)).flags == ("reporting.late",)


@pytest.mark.clause("S7.9")
def test_a_payment_never_passes_what_is_left():
    assert reporting.within_commitment(amount_tetri=500_00, left_tetri=500_00)
    refused = reporting.within_commitment(amount_tetri=500_01, left_tetri=500_00)
    assert refused.code == "reporting.payment_over"
    assert "GEL\u00a0500 is left, GEL\u00a0500.01 is given" in refused.message.en
    assert "დარჩენილია 500\u00a0₾, მითითებულია 500,01\u00a0₾" in refused.message.ka
    assert not reporting.within_commitment(amount_tetri=1, left_tetri=-5)


@pytest.mark.clause("S7.9")
@pytest.mark.parametrize("amount", [0, -1])
def test_expenditure_is_of_an_amount(amount: int):
    assert reporting.an_amount(amount_tetri=1)
    assert reporting.an_amount(amount_tetri=amount).code == "reporting.no_amount"
    assert not reporting.may_pay(amount_tetri=amount, left_tetri=100, paid_on=START, decided_on=START)
    assert not reporting.may_invoice(amount_tetri=amount, left_tetri=100)


@pytest.mark.clause("S7.9", "G1")
def test_an_invoice_is_recorded_whatever_it_asks():
    assert reporting.invoiced(amount_tetri=500_00, left_tetri=500_00).flags == ()
    assert reporting.invoiced(amount_tetri=500_01, left_tetri=500_00).flags == ("reporting.invoice_over",)
    assert reporting.invoiced(amount_tetri=1, left_tetri=None).flags == ("reporting.invoice_without_decision",)


@pytest.mark.clause("S5.6", "G1")
def test_money_paid_before_the_decision_is_flagged():
    assert reporting.paid_in_order(paid_on=START, decided_on=START).flags == ()
    assert reporting.paid_in_order(paid_on=JANUARY, decided_on=START).flags == ("reporting.paid_before_decision",)


@pytest.mark.clause("S7.3", "S7.8", "S7.10", "G1")
@pytest.mark.parametrize(
    ("on", "in_plan", "flags"),
    [
        (START, True, ()),
        (LAST, True, ()),
        (dt.date(2024, 1, 16), True, ("reporting.delivered_without_plan",)),
        (dt.date(2025, 1, 17), True, ("reporting.delivered_after_end",)),
        (START, False, ("reporting.delivered_outside_plan",)),
        (dt.date(2025, 1, 17), False, ("reporting.delivered_after_end", "reporting.delivered_outside_plan")),
    ],
)
def test_a_service_given_is_always_recorded_and_flagged_where_the_plan_does_not_hold_it(on, in_plan, flags):
    assert reporting.delivered(on=on, starts_on=START, last_on=LAST, in_plan=in_plan).flags == flags
    assert reporting.delivered(on=on, starts_on=None, last_on=None, in_plan=True).flags == (
        "reporting.delivered_without_plan",
    )


@pytest.mark.clause("S0.1", "G1")
def test_a_service_given_without_consent_is_recorded_and_flagged():
    asked = {"on": LAST, "starts_on": START, "last_on": LAST, "in_plan": True}
    assert reporting.may_record_delivery(consents=CONSENTS, **asked).flags == ()
    assert reporting.may_record_delivery(consents=[], **asked).flags == ("consent.missing_at_service",)


@pytest.mark.clause("S6.1", "S7.9")
def test_an_organisation_gets_its_own_part_alone():
    assert reporting.own_part(organisation="a", concerns=["a", "a"])
    assert reporting.own_part(organisation="a", concerns=[])
    assert reporting.own_part(organisation="a", concerns=["a", "b"]).code == "reporting.foreign_part"


@pytest.mark.clause("S0.1", "S7.9")
def test_a_part_goes_only_to_an_organisation_that_a_consent_in_force_names():
    assert reporting.may_send_part(consents=CONSENTS, organisation="a", concerns=["a"], on=LAST)
    asked = {"consents": CONSENTS, "concerns": [], "on": LAST}
    assert reporting.may_send_part(organisation="b", **asked).code == "consent.disclosure_missing"
    gone = [Consent(Scope.DISCLOSURE, START, organisation="a", withdrawn_on=JUNE)]
    assert not reporting.may_send_part(consents=gone, organisation="a", concerns=["a"], on=JUNE)


@pytest.mark.clause("S7.9", "G3", "G2")
def test_sending_asks_every_rule_of_it():
    due = reporting.months(starts_on=START, last_on=LAST)
    asked = {
        "month": FEBRUARY, "months": due, "state": ReportState.DRAFT, "last_on": dt.date(2024, 2, 29),
        "due_on": dt.date(2024, 3, 7), "sent_on": dt.date(2024, 3, 8), "work_done": "კურსი",
    }  # fmt: skip
    assert reporting.may_send(**asked).flags == ("reporting.late",)
    wrong = {
        "reporting.no_month_of_plan": {"month": dt.date(2026, 1, 1)},
        "reporting.sent_already": {"state": ReportState.SENT},
        "reporting.month_not_over": {"sent_on": FEBRUARY},
        "reporting.says_nothing": {"work_done": ""},
    }
    for code, extra in wrong.items():
        assert reporting.may_send(**{**asked, **extra}).code == code
    writing = {"month": FEBRUARY, "months": due, "state": ReportState.DRAFT, "today": FEBRUARY}
    assert reporting.may_write(**writing)
    assert not reporting.may_write(**{**writing, "today": JANUARY})
    assert not reporting.may_write(**{**writing, "months": ()})
    assert not reporting.may_write(**{**writing, "state": ReportState.READ})


@pytest.mark.clause("S7.9")
def test_why_a_part_was_not_sent_can_be_said():
    assert reporting.refusal("consent.disclosure_missing").clause == "S0.1"
    assert reporting.refusal(reporting.NO_KEY.code).message.en
