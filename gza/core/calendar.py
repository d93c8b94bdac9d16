"""Working days of Georgia; the arithmetic of months is the law's."""

import datetime as dt
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import holidays

from gza.law.terms import add_months, last_day

__all__ = ["add_months", "add_working_days", "is_working_day", "last_day"]

_CORRECTIONS = Path(__file__).parent / "data" / "holidays.toml"


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
