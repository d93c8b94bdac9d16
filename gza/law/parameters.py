"""Numbers of the rules: each with its clause, the days it is in force, its source and our confidence.

They stand in ``parameters.toml``. The value in force on the day of the act applies (G6). Money is in tetri.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .register import CLAUSES
from .rules import rule
from .verdicts import ALLOWED, Text, Verdict, denial

UNITS = ("tetri", "months", "days", "working_days", "hours", "minutes", "count", "year")
CONFIDENCE = ("sourced", "high", "medium")

_OURS = Text("ჩვენი დაცვის ზომა და არა კანონი", "our own safeguard, not the law")
_FILE = Path(__file__).with_name("parameters.toml")


class BadParameters(ValueError):
    """The file of parameters cannot be used: a row is incomplete, or two periods of one name overlap."""


class UnknownParameter(KeyError):
    """There is no parameter of that name."""


class NotInForce(LookupError):
    """The parameter has no value on that day."""


@dataclass(frozen=True)
class Parameter:
    """One value in one period; ``until`` is its last day, None while it has no end.

    ``ours`` marks what we added: the interface never presents it as the law. ``verify`` marks what an
    official should confirm.
    """

    name: str
    amount: int
    unit: str
    clause: str
    since: dt.date
    until: dt.date | None
    confidence: str
    source: Text
    ours: bool
    verify: bool
    title: Text


_NOT_IN_FORCE = denial(
    "parameters.not_in_force", "G6",
    "ამ დღეს ეს რიცხვითი წესი ძალაში არ იყო.",
    "This number was not in force on that day.",
    ("შეამოწმეთ ქმედების თარიღი.", "Check the date of the act."),
)  # fmt: skip


@rule("G6")
def in_force(*, since: dt.date, until: dt.date | None, on: dt.date) -> Verdict:
    """A value applies from its first to its last day, both included."""
    return ALLOWED if since <= on and (until is None or on <= until) else _NOT_IN_FORCE


def _parse(name: str, row: Mapping[str, Any]) -> Parameter:
    try:
        found = Parameter(
            name=name,
            amount=row["value"],
            unit=row["unit"],
            clause=row["clause"],
            since=row["from"],
            until=row.get("to"),
            confidence=row["confidence"],
            source=_OURS if row.get("ours") else Text(row["source_ka"], row["source_en"]),
            ours=row.get("ours", False),
            verify=row.get("verify", False),
            title=Text(row["ka"], row["en"]),
        )
    except KeyError as missing:
        raise BadParameters(f"{name}: {missing} is missing") from missing
    whole = isinstance(found.amount, int) and not isinstance(found.amount, bool)
    if not whole or found.amount < 0:
        raise BadParameters(f"{name}: the value must be a whole number, not negative")
    if found.unit not in UNITS or found.confidence not in CONFIDENCE or found.clause not in CLAUSES:
        raise BadParameters(f"{name}: unit, confidence or clause is not one we know")
    if type(found.since) is not dt.date or type(found.until) not in {dt.date, type(None)}:
        raise BadParameters(f"{name}: from and to are days")
    if found.until is not None and found.until < found.since:
        raise BadParameters(f"{name}: ends before it begins")
    return found


def read(text: str) -> dict[str, tuple[Parameter, ...]]:
    """Parameters by name, each name's periods in order, from TOML: ``[[name]]`` for every period.

    Raises:
        BadParameters: when a row is incomplete or two periods of one name overlap.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadParameters(str(error)) from error
    found: dict[str, tuple[Parameter, ...]] = {}
    for name, rows in tables.items():
        if not isinstance(rows, list):
            raise BadParameters(f"{name}: write [[{name}]], one for each period")
        periods = sorted((_parse(name, row) for row in rows), key=lambda one: one.since)
        _refuse_overlap(name, periods)
        found[name] = tuple(periods)
    return found


def _refuse_overlap(name: str, periods: Iterable[Parameter]) -> None:
    before: Parameter | None = None
    for one in periods:
        if before is not None and (before.until is None or one.since <= before.until):
            raise BadParameters(f"{name}: two values are in force on {one.since}")
        before = one


@cache
def every() -> dict[str, tuple[Parameter, ...]]:
    """All parameters by name, read once a process."""
    return read(_FILE.read_text(encoding="utf-8"))


def parameter(name: str, on: dt.date) -> Parameter:
    """The parameter as it is in force on that day.

    Raises:
        UnknownParameter: when there is none of that name.
        NotInForce: when it has no value on that day.
    """
    try:
        periods = every()[name]
    except KeyError as unknown:
        raise UnknownParameter(name) from unknown
    for one in periods:
        if in_force(since=one.since, until=one.until, on=on):
            return one
    raise NotInForce(f"{name} has no value on {on}")


def value(name: str, on: dt.date) -> int:
    """The number in force on that day, in the unit of the parameter.

    Raises:
        UnknownParameter: when there is none of that name.
        NotInForce: when it has no value on that day.
    """
    return parameter(name, on).amount
