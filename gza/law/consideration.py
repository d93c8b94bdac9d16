"""S5.5: when the Fund shall consider paying for an item that no provider gives.

Consideration opens by itself, as a task that falls due: silence must not trap the person.
"""

from collections.abc import Collection
from enum import StrEnum

from .lifecycles import ConsiderationState
from .needs import Priority
from .offers import nobody_left
from .rules import rule
from .verdicts import ALLOWED, Verdict, denial, together


class Settled(StrEnum):
    """How a necessary item stands to the Fund's money (S5.3)."""

    OPEN = "open"
    SECURED = "secured"
    DECIDED = "decided"
    DEFERRED = "deferred"


_SECURED = denial(
    "funding.secured", "S5.5",
    "ამ პუნქტს ორგანიზაციები სრულად ფარავენ; ფონდის თანხა საჭირო არ არის.",
    "Providers give the whole of this item; it needs no money of the Fund.",
    ("თუ ორგანიზაციამ უარი თქვა, ჩაწერეთ მისი პასუხი.", "If a provider has backed out, record its answer."),
)  # fmt: skip
_DESIRED = denial(
    "funding.desired_waits_to_be_asked", "S5.5",
    "ფონდი თავად აუცილებელი პუნქტების დაფინანსებას განიხილავს; სასურველისთვის თხოვნაა საჭირო.",
    "By itself the Fund considers paying for what is necessary; for what is desired it has to be asked.",
    ("სთხოვეთ ფონდს ამ პუნქტის დაფინანსების განხილვა.", "Ask the Fund to consider paying for this item."),
)  # fmt: skip
_NO_PROVIDER = denial(
    "funding.no_provider_needed", "S5.5",
    "ამ პუნქტს ორგანიზაცია არ სჭირდება.",
    "This item needs no provider.",
    ("თუ თანხა მაინც საჭიროა, სთხოვეთ ფონდს განხილვა.", "If it needs money all the same, ask the Fund to consider it."),
)  # fmt: skip
_UNDER_WAY = denial(
    "funding.under_way", "S5.5",
    "ამ პუნქტის დაფინანსება უკვე განიხილება, ან უკვე დაფინანსებულია.",
    "Paying for this item is being considered already, or was granted.",
    ("იხილეთ საქმის თანხების გვერდი.", "Look at the money page of the case."),
)  # fmt: skip
_NOT_AGAIN_UNSAID = denial(
    "funding.nothing_new", "S5.5",
    "ხელახლა განხილვას მიზეზი სჭირდება: რა შეიცვალა.",
    "To be considered again it needs a reason: what has changed.",
    ("დაწერეთ, რა შეიცვალა.", "Write what has changed."),
)  # fmt: skip


def settled(*, whole: bool, state: ConsiderationState | None, reserved: int) -> Settled:
    """How an item stands: given whole by providers, decided, deferred with its money reserved, or still open.

    Args:
        whole: providers give all of it, or it needs neither provider nor money.
        state: of its newest consideration; None where there is none.
        reserved: what that one's deferral reserves.
    """
    if whole:
        return Settled.SECURED
    if state in {ConsiderationState.GRANTED, ConsiderationState.REFUSED}:
        return Settled.DECIDED
    return Settled.DEFERRED if state == ConsiderationState.DEFERRED and reserved > 0 else Settled.OPEN


@rule("S5.5")
def unmet(*, uncovered: int) -> Verdict:
    """Something of the item is left that no provider gives: ``uncovered`` counts its months."""
    return ALLOWED if uncovered else _SECURED


@rule("S5.5")
def by_itself(*, priority: str, needs_provider: bool) -> Verdict:
    """For a necessary component that needs a provider the Fund considers paying without being asked."""
    if not needs_provider:
        return _NO_PROVIDER
    return ALLOWED if priority == Priority.NECESSARY else _DESIRED


@rule("S5.5")
def not_under_way(*, states: Collection[str], unreleased: bool) -> Verdict:
    """An item is considered once at a time, and not while money granted for it stands."""
    waiting = {ConsiderationState.OPEN, ConsiderationState.DEFERRED} & set(states)
    return _UNDER_WAY if waiting or unreleased else ALLOWED


@rule("S5.5")
def something_new(*, decided_before: bool, why: str) -> Verdict:
    """To be considered again, what has changed is said."""
    return _NOT_AGAIN_UNSAID if decided_before and not why.strip() else ALLOWED


def falls_due(*, priority: str, needs_provider: bool, uncovered: int, untried: int, waiting: int) -> Verdict:
    """All that stands about opening a consideration by itself, as a task of the Fund: silence traps nobody.

    Each matching offer was refused, partly met (for the rest), certified as unanswered or set aside, or there is none.

    Args:
        priority: of the item.
        needs_provider: False for an item that nobody has to give.
        uncovered: months of it that no provider gives.
        untried: matching offers neither asked for nor set aside.
        waiting: requests without an answer.
    """
    return together(
        by_itself(priority=priority, needs_provider=needs_provider),
        unmet(uncovered=uncovered),
        nobody_left(untried=untried, waiting=waiting),
    )


def may_ask(
    *,
    needs_provider: bool,
    uncovered: int,
    untried: int,
    waiting: int,
    states: Collection[str],
    unreleased: bool,
    why: str,
) -> Verdict:
    """All that stands about asking the Fund to consider an item: a desired one, or one decided before.

    ``states`` are of its considerations until now, ``unreleased`` whether money granted for it stands; the rest as in
    ``falls_due``.
    """
    return together(
        not_under_way(states=states, unreleased=unreleased),
        *((unmet(uncovered=uncovered),) if needs_provider else ()),
        nobody_left(untried=untried, waiting=waiting),
        something_new(decided_before=bool(states), why=why),
    )
