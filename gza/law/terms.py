"""Terms in months, computed once and in Python, since databases differ at the end of February."""

import calendar
import datetime as dt


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month ``months`` later, or the last day of that month when it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(start: dt.date, months: int) -> dt.date:
    """The last day of a term of ``months`` that begins on ``start``: the day before its anniversary.

    A term begun on 29 February ends on 27 February of a year without one: never longer than the term.
    """
    return add_months(start, months) - dt.timedelta(days=1)
