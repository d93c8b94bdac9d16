"""Two cases of one person: one ceiling, both histories."""

import pytest

from gza.law import merging as rules

MERGE = {"same": False, "joined": False, "reasons": "პირადი ნომერი", "over_tetri": 0, "plans_open": 1}


@pytest.mark.clause("S5.6", "G1")
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({}, ()),
        ({"same": True}, "merging.itself"),
        ({"joined": True}, "merging.already"),
        ({"reasons": " "}, "merging.unreasoned"),
        ({"over_tetri": 1}, (rules.OVER_CEILING,)),
        ({"plans_open": 2}, (rules.TWO_PLANS,)),
        ({"over_tetri": 1, "plans_open": 2}, (rules.OVER_CEILING, rules.TWO_PLANS)),
    ],
)
def test_two_cases_are_joined_once_for_a_reason_and_what_it_shows_is_flagged(said, answer):
    verdict = rules.may_merge(**{**MERGE, **said})
    assert (verdict.flags if verdict else verdict.code) == answer


@pytest.mark.clause("S5.6")
def test_a_merge_is_undone_once():
    assert rules.still_joined(undone=False)
    assert not rules.still_joined(undone=True)
