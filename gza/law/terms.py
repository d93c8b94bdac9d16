"""Months and working days, computed once and in Python, since databases differ at the end of February."""

import calendar
import datetime as dt
from functools import lru_cache

import holidays


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month ``months`` later, or the last day of that month when it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(start: dt.date, months: int) -> dt.date:
    """The last day of a term of ``months`` that begins on ``start``: the day before its anniversary.

    A term begun on 29 February ends on 27 February of a year without one: never longer than the term.
    """
    return add_months(start, months) - dt.timedelta(days=1)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GE", years=year))


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and no public holiday of Georgia (Labour Code; moveable days by Orthodox Easter)."""
    return day.weekday() < 5 and day not in _holidays(day.year)  # noqa: PLR2004 (Saturday is 5)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The day ``count`` working days after ``day``; ``count`` is not negative."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day
