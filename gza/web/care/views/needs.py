"""Primary needs for recovery (S7.2); needs for reintegration, found together (S7.4, S5.2)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import hide, may, require
from gza.cases import queries
from gza.cases.actions import correct, drop_need, record_need, record_primary_needs
from gza.cases.errors import Stale
from gza.cases.models import Case, Need
from gza.web.care.forms import needs as forms
from gza.web.care.forms.base import dated
from gza.web.care.pages import METHODS, ask_reason, later, listed, one, opened
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.shell import drafts
from gza.web.shell.clauses import serves

_TEXTS = ["description", "reason", "drop_reason"]


@require_http_methods(METHODS)
@serves("S7.2", "S0.3")
def primary(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What was found, and several needs recorded at once; who does not keep the case reads."""
    who = request.principal
    case = queries.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    works = may("cases.work", who, case)
    if request.method == "POST":
        require("cases.work", who, case)
    more = request.method == "POST" and "more" in request.POST
    kept = drafts.read(who, drafts.key("primary", who, case.id)) if "draft" in request.GET else {}
    count = forms.rows_of({"rows": kept["rows"][-1]} if kept.get("rows") else request.POST) + more
    form = forms.PrimaryNeedsForm(
        None if more else request.POST or None, rows=min(count, forms.MOST_ROWS), version=case.version
    )
    if more:
        posted = {name: values for name, values in request.POST.lists() if name not in drafts.NEVER | {"rows"}}
        drafts.initial(form, posted)
        _untick(form, posted)

    def do(data: dict[str, Any]) -> Any:
        return record_primary_needs(
            case_id=case.id, needs=form.needs(), summary=data["summary"], seen=seen(form), **dated(data), by=who
        )

    page = ActPage(
        title=_("Primary needs"),
        heading=_("Primary needs for recovery"),
        lede=_("What the person needs first for physical and mental recovery. Services need not wait for a plan."),
        button=_("Record the primary needs"),
        clause="S7.2",
        tab="care:services",
        draft="primary",
        said=_("The primary needs were recorded. Services can be asked for now."),
        to="care:services",
        template="care/primary.html",
        context={
            "found": later(lambda: _primary(request, case)),
            "most": forms.MOST_ROWS,
        },
    )
    if not works:
        return listed(request, case, None, page, do)
    return act_page(request, case, form, page, do, send=not more)


def _untick(form: forms.PrimaryNeedsForm, posted: dict[str, list[str]]) -> None:
    """Boxes that were not ticked are not posted; a row that was there keeps them empty."""
    for number in range(form.count):
        if f"description_{number}" in posted and f"stated_by_{number}" not in posted:
            form.initial[f"stated_by_{number}"] = []


def _primary(request: HttpRequest, case: Case) -> list[dict[str, Any]]:
    return opened(
        request, case, queries.primary_needs(case), ["description"], verb="care.primary_needs", section="health"
    )


@require_http_methods(METHODS)
@serves("S5.2", "S7.4", "S0.4")
def needs(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The needs with who stated them, necessary or desired; and one more."""
    who = request.principal
    case = queries.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    if request.method == "POST":
        require("cases.work", who, case)
    form = forms.NeedForm(request.POST or None, version=case.version) if may("cases.work", who, case) else None

    def do(data: dict[str, Any]) -> Any:
        return record_need(case_id=case.id, need=form.need(), seen=seen(form), **dated(data), by=who)

    rows = later(
        lambda: opened(request, case, queries.needs(case, dropped=True), _TEXTS, verb="care.needs", section="narrative")
    )
    page = ActPage(
        title=_("Needs"),
        heading=_("Needs for reintegration"),
        lede=_("Found together with the person: what is needed, who named it, whether it is necessary or desired."),
        button=_("Record the need"),
        clause="S7.4",
        tab="care:needs",
        draft="need",
        said=_("The need was recorded. Record the next one, or go on to the plan."),
        to="care:needs",
        template="care/needs.html",
        context={"rows": rows},
    )
    return listed(request, case, form, page, do)


def _need(case: Case, row_id: uuid.UUID) -> Need:
    row = one(queries.needs(case), row_id)
    if row is None:
        hide()
    return row


@require_http_methods(METHODS)
@serves("S7.4")
def drop(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Record that a need fell away; it stays on file with the reason."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.work", who, case)
    row = _need(case, row_id)
    form = forms.DropForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return drop_need(case_id=case.id, need_id=row.id, why=data["why"], **dated(data), by=who)

    page = ActPage(
        title=_("A need fell away"),
        heading=_("Record that a need fell away"),
        lede=_("It stays on file with the reason, and no longer belongs to the plan."),
        button=_("Record it"),
        clause="S7.4",
        tab="care:needs",
        said=_("It was recorded that the need fell away."),
        to="care:needs",
        template="care/need.html",
        context={
            "found": later(lambda: opened(request, case, [row], _TEXTS, verb="care.need", section="narrative")[0])
        },
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("G2", "S5.2")
def correct_need(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Mend a mistake in a need; the former record stays beside the new one."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.work", who, case)
    row = queries.need(case, row_id)
    if row is None:
        hide()
    if row.superseded:
        row = queries.versions(row)[-1]
    initial: dict[str, Any] = {
        "domain": row.domain, "priority": row.priority, "stated_by": row.stated_by, "happened_on": row.happened_on
    }  # fmt: skip
    if request.method != "POST":
        found = opened(request, case, [row], ["description", "reason"], verb="care.need", section="narrative")[0]
        initial |= {"description": found["description"], "why": found["reason"]}
    form = forms.CorrectNeedForm(request.POST or None, initial=initial, version=row.id)

    def do(data: dict[str, Any]) -> Any:
        if form.is_stale(row.id):
            form.data["version"] = str(row.id)
            raise Stale(row)
        need = form.need()
        return correct(
            case_id=case.id, row=row, why=data["mistake"], happened_on=data["happened_on"],
            columns={"domain": need.domain, "priority": need.priority, "stated_by": sorted(need.stated_by)},
            texts={"description": need.description, "reason": need.why}, by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Correct a need"),
        heading=_("Correct a need"),
        lede=_("The former record stays beside the new one."),
        button=_("Record the correction"),
        clause="G2",
        tab="care:needs",
        draft="need-correct",
        said=_("The correction was recorded."),
    )
    return act_page(request, case, form, page, do, to=reverse("care:needs", args=[case.id]))
