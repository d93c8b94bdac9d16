"""Two cases of one person are joined, and joined ones parted again."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import hide, require
from gza.cases import queries as cases
from gza.cases.steps import take
from gza.plans import actions
from gza.plans.queries import ending as queries
from gza.web.after import forms
from gza.web.care.pages import METHODS
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.base import dated
from gza.web.shell.clauses import serves

TAB = "after:end"


@require_http_methods(METHODS)
@serves("S5.6", "G1")
def merge(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record that another case is of the same person."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    twins = queries.likely_twins(case, who)
    form = forms.MergeForm(request.POST or None, version=case.version, found=[(str(one.id), one.code) for one in twins])

    other: uuid.UUID | None = None
    if form.is_valid():
        data = form.cleaned_data
        other = uuid.UUID(data["found"]) if data["found"] else cases.by_code(who, data["code"])
        if other is None:
            form.add_error("code", _("No case that you may know of has this code. Compare it with the paper."))

    def do(data: dict[str, Any]) -> Any:
        return actions.merge(
            case_id=case.id, other_id=other or hide(), reasons=data["reasons"], seen=seen(form), **dated(data), by=who
        )

    page = ActPage(
        title=_("Another case of the same person"),
        heading=_("Join another case of the same person"),
        lede=_("Both keep their history and their keys; from now on the Fund's money in both counts together."),
        button=_("Join the cases"),
        clause="S5.6",
        tab=TAB,
        said=_("The two cases are one person's now."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S5.6")
def undo(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Record that two joined cases are of two people."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    row = take(queries.merges_by(case), id=row_id)
    form = forms.UnmergeForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.unmerge(case_id=case.id, merge_id=row.id, reasons=data["reasons"], **dated(data), by=who)

    page = ActPage(
        title=_("Undo the joining"),
        heading=_("Undo the joining of two cases"),
        lede=_("They are of two people after all: the money of each counts for itself again."),
        button=_("Undo the joining"),
        clause="S5.6",
        tab=TAB,
        said=_("The two cases stand apart again."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)
