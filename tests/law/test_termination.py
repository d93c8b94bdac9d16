"""How a plan ends: expiry, a written request, gross and repeated violation; an end in fact takes two."""

import datetime as dt

import pytest

from gza.law import termination as rules
from gza.law.delegation import Capacity, Delegation
from gza.law.termination import Violation

MAY, JUNE, JULY = dt.date(2024, 5, 6), dt.date(2024, 6, 3), dt.date(2024, 7, 1)
POWERS = [Delegation(Capacity.DIRECTOR, MAY)]
FIRST = Violation(on=MAY, gross=True, heard=True, warned_on=JUNE)
AGAIN = Violation(on=JULY, gross=True, heard=True)


@pytest.mark.clause("S7.12", "S7.10")
def test_a_term_has_expired_once_its_last_day_is_over():
    assert not rules.expired(ends_on=MAY, on=MAY)
    assert rules.expired(ends_on=MAY, on=MAY + dt.timedelta(days=1))
    assert "06.05.2024" in rules.expired(ends_on=MAY, on=MAY).message.ka


@pytest.mark.clause("S7.12")
def test_only_a_plan_in_force_is_ended():
    assert rules.running(in_force=True)
    assert rules.running(in_force=False).code == "termination.nothing_runs"


@pytest.mark.clause("S7.12")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"has_file": False}, ""),
        ({"text": ""}, ""),
        ({"has_file": False, "text": " "}, "termination.request_not_written"),
        ({"changed_need": " "}, "termination.no_changed_need"),
        ({"in_force": False}, "termination.nothing_runs"),
    ],
)
def test_a_request_is_written_and_states_the_changed_need(said, code):
    facts = {"in_force": True, "has_file": True, "text": "გთხოვთ", "changed_need": "სამუშაო იპოვა", **said}
    assert getattr(rules.may_request_end(**facts), "code", "") == code


@pytest.mark.clause("S7.12")
def test_one_request_waits_at_a_time():
    assert rules.asked_once(waits=False)
    assert not rules.asked_once(waits=True)


@pytest.mark.clause("S7.12", "G5")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, ""),
        ({"delegations": []}, "delegation.none"),
        ({"in_force": False}, "termination.nothing_runs"),
        ({"waits": False}, "termination.no_request"),
        ({"reasons": " "}, "termination.no_reasons"),
    ],
)
def test_the_fund_answers_a_waiting_request_with_reasons(said, code):
    facts = {"in_force": True, "waits": True, "reasons": "ასე ჯობს", "delegations": POWERS, "on": JUNE, **said}
    assert getattr(rules.may_decide_request(**facts), "code", "") == code


@pytest.mark.clause("S7.12")
def test_how_many_gross_violations_there_are_is_said_for_any_number():
    refused = rules.gross_and_repeated(violations=[FIRST])
    assert refused.message.en.endswith("gross violations on record: 1.")
    assert "1 უხეში დარღვევა" in refused.message.ka


@pytest.mark.clause("S7.12")
@pytest.mark.parametrize(
    ("violations", "code"),
    [
        ([FIRST, AGAIN], ""),
        ([], "termination.not_gross_and_repeated"),
        ([FIRST], "termination.not_gross_and_repeated"),
        ([FIRST, Violation(on=JULY, gross=False, heard=True)], "termination.not_gross_and_repeated"),
        ([FIRST, Violation(on=JULY, gross=True)], "termination.not_heard"),
        ([Violation(on=MAY, gross=True, heard=True), AGAIN], "termination.not_warned"),
        ([FIRST, Violation(on=JUNE, gross=True, heard=True)], "termination.not_warned"),
        ([Violation(on=MAY, gross=False, heard=True, warned_on=JUNE), FIRST, AGAIN], ""),
    ],
)
def test_violation_ends_a_plan_when_gross_repeated_heard_and_warned_of(violations, code):
    facts = {"in_force": True, "violations": violations, "reasons": "ორჯერ", "delegations": POWERS, "on": JULY}
    assert getattr(rules.may_end_for_violation(**facts), "code", "") == code
    if not code:
        assert not rules.may_end_for_violation(**{**facts, "delegations": []})
        assert not rules.may_end_for_violation(**{**facts, "reasons": ""})


@pytest.mark.clause("S7.12")
def test_a_violation_that_is_not_gross_needs_no_hearing_to_be_counted_out():
    small = Violation(on=JUNE, gross=False)
    assert rules.heard(violations=[FIRST, small, AGAIN])


@pytest.mark.clause("S7.12")
def test_a_hearing_has_words_and_a_warning_follows_it_once():
    assert rules.hearing(words="ავად ვიყავი")
    assert not rules.hearing(words="  ")
    assert rules.warning(heard_before=True, warned_before=False, words="კიდევ თუ განმეორდა")
    assert rules.warning(heard_before=False, warned_before=False, words="x").code == "termination.warned_unheard"
    assert rules.warning(heard_before=True, warned_before=True, words="x").code == "termination.warned_already"
    assert rules.warning(heard_before=True, warned_before=False, words="").code == "termination.warning_empty"


@pytest.mark.clause("S7.12")
def test_an_end_in_fact_takes_two_people_and_waits_once():
    assert rules.another_person(recorded_by_same=False)
    assert not rules.another_person(recorded_by_same=True)
    assert rules.still_waiting(settled=False)
    assert not rules.still_waiting(settled=True)
    assert rules.recorded_once(waits=False)
    assert not rules.recorded_once(waits=True)
    assert rules.not_closed_yet(case_ended=False)
    assert not rules.not_closed_yet(case_ended=True)


@pytest.mark.clause("S7.12", "G1")
def test_an_end_in_fact_is_always_recorded_and_flagged_where_it_lacks_proof():
    assert rules.in_fact(has_evidence=True, by_annulment=False, status_in_force=True).flags == ()
    assert rules.in_fact(has_evidence=True, by_annulment=True, status_in_force=False).flags == ()
    both = rules.in_fact(has_evidence=False, by_annulment=True, status_in_force=True)
    assert both.flags == (rules.NO_EVIDENCE, rules.STATUS_STANDS)


@pytest.mark.clause("S7.12", "S5.6")
def test_money_left_at_the_end_is_flagged():
    assert rules.money_left(unspent_tetri=0).flags == ()
    assert rules.money_left(unspent_tetri=1).flags == (rules.UNSPENT,)


@pytest.mark.clause("S7.12")
def test_taking_back_and_closing_say_why():
    assert rules.explained(reason="შეცდომა იყო")
    assert not rules.explained(reason=" ")
