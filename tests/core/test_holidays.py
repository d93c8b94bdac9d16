"""Public holidays are computed, then corrected by the office's own table."""

import datetime as dt

import pytest

from gza.core import calendar


@pytest.mark.parametrize("day", [dt.date(2020, 4, 17), dt.date(2020, 4, 20), dt.date(2019, 1, 7), dt.date(2026, 5, 26)])
def test_fixed_and_moveable_holidays_are_no_working_days(day: dt.date) -> None:
    assert not calendar.is_working_day(day)


def test_the_family_day_counts_from_2024_on() -> None:
    assert calendar.is_working_day(dt.date(2023, 5, 17))
    assert not calendar.is_working_day(dt.date(2024, 5, 17))
    assert not calendar.is_working_day(dt.date(2027, 5, 17))


def test_the_table_adds_and_removes_single_days(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"add": [{"date": dt.date(2031, 3, 4)}], "remove": [{"date": dt.date(2031, 1, 7)}]}
    monkeypatch.setattr(calendar, "_corrections", lambda: table)
    calendar._holidays.cache_clear()
    assert not calendar.is_working_day(dt.date(2031, 3, 4))
    assert calendar.is_working_day(dt.date(2031, 1, 7))
    calendar._holidays.cache_clear()


def test_working_days_step_over_easter() -> None:
    assert calendar.add_working_days(dt.date(2020, 4, 16), 1) == dt.date(2020, 4, 21)
