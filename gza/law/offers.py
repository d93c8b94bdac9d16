"""S5.5: offers that are left to try, offers set aside, silence. When the Fund then considers paying: ``consideration``.

An item of the plan is *sought* once every matching offer of the present edition was asked or set aside, or its months
are covered. Months are counted from 1, the plan's first month.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from .lifecycles import REQUEST, RequestState
from .requests import POSITIVE, UNDONE
from .rules import rule
from .verdicts import ALLOWED, Verdict, denial, together

_NOT_PAST = denial(
    "requests.not_past_due", "S5.5",
    "პასუხის ვადა ჯერ არ გასულა.",
    "The date for the answer has not passed yet.",
    ("დაელოდეთ ვადის გასვლას.", "Wait until it has passed."),
)  # fmt: skip
_NOT_REMINDED = denial(
    "requests.not_reminded", "S5.5",
    "ორგანიზაციას ჯერ ერთხელ უნდა შევახსენოთ.",
    "The organisation is reminded once first.",
    ("შეხსენება ვადის გასვლის შემდეგ თავისით იგზავნება; დაელოდეთ მეორე დღეს.",
     "The reminder goes out by itself after the date; wait for the next day."),
)  # fmt: skip
_ASIDE_NO_REASON = denial(
    "requests.aside_unexplained", "S5.5",
    "შეთავაზების გვერდზე გადადებას მიზეზი სჭირდება.",
    "An offer is set aside with the reason.",
    ("დაწერეთ, რატომ არ სთხოვთ ამ ორგანიზაციას.", "Write why this organisation is not asked."),
)  # fmt: skip
_ASIDE_ASKED = denial(
    "requests.aside_while_asked", "S5.5",
    "ამ ორგანიზაციას მოთხოვნა უკვე აქვს.",
    "This organisation has the request already.",
    ("ჯერ გამოიხმეთ მოთხოვნა.", "Withdraw the request first."),
)  # fmt: skip
_OFFERS_LEFT = denial(
    "requests.offers_left", "S5.5",
    "ამ მომსახურებას სხვა ორგანიზაციაც გვთავაზობს: {count}.",
    "Other organisations still offer this service: {count}.",
    ("სთხოვეთ მათ ან გადადეთ შეთავაზება გვერდზე მიზეზით.", "Ask them, or set the offer aside with the reason."),
)  # fmt: skip
_ANSWERS_AWAITED = denial(
    "requests.answers_awaited", "S5.5",
    "პასუხს ჯერ ველოდებით: {count}.",
    "Answers are still awaited: {count}.",
    ("დაელოდეთ პასუხს ან ვადის გასვლას.", "Wait for the answer, or for its date to pass."),
)  # fmt: skip


@rule("S5.5")
def certifiable(*, answer_due: dt.date, reminded_on: dt.date | None, today: dt.date) -> Verdict:
    """A request counts as unanswered past its date, and the day after one reminder at the earliest."""
    if today <= answer_due:
        return _NOT_PAST
    return ALLOWED if reminded_on is not None and reminded_on < today else _NOT_REMINDED


@rule("S5.5")
def aside_explained(*, reason: str) -> Verdict:
    """An offer is set aside with the reason."""
    return ALLOWED if reason.strip() else _ASIDE_NO_REASON


@rule("S5.5")
def aside_unasked(*, open_already: bool) -> Verdict:
    """An offer is set aside while its organisation has no open request for the item."""
    return _ASIDE_ASKED if open_already else ALLOWED


@rule("S5.5")
def nobody_left(*, untried: int, waiting: int) -> Verdict:
    """An item is accounted for once no offer is left to try and no answer is to come.

    ``untried`` counts offers neither asked for nor set aside, ``waiting`` requests without an answer.
    """
    if untried:
        return _OFFERS_LEFT.filled(count=untried)
    return _ANSWERS_AWAITED.filled(count=waiting) if waiting else ALLOWED


@dataclass(frozen=True)
class Tried:
    """What came of one organisation for one item: the newest request, or that its offer was set aside (``state`` None).

    ``months`` are those that its answer covers.
    """

    organisation: str
    state: str | None
    months: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Standing:
    """Where the search for one item stands: months nobody gives, organisations left to try, answers to come."""

    uncovered: frozenset[int]
    untried: tuple[str, ...]
    waiting: tuple[str, ...]

    @property
    def sought(self) -> bool:
        """Whether the item was asked for everywhere, or needs nobody any more."""
        return not self.uncovered or not self.untried


def standing(
    *, month_from: int, month_to: int, needs_provider: bool, offers: Collection[str], tried: Collection[Tried]
) -> Standing:
    """Where the search for an item stands (S5.5).

    Args:
        month_from: the item's first month.
        month_to: its last month.
        needs_provider: False for an item that nobody has to give.
        offers: organisations with a matching offer in the present edition.
        tried: what came of each organisation so far.
    """
    asked = set(range(month_from, month_to + 1)) if needs_provider else set()
    given = {month for one in tried if one.state in POSITIVE for month in one.months}
    done = {one.organisation for one in tried if one.state is None or one.state not in UNDONE}
    return Standing(
        frozenset(asked - given),
        tuple(sorted(set(offers) - done)),
        tuple(sorted(one.organisation for one in tried if one.state == RequestState.SENT)),
    )


def may_certify(*, state: str, answer_due: dt.date, reminded_on: dt.date | None, today: dt.date) -> Verdict:
    """All that stands about certifying that a request stayed unanswered."""
    return together(
        REQUEST.verdict(state, "certify"), certifiable(answer_due=answer_due, reminded_on=reminded_on, today=today)
    )


def may_set_aside(*, open_already: bool, reason: str) -> Verdict:
    """All that stands about setting an offer aside."""
    return together(aside_unasked(open_already=open_already), aside_explained(reason=reason))
