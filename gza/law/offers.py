"""S5.5: offers that are left to try, silence, and when the Fund has to consider paying instead of a provider.

An item of the plan is *sought* once every matching offer of the present edition was asked or set aside, or its months
are covered. Months are counted from 1, the plan's first month.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

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
    ("დაწერეთ, რატომ არ ითხოვთ ამ ორგანიზაციას.", "Write why this organisation is not asked."),
)  # fmt: skip
_ASIDE_ASKED = denial(
    "requests.aside_while_asked", "S5.5",
    "ამ ორგანიზაციას მოთხოვნა უკვე აქვს.",
    "This organisation has the request already.",
    ("ჯერ გაიწვიეთ მოთხოვნა.", "Withdraw the request first."),
)  # fmt: skip
_SECURED = denial(
    "requests.secured", "S5.5",
    "ეს პუნქტი უკვე უზრუნველყოფილია.",
    "This item is secured already.",
    ("დაფინანსება არ არის საჭირო.", "No money is needed."),
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
def consideration_due(*, uncovered: int, untried: int, waiting: int) -> Verdict:
    """The Fund considers paying once no offer is left to try and no answer is to come.

    ``uncovered`` counts the months nobody gives, ``untried`` offers neither asked nor set aside, ``waiting`` requests.
    """
    if not uncovered:
        return _SECURED
    if untried:
        return _OFFERS_LEFT.filled(count=untried)
    return _ANSWERS_AWAITED.filled(count=waiting) if waiting else ALLOWED


class Ground(StrEnum):
    """Why the Fund has to consider paying (S5.5)."""

    REFUSED = "refused"
    PARTLY = "partly"
    UNANSWERED = "unanswered"
    ASIDE = "aside"
    NO_OFFER = "no_offer"


@dataclass(frozen=True)
class Tried:
    """What came of one organisation for one item: the newest request, or that its offer was set aside (``state`` None).

    ``months`` are those that its answer covers.
    """

    organisation: str
    state: str | None
    months: frozenset[int] = frozenset()


_TRIED = {RequestState.DECLINED: Ground.REFUSED, RequestState.PARTLY: Ground.PARTLY,
          RequestState.UNANSWERED: Ground.UNANSWERED}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Where the search for one item stands: months nobody gives, organisations left to try, answers to come."""

    uncovered: frozenset[int]
    untried: tuple[str, ...]
    waiting: tuple[str, ...]
    grounds: tuple[Ground, ...]
    verdict: Verdict

    @property
    def sought(self) -> bool:
        """Whether the item was asked for everywhere, or needs nobody any more."""
        return not self.uncovered or not self.untried

    @property
    def due(self) -> bool:
        """Whether the Fund's consideration falls due."""
        return bool(self.verdict)


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
    uncovered = frozenset(asked - given)
    done = {one.organisation for one in tried if one.state is None or one.state not in UNDONE}
    waiting = tuple(sorted(one.organisation for one in tried if one.state == RequestState.SENT))
    untried = tuple(sorted(set(offers) - done))
    grounds = [_TRIED[RequestState(one.state)] for one in tried if one.state in _TRIED]
    grounds += [Ground.ASIDE for one in tried if one.state is None]
    verdict = consideration_due(uncovered=len(uncovered), untried=len(untried), waiting=len(waiting))
    return Standing(uncovered, untried, waiting, tuple(dict.fromkeys(grounds)) or (Ground.NO_OFFER,), verdict)


def may_certify(*, state: str, answer_due: dt.date, reminded_on: dt.date | None, today: dt.date) -> Verdict:
    """All that stands about certifying that a request stayed unanswered."""
    return together(
        REQUEST.verdict(state, "certify"), certifiable(answer_due=answer_due, reminded_on=reminded_on, today=today)
    )


def may_set_aside(*, open_already: bool, reason: str) -> Verdict:
    """All that stands about setting an offer aside."""
    return together(aside_unasked(open_already=open_already), aside_explained(reason=reason))
