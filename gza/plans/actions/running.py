"""The acts of a year of work: reports of each month, money spent, services given (S7.9).

Common arguments as in ``cases.actions``. ``month`` is the first day of a month of the plan. Each act raises ``Refused``
where the law refuses and ``Http404`` for what one may not know of.
"""

import datetime as dt
import json
import uuid
from typing import Any

from gza.accounts.principals import Principal
from gza.cases.errors import Stale
from gza.cases.inputs import words
from gza.cases.queries.road import consents_of
from gza.cases.steps import Work, keep, on_case, seal, take
from gza.core import clock
from gza.law import entry, plausible, reporting
from gza.law.lifecycles import REPORT
from gza.law.lifecycles import ReportState as LawState
from gza.ledger import work as ledger
from gza.plans.enums import ExpenseKind, ReportState
from gza.plans.models import Commitment, Delivery, Expenditure, MonthlyReport, PlanItem, ServiceRequest
from gza.plans.queries import running as queries
from gza.plans.queries.sheets import Term
from gza.plans.steps import running as steps
from gza.vault.filecheck import Accepted


def write_report(
    *,
    case_id: uuid.UUID,
    month: dt.date,
    work_done: str,
    outlook: str = "",
    seen: int | None = None,
    by: Principal,
) -> MonthlyReport:
    """Keep a draft of the report on a month; it can be written once the month has begun.

    Args:
        case_id: the case.
        month: first day of the month.
        work_done: what was done; sealed.
        outlook: what comes next; sealed.
        seen: the draft's version the form was made from.
        by: the designated worker.

    Raises:
        Stale: when the draft was saved from another form since.
    """
    with on_case("plans.write_report", case_id, by=by, clause="S7.9", may="plans.write") as work:
        return _written(work, month, {"work_done": work_done, "outlook": outlook}, seen)[1]


def send_report(
    *,
    case_id: uuid.UUID,
    month: dt.date,
    work_done: str,
    outlook: str = "",
    seen: int | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> MonthlyReport:
    """Send the report on a month to the Fund, and each organisation its own part, where a consent names it.

    What stands in the month is sealed with the report as it stands now; a late report is taken and flagged.
    ``happened_on`` is the day it was handed in.
    """
    with on_case(
        "plans.send_report", case_id, by=by, clause="S7.9", may="plans.write", happened_on=happened_on, reason=reason
    ) as work:
        texts = {"work_done": work_done, "outlook": outlook}
        term, row = _written(work, month, texts, seen)
        _first, last = term.period(month)
        verdict = reporting.may_send(
            month=month, months=term.months, state=LawState(row.state), last_on=last, due_on=row.due_on,
            sent_on=work.happened_on, work_done=work_done,
        )  # fmt: skip
        work.require(verdict, row.id)
        row.state = ReportState(REPORT.next(row.state, "send"))
        row.sent_on, row.sent_at, row.sent_by = work.happened_on, clock.now(), by.id
        _sent(work, term, row)
        return row


def correct_report(
    *, case_id: uuid.UUID, report_id: uuid.UUID, why: str, work_done: str, outlook: str = "", by: Principal
) -> MonthlyReport:
    """Correct a report that was sent: a new one takes its place with the figures as they stand now; both stay (G2).

    Raises:
        Stale: when it was corrected meanwhile; ``current`` is the newest one.
    """
    with on_case("plans.correct_report", case_id, by=by, clause="G2", may="plans.write", reason=why) as work:
        old = take(MonthlyReport.objects.filter(case=work.case).select_related("plan"), id=report_id)
        work.require(reporting.was_sent(state=LawState(old.state)))
        work.require(reporting.tells(work_done=work_done))
        term = _term(work, old.month)
        sheet = queries.year(work.case, term).sheet(old.month)
        sealed = steps.send_parts(work, sheet)
        row = steps.mended(
            work, old, work.today,
            columns={
                "state": ReportState.SENT, "sent_at": clock.now(), "sent_by": by.id, "read_at": None, "read_by": None,
            },
            texts={"work_done": work_done, "outlook": outlook, "content": json.dumps(sealed, sort_keys=True)},
        )  # fmt: skip
        steps.write_parts(work, row, sealed)
        work.doing.facts = _told(row, sealed)
        steps.mirror(work)
        return row


def read_report(*, case_id: uuid.UUID, report_id: uuid.UUID, by: Principal) -> MonthlyReport:
    """Mark a report as read by the Fund; once."""
    with on_case("plans.read_report", case_id, by=by, clause="S7.9", may="plans.decide") as work:
        row = take(MonthlyReport.objects.filter(case=work.case), id=report_id)
        if row.superseded:
            raise Stale(row)
        work.require(REPORT.verdict(row.state, "read"))
        row.state = ReportState(REPORT.next(row.state, "read"))
        row.read_at, row.read_by = clock.now(), by.id
        row.save(force_update=True)
        work.doing.subject = row.id
        work.doing.facts = {"month": row.month.isoformat()}
        return row


def record_payment(
    *,
    case_id: uuid.UUID,
    commitment_id: uuid.UUID,
    amount: int,
    what: str = "",
    document: str = "",
    settles: uuid.UUID | None = None,
    scan: Accepted | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Expenditure:
    """Record what the Fund paid for a funded item: never more than is left of the money decided for it.

    Args:
        case_id: the case.
        commitment_id: the money it is paid from.
        amount: in tetri.
        what: what for; sealed.
        document: number of the paper; sealed.
        settles: the invoice it settles.
        scan: the paper.
        happened_on: the day it was paid.
        reason: why it is entered late.
        by: who keeps the case, or the registry.
    """
    with on_case(
        "plans.record_payment", case_id, by=by, clause="S7.9", may="plans.spend", happened_on=happened_on,
        reason=reason, amount=amount,
    ) as work:  # fmt: skip
        money = _money(work, commitment_id)
        verdict = reporting.may_pay(
            amount_tetri=amount, left_tetri=queries.left_of(money), paid_on=work.happened_on,
            decided_on=money.happened_on,
        )  # fmt: skip
        work.require(verdict, money.id)
        invoices = Expenditure.objects.filter(case=work.case, kind=ExpenseKind.INVOICE, superseded=False)
        return work.fact(
            Expenditure, commitment=money, kind=ExpenseKind.PAYMENT, amount=amount, payee_id=money.payee_id,
            settles=take(invoices, id=settles) if settles else None,
            file_id=keep(work, scan, "plans.expenditure.file", "narrative"),
            texts={"what": what, "document": document},
        )  # fmt: skip


def record_invoice(
    *,
    case_id: uuid.UUID,
    amount: int,
    commitment_id: uuid.UUID | None = None,
    payee_id: uuid.UUID | None = None,
    what: str = "",
    document: str = "",
    scan: Accepted | None = None,
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Expenditure:
    """Record an invoice that came, whatever it asks; above what is left, or without a decision, it is flagged (G1).

    ``commitment_id`` is None where the Fund decided on no money for it; the other arguments as of ``record_payment``.
    """
    with on_case(
        "plans.record_invoice", case_id, by=by, clause="S7.9", may="plans.spend", happened_on=happened_on,
        reason=reason, amount=amount,
    ) as work:  # fmt: skip
        money = _money(work, commitment_id) if commitment_id else None
        left = queries.left_of(money) if money else None
        row = work.fact(
            Expenditure, commitment=money, kind=ExpenseKind.INVOICE, amount=amount,
            over=max(amount - max(left or 0, 0), 0),
            payee_id=payee_id or (money.payee_id if money else None),
            file_id=keep(work, scan, "plans.expenditure.file", "narrative"),
            texts={"what": what, "document": document},
        )  # fmt: skip
        work.require(reporting.may_invoice(amount_tetri=amount, left_tetri=left), row.id)
        return row


def correct_expenditure(
    *,
    case_id: uuid.UUID,
    row_id: uuid.UUID,
    why: str,
    amount: int | None = None,
    what: str | None = None,
    document: str | None = None,
    happened_on: dt.date | None = None,
    by: Principal,
) -> Expenditure:
    """Correct a payment or an invoice; an ``amount`` of zero says that there was none. None keeps what stands."""
    with on_case("plans.correct_expenditure", case_id, by=by, clause="G2", may="plans.spend", reason=why) as work:
        old = steps.expenditure_row(work, row_id)
        steps.in_force(old)
        amount = old.amount if amount is None else amount
        money = _money(work, old.commitment_id) if old.commitment_id else None
        left = queries.left_of(money) if money else None
        over = 0
        if old.kind == ExpenseKind.PAYMENT and left is not None:
            work.require(reporting.within_commitment(amount_tetri=amount, left_tetri=left + old.amount))
        elif amount:
            over = max(amount - max(left or 0, 0), 0)
        columns = {"amount": amount, "over": over}
        row = steps.mended(work, old, happened_on, columns=columns, texts={"what": what, "document": document})
        if row.kind == ExpenseKind.INVOICE and amount:
            work.require(reporting.invoiced(amount_tetri=amount, left_tetri=left), row.id)
        work.doing.facts = {"amount": amount}
        return row


def record_delivery(
    *,
    case_id: uuid.UUID,
    service_type: str,
    item_id: uuid.UUID | None = None,
    organisation_id: uuid.UUID | None = None,
    request_id: uuid.UUID | None = None,
    until: dt.date | None = None,
    sessions: int = 1,
    note: str = "",
    happened_on: dt.date | None = None,
    reason: str = "",
    by: Principal,
) -> Delivery:
    """Record a service of the plan that was given: never refused, flagged where the rules say so (G1).

    Args:
        case_id: the case.
        service_type: key of the type of service.
        item_id: the item of the plan in force it belongs to; None for a service outside the plan.
        organisation_id: who gave it.
        request_id: the request it came of.
        until: last day, for a service over several days.
        sessions: how many.
        note: sealed.
        happened_on: the (first) day it was given.
        reason: why it is entered late.
        by: who keeps the case, or the registry.
    """
    with on_case(
        "plans.record_delivery", case_id, by=by, clause="S7.9", happened_on=happened_on, reason=reason,
        service=service_type,
    ) as work:  # fmt: skip
        ledger.require(plausible.number(value=sessions, bounds=plausible.TIMES))
        ledger.require(entry.lasting(first_on=work.happened_on, last_on=until, today=work.today))
        item = take(PlanItem.objects.filter(case=work.case), id=item_id) if item_id else None
        asked = take(ServiceRequest.objects.filter(case=work.case), id=request_id) if request_id else None
        row = work.fact(
            Delivery, origin_id=item.origin if item else None, service_type_id=service_type,
            organisation_id=organisation_id, request=asked, until=until, sessions=sessions, texts={"note": note},
        )  # fmt: skip
        _judge_delivery(work, row)
        return row


def correct_delivery(
    *,
    case_id: uuid.UUID,
    row_id: uuid.UUID,
    why: str,
    sessions: int | None = None,
    until: dt.date | None = None,
    note: str | None = None,
    happened_on: dt.date | None = None,
    by: Principal,
) -> Delivery:
    """Correct what was recorded of a service; ``sessions`` of zero say that it was not given. None keeps it."""
    with on_case("plans.correct_delivery", case_id, by=by, clause="G2", reason=why) as work:
        ledger.require(plausible.number(value=sessions, bounds=plausible.TIMES_CORRECTED))
        old = take(Delivery.objects.filter(case=work.case).select_related("request"), id=row_id)
        day = happened_on or old.happened_on
        last = until or (old.until if old.until and old.until >= day else None)
        ledger.require(entry.lasting(first_on=day, last_on=last, today=work.today))
        columns = {
            "sessions": old.sessions if sessions is None else sessions,
            "until": last,
            "reply": None,  # it is bound to the old row; its words go along as the note
        }
        if note is None and old.reply is not None:
            note = queries.provider_notes([old], by.ring).get(old.id, "")
        row = steps.mended(work, old, happened_on, columns=columns, texts={"note": note})
        if row.sessions:
            with work.at(row.happened_on):
                _judge_delivery(work, row)
        return row


def _term(work: Work, month: dt.date) -> Term:
    """The plan on whose month it is; the newest where the month is none of any plan, for the rules to refuse."""
    found = queries.terms(work.case)
    if not found:
        work.require(reporting.within_plan(month=month, months=()))
    return next((term for term in reversed(found) if month in term.months), found[-1])


def _written(work: Work, month: dt.date, texts: dict[str, str], seen: int | None) -> tuple[Term, MonthlyReport]:
    term = _term(work, month)
    row = queries.report_of(work.case, term.plan, month)
    state = LawState(row.state) if row else LawState.DRAFT
    work.require(reporting.may_write(month=month, months=term.months, state=state, today=work.today))
    if row is None:
        row = work.fact(MonthlyReport, plan=term.plan, month=month, due_on=queries.due_on(month), texts=texts)
    else:
        if seen is not None and seen != row.version:
            raise Stale(row)
        row.version += 1
        row.work_done = row.outlook = None
        seal(row, work.by, {name: words(text, name) for name, text in texts.items()})
        if work.reason:
            seal(row, work.by, {"entry_reason": words(work.reason, "reason")})
        row.save(force_update=True)
    work.doing.subject = row.id
    work.doing.facts = {"month": month.isoformat()}
    return term, row


def _sent(work: Work, term: Term, row: MonthlyReport) -> None:
    sealed = steps.send_parts(work, queries.year(work.case, term).sheet(row.month))
    seal(row, work.by, {"content": json.dumps(sealed, sort_keys=True)})
    row.save(force_update=True)
    steps.write_parts(work, row, sealed)
    work.doing.facts = _told(row, sealed)
    steps.mirror(work)


def _told(row: MonthlyReport, sealed: dict[str, Any]) -> dict[str, object]:
    return {"month": row.month.isoformat(), "parts": len(sealed["parts"]), "withheld": len(sealed["withheld"])}


def _money(work: Work, commitment_id: uuid.UUID) -> Commitment:
    return take(Commitment.objects.select_for_update().filter(case=work.case, superseded=False), id=commitment_id)


def _judge_delivery(work: Work, row: Delivery) -> None:
    """Flag what the rules say of a service that was given: without consent, outside the plan, after its end."""
    found = queries.terms(work.case)
    term = next((one for one in reversed(found) if one.starts_on <= work.happened_on), None)
    work.require(
        reporting.may_record_delivery(
            consents=consents_of(work.case),
            on=work.happened_on,
            starts_on=term.starts_on if term else None,
            last_on=term.last_on if term else None,
            in_plan=row.origin_id is not None and queries.was_planned(work.case, row.origin_id),
        ),
        row.id,
    )
