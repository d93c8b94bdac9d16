"""Deliver within: late only after the window, nothing expected before it. Throughout: silent after a half-year."""

import datetime as dt

import pytest

from gza.nap.document import Activity, Plan
from gza.nap.timelines import Half, Records, State, halves, standing

pytestmark = pytest.mark.clause("N0.3")


@pytest.fixture
def activities(plan: Plan) -> dict[str, Activity]:
    return {one.id: one for one in plan.activities}


def test_the_plan_has_four_half_years(plan: Plan) -> None:
    assert [first.isoformat() for first, _ in halves(plan)] == ["2019-01-01", "2019-07-01", "2020-01-01", "2020-07-01"]


@pytest.mark.parametrize(
    ("day", "state", "bars"),
    [
        ("2018-12-31", State.AHEAD, "none none none open"),
        ("2020-06-30", State.AHEAD, "none none none open"),
        ("2020-07-01", State.OPEN, "none none none open"),
        ("2020-12-31", State.OPEN, "none none none open"),
        ("2021-01-01", State.LATE, "none none none missed"),
    ],
)
def test_deliver_within_one_half_year(
    plan: Plan, activities: dict[str, Activity], day: str, state: State, bars: str
) -> None:
    found = standing(plan, activities["2.2.3"], today=dt.date.fromisoformat(day))
    assert (found.state, " ".join(found.halves)) == (state, bars)


def test_deliver_within_two_half_years_misses_nothing_before_the_second_ends(
    plan: Plan, activities: dict[str, Activity]
) -> None:
    found = standing(plan, activities["2.1.1"], today=dt.date(2019, 10, 1))
    assert (found.state, found.halves[:2], found.days_left) == (State.OPEN, (Half.OPEN, Half.OPEN), 91)
    found = standing(plan, activities["2.1.1"], today=dt.date(2020, 1, 10))
    assert (found.state, found.halves, found.days_late) == (
        State.LATE, (Half.MISSED, Half.MISSED, Half.NONE, Half.NONE), 10,
    )  # fmt: skip


def test_what_is_delivered_is_never_late(plan: Plan, activities: dict[str, Activity]) -> None:
    records = Records(delivered=frozenset({"2.1.1"}))
    found = standing(plan, activities["2.1.1"], today=dt.date(2022, 1, 1), records=records)
    assert (found.state, found.flags, found.halves[0]) == (State.DONE, (), Half.DONE)


def test_throughout_is_silent_half_year_by_half_year(plan: Plan, activities: dict[str, Activity]) -> None:
    meetings = activities["2.1.8"]
    assert standing(plan, meetings, today=dt.date(2019, 6, 30)).state == State.OPEN
    found = standing(plan, meetings, today=dt.date(2019, 7, 1))
    assert (found.state, found.silent, " ".join(found.halves)) == (State.SILENT, 1, "missed open open open")
    records = Records(spoke_on={"2.1.8": [dt.date(2019, 3, 1), dt.date(2019, 8, 1)]})
    found = standing(plan, meetings, today=dt.date(2019, 9, 1), records=records)
    assert (found.state, found.silent, " ".join(found.halves)) == (State.OPEN, 0, "done going open open")


def test_throughout_is_never_late_only_over(plan: Plan, activities: dict[str, Activity]) -> None:
    days = [first for first, _ in halves(plan)]
    records = Records(spoke_on={"2.1.8": days})
    found = standing(plan, activities["2.1.8"], today=dt.date(2021, 1, 1), records=records)
    assert (found.state, found.flags, set(found.halves)) == (State.OVER, (), {Half.DONE})
