"""One month of a plan, put together from its rows: what is planned, given and paid, item by item (S7.9)."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from gza.law import reporting
from gza.plans.enums import ExpenseKind
from gza.plans.models import Commitment, Delivery, Expenditure, MonthlyReport, Plan, PlanItem, PlanVersion


@dataclass(frozen=True)
class Term:
    """The days of one plan: its first, its last, and from when reports are due on it in a case taken over (G3)."""

    plan: Plan
    starts_on: dt.date
    last_on: dt.date
    reports_from: dt.date | None = None

    @property
    def months(self) -> tuple[dt.date, ...]:
        """The months on which reports are due, by their first days."""
        return reporting.months(starts_on=self.starts_on, last_on=self.last_on, reports_from=self.reports_from)

    def period(self, month: dt.date) -> tuple[dt.date, dt.date]:
        """First and last day of the plan in that month."""
        return reporting.period(
            month=month, starts_on=self.starts_on, last_on=self.last_on, reports_from=self.reports_from
        )


@dataclass(frozen=True)
class Line:
    """One item in one month: whether its time-table holds the month, what was given, its money in tetri.

    ``committed`` is what stands committed for it by then, less releases; ``paid`` and ``invoiced`` are of the month,
    ``paid_total`` of all months up to it. ``item`` is None for money and services outside the plan's items.
    """

    item: PlanItem | None
    service: str
    organisation_id: uuid.UUID | None
    planned: bool
    committed: int = 0
    paid: int = 0
    paid_total: int = 0
    invoiced: int = 0
    sessions: int = 0

    @property
    def left(self) -> int:
        """What is left of the commitment after the month."""
        return self.committed - self.paid_total

    @property
    def funded(self) -> bool:
        """Whether the Fund has money in it."""
        return bool(self.committed or self.paid_total or self.invoiced)


@dataclass(frozen=True)
class Sheet:
    """What one month of the plan holds, as the rows say now."""

    month: dt.date
    first: dt.date
    last: dt.date
    version: PlanVersion | None
    lines: list[Line]
    deliveries: list[Delivery]
    expenditure: list[Expenditure]

    def total(self, column: str) -> int:
        """The sum of a column of money over all lines."""
        return sum(getattr(line, column) for line in self.lines)


@dataclass(frozen=True)
class Year:
    """Everything of one plan's year; made by ``year`` in a constant number of queries."""

    term: Term
    versions: list[PlanVersion]
    items: Mapping[uuid.UUID, list[PlanItem]]
    commitments: list[Commitment]
    expenditure: list[Expenditure]
    deliveries: list[Delivery]
    reports: Mapping[dt.date, MonthlyReport] = field(default_factory=dict)

    def version_of(self, month: dt.date) -> PlanVersion | None:
        """The version in force at the end of that month, else the first that came into force."""
        _first, last = self.term.period(month)
        before = [one for one in self.versions if one.in_force_on and one.in_force_on <= last]
        return before[-1] if before else next(iter(self.versions), None)

    def sheet(self, month: dt.date) -> Sheet:
        """One month; a day of the calendar month counts to it, also before the plan's first and after its last."""
        version = self.version_of(month)
        items = self.items.get(version.id, []) if version else []
        end = reporting.end_of(month)
        homes: dict[_Home, _Share] = {item.id: _Share() for item in items}
        for money in self.commitments:
            if money.happened_on <= end:
                homes.setdefault(_home_of_money(items, money), _Share()).money.append(money)
        given = [one for one in self.deliveries if month <= one.happened_on <= end]
        for one in given:
            homes.setdefault(_home_of_delivery(items, one), _Share()).given.append(one)
        spent = [one for one in self.expenditure if one.happened_on <= end]
        for row in spent:
            home = _home_of_money(items, row.commitment) if row.commitment else None
            homes.setdefault(home, _Share()).spent.append(row)
        by_id = {item.id: item for item in items}
        lines = [
            share.line(by_id.get(home) if home else None, self._planned(by_id.get(home), month), month)
            for home, share in homes.items()
        ]
        first, last = self.term.period(month)
        return Sheet(
            month, first, last, version, [one for one in lines if one.item or one.funded or one.sessions], given,
            [one for one in spent if one.happened_on >= month],
        )  # fmt: skip

    def _planned(self, item: PlanItem | None, month: dt.date) -> bool:
        if item is None or item.starts_on is None or item.ends_on is None:
            return False
        return item.starts_on <= reporting.end_of(month) and item.ends_on >= month


_Home: TypeAlias = uuid.UUID | None


@dataclass
class _Share:
    """What of money and services belongs to one item, or to none."""

    money: list[Commitment] = field(default_factory=list)
    spent: list[Expenditure] = field(default_factory=list)
    given: list[Delivery] = field(default_factory=list)

    def line(self, item: PlanItem | None, planned: bool, month: dt.date) -> Line:
        """Its line in a month; ``spent`` reaches to the month's end, ``given`` is of the month."""
        paid = [one for one in self.spent if one.kind == ExpenseKind.PAYMENT]
        asked = [one for one in self.spent if one.kind == ExpenseKind.INVOICE and one.happened_on >= month]
        return Line(
            item,
            item.service_type_id or "" if item else "",
            item.organisation_id if item else None,
            planned,
            sum(one.amount - one.released for one in self.money),
            sum(one.amount for one in paid if one.happened_on >= month),
            sum(one.amount for one in paid),
            sum(one.amount for one in asked),
            sum(one.sessions for one in self.given),
        )


def _home_of_money(items: Sequence[PlanItem], money: Commitment) -> _Home:
    """The item that rests on this commitment, else the first of the same origin; None where there is none."""
    own = next((item.id for item in items if item.commitment_id == money.id), None)
    return own or next((item.id for item in items if money.origin_id and item.origin == money.origin_id), None)


def _home_of_delivery(items: Sequence[PlanItem], given: Delivery) -> _Home:
    """The item of the same origin that this organisation gives, else the first of the same origin; None without."""
    same = [item for item in items if given.origin_id and item.origin == given.origin_id]
    own = next((item.id for item in same if item.organisation_id == given.organisation_id), None)
    return own or next((item.id for item in same), None)
