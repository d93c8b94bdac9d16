"""Reads of the year of a plan: its months, the reports on them, money and services of each (S7.9)."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from gza.accounts.principals import Principal
from gza.cases.models import Case, TakeOver
from gza.cases.queries.lists import LISTED, not_barred_id
from gza.core.calendar import add_working_days
from gza.core.paging import SIZE, Page, Paged
from gza.directory.enums import OrganisationKind
from gza.law import parameters, reporting
from gza.plans.enums import ExpenseKind, ReportState, VersionKind, VersionState
from gza.plans.models import (
    Commitment,
    Delivery,
    Expenditure,
    MonthlyReport,
    Plan,
    PlanItem,
    PlanVersion,
    ReportPart,
)
from gza.vault import queries as vault
from gza.vault.models import Disclosure
from gza.vault.ring import Ring

_DAY = dt.timedelta(days=1)
DELIVERY = "plans.delivery.reply"
"""Label of what a provider writes with a service it gave."""


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


def due_on(month: dt.date) -> dt.date:
    """The day by which the report on that month is sent: working days after the month's end (parameter, ours)."""
    end = reporting.end_of(month)
    return add_working_days(end, parameters.value("report_working_days", end))


def terms(case: Case) -> list[Term]:
    """The days of every plan of the case that came into force, the oldest first; two queries.

    A plan's last day is that of its version in force; once it has ended, the day before its first day without.
    """
    ends = PlanVersion.objects.filter(plan=OuterRef("id"), state__in=[VersionState.IN_FORCE, VersionState.ENDED])
    newest = ends.filter(ends_on__isnull=False).order_by("-number").values("ends_on")[:1]
    plans = list(Plan.objects.filter(case=case, starts_on__isnull=False).annotate(ends=Subquery(newest)).order_by("id"))
    if not plans:
        return []
    taken = TakeOver.objects.filter(case=case, superseded=False).values_list("reports_from", flat=True).first()
    return [
        Term(one, one.starts_on, one.ended_on - _DAY if one.ended_on else one.ends or one.latest_end, taken)
        for one in plans
    ]


def report_due_on(case: Case) -> dt.date | None:
    """The day the oldest month without a sent report was or is due; None when every month has its report."""
    found = terms(case)
    if not found:
        return None
    sent = set(
        MonthlyReport.objects.filter(case=case, superseded=False)
        .exclude(state=ReportState.DRAFT)
        .values_list("plan_id", "month")
    )
    missing = [month for term in found for month in term.months if (term.plan.id, month) not in sent]
    return due_on(min(missing)) if missing else None


def left_of(commitment: Commitment) -> int:
    """What is left of a commitment for payments: its sum less releases and payments, in tetri; one query."""
    payments = Expenditure.objects.filter(commitment=commitment, kind=ExpenseKind.PAYMENT, superseded=False)
    return commitment.amount - commitment.released - (payments.aggregate(sum=Sum("amount"))["sum"] or 0)


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


def year(case: Case, term: Term) -> Year:
    """The year of one plan; six queries whatever it holds."""
    # A version taken back before it was signed is superseded as well, and was never in force.
    in_force = PlanVersion.objects.filter(plan=term.plan, kind=VersionKind.FINAL, in_force_on__isnull=False)
    versions = list(in_force.order_by("in_force_on", "number"))
    items: dict[uuid.UUID, list[PlanItem]] = {}
    rows = PlanItem.objects.filter(plan_version__in=[one.id for one in versions])
    for item in rows.select_related("service_type", "organisation", "need").order_by("position"):
        items.setdefault(item.plan_version_id, []).append(item)
    commitments = Commitment.objects.filter(case=case, superseded=False).select_related("payee").order_by("id")
    spent = expenditure_of(case)
    given = Delivery.objects.filter(case=case, superseded=False).select_related("service_type", "organisation")
    reports = MonthlyReport.objects.filter(plan=term.plan, superseded=False)
    return Year(
        term, versions, items, list(commitments), spent, list(given.order_by("happened_on", "id")),
        {one.month: one for one in reports},
    )  # fmt: skip


def expenditure_of(case: Case) -> list[Expenditure]:
    """Payments and invoices in force, in the order of their days, with commitment and payee; one query."""
    rows = Expenditure.objects.filter(case=case, superseded=False).select_related("commitment__payee", "payee")
    return list(rows.order_by("happened_on", "id"))


def report_of(case: Case, plan: Plan, month: dt.date) -> MonthlyReport | None:
    """The report in force on that month; None before it is begun."""
    return MonthlyReport.objects.filter(case=case, plan=plan, month=month, superseded=False).first()


def term_of(case: Case, month: dt.date) -> Term | None:
    """The newest plan of the case on whose month a report is due; two queries."""
    return next((term for term in reversed(terms(case)) if month in term.months), None)


def content_of(report: MonthlyReport, ring: Ring) -> dict[str, Any]:
    """What was reported: services and money of the month as they stood at the sending; empty for a draft."""
    return json.loads(ring.open(report, "content")) if report.content is not None else {}


def concerned(sheet: Sheet, kinds: Mapping[uuid.UUID, str]) -> list[uuid.UUID]:
    """The organisations that have a part in the month, the Fund apart: planned, given or paid.

    Args:
        sheet: the month.
        kinds: the kind of each organisation that stands in it.
    """
    found = [line.organisation_id for line in sheet.lines if line.planned or line.paid or line.sessions]
    found += [one.organisation_id for one in sheet.deliveries]
    found += [payee_of(one) for one in sheet.expenditure]
    known = dict.fromkeys(one for one in found if one is not None)
    return [one for one in known if kinds.get(one) != OrganisationKind.FUND]


def payee_of(row: Expenditure) -> uuid.UUID | None:
    """Who is paid: the row's own payee, else the commitment's."""
    return row.payee_id or (row.commitment.payee_id if row.commitment else None)


def unread(who: Principal, *, after: str = "", before: str = "", size: int = SIZE) -> Page[MonthlyReport]:
    """Reports sent and not read yet, the longest waiting first; for the registry. At most two queries."""
    return _UNREAD.page(who.id, after=after, before=before, size=size) if who.in_registry else Page([])


_UNREAD = Paged(
    lambda who: (
        MonthlyReport.objects.filter(not_barred_id(who, "case_id"), state=ReportState.SENT, superseded=False)
        .select_related("case")
        .only("id", "month", "due_on", "sent_on", "sent_at", "sent_by", "case__code")
    ),
    ("sent_at", "id"),
)


def due(who: Principal, *, until: dt.date, size: int = SIZE) -> list[Case]:
    """Cases whose oldest report was due, or is due by ``until``: a worker's own, the registry's all; one query."""
    return (_DUE if who.in_registry else _DUE_OWN).page(who.id, until, size=size).rows


def _owing(until: dt.date) -> QuerySet[Case]:
    # Said twice for the index of those that owe one.
    return Case.objects.only(*LISTED, "report_due_on").filter(report_due_on__isnull=False, report_due_on__lte=until)


_BY_DAY = ("report_due_on", "id")
_DUE = Paged(lambda who, day: _owing(day).filter(not_barred_id(who, "id")), _BY_DAY, kinds=(uuid.UUID, dt.date))
_DUE_OWN = Paged(lambda who, day: _owing(day).filter(holder_id=who), _BY_DAY, kinds=(uuid.UUID, dt.date))


def parts_of(reports: Iterable[MonthlyReport]) -> list[ReportPart]:
    """What organisations got of these reports; one query."""
    rows = ReportPart.objects.filter(report__in=[one.id for one in reports]).select_related("organisation")
    return list(rows.order_by("id"))


def commitments_of(case: Case) -> list[Commitment]:
    """The Fund's commitments for the case with their items and payees, and what was paid of each as ``paid``."""
    paid = Sum("expenditure__amount", filter=Q(expenditure__kind=ExpenseKind.PAYMENT, expenditure__superseded=False))
    rows = Commitment.objects.filter(case=case, superseded=False).annotate(paid=paid)
    return list(rows.select_related("payee", "origin__service_type").order_by("happened_on", "id"))


def deliveries_of(case: Case) -> list[Delivery]:
    """Services of the plan that were given, the newest first; one query."""
    rows = Delivery.objects.filter(case=case, superseded=False)
    return list(rows.select_related("service_type", "organisation", "request").order_by("-happened_on", "-id"))


def provider_notes(rows: Iterable[Delivery], ring: Ring) -> dict[uuid.UUID, str]:
    """What providers wrote with the services they entered themselves, by row; one query and the ring's own."""
    written = {row.id: row for row in rows if row.reply is not None and row.request and row.request.disclosure_id}
    if not written:
        return {}
    told = Disclosure.objects.in_bulk([row.request.disclosure_id for row in written.values() if row.request])
    found = {}
    for row in written.values():
        disclosure = told.get(row.request.disclosure_id) if row.request else None
        if disclosure is not None:
            text = vault.open_reply(disclosure, bytes(row.reply or b""), ring, label=DELIVERY, subject=row.id)
            found[row.id] = str(json.loads(text).get("note", ""))
    return found


def items_in_force(case: Case) -> Sequence[PlanItem]:
    """The items of the final version in force, in their order; one query."""
    rows = PlanItem.objects.filter(case=case, plan_version__state=VersionState.IN_FORCE)
    return list(rows.select_related("service_type", "organisation", "need").order_by("position"))


def was_planned(case: Case, origin: uuid.UUID) -> bool:
    """Whether a final version that was in force held the item; one query."""
    return PlanItem.objects.filter(case=case, origin=origin, plan_version__in_force_on__isnull=False).exists()
