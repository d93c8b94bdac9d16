"""What happened after the Fund agreed to an initial plan, told as plain values: what is written in bulk.

Items are named by their place in the agreed version, counted from 0; requests and money by their place in the story.
Days must lie in their order.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gza.cases.enums import Priority
from gza.law import followup, offers, reporting
from gza.law.lifecycles import PlanState
from gza.law.terms import last_day
from gza.plans.enums import CopyOutcome, EndGround, FollowUpState, FundingOutcome, RequestState, Source
from gza.plans.queries.running import due_on


@dataclass(frozen=True)
class AskStory:
    """A request to an organisation. ``answer`` is *accepted* or *declined*, None while it waits.

    ``at_workplace``: it was told there, else on paper; ``reader`` is who answered there, None for an answer the
    worker noted from the telephone, given by ``name``. ``reminded``: the timer has reminded it.
    """

    item: int
    organisation_id: uuid.UUID
    asked_on: dt.date
    answer_due: dt.date
    answer: RequestState | None = None
    answered_on: dt.date | None = None
    at_workplace: bool = False
    reader: uuid.UUID | None = None
    access: tuple[str, ...] = ()
    name: str = ""
    words: str = ""
    reminded: bool = False


@dataclass(frozen=True)
class AsideStory:
    """An offer set aside."""

    item: int
    organisation_id: uuid.UUID
    on: dt.date
    ground: str
    why: str


@dataclass(frozen=True)
class MoneyStory:
    """A consideration of the Fund: opened, perhaps worked out (``wanted``, tetri), perhaps granted or refused."""

    item: int
    opened_on: dt.date
    opened_by: uuid.UUID
    wanted: int | None = None
    grounds: str = ""
    payee_name: str = ""
    outcome: FundingOutcome | None = None
    amount: int = 0
    decided_on: dt.date | None = None
    reasons: str = ""


@dataclass(frozen=True)
class FinalStory:
    """The final plan, and how far it went. Items take what secures them from answers and money.

    A necessary item with neither stays as unmet (``tried``, ``pursued_by``), a desired one is left out (``out``).
    """

    begun_on: dt.date
    starts_on: dt.date
    aim: str
    tried: str
    pursued_by: str
    out: str
    words: str
    submitted_on: dt.date | None = None
    agreed_on: dt.date | None = None
    signed_on: dt.date | None = None
    strokes: str = ""
    copy: CopyOutcome | None = None
    copy_note: str = ""


@dataclass(frozen=True)
class GivenStory:
    """A service given in a month, by the organisation of the item's first answer."""

    item: int
    on: dt.date
    sessions: int


@dataclass(frozen=True)
class PaidStory:
    """A payment, in tetri."""

    money: int
    on: dt.date
    amount: int
    what: str


@dataclass(frozen=True)
class MonthStory:
    """A month of the plan; without ``sent_on`` its report is still to come."""

    month: dt.date
    given: Sequence[GivenStory] = ()
    paid: Sequence[PaidStory] = ()
    sent_on: dt.date | None = None
    read_on: dt.date | None = None
    work_done: str = ""
    outlook: str = ""


@dataclass(frozen=True)
class FollowStory:
    """What was agreed on contact, and the first contact."""

    way: str
    method: str
    never: str
    every_days: int
    review_on: dt.date
    hours: tuple[int, int]
    contact_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class EndStory:
    """The plan's end by the beneficiary's request, and what came after it."""

    asked_on: dt.date
    changed_need: str
    words: str
    ended_on: dt.date
    reasons: str
    told_on: dt.date | None = None
    notice: str = ""
    how: str = ""
    answered_on: dt.date | None = None
    follow_up: FollowStory | None = None
    declined: str = ""
    closed: str = ""


@dataclass(frozen=True)
class AfterStory:
    """Everything after the agreement. ``offered`` are the organisations with a matching offer, item by item.

    ``director_id`` decides on money and ends plans, in the ``capacity`` of a delegation.
    """

    offered: Sequence[Sequence[uuid.UUID]]
    director_id: uuid.UUID
    capacity: str
    asks: Sequence[AskStory] = ()
    asides: Sequence[AsideStory] = ()
    money: Sequence[MoneyStory] = ()
    final: FinalStory | None = None
    months: Sequence[MonthStory] = ()
    end: EndStory | None = None

    def secured(self, item: int) -> tuple[list[AskStory], list[tuple[int, MoneyStory]]]:
        """What secures an item: accepted requests, granted money with its place."""
        given = [one for one in self.asks if one.item == item and one.answer == RequestState.ACCEPTED]
        granted = [
            (place, one)
            for place, one in enumerate(self.money)
            if one.item == item and one.outcome == FundingOutcome.GRANTED
        ]
        return given, granted

    def source(self, item: int, priority: str) -> Source | None:
        """How an item without answer and money stands in the final plan; None for one that is secured."""
        if any(self.secured(item)):
            return None
        return Source.UNMET if priority == Priority.NECESSARY else Source.OUT


@dataclass(frozen=True)
class Agreed:
    """The agreed initial version as far as what follows asks: months and priority of its items."""

    on: dt.date
    months: int
    items: Sequence[tuple[int, int, str]] = field(default=())
    """first month, last month, priority"""


def columns(told: AfterStory, agreed: Agreed) -> dict[str, Any]:
    """The columns of ``Case`` that mirror the second half of the road."""
    return {**_sought(told, agreed), **_money(told), **_final(told, agreed), **_reports(told, agreed), **_end(told)}


def _sought(told: AfterStory, agreed: Agreed) -> dict[str, Any]:
    if told.end is not None:  # what a plan that ended asked for is sought no more
        return {"items_unsought": 0, "requests_waiting": 0, "answered_on": None}
    tried: list[list[offers.Tried]] = [[] for _ in agreed.items]
    for aside in told.asides:
        tried[aside.item].append(offers.Tried(str(aside.organisation_id), None))
    for ask in told.asks:
        first, last, _priority = agreed.items[ask.item]
        given = range(first, last + 1) if ask.answer == RequestState.ACCEPTED else ()
        state = ask.answer or RequestState.SENT
        tried[ask.item].append(offers.Tried(str(ask.organisation_id), state, frozenset(given)))
    unsought = sum(
        not offers.standing(
            month_from=first, month_to=last, needs_provider=True, offers=[str(one) for one in listed], tried=known
        ).sought
        for (first, last, _priority), listed, known in zip(agreed.items, told.offered, tried, strict=True)
    )
    waiting = sum(one.answer is None for one in told.asks)
    days = [one.answered_on for one in told.asks if one.answered_on] + [one.on for one in told.asides]
    done = max([*days, agreed.on]) if agreed.items and not (unsought or waiting) else None
    return {"items_unsought": unsought, "requests_waiting": waiting, "answered_on": done}


def _money(told: AfterStory) -> dict[str, Any]:
    decided = [one.decided_on for one in told.money if one.decided_on]
    return {
        "considerations_open": sum(one.outcome is None for one in told.money),
        "funded_on": max(decided, default=None),
    }


def _final(told: AfterStory, agreed: Agreed) -> dict[str, Any]:
    final = told.final
    if final is None:
        return {}
    state = PlanState.DRAFT
    for day, reached in (
        (final.submitted_on, PlanState.SUBMITTED), (final.agreed_on, PlanState.AGREED),
        (final.signed_on, PlanState.IN_FORCE), (told.end, PlanState.ENDED),
    ):  # fmt: skip
        state = reached if day else state
    unmet = sum(
        told.source(place, priority) == Source.UNMET for place, (_first, _last, priority) in enumerate(agreed.items)
    )
    return {
        "final_state": state.value,
        "final_drafted_on": final.begun_on,
        "final_submitted_on": final.submitted_on,
        "final_agreed_on": final.agreed_on,
        "in_force_on": final.signed_on,
        "starts_on": final.starts_on if final.signed_on else None,
        "ends_on": last_day(final.starts_on, agreed.months) if final.signed_on else None,
        "unmet": unmet if final.agreed_on else 0,
    }


def term(told: AfterStory, agreed: Agreed) -> tuple[dt.date, dt.date] | None:
    """First and last day of the plan, None while it is not in force."""
    if told.final is None or told.final.signed_on is None:
        return None
    first = told.final.starts_on
    return first, told.end.ended_on - dt.timedelta(days=1) if told.end else last_day(first, agreed.months)


def _reports(told: AfterStory, agreed: Agreed) -> dict[str, Any]:
    days = term(told, agreed)
    if days is None:
        return {}
    sent = {one.month for one in told.months if one.sent_on}
    missing = [one for one in reporting.months(starts_on=days[0], last_on=days[1]) if one not in sent]
    return {"report_due_on": due_on(min(missing)) if missing else None}


def _end(told: AfterStory) -> dict[str, Any]:
    end = told.end
    if end is None:
        return {}
    found: dict[str, Any] = {
        "plan_ended_on": end.ended_on,
        "plan_end": EndGround.REQUEST.value,
        "notified_on": end.told_on,
    }
    if end.answered_on:
        agreed = end.follow_up
        state = FollowUpState.AGREED if agreed else FollowUpState.DECLINED
        found |= {"follow_up": state.value, "follow_up_on": end.answered_on}
        if agreed:
            last = agreed.contact_on or end.answered_on
            found["next_contact_on"] = followup.next_contact(state=state, every_days=agreed.every_days, last=last)
    return found


def open_flags(told: AfterStory) -> bool:
    """Whether the plan ended with money unspent, which stands as a flag."""
    return told.end is not None and any(unspent(told).values())


def unspent(told: AfterStory) -> Mapping[int, int]:
    """What is left of each granted sum, by its place."""
    left = {place: one.amount for place, one in enumerate(told.money) if one.outcome == FundingOutcome.GRANTED}
    for month in told.months:
        for paid in month.paid:
            left[paid.money] -= paid.amount
    return left
