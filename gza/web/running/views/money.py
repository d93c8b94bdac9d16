"""Money of a case as it is spent: what was decided, payments, invoices, what is left (S7.9)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import may, require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core.money import show
from gza.directory import queries as directory
from gza.law.verdicts import explain
from gza.ledger import work as ledger
from gza.plans import actions
from gza.plans.enums import ExpenseKind
from gza.plans.models import Expenditure
from gza.plans.queries import running as queries
from gza.ui import dates
from gza.web.care.forms.base import checked, dated
from gza.web.care.pages import METHODS, ask_reason
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.steps import frame
from gza.web.running import drawing
from gza.web.running.forms import CorrectMoneyForm, InvoiceForm, PaymentForm
from gza.web.running.views import correcting
from gza.web.running.views.correcting import Entries
from gza.web.shell.clauses import serves

_TEXTS = ("what", "document")


@require_safe
@serves("S7.9", "S5.6", "G1")
def money(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What was decided, paid and asked for; sealed words, one opening."""
    who = request.principal
    case = cases.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    commitments, rows = queries.commitments_of(case), queries.expenditure_of(case)
    texts = who.ring.open_many(rows, _TEXTS) if rows else []
    flagged: dict[uuid.UUID, list[Any]] = {}
    for flag in cases.flags(case, resolved=True):
        if flag.subject:
            flagged.setdefault(flag.subject, []).append(explain(flag.code))
    if rows:
        ledger.opening("plans.money", by=who, case=case.id, section="narrative")
    language = request.LANGUAGE_CODE
    spent = [
        {"row": row, **text, "flags": flagged.get(row.id, ()), "payee": row.payee or _payee(row)}
        for row, text in zip(rows, texts, strict=True)
    ]
    context = {
        **frame(request, case, "running:year"),
        "commitments": [
            {
                "row": row, "name": drawing.money_name(row, language), "paid": row.paid or 0,
                "left": row.amount - row.released - (row.paid or 0), "net": row.amount - row.released,
            }
            for row in commitments
        ],
        "spent": list(reversed(spent)),
        "may_spend": may("plans.spend", who, case),
    }  # fmt: skip
    return render(request, "running/money.html", context)


def _payee(row: Expenditure) -> Any:
    return row.commitment.payee if row.commitment else None


def _choices(case: Case, language: str) -> list[tuple[str, str]]:
    return [(str(row.id), drawing.money_name(row, language)) for row in queries.commitments_of(case)]


@require_http_methods(METHODS)
@serves("S7.9")
def pay(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record a payment: never above what is left of the money decided for it."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.spend", who, case)
    language = request.LANGUAGE_CODE
    asked = [row for row in queries.expenditure_of(case) if row.kind == ExpenseKind.INVOICE and row.amount]
    invoices = [(str(row.id), f"{dates.day(row.happened_on, language)}, {show(row.amount, language)}") for row in asked]
    form = PaymentForm(
        request.POST or None, request.FILES or None, commitments=_choices(case, language), invoices=invoices
    )

    def do(data: dict[str, Any]) -> Any:
        return actions.record_payment(
            case_id=case.id, commitment_id=data["commitment"], amount=data["amount"], what=data["what"],
            document=data["document"], settles=data["settles"], scan=checked(data["scan"]), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Record a payment"),
        heading=_("Record what the Fund paid"),
        lede=_("A payment stays within what the Fund decided for the item."),
        button=_("Record the payment"),
        clause="S7.9",
        tab="running:year",
        draft="payment",
        said=_("The payment was recorded."),
        to="running:money",
        template="running/pay.html",
        context={"none": not form.fields["commitment"].choices[1:]},
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.9", "G1")
def invoice(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record an invoice that came, whatever it asks."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.spend", who, case)
    language = request.LANGUAGE_CODE
    form = InvoiceForm(
        request.POST or None, request.FILES or None, commitments=_choices(case, language),
        bodies=directory.providers(), language=language,
    )  # fmt: skip

    def do(data: dict[str, Any]) -> Any:
        return actions.record_invoice(
            case_id=case.id, commitment_id=data["commitment"], payee_id=data["payee"], amount=data["amount"],
            what=data["what"], document=data["document"], scan=checked(data["scan"]), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Record an invoice"),
        heading=_("Record an invoice"),
        lede=_("It is recorded whatever it asks. Above what was decided, it is flagged for the coordinator."),
        button=_("Record the invoice"),
        clause="S7.9",
        tab="running:year",
        draft="invoice",
        said=_("The invoice was recorded."),
        to="running:money",
    )
    return act_page(request, case, form, page, do)


_SPENT = Entries(
    rows=queries.expenditure_of,
    act=actions.correct_expenditure,
    form=CorrectMoneyForm,
    texts=_TEXTS,
    values=("amount", "happened_on"),
    may="plans.spend",
    opening="plans.money",
    to="running:money",
)


def _heading(row: Expenditure) -> str:
    return _("Correct a payment") if row.kind == ExpenseKind.PAYMENT else _("Correct an invoice")


@require_http_methods(METHODS)
@serves("G2", "S7.9")
def correct(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Correct a payment or an invoice; both entries stay."""
    return correcting.correct(request, case_id, row_id, _SPENT, _heading)
