"""G5: the Fund decides through a dated delegation, held by its director or who acts for the director."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from .rules import rule
from .verdicts import ALLOWED, Text, Verdict, denial, together


class Capacity(StrEnum):
    """In what capacity somebody decides for the Fund."""

    DIRECTOR = "director"
    ACTING = "acting"


LABELS: dict[Capacity, Text] = {
    Capacity.DIRECTOR: Text("დირექტორი", "Director"),
    Capacity.ACTING: Text("დირექტორის მოვალეობის შემსრულებელი", "Acting for the director"),
}


@dataclass(frozen=True)
class Delegation:
    """One delegation; ``until`` is its last day (None: no end), ``revoked_on`` the first day without it."""

    capacity: Capacity
    since: dt.date
    until: dt.date | None = None
    revoked_on: dt.date | None = None


_NONE = denial(
    "delegation.none", "G5",
    "ფონდის სახელით ამ დღეს გადაწყვეტილების მიღების უფლებამოსილება არ გაქვთ.",
    "You hold no delegation to decide for the Fund on this day.",
    ("გადაეცით გადაწყვეტილება დირექტორს ან მის მოვალეობის შემსრულებელს.",
     "Pass the decision to the director, or to who acts in the director's place."),
    ("თუ უფლებამოსილება გაქვთ, სთხოვეთ დირექტორს მისი ჩაწერა თარიღებით.",
     "If you do hold one, ask the director to record it with its dates."),
)  # fmt: skip
_NO_END = denial(
    "delegation.no_end", "G5",
    "მოვალეობის შემსრულებლის უფლებამოსილებას დასრულების თარიღი აქვს.",
    "The delegation of an acting officer has a last day.",
    ("მიუთითეთ ბოლო დღე; საჭიროებისას უფლებამოსილება განახლდება.",
     "Give the last day; a delegation can be renewed."),
)  # fmt: skip
_BACKWARDS = denial(
    "delegation.backwards", "G5",
    "უფლებამოსილება დაწყებამდე მთავრდება.",
    "The delegation ends before it begins.",
    ("შეამოწმეთ ორივე თარიღი.", "Check both dates."),
)  # fmt: skip
_NOT_OWN = denial(
    "delegation.to_oneself", "G5",
    "მოვალეობის შემსრულებლად საკუთარ თავს ვერავინ დანიშნავს.",
    "Nobody delegates to themselves.",
    ("სთხოვეთ დირექტორს.", "Ask the director."),
)  # fmt: skip


def holds(*, delegations: Collection[Delegation], on: dt.date) -> Delegation | None:
    """The delegation in force on that day, or None; the director's own before an acting one."""
    found = [
        one
        for one in delegations
        if one.since <= on
        and (one.until is None or on <= one.until)
        and (one.revoked_on is None or on < one.revoked_on)
    ]
    return min(found, key=lambda one: one.capacity != Capacity.DIRECTOR, default=None)


@rule("G5")
def decides_for_fund(*, delegations: Collection[Delegation], on: dt.date) -> Verdict:
    """A decision of the Fund is taken by who holds a delegation on that day, whatever their role."""
    return ALLOWED if holds(delegations=delegations, on=on) else _NONE


@rule("G5")
def dated(*, capacity: Capacity, since: dt.date, until: dt.date | None) -> Verdict:
    """A delegation has dates in order; an acting officer's has an end."""
    if until is None:
        return _NO_END if capacity == Capacity.ACTING else ALLOWED
    return _BACKWARDS if until < since else ALLOWED


@rule("G5")
def given_by_another(*, to_oneself: bool) -> Verdict:
    """Nobody delegates to themselves."""
    return _NOT_OWN if to_oneself else ALLOWED


def may_delegate(*, capacity: Capacity, since: dt.date, until: dt.date | None, to_oneself: bool) -> Verdict:
    """All that stands about giving a delegation."""
    return together(dated(capacity=capacity, since=since, until=until), given_by_another(to_oneself=to_oneself))
