"""Months and working days, computed once and in Python, since the databases differ at the end of February."""

import calendar
import datetime as dt
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import holidays

_CORRECTIONS = Path(__file__).parent / "data" / "holidays.toml"


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month ``months`` later, or the last day of that month when it has none such."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(start: dt.date, months: int) -> dt.date:
    """The last day of a term of ``months`` that begins on ``start``: the day before its anniversary.

    A term begun on 29 February ends on 27 February of a year without one: never longer than the term.
    """
    return add_months(start, months) - dt.timedelta(days=1)


@lru_cache(maxsize=1)
def _corrections() -> dict[str, list[dict[str, Any]]]:
    with _CORRECTIONS.open("rb") as file:
        return tomllib.load(file)


def _added(row: dict[str, Any], year: int) -> dt.date | None:
    if "date" in row:
        return row["date"] if row["date"].year == year else None
    if not row.get("from", year) <= year <= row.get("until", year):
        return None
    month, day = row["md"].split("-")
    return dt.date(year, int(month), int(day))


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[dt.date]:
    computed = set(holidays.country_holidays("GE", years=year))
    table = _corrections()
    added = {day for row in table.get("add", []) if (day := _added(row, year))}
    return frozenset((computed | added) - {row["date"] for row in table.get("remove", [])})


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and no public holiday of Georgia.

    Labour Code; moveable days by Orthodox Easter; corrected by the office in ``data/holidays.toml``.
    """
    return day.weekday() < 5 and day not in _holidays(day.year)  # noqa: PLR2004 (Saturday is 5)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The day ``count`` working days after ``day``; ``count`` is not negative."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day
