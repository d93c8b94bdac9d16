"""Drawing up a plan: begun from the needs, its items set, gone on with after a return."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import require
from gza.accounts.principals import Principal
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.directory import queries as directory
from gza.plans import actions, queries
from gza.plans.enums import VersionKind, VersionState
from gza.plans.models import PlanVersion
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.forms.base import dated
from gza.web.plans import drawing
from gza.web.plans.forms import MOST_ROWS, BeginForm, PlanForm, plan_form
from gza.web.plans.views.drafting import editor, seen_of
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
    if row.kind == VersionKind.FINAL and "rows" in request.POST:  # written on while the plan went on: nothing is lost
        return _draft(request, case, queries.agreed(case))
    if row.kind == VersionKind.FINAL:
        return HttpResponseRedirect(reverse("plans:final", args=[case.id]))
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


def _draft(request: HttpRequest, case: Case, row: PlanVersion) -> HttpResponse:
    who = request.principal

    def save(form: PlanForm, data: dict[str, Any]) -> Any:
        return actions.set_items(
            case_id=case.id, version_id=row.id, items=form.items(), months=data["months"], aim=data["aim"],
            seen=seen_of(form), by=who,
        )  # fmt: skip

    desk = _Desk(case, row, who, request.LANGUAGE_CODE)
    return editor(
        request, case, desk, save, template="plans/edit.html", key="plan", said=_("The draft of the plan was saved.")
    )
