"""All reads of the Fund's money: one person's account, considerations, the queue, the budget (S5.5, S5.6, S4.5)."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Sum

from gza.accounts import queries as accounts
from gza.accounts.enums import Power
from gza.accounts.principals import Principal
from gza.cases.enums import Priority
from gza.cases.models import Case, TakeOver
from gza.cases.queries.lists import not_barred_id
from gza.core import clock
from gza.core.paging import SIZE, Page, Paged
from gza.core.prepared import Prepared
from gza.law import consideration as due_rules
from gza.law import funding as rules
from gza.law.consideration import Settled
from gza.law.delegation import Capacity, Delegation
from gza.law.lifecycles import ConsiderationState as State
from gza.plans.enums import CommitmentKind, ConsiderationState
from gza.plans.models import (
    Account,
    AccountCase,
    BudgetLine,
    Commitment,
    Consideration,
    FundingDecision,
    PlanItem,
    Release,
    ServiceRequest,
    SetAside,
)

from .requests import Seeking, seeking

_CAPACITIES = {Power.OFFICE: Capacity.DIRECTOR, Power.ACTING: Capacity.ACTING}
SHOWN = 20
UNDER_WAY = (ConsiderationState.OPEN, ConsiderationState.DEFERRED)


@dataclass(frozen=True)
class Money:
    """The Fund's money for one person, over all cases of that person; tetri.

    ``committed`` is less formal releases, as the ceiling counts; ``spent`` and ``opening`` are parts of it;
    ``reserved`` is kept for deferred items on top of it.
    """

    ceiling: int
    committed: int
    spent: int
    reserved: int
    opening: int

    @property
    def left(self) -> int:
        """What of the ceiling is not committed; never below nothing."""
        return max(0, self.ceiling - self.committed)

    @property
    def free(self) -> int:
        """What is neither committed nor reserved."""
        return max(0, self.left - self.reserved)

    @property
    def over(self) -> int:
        """By how much the ceiling is passed: by an opening balance or a merge, never by a decision."""
        return max(0, self.committed - self.ceiling)


@dataclass(frozen=True)
class MoneyPage:
    """What the money page of a case shows: the newest of everything first."""

    money: Money
    considerations: list[Consideration]
    decisions: list[FundingDecision]
    commitments: list[Commitment]
    releases: list[Release]
    others: int
    """cases of the same person that count against the same account, this one apart"""


def account_of(case: Case) -> Account | None:
    """The account a case counts against, if it was opened yet; one query."""
    found: Account | None = _ACCOUNT.one(case.id)
    return found


def opening_balance(case: Case) -> int:
    """What was committed on paper before the case was taken over; one query."""
    found = TakeOver.objects.filter(case=case, superseded=False).values_list("balance", flat=True).first()
    return int(found or 0)


def _shared(case_id: uuid.UUID) -> Q:
    """Rows of every case of the same person; of this one alone while it has no account.

    One list of cases, not "this or one of those": PostgreSQL would read the whole table for an *or*.
    """
    account = AccountCase.objects.filter(case=case_id).values("account")
    others = AccountCase.objects.filter(account__in=account).values("case")
    return Q(case__in=Case.objects.filter(id=case_id).values("id").union(others))


_ACCOUNT = Prepared(lambda case: Account.objects.filter(cases__case=case)[:1])
_SUMS = Prepared(
    lambda case: Commitment.objects.filter(_shared(case), superseded=False).values_list("kind", "amount", "spent")
)
_KEPT = Prepared(
    lambda case: Consideration.objects.filter(
        _shared(case), state=ConsiderationState.DEFERRED, superseded=False
    ).values_list("reserved")
)  # fmt: skip


def money(case: Case, on: dt.date | None = None) -> Money:
    """The account of the person in figures; three queries, one more while no account was opened."""
    account, rows = account_of(case), _SUMS.rows(case.id)
    opening = sum(amount for kind, amount, _spent in rows if kind == CommitmentKind.OPENING)
    committed, opening = (account.committed, opening) if account else (opening_balance(case),) * 2
    return Money(
        rules.ceiling(on or clock.today()), committed, sum(spent for _kind, _amount, spent in rows),
        sum(reserved for (reserved,) in _KEPT.rows(case.id)), opening,
    )  # fmt: skip


def purse(case: Case, account: Account, *, but: Consideration) -> rules.Purse:
    """The person's money as a decision on ``but`` meets it; what is kept for desired items yields to necessary ones."""
    kept = Consideration.objects.filter(_shared(case.id), state=ConsiderationState.DEFERRED, superseded=False)
    kept = kept.exclude(id=but.id)
    if but.priority == Priority.NECESSARY:
        kept = kept.filter(priority=Priority.NECESSARY)
    return rules.Purse(account.committed, kept.aggregate(sum=Sum("reserved"))["sum"] or 0)


def law_line(line: BudgetLine | None, *, but: Consideration | None = None) -> rules.Line | None:
    """A budget line as the rules see it, without what ``but`` itself reserves of it."""
    if line is None:
        return None
    own = but.reserved if but is not None and but.line_id == line.id else 0
    return rules.Line(line.allotted, line.committed, line.reserved - own)


def law_delegations(who: Principal, on: dt.date) -> list[Delegation]:
    """The director's powers that ``who`` holds on that day, as the rules see them (G5)."""
    return [
        Delegation(_CAPACITIES[Power(row.power)], row.valid_from, row.valid_to, row.ended_on)
        for row in accounts.delegations_of(who.user, on)
    ]


def standing(case: Case, found: Sequence[Seeking] | None = None) -> tuple[Settled, ...]:
    """How every necessary item of the plan stands to money (S5.3)."""
    found = seeking(case) if found is None else found
    newest = newest_of(case)
    return tuple(
        due_rules.settled(
            whole=not one.standing.uncovered,
            state=State(row.state) if (row := newest.get(one.item.id)) and row.state != State.DROPPED else None,
            reserved=row.reserved if row else 0,
        )
        for one in found
        if one.item.priority == Priority.NECESSARY
    )


def newest_of(case: Case) -> dict[uuid.UUID, Consideration]:
    """The newest consideration of every item of a case; one query."""
    return {row.origin_id: row for row in _IN_ORDER.all(case.id)}


_IN_ORDER = Prepared(
    lambda case: Consideration.objects.filter(case=case, superseded=False).order_by("recorded_at", "id")
)


def matter(
    case: Case, row: Consideration, *, account: Account, line: BudgetLine | None, found: Sequence[Seeking] | None = None
) -> rules.Matter:
    """A consideration as the rules on its decision see it."""
    return rules.Matter(
        state=State(row.state), priority=row.priority, wanted=row.wanted, standing=standing(case, found),
        purse=purse(case, account, but=row), line=law_line(line, but=row),
    )  # fmt: skip


def consideration(case: Case, consideration_id: uuid.UUID) -> Consideration | None:
    """One consideration with its item and payee; one query."""
    rows = Consideration.objects.select_related("origin__service_type", "origin__need", "payee")
    return rows.filter(case=case, id=consideration_id, superseded=False).first()


def commitment(case: Case, commitment_id: uuid.UUID) -> Commitment | None:
    """One commitment with its item and payee; one query."""
    rows = Commitment.objects.select_related("origin__service_type", "payee", "line")
    return rows.filter(case=case, id=commitment_id, superseded=False).first()


_PAID = Prepared(
    lambda case: Commitment.objects.filter(
        case=case, superseded=False, amount__gt=F("released")
    ).values_list("origin_id")
)  # fmt: skip


def askable(case: Case) -> list[PlanItem]:
    """Items for which the Fund can be asked: unmet, every provider tried, nothing under way, no money standing."""
    paid = {origin for (origin,) in _PAID.rows(case.id)}
    newest = newest_of(case)
    return [
        one.item
        for one in seeking(case)
        if (row := newest.get(one.item.id)) is None or row.state not in UNDER_WAY
        if due_rules.may_ask(
            needs_provider=one.needs_provider, **one.counts, states=(), unreleased=one.item.id in paid, why="x"
        )
    ]


def money_page(case: Case) -> MoneyPage:
    """Everything about the Fund's money of a case; a constant number of queries."""
    id_ = case.id
    return MoneyPage(
        money(case), _CONSIDERED.all(id_), _DECIDED.all(id_), _COMMITTED.all(id_), _RELEASED.all(id_),
        len(_OTHERS.rows(id_)),
    )  # fmt: skip


_LATEST = ("-happened_on", "-id")
_CONSIDERED = Prepared(
    lambda case: (
        Consideration.objects.filter(case=case, superseded=False)
        .select_related("origin__service_type", "payee")
        .order_by(*_LATEST)
    )
)
_DECIDED = Prepared(
    lambda case: (
        FundingDecision.objects.filter(case=case, superseded=False).select_related("consideration").order_by(*_LATEST)
    )
)
_COMMITTED = Prepared(
    lambda case: (
        Commitment.objects.filter(case=case, superseded=False)
        .select_related("origin__service_type", "payee", "line")
        .order_by(*_LATEST)
    )
)
_RELEASED = Prepared(lambda case: Release.objects.filter(case=case).order_by(*_LATEST))
_OTHERS = Prepared(
    lambda case: (
        AccountCase.objects.filter(account__in=AccountCase.objects.filter(case=case).values("account"))
        .exclude(case=case)
        .values_list("case_id")
    )
)


def funding_queue(who: Principal, *, after: str = "", before: str = "", size: int = SIZE) -> Page[Consideration]:
    """Considerations to be decided, the first due first, of cases ``who`` may know of; at most two queries."""
    return _QUEUE.page(who.id, after=after, before=before, size=size) if who.in_registry else Page([])


_OPEN = (
    Consideration.objects.filter(state=ConsiderationState.OPEN, superseded=False)
    .select_related("case", "origin__service_type")
    .only(
        "id", "due_on", "wanted", "priority", "case__code", "origin__service_type__name_ka",
        "origin__service_type__name_en",
    )
)  # fmt: skip
_QUEUE = Paged(lambda user: _OPEN.filter(not_barred_id(user, "case_id")), ("due_on", "id"))
_TO_WORK_OUT = Prepared(
    lambda holder: _OPEN.filter(case__holder_id=holder, wanted=None).order_by("due_on", "id")[:SHOWN]
)
_TO_DECIDE = Prepared(lambda user: _OPEN.filter(not_barred_id(user, "case_id")).order_by("due_on", "id")[:SHOWN])


def to_work_out(who: Principal) -> list[Consideration]:
    """Considerations in the worker's own cases whose sum is not worked out, the first due first; one query."""
    return _TO_WORK_OUT.all(who.id)


def to_decide(who: Principal) -> list[Consideration]:
    """The first of what waits for a decision, of cases ``who`` may know of; for the registry. One query."""
    return _TO_DECIDE.all(who.id) if who.in_registry else []


def budget_lines() -> list[BudgetLine]:
    """The budget lines, the newest year first; one query."""
    return list(BudgetLine.objects.order_by("-year"))


def budget_line(year: int) -> BudgetLine | None:
    """The budget line of a year; one query."""
    return BudgetLine.objects.filter(year=year).first()


def tried(case: Case, origin_id: uuid.UUID) -> tuple[list[ServiceRequest], list[SetAside]]:
    """Requests sent for an item and offers set aside, each with its organisation; two queries."""
    asked = ServiceRequest.objects.filter(case=case, origin=origin_id, superseded=False)
    aside = SetAside.objects.filter(case=case, origin=origin_id, superseded=False)
    return (
        list(asked.select_related("organisation").order_by("happened_on", "id")),
        list(aside.select_related("organisation").order_by("happened_on", "id")),
    )
