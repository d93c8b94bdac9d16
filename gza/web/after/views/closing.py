"""Closing a case, opening it again, deciding on a later plan."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import require
from gza.cases import queries as cases
from gza.plans import actions
from gza.web.after import forms
from gza.web.care.pages import METHODS
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.base import dated
from gza.web.cases.views.fund import designable
from gza.web.shell.clauses import serves

TAB = "after:end"


@require_http_methods(METHODS)
@serves("S7.12", "S7.11", "S3.3", "S0.1")
def close(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Close a case after plan, notice and follow-up."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    form = forms.WhyForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.close_case(case_id=case.id, why=data["why"], seen=seen(form), **dated(data), by=who)

    page = ActPage(
        title=_("Close the case"),
        heading=_("Close the case"),
        lede=_("The designation ends with it. Everything stays on file, and who comes back is received again."),
        button=_("Close the case"),
        clause="S7.12",
        tab=TAB,
        said=_("The case was closed."),
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.11", "S3.3", "S5.6", "S7.2")
def reopen(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Open a closed case again, with its worker in the same act."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    form = forms.ReopenForm(request.POST or None, version=case.version, workers=designable(request))

    def do(data: dict[str, Any]) -> Any:
        return actions.reopen_case(
            case_id=case.id, worker_id=data["worker"], why=data["why"], seen=seen(form), **dated(data), by=who
        )

    page = ActPage(
        title=_("Open the case again"),
        heading=_("Open the case again"),
        lede=_("With a social worker from the same day. What the Fund has paid for goes on counting."),
        button=_("Open the case"),
        clause="S7.11",
        tab=TAB,
        said=_("The case is open again."),
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.10", "G5", "S5.6")
def later_plan(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The Fund's decision on a later plan for the same person."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    form = forms.DecisionForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.decide_later_plan(
            case_id=case.id, reasons=data["reasons"], seen=seen(form), **dated(data), by=who
        )

    page = ActPage(
        title=_("Decide on a later plan"),
        heading=_("Decide on a later plan"),
        lede=_("The road begins again at the needs, under the same ceiling. The former plan stays readable as it was."),
        button=_("Decide on a later plan"),
        clause="S7.10",
        tab=TAB,
        said=_("A later plan was decided on; its needs come next."),
    )
    return act_page(request, case, form, page, do)
