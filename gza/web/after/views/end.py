"""The end of a plan: what ends it and what is open, the beneficiary's request, violations and what the Fund decides."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import may, require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.cases.steps import take
from gza.core import clock
from gza.ledger import work as ledger
from gza.plans import actions
from gza.plans.queries import ending as queries
from gza.web.after import forms
from gza.web.care.forms.base import checked
from gza.web.care.pages import METHODS, ask_reason, later
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.base import dated
from gza.web.cases.steps import frame
from gza.web.shell.clauses import serves

TAB = "after:end"


def _texts(who: Any, rows: list[Any], names: list[str]) -> dict[uuid.UUID, dict[str, str]]:
    opened = who.ring.open_many(rows, names) if rows else []
    return {row.id: texts for row, texts in zip(rows, opened, strict=True)}


def read(request: HttpRequest, case: Case, page: queries.EndPage) -> dict[str, Any]:
    """The sealed texts of the page of the end, opened and recorded once; nothing where there is nothing to open."""
    who = request.principal
    requests = [row for row in (page.request, *page.answered) if row is not None]
    hearings = [one for row in page.violations for one in row.hearings.all() if not one.superseded]
    ends = [row for row in (page.end,) if row is not None]
    waiting = [row for row in (page.in_fact,) if row is not None]
    if not (requests or page.violations or ends or waiting):
        return {}
    found = {
        **_texts(who, requests, ["changed_need", "words", "answer"]),
        **_texts(who, page.violations, ["description", "warning"]),
        **_texts(who, hearings, ["words"]),
        **_texts(who, ends, ["reasons"]),
        **_texts(who, waiting, ["evidence"]),
    }
    ledger.opening("after.end", by=who, case=case.id, section="narrative")
    return found


@require_safe
@serves("S7.12", "S7.10", "S0.1", "S5.6")
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Where the plan's term stands, what asks to end it, what is open: money, reports, requests."""
    who = request.principal
    case = cases.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    today = clock.today()
    page = queries.end_page(case)
    texts = read(request, case, page)
    decides = may("plans.decide", who, case)
    context = {
        **frame(request, case, TAB),
        "end": page,
        "texts": texts,
        "today": today,
        "in_force": queries.in_force(case, today),
        "answered": [{"row": row, **texts[row.id]} for row in page.answered],
        "violations": [
            {
                "row": row,
                **texts[row.id],
                "hearings": [{"row": one, **texts[one.id]} for one in row.hearings.all() if not one.superseded],
            }
            for row in page.violations
        ],
        "ends": [row for row in queries.case_ends(case) if row.withdrawn_on is None and row != page.in_fact],
        "merges": queries.merges_of(case),
        "decides": decides,
        "directs": decides and who.directs,
        "works": may("cases.work", who, case),
    }
    return render(request, "after/end.html", context)


@require_http_methods(METHODS)
@serves("S7.12")
def ask(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record the beneficiary's written request to end the plan."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.record", who, case)
    form = forms.RequestForm(request.POST or None, request.FILES or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.record_end_request(
            case_id=case.id, changed_need=data["changed_need"], words=data["words"], scan=checked(data["scan"]),
            seen=seen(form), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("A request to end the plan"),
        heading=_("Record the request to end the plan"),
        lede=_("It is in writing and states the changed need. The Fund decides; until then the plan goes on."),
        button=_("Record the request"),
        clause="S7.12",
        tab=TAB,
        draft="end-request",
        said=_("The request was recorded and waits for the Fund."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.12", "G5")
def answer(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """The Fund's answer to the request, by who holds the delegation."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    row = take(queries.requests_of(case), id=row_id)
    if request.method != "POST" and (asked := ask_reason(request, case)) is not None:
        return asked
    form = forms.AnswerForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.answer_end_request(
            case_id=case.id, request_id=row.id, granted=data["granted"] == "yes", reasons=data["reasons"],
            **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Answer the request to end the plan"),
        heading=_("Answer the request to end the plan"),
        lede=_("Decided in the Fund's name by who holds the delegation, with reasons."),
        button=_("Give the answer"),
        clause="S7.12",
        tab=TAB,
        said=_("The answer was recorded."),
        to=TAB,
        template="after/answer.html",
        context={"row": row, "asked": later(lambda: _opened(request, case, row, ["changed_need", "words"]))},
    )
    return act_page(request, case, form, page, do)


def _opened(request: HttpRequest, case: Case, row: Any, names: list[str]) -> dict[str, str]:
    if not cases.own_work(request.principal, case):
        return {}
    texts = request.principal.ring.open_many([row], names)[0]
    ledger.opening("after.end", by=request.principal, case=case.id, section="narrative")
    return dict(texts)


@require_http_methods(METHODS)
@serves("S7.12", "G1")
def violation(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record a violation: a fact, of which nothing follows by itself."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.record", who, case)
    form = forms.ViolationForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.record_violation(
            case_id=case.id, description=data["description"], gross=data["gross"], seen=seen(form), **dated(data),
            by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("A violation"),
        heading=_("Record a violation of the plan's terms"),
        lede=_("Nothing follows from it by itself. The beneficiary is heard first, then the Fund may give a warning."),
        button=_("Record the violation"),
        clause="S7.12",
        tab=TAB,
        draft="violation",
        said=_("The violation was recorded. Hear the beneficiary next."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.12")
def hearing(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Record what the beneficiary said on a violation."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.record", who, case)
    row = take(queries.violations_of(case), id=row_id)
    form = forms.HearingForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.hear(
            case_id=case.id, violation_id=row.id, words=data["words"], present=data["present"], **dated(data), by=who
        )

    page = ActPage(
        title=_("Hear the beneficiary"),
        heading=_("Record the hearing"),
        lede=_("In the beneficiary's own words, before anything is decided."),
        button=_("Record the hearing"),
        clause="S7.12",
        tab=TAB,
        draft="hearing",
        said=_("The hearing was recorded."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.12")
def warning(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Record the Fund's warning after a hearing."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    row = take(queries.violations_of(case), id=row_id)
    form = forms.WarningForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.warn(case_id=case.id, violation_id=row.id, words=data["words"], **dated(data), by=who)

    page = ActPage(
        title=_("Give a warning"),
        heading=_("Record the warning"),
        lede=_("It follows the hearing. Without it a plan is not ended for violation."),
        button=_("Record the warning"),
        clause="S7.12",
        tab=TAB,
        draft="warning",
        said=_("The warning was recorded."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.12", "G5")
def for_violation(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """End the plan for gross and repeated violation, by who holds the delegation."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    form = forms.DecisionForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.end_for_violation(
            case_id=case.id, reasons=data["reasons"], seen=seen(form), **dated(data), by=who
        )

    page = ActPage(
        title=_("End the plan for violation"),
        heading=_("End the plan for gross and repeated violation"),
        lede=_("Two gross violations at least, each heard, with a warning before the last. Work done is still paid."),
        button=_("End the plan"),
        clause="S7.12",
        tab=TAB,
        said=_("The plan has ended. The beneficiary is now told in writing."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)
