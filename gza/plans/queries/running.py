"""Reads of the year of a plan: its months, the reports on them, money and services of each (S7.9)."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from gza.accounts.principals import Principal
from gza.cases.models import Case, TakeOver
from gza.cases.queries.lists import LISTED, not_barred_id
from gza.core.calendar import add_working_days
from gza.core.paging import SIZE, Page, Paged
from gza.core.prepared import Among, Prepared
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
)
from gza.vault import queries as vault
from gza.vault.models import Disclosure
from gza.vault.ring import Ring

from .sheets import Sheet, Term, Year

_DAY = dt.timedelta(days=1)
DELIVERY = "plans.delivery.reply"
"""Label of what a provider writes with a service it gave."""


def due_on(month: dt.date) -> dt.date:
    """The day by which the report on that month is sent: working days after the month's end (parameter, ours)."""
    end = reporting.end_of(month)
    return add_working_days(end, parameters.value("report_working_days", end))


def terms(case: Case) -> list[Term]:
    """The days of every plan of the case that came into force, the oldest first; two queries.

    A plan's last day is that of its version in force; once it has ended, the day before its first day without.
    """
    plans = _PLANS.all(case.id)
    if not plans:
        return []
    taken = next((day for (day,) in _TAKEN.rows(case.id)), None)
    return [
        Term(one, one.starts_on, one.ended_on - _DAY if one.ended_on else one.ends or one.latest_end, taken)
        for one in plans
    ]


def _plans(case: uuid.UUID) -> QuerySet[Plan]:
    ends = PlanVersion.objects.filter(plan=OuterRef("id"), state__in=[VersionState.IN_FORCE, VersionState.ENDED])
    newest = ends.filter(ends_on__isnull=False).order_by("-number").values("ends_on")[:1]
    return Plan.objects.filter(case=case, starts_on__isnull=False).annotate(ends=Subquery(newest)).order_by("id")


_PLANS = Prepared(_plans)
_TAKEN = Prepared(
    lambda case: TakeOver.objects.filter(case=case, superseded=False).values_list("reports_from").order_by("id")[:1]
)


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


def year(case: Case, term: Term) -> Year:
    """The year of one plan; six queries whatever it holds."""
    versions: list[PlanVersion] = _VERSIONS.all(term.plan.id)
    items: dict[uuid.UUID, list[PlanItem]] = {}
    for item in _ITEMS.all([one.id for one in versions]):
        items.setdefault(item.plan_version_id, []).append(item)
    reports: list[MonthlyReport] = _REPORTS.all(term.plan.id)
    return Year(
        term, versions, items, _COMMITMENTS.all(case.id), expenditure_of(case), _GIVEN.all(case.id),
        {one.month: one for one in reports},
    )  # fmt: skip


# A version taken back before it was signed is superseded as well, and was never in force.
_VERSIONS = Prepared(
    lambda plan: PlanVersion.objects.filter(plan=plan, kind=VersionKind.FINAL, in_force_on__isnull=False).order_by(
        "in_force_on", "number"
    )
)
_ITEMS = Among(
    lambda versions: (
        PlanItem.objects.filter(plan_version__in=versions)
        .select_related("service_type", "organisation", "need")
        .order_by("position")
    )
)
_COMMITMENTS = Prepared(
    lambda case: Commitment.objects.filter(case=case, superseded=False).select_related("payee").order_by("id")
)
_SPENT = Prepared(
    lambda case: (
        Expenditure.objects.filter(case=case, superseded=False)
        .select_related("commitment__payee", "payee")
        .order_by("happened_on", "id")
    )
)
_GIVEN = Prepared(
    lambda case: (
        Delivery.objects.filter(case=case, superseded=False)
        .select_related("service_type", "organisation")
        .order_by("happened_on", "id")
    )
)
_REPORTS = Prepared(lambda plan: MonthlyReport.objects.filter(plan=plan, superseded=False))


def expenditure_of(case: Case) -> list[Expenditure]:
    """Payments and invoices in force, in the order of their days, with commitment and payee; one query."""
    return _SPENT.all(case.id)


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
