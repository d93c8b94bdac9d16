"""Contact after the plan: as agreed, reviewed, explained where it is not; who turns to us is always heard."""

import datetime as dt

import pytest

from gza.law import followup as rules
from gza.law.lifecycles import FollowUpState

MAY = dt.date(2024, 5, 6)
AGREED = {
    "state": "", "way": "telephone", "method": "დის ნომერზე", "every_days": 30, "hour_from": 10, "hour_to": 18,
    "review_on": dt.date(2024, 8, 6), "on": MAY,
}  # fmt: skip
KEPT = {"state": "agreed", "way": "telephone", "agreed_way": "telephone", "hour": 12, "hour_from": 10, "hour_to": 18}


@pytest.mark.clause("S7.11")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, ""),
        ({"state": "declined"}, ""),
        ({"state": "agreed"}, ""),
        ({"state": "ended"}, ""),
        ({"way": ""}, "followup.incomplete"),
        ({"method": " "}, "followup.incomplete"),
        ({"every_days": None}, "followup.incomplete"),
        ({"hour_from": None, "hour_to": None}, ""),
        ({"hour_from": None}, "followup.hours_backwards"),
        ({"hour_from": 18, "hour_to": 10}, "followup.hours_backwards"),
        ({"hour_to": 25}, "followup.hours_backwards"),
        ({"review_on": None}, "followup.no_review"),
        ({"review_on": MAY}, "followup.no_review"),
        ({"review_on": dt.date(2024, 11, 6)}, ""),
        ({"review_on": dt.date(2024, 11, 7)}, "followup.no_review"),
    ],
)
def test_form_time_and_method_are_agreed_and_a_day_of_review(said, code):
    assert getattr(rules.may_agree(**{**AGREED, **said}), "code", "") == code


@pytest.mark.clause("S7.11")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({}, True),
        ({"way": "visit"}, False),
        ({"hour": 9}, False),
        ({"hour": 18}, False),
        ({"hour": 10}, True),
        ({"hour": None}, True),
        ({"hour_from": None, "hour_to": None, "hour": 23}, True),
        ({"state": "declined"}, False),
        ({"state": "ended"}, False),
    ],
)
def test_a_contact_keeps_to_the_form_and_the_hours_that_were_agreed(said, kept):
    assert rules.is_agreed(**{**KEPT, **said}) is kept


@pytest.mark.clause("S7.11", "G1")
def test_outside_the_agreed_way_a_reason_is_asked_and_the_contact_flagged():
    ours = {"incoming": False, "hour": None}
    assert rules.may_record_contact(**ours, agreed=True, reason="").flags == ()
    assert rules.may_record_contact(**ours, agreed=False, reason="").code == "followup.outside_unexplained"
    assert rules.may_record_contact(**ours, agreed=False, reason="ნომერი გაითიშა").flags == (rules.OUTSIDE,)


@pytest.mark.clause("S7.11", "G1")
def test_who_turns_to_us_is_never_turned_away():
    for agreed in (True, False):
        assert rules.may_record_contact(incoming=True, agreed=agreed, hour=None, reason="").flags == ()


@pytest.mark.clause("S7.11")
def test_the_next_contact_is_counted_from_the_last_one():
    assert rules.next_contact(state=FollowUpState.AGREED, every_days=30, last=MAY) == dt.date(2024, 6, 5)
    assert rules.next_contact(state=FollowUpState.DECLINED, every_days=30, last=MAY) is None
    assert rules.next_contact(state=FollowUpState.AGREED, every_days=None, last=MAY) is None


@pytest.mark.clause("S7.11", "G2")
def test_contact_is_every_so_many_days_and_at_an_hour_of_the_day():
    assert rules.may_agree(**{**AGREED, "every_days": 367}).code == "entry.number"
    assert rules.may_agree(**{**AGREED, "every_days": -1}).code == "entry.number"
    assert rules.may_record_contact(incoming=True, agreed=True, hour=24, reason="").code == "entry.number"
    assert rules.may_record_contact(incoming=True, agreed=True, hour=23, reason="")
