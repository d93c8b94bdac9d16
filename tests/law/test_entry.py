"""Writing down what happened."""

import datetime as dt

import pytest

from gza.law import entry
from gza.law.verdicts import ALLOWED, DENIALS, Allowed, Text

MAY, JUNE = dt.date(2024, 5, 6), dt.date(2024, 6, 3)
DAY = dt.timedelta(days=1)
STATUS, DESIGNATION, CONSENT = Text("სტატუსი", "status"), Text("დანიშვნა", "designation"), Text("თანხმობა", "consent")


@pytest.mark.clause("G1")
def test_what_happened_is_recorded_and_what_the_law_would_have_refused_is_flagged():
    refused = DENIALS["consent.rehabilitation_missing"]
    verdict = entry.recorded(verdicts=[refused, ALLOWED, Allowed(("rehabilitation.charged",)), refused])
    assert verdict
    assert verdict.flags == ("consent.rehabilitation_missing", "rehabilitation.charged")


@pytest.mark.clause("G2")
def test_what_is_recorded_has_happened():
    assert entry.not_future(happened_on=MAY, today=MAY)
    assert entry.not_future(happened_on=MAY + DAY, today=MAY).code == "entry.future"


@pytest.mark.clause("G2")
@pytest.mark.parametrize("year", [24, 202, 1024, 1899])
def test_an_absurd_century_is_refused_with_the_year_it_names(year):
    verdict = entry.sane_century(day=dt.date(year, 5, 6), today=MAY)
    assert verdict.code == "entry.century"
    assert str(year) in verdict.message.ka
    assert "1900" in verdict.message.en


@pytest.mark.clause("G2")
def test_the_century_of_a_living_person_is_accepted():
    assert entry.sane_century(day=dt.date(1900, 1, 1), today=MAY)


@pytest.mark.clause("G2")
def test_a_late_entry_gives_a_reason_and_is_marked():
    late = {"happened_on": MAY, "recorded_on": MAY + 4 * DAY}
    assert entry.lateness_explained(happened_on=MAY, recorded_on=MAY + 3 * DAY, reason="").flags == ()
    refused = entry.lateness_explained(**late, reason=" ")
    assert refused.code == "entry.late"
    assert "4" in refused.message.ka
    assert entry.lateness_explained(**late, reason="in hospital").flags == ("entry.recorded_late",)


@pytest.mark.clause("G2")
def test_a_form_asks_for_the_reason_only_when_the_rule_does():
    for days in range(8):
        late = entry.is_late(happened_on=MAY, recorded_on=MAY + days * DAY)
        allowed = entry.lateness_explained(happened_on=MAY, recorded_on=MAY + days * DAY, reason="")
        assert late is not bool(allowed)


@pytest.mark.clause("G2")
def test_dates_follow_each_other():
    assert entry.follows(first=STATUS, first_on=MAY, then=DESIGNATION, then_on=MAY)
    verdict = entry.follows(first=STATUS, first_on=JUNE, then=DESIGNATION, then_on=MAY)
    assert verdict.code == "entry.order"
    assert "დანიშვნა" in verdict.message.ka
    assert "status" in verdict.message.en


@pytest.mark.clause("G2")
def test_a_chain_of_dates_passes_over_what_is_not_known():
    assert entry.in_order(steps=[(STATUS, MAY), (DESIGNATION, None), (CONSENT, JUNE)])
    verdict = entry.in_order(steps=[(STATUS, JUNE), (DESIGNATION, None), (CONSENT, MAY)])
    assert "consent" in verdict.message.en
    assert entry.in_order(steps=[])


@pytest.mark.clause("G2")
def test_what_lasted_some_days_has_ended_after_it_began():
    assert entry.lasting(first_on=MAY, last_on=None, today=JUNE)
    assert entry.lasting(first_on=MAY, last_on=MAY, today=JUNE)
    assert entry.lasting(first_on=MAY, last_on=MAY - DAY, today=JUNE).code == "entry.order"
    assert entry.lasting(first_on=MAY, last_on=JUNE + DAY, today=JUNE).code == "entry.future"


@pytest.mark.clause("G2")
def test_a_correction_says_what_the_mistake_was():
    assert entry.may_correct(reason="wrong month", corrected_already=False)
    assert entry.correction_explained(reason=" ").code == "entry.correction_unexplained"
    assert entry.correction_explained(reason="wrong month")


@pytest.mark.clause("G2")
def test_the_newest_entry_is_corrected():
    assert entry.newest_corrected(corrected_already=False)
    assert entry.newest_corrected(corrected_already=True).code == "entry.corrected_already"


@pytest.mark.clause("G2")
def test_the_date_of_an_entry_asks_every_rule_of_it():
    assert entry.may_enter(happened_on=MAY, today=MAY, reason="")
    assert entry.may_enter(happened_on=MAY + DAY, today=MAY, reason="").code == "entry.future"
    assert entry.may_enter(happened_on=dt.date(1024, 5, 6), today=MAY, reason="typed").code == "entry.century"
    assert entry.may_enter(happened_on=MAY - 9 * DAY, today=MAY, reason="").code == "entry.late"


@pytest.mark.clause("G3")
def test_before_take_over_past_order_flags_and_after_it_refuses():
    refused = DENIALS["designation.before_status"]
    before = entry.past_order(verdict=refused, happened_on=MAY, taken_over_on=JUNE)
    assert before == Allowed(("designation.before_status",))
    assert entry.past_order(verdict=refused, happened_on=JUNE + DAY, taken_over_on=JUNE) is refused
    assert entry.past_order(verdict=refused, happened_on=MAY, taken_over_on=None) is refused
    kept = Allowed(("entry.recorded_late",))
    assert entry.past_order(verdict=kept, happened_on=MAY, taken_over_on=JUNE) is kept


@pytest.mark.clause("G3")
def test_a_case_is_taken_over_with_its_evidence():
    assert entry.evidenced(has_evidence=True)
    assert entry.evidenced(has_evidence=False).clause == "G3"


@pytest.mark.clause("G3")
def test_a_case_is_taken_over_with_its_opening_balance():
    assert entry.balanced(opening_balance_tetri=0)
    assert not entry.balanced(opening_balance_tetri=None)
    assert not entry.balanced(opening_balance_tetri=-1)


@pytest.mark.clause("G3", "S5.6")
def test_a_balance_above_the_ceiling_is_a_fact_and_flagged():
    assert entry.taken_over(opening_balance_tetri=200_000, on=MAY).flags == ("takeover.taken_over",)
    assert "takeover.over_ceiling" in entry.taken_over(opening_balance_tetri=200_001, on=MAY).flags


@pytest.mark.clause("G3")
def test_taking_over_asks_every_rule_of_it():
    assert entry.may_take_over(has_evidence=True, opening_balance_tetri=0, on=MAY).flags == ("takeover.taken_over",)
    assert not entry.may_take_over(has_evidence=False, opening_balance_tetri=0, on=MAY)
    assert not entry.may_take_over(has_evidence=True, opening_balance_tetri=None, on=MAY)
