"""After the end: the notice with how to complain, closing, opening again, a later plan."""

import datetime as dt

import pytest

from gza.law import closing as rules
from gza.law.delegation import Capacity, Delegation

MAY = dt.date(2024, 5, 6)
POWERS = [Delegation(Capacity.DIRECTOR, MAY)]
POST, TELEPHONE = "თბილისი, წერეთლის 144", "116 006"
NOTICE = f"გეგმა დასრულდა. გასაჩივრება: {POST}, {TELEPHONE}."
TOLD = {"ended": True, "handed": True, "text": NOTICE, "why_not": "", "post": POST, "telephone": TELEPHONE}
CLOSING = {
    "case_ended": False, "plan_open": False, "had_plan": True, "notified": True, "settled": True,
    "consent_in_force": True, "duplicate": False, "reason": "გზა გავლილია",
}  # fmt: skip
AGAIN = {"case_ended": False, "ended": True, "notified": True, "reasons": "სჭირდება", "delegations": POWERS, "on": MAY}


@pytest.mark.clause("S7.12")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, ""),
        ({"ended": False}, "closing.not_ended"),
        ({"text": ""}, "closing.notice_unwritten"),
        ({"text": "გეგმა დასრულდა."}, "closing.complaint_unnamed"),
        ({"text": f"გეგმა დასრულდა. {POST}"}, "closing.complaint_unnamed"),
        ({"post": ""}, "closing.complaint_unnamed"),
        ({"telephone": " "}, "closing.complaint_unnamed"),
        ({"handed": False}, "closing.not_told"),
        ({"handed": False, "text": "", "post": "", "why_not": "უსაფრთხო არ არის"}, ""),
    ],
)
def test_the_beneficiary_is_told_in_writing_with_how_to_complain_or_why_not_is_recorded(said, code):
    assert getattr(rules.may_tell(**{**TOLD, **said}), "code", "") == code


@pytest.mark.clause("S7.12")
def test_a_notice_that_could_not_be_handed_over_is_shown_to_the_coordinator():
    assert rules.told_in_writing(handed=False, text="", why_not="გარდაიცვალა").flags == (rules.UNTOLD,)
    assert rules.told_in_writing(handed=True, text=NOTICE, why_not="").flags == ()


@pytest.mark.clause("S7.12", "S7.11", "S0.1")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, ""),
        ({"case_ended": True}, "termination.case_ended"),
        ({"plan_open": True}, "closing.plan_open"),
        ({"notified": False}, "closing.not_told"),
        ({"settled": False}, "closing.follow_up_open"),
        ({"reason": ""}, "termination.unexplained"),
        ({"had_plan": False}, "closing.still_served"),
        ({"had_plan": False, "consent_in_force": False, "notified": False, "settled": False}, ""),
        ({"had_plan": False, "duplicate": True}, ""),
    ],
)
def test_a_case_is_closed_after_plan_notice_and_follow_up_or_when_nothing_is_wanted(said, code):
    assert getattr(rules.may_close(**{**CLOSING, **said}), "code", "") == code


@pytest.mark.clause("S7.11")
def test_only_a_closed_case_is_opened_again_and_with_its_reason():
    assert rules.may_reopen(case_ended=True, reason="დაბრუნდა")
    assert rules.may_reopen(case_ended=False, reason="დაბრუნდა").code == "closing.not_closed"
    assert rules.may_reopen(case_ended=True, reason="").code == "termination.unexplained"


@pytest.mark.clause("S7.10", "G5")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, ""),
        ({"delegations": []}, "delegation.none"),
        ({"case_ended": True}, "termination.case_ended"),
        ({"ended": False}, "closing.not_ended"),
        ({"notified": False}, "closing.not_told"),
        ({"reasons": ""}, "termination.no_reasons"),
    ],
)
def test_a_later_plan_is_the_funds_decision_with_reasons(said, code):
    assert getattr(rules.may_plan_again(**{**AGAIN, **said}), "code", "") == code


@pytest.mark.clause("S7.10")
def test_a_second_plan_is_not_begun_without_that_decision():
    assert rules.later_decided(plans_ended=0, later_plans_decided=0)
    assert rules.later_decided(plans_ended=1, later_plans_decided=0).clause == "S7.10"
    assert rules.later_decided(plans_ended=1, later_plans_decided=1)
    assert not rules.later_decided(plans_ended=2, later_plans_decided=1)
