"""Drawing up a plan: begun from the needs, its items set, gone on with after a return."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts import queries as accounts
from gza.accounts.permissions import require
from gza.accounts.principals import Principal
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.directory import queries as directory
from gza.ledger import work as ledger
from gza.plans import actions, queries
from gza.plans.enums import VersionState
from gza.plans.models import PlanVersion
from gza.ui import dates
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.forms.base import dated
from gza.web.cases.steps import frame
from gza.web.plans import drawing
from gza.web.plans.forms import MOST_ROWS, BeginForm, PlanForm, plan_form
from gza.web.shell import drafts
from gza.web.shell.acts import submit
from gza.web.shell.clauses import serves

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@serves("S3.4a", "S5.2", "S7.3", "S7.7", "S7.10")
def edit(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Begin the initial plan, or work on the draft; what lies with the Fund or was answered is not changed here."""
    case = cases.case_for(request.principal, case_id)
    require("plans.write", request.principal, case)
    row = queries.current(case)
    if row is None:
        return _begin(request, case)
    if row.state == VersionState.RETURNED and request.method != "POST":
        return HttpResponseRedirect(reverse("plans:new_draft", args=[case.id]))
    if row.state == VersionState.DRAFT or "rows" in request.POST:
        return _draft(request, case, row)
    return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))


def _begin(request: HttpRequest, case: Case) -> HttpResponse:
    who = request.principal
    needs = cases.needs(case)
    form = BeginForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.draft_initial_plan(case_id=case.id, **dated(data), by=who)

    page = ActPage(
        title=_("Begin the plan"),
        heading=_("Begin the initial plan"),
        lede=_("It begins with the needs that stand in the case: each becomes an item, which you then complete."),
        button=_("Begin the plan"),
        clause="S7.3",
        tab="plans:plan",
        said=_("The draft was begun with the needs of the case. Complete its items."),
        to="plans:edit",
        template="plans/begin.html",
        context={"needs": needs},
    )
    return act_page(request, case, form, page, do)


@require_http_methods(_METHODS)
@serves("S3.4b")
def new_draft(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Go on after a return: a new draft from the returned version, which stays as it is."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    page = queries.plan_page(case)
    if request.method != "POST" and (page is None or page.version.state != VersionState.RETURNED):
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    form = BeginForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.new_draft(case_id=case.id, **dated(data), by=who)

    answers = []
    if request.method != "POST" and page is not None:
        answers = drawing.draw(page, case, who).answers[:1]
    act = ActPage(
        title=_("Begin a new draft"),
        heading=_("Go on with a new draft"),
        lede=_("The new draft takes over all items of the returned version, which itself stays as it was."),
        button=_("Begin the new draft"),
        clause="S3.4b",
        tab="plans:plan",
        said=_("The new draft was begun. Mend what the Fund asked for, then submit it again."),
        to="plans:edit",
        template="plans/again.html",
        context={"answers": answers},
    )
    return act_page(request, case, form, act, do)


class _Desk:
    """What the form of a draft is made of: the choices, and what is stored."""

    def __init__(self, case: Case, row: PlanVersion, who: Principal, language: str) -> None:
        self.row, self.who = row, who
        self.items = queries.items_of(row)
        self.newest = queries.newest_needs(case.id)
        named = {self.newest[item.need_id] for item in self.items if item.need_id}
        needs = [need for need in cases.needs(case, dropped=True) if need.dropped_on is None or need.id in named]
        texts = who.ring.open_many(needs, ["description"])
        self.needs = [
            (str(need.id), f"{need.get_domain_display()}: {_short(text['description'])}")
            for need, text in zip(needs, texts, strict=True)
        ]
        used = {item.service_type for item in self.items if item.service_type}
        types = {
            one.key: one for one in [*directory.service_types("reintegration"), *sorted(used, key=lambda x: x.key)]
        }
        self.services = [(one.key, one.name(language)) for one in types.values()]

    def stored(self) -> dict[str, Any]:
        """The draft as it stands, by field of the form."""
        texts = queries.texts_of(self.items, self.who.ring)
        values: dict[str, Any] = {"aim": self.who.ring.open(self.row, "aim"), "months": self.row.months}
        for index, (item, text) in enumerate(zip(self.items, texts, strict=True)):
            need = self.newest.get(item.need_id)
            values |= {
                f"need_{index}": str(need) if need else "", f"service_{index}": item.service_type_id or "",
                f"provider_{index}": item.provider_kind, f"priority_{index}": item.priority,
                f"from_{index}": item.month_from, f"to_{index}": item.month_to,
                f"detail_{index}": text["detail"], f"reason_{index}": text["reason"],
            }  # fmt: skip
        return values

    def form(self, count: int, data: Mapping[str, Any] | None = None, **kwargs: Any) -> PlanForm:
        """The form with that many rows."""
        return plan_form(
            min(count, MOST_ROWS), data, needs=self.needs, services=self.services, version=self.row.version, **kwargs
        )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:88]}…"  # noqa: PLR2004 (what a drop-down can show)


def _count(value: Any, otherwise: int) -> int:
    text = str(value)
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 4 else otherwise  # noqa: PLR2004 (digits of MOST_ROWS)


def _draft(request: HttpRequest, case: Case, row: PlanVersion) -> HttpResponse:
    who = request.principal
    desk = _Desk(case, row, who, request.LANGUAGE_CODE)
    draft = drafts.key("plan", who, case.id)

    def draw(form: PlanForm, *, status: int = 200, denied: Any = None, stale: Any = None) -> HttpResponse:
        context = {**frame(request, case, "plans:plan"), "form": form, "row": row, "denied": denied}
        if form.is_bound:
            form.renew_token()
            form.name_items(form.errors)
        if stale is not None:
            context |= _clash(request, case, stale.current, desk, form)
        else:
            context["table"] = form.table()
        context["most"] = form.count >= MOST_ROWS
        context["draft_address"] = drafts.address(draft)
        if not form.is_bound and "draft" not in request.GET:
            context["draft_saved"] = drafts.saved_at(who, draft)
            context["draft_drop"] = f"{reverse('shell:discard', args=[draft])}?{urlencode({'next': request.path})}"
        return render(request, "plans/edit.html", context, status=status)

    if request.method != "POST":
        ledger.opening("plans.plan", by=who, case=case.id, subject=row.id, section="narrative")
        kept = drafts.read(who, draft) if "draft" in request.GET else {}
        count = _count(kept.get("rows", [""])[-1], len(desk.items)) if kept else len(desk.items)
        form = desk.form(count, initial=desk.stored())
        if kept:
            drafts.initial(form, kept)
            form.initial["rows"] = count
        return draw(form)

    count = _count(request.POST.get("rows", ""), len(desk.items))
    if "add" in request.POST:
        posted = request.POST.copy()
        posted["rows"] = str(min(count + 1, MOST_ROWS))
        form = desk.form(count + 1, posted)
        form.errors.clear()  # nothing is judged before it is sent
        return draw(form)
    form = desk.form(count, request.POST)

    def do(data: dict[str, Any]) -> Any:
        seen = form.data.get("version", "")
        made = actions.set_items(
            case_id=case.id, version_id=row.id, items=form.items(), months=data["months"], aim=data["aim"],
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None,  # noqa: PLR2004 (32 bits)
            by=who,
        )  # fmt: skip
        drafts.drop(who, draft)
        return made

    return submit(
        request, form, do, draw, to=reverse("plans:plan", args=[case.id]), said=_("The draft of the plan was saved.")
    )


def _clash(request: HttpRequest, case: Case, current: PlanVersion, desk: _Desk, form: PlanForm) -> dict[str, Any]:
    """Both versions, field by field: the form gets as many rows as the longer of them."""
    case.refresh_from_db()
    changed = {
        "stale_who": accounts.user(case.changed_by) if case.changed_by else None,
        "stale_when": dates.moment(case.changed_at, request.LANGUAGE_CODE) if case.changed_at else "",
    }
    if current.state != VersionState.DRAFT:
        return {**changed, "table": form.table(), "stale_row": current}
    desk.row, desk.items = current, queries.items_of(current)
    count = max(form.count, len(desk.items))
    posted = form.data.copy()
    posted["rows"] = str(count)
    both = desk.form(count, posted)
    both.is_valid()
    both.name_items(both.fields)
    ledger.opening("plans.plan", by=request.principal, case=case.id, subject=current.id, section="narrative")
    return {**changed, "form": both, "conflict": both.conflict(desk.stored() | {"rows": count}, current.version)}
