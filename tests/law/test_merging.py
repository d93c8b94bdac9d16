"""Two cases of one person: one ceiling, both histories."""

import pytest

from gza.law import merging as rules


@pytest.mark.clause("S5.6")
def test_two_cases_are_joined_once_for_a_reason():
    assert rules.two_cases(same=False, joined=False)
    assert rules.two_cases(same=True, joined=False).code == "merging.itself"
    assert rules.two_cases(same=False, joined=True).code == "merging.already"
    assert rules.reasoned(reasons="პირადი ნომერი ერთია")
    assert not rules.reasoned(reasons=" ")


@pytest.mark.clause("S5.6")
def test_a_merge_is_undone_once():
    assert rules.still_joined(undone=False)
    assert not rules.still_joined(undone=True)


@pytest.mark.clause("S5.6", "S7.10", "G1")
def test_money_past_the_ceiling_and_a_second_plan_are_flagged_and_not_refused():
    assert rules.merged(over_tetri=0, plans_open=1).flags == ()
    assert rules.merged(over_tetri=1, plans_open=1).flags == (rules.OVER_CEILING,)
    assert rules.merged(over_tetri=0, plans_open=2).flags == (rules.TWO_PLANS,)
