"""Terms in months, computed once and in Python, since databases differ at the end of February; sums in words."""

import calendar
import datetime as dt

NBSP = "\u00a0"


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month ``months`` later, or the last day of that month when it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(start: dt.date, months: int) -> dt.date:
    """The last day of a term of ``months`` that begins on ``start``: the day before its anniversary.

    A term begun on 29 February ends on 27 February of a year without one: never longer than the term.
    """
    return add_months(start, months) - dt.timedelta(days=1)


def money(tetri: int, language: str) -> str:
    """``1 340,50 ₾`` in Georgian, ``GEL 1,340.50`` in English; whole lari without decimals; unbreakable."""
    sign, whole, rest = "-" if tetri < 0 else "", abs(tetri) // 100, abs(tetri) % 100
    if language == "ka":
        digits = f"{whole:,}".replace(",", NBSP) + (f",{rest:02d}" if rest else "")
        return f"{sign}{digits}{NBSP}₾"
    return f"GEL{NBSP}{sign}{whole:,}" + (f".{rest:02d}" if rest else "")
