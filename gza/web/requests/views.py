"""The requests of a case and of the Fund: answers recorded, requests withdrawn, silence certified."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.permissions import hide, may, require
from gza.accounts.principals import Principal
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core import clock
from gza.directory import queries as directory
from gza.ledger import work as ledger
from gza.plans import actions
from gza.plans.models import ServiceRequest
from gza.plans.queries import funding
from gza.plans.queries import requests as queries
from gza.web.care.forms.base import checked
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.forms.base import dated
from gza.web.cases.steps import frame
from gza.web.cases.views.person import ask_reason
from gza.web.shell.clauses import serves

from . import drawing, forms

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@serves("S5.4", "S5.5", "S6.1", "S7.5")
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Every item of the plan with the offers that match it, what was asked, what came of it."""
    who = request.principal
    row = cases.case_for(who, case_id)
    if (asked := ask_reason(request, row)) is not None:
        return asked
    lines = drawing.draw(row, who, request.LANGUAGE_CODE)
    ids = {one.row.answered_by for line in lines for one in line.asked} | {
        one.row.seen_by for line in lines for one in line.asked
    }
    named = {one.organisation for one in cases.consents_of(row) if one.withdrawn_on is None}
    context = {
        **frame(request, row, "requests:case"),
        "lines": [
            {"line": line, "untried": [drawing.named(one, request.LANGUAGE_CODE, named) for one in line.untried]}
            for line in lines
        ],
        "people": accounts.users(one for one in ids if one),
        "may_write": may("plans.write", who, row),
        "may_certify": may("plans.certify", who, row),
        "closing": drawing.to_keep_open(lines),
        "considered": set(funding.newest_of(row)),
        "edition": directory.last_number(),
        "today": clock.today(),
    }
    return render(request, "requests/case.html", context)


def _request(case: Case, request_id: uuid.UUID) -> ServiceRequest:
    row = queries.request(case, request_id)
    if row is None:
        hide()
    return row


def _asked(who: Principal, case_id: uuid.UUID, request_id: uuid.UUID, *, needs: str) -> tuple[Case, ServiceRequest]:
    case = cases.case_for(who, case_id)
    require(needs, who, case)
    return case, _request(case, request_id)


def _page(row: ServiceRequest | None, **values: Any) -> ActPage:
    context = {"request_row": row, "body": row.organisation, "today": clock.today()} if row else {}
    return ActPage(tab="requests:case", to="requests:case", template="requests/about.html", context=context, **values)


@require_http_methods(METHODS)
@serves("S5.4")
def answer(request: HttpRequest, case_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """Record an answer that came on paper, by telephone or in person."""
    who = request.principal
    row, asked = _asked(who, case_id, request_id, needs="plans.write")
    form = forms.RecordedForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.record_answer(
            case_id=row.id, request_id=asked.id, answer=data["answer"], channel=data["channel"], name=data["name"],
            words=data["words"], covers=forms.covered(data), scan=checked(data["scan"]), **dated(data), by=who,
        )  # fmt: skip

    page = _page(
        asked,
        title=_("A provider's answer"),
        heading=_("Record what the provider answered"),
        lede=_("Who said it, when, and how it came; with the letter where there is one."),
        button=_("Record the answer"),
        clause="S5.4",
        draft="request-answer",
        said=_("The answer was recorded."),
    )
    return act_page(request, row, form, page, do)


@require_http_methods(METHODS)
@serves("S5.4")
def withdraw(request: HttpRequest, case_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """Withdraw a request: it opens no more for the provider."""
    who = request.principal
    row, asked = _asked(who, case_id, request_id, needs="plans.write")
    form = forms.WithdrawForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.withdraw_request(case_id=row.id, request_id=asked.id, why=data["why"], **dated(data), by=who)

    page = _page(
        asked,
        title=_("Withdraw a request"),
        heading=_("Withdraw the request"),
        lede=_("From then on it opens no more for the provider, who is asked to return or delete what it was told."),
        button=_("Withdraw the request"),
        clause="S5.4",
        said=_("The request was withdrawn."),
    )
    return act_page(request, row, form, page, do)


@require_http_methods(METHODS)
@serves("S5.5")
def certify(request: HttpRequest, case_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """Certify, for the Fund, that no answer came."""
    who = request.principal
    row, asked = _asked(who, case_id, request_id, needs="plans.certify")
    form = forms.BareForm(request.POST or None)

    def do(_data: dict[str, Any]) -> Any:
        return actions.certify_unanswered(case_id=row.id, request_id=asked.id, by=who)

    page = _page(
        asked,
        title=_("No answer came"),
        heading=_("Certify that no answer came"),
        lede=_("Past its date and past one reminder; the Fund then considers paying where nothing else is left."),
        button=_("Certify it"),
        clause="S5.5",
        said=_("It was certified that no answer came."),
    )
    return act_page(request, row, form, page, do)


@require_http_methods(METHODS)
@serves("S6.1")
def keep_open(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Let accepted requests open for their providers until the services are settled."""
    who = request.principal
    row = cases.case_for(who, case_id)
    require("plans.write", who, row)
    form = forms.BareForm(request.POST or None)

    def do(_data: dict[str, Any]) -> Any:
        return actions.keep_open(case_id=row.id, by=who)

    page = _page(
        None,
        title=_("Keep accepted requests open"),
        heading=_("Keep accepted requests open for their providers"),
        lede=_("What they were told opens for them until the service has ended and is settled, then no more."),
        button=_("Keep them open"),
        clause="S6.1",
        said=_("What was told now opens until the services are settled."),
    )
    return act_page(request, row, form, page, do)


@require_safe
@serves("S5.4", "S6.1")
def paper(request: HttpRequest, case_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """What an organisation without a workplace here gets on paper."""
    who = request.principal
    row = cases.case_for(who, case_id)
    require("plans.write", who, row)
    asked = drawing.asked([_request(row, request_id)], who, request.LANGUAGE_CODE)[request_id]
    ledger.opening("plans.requests", by=who, case=row.id, subject=request_id, section="narrative")
    worker = directory.worker_of(who.id)
    context = {"one": asked, "told": asked.told, "service": asked.row.service_type, "worker": worker, "case": row}
    return render(request, "requests/paper.html", context)


@require_safe
@serves("S4.1", "S5.4", "S5.5")
def waiting(request: HttpRequest) -> HttpResponse:
    """Requests without an answer: the worker's own, or the Fund's, the longest due first."""
    who = request.principal
    require("plans.requests", who)
    filters = forms.WaitingFilters(request.GET)
    late = bool(filters.cleaned_data.get("late")) if filters.is_valid() else False
    page = queries.waiting(who, late=late, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return render(
        request,
        "requests/waiting.html",
        {"page": page, "rows": drawing.waiting_rows(page.rows), "filters": filters, "late": late},
    )
