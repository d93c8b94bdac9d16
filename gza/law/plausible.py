"""G2: numbers that can be right. What lies past these bounds is a slip of the hand, and is asked again (ours)."""

from dataclasses import dataclass

from .rules import rule
from .verdicts import ALLOWED, Verdict, denial

_NUMBER = denial(
    "entry.number", "G2",
    "რიცხვი {number} ვერ იქნება სწორი; მიიღება {least}‑დან {most}‑მდე.",
    "The number {number} cannot be right; accepted is {least} to {most}.",
    ("შეამოწმეთ რიცხვი.", "Check the number."),
)  # fmt: skip


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a number can be."""

    least: int
    most: int

    @property
    def limits(self) -> dict[str, int]:
        """As a field of a form takes them."""
        return {"min_value": self.least, "max_value": self.most}


TIMES = Bounds(1, 999)
"""How often a service was given, by one entry."""
TIMES_CORRECTED = Bounds(0, TIMES.most)
"""As ``TIMES``; a correction can say that it was not given."""
EXPLAINED_MINUTES = Bounds(1, 600)
TRAINING_HOURS = Bounds(1, 2000)
CAPACITY = Bounds(1, 100_000)
"""Persons whom a service can take at once."""
CONTACT_DAYS = Bounds(1, 366)
"""Days between two contacts after the plan."""
HOUR = Bounds(0, 23)
PLAN_MONTH = Bounds(1, 12)
"""A month of a plan, counted from 1; ``plan_max_months`` may be less."""
_FIRST_BUDGET, _AHEAD = 2007, 5


def budget_year(this_year: int) -> Bounds:
    """The years that can have a budget line: not before the Strategy (2007), not far ahead."""
    return Bounds(_FIRST_BUDGET, this_year + _AHEAD)


def birth_year(this_year: int) -> Bounds:
    """The years a living person can have been born in."""
    return Bounds(this_year - 110, this_year)


@rule("G2")
def number(*, value: int | None, bounds: Bounds) -> Verdict:
    """A number that is told lies within its bounds."""
    if value is None or bounds.least <= value <= bounds.most:
        return ALLOWED
    return _NUMBER.filled(number=value, least=bounds.least, most=bounds.most)
