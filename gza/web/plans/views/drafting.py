"""The editor of a draft, initial or final: rows added, kept drafts, and two people at one draft."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from gza.accounts import queries as accounts
from gza.cases.models import Case
from gza.core.text import whole
from gza.ledger import work as ledger
from gza.plans import queries
from gza.plans.enums import VersionState
from gza.plans.models import PlanItem, PlanVersion
from gza.ui import dates
from gza.web.cases.steps import frame
from gza.web.plans.forms import MOST_ROWS
from gza.web.shell import drafts
from gza.web.shell.acts import submit


class Desk(Protocol):
    """What the form of a draft is made of: the row and its items, the choices, what is stored."""

    row: PlanVersion
    items: list[PlanItem]

    def stored(self) -> dict[str, Any]:
        """The draft as it stands, by field of the form."""
        ...

    def form(self, count: int, data: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        """The form with that many rows."""
        ...


def count_of(value: Any, otherwise: int) -> int:
    """How many rows the form says it has, within bounds."""
    count = whole(str(value), digits=3)
    return otherwise if count is None else min(count, MOST_ROWS)


def seen_of(form: Any) -> int | None:
    """The version of the draft that the form was made from."""
    return whole(form.data.get("version", ""), digits=9)


def editor(
    request: HttpRequest,
    case: Case,
    desk: Desk,
    save: Callable[[Any, dict[str, Any]], Any],
    *,
    template: str,
    key: str,
    said: str,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a draft.

    Args:
        request: GET draws it, POST saves it or adds a row.
        case: its case.
        desk: what the form is made of.
        save: the act, given the form and its cleaned data.
        template: the page.
        key: short name under which what is typed is kept.
        said: what is said when it is saved.
        extra: more for the template.
    """
    who, row = request.principal, desk.row
    draft = drafts.key(key, who, row.id)

    def draw(form: Any, *, status: int = 200, denied: Any = None, stale: Any = None) -> HttpResponse:
        context = {**frame(request, case, "plans:plan"), **(extra or {}), "form": form, "row": row, "denied": denied}
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
        return render(request, template, context, status=status)

    if request.method != "POST":
        ledger.opening("plans.plan", by=who, case=case.id, subject=row.id, section="narrative")
        kept = drafts.read(who, draft) if "draft" in request.GET else {}
        count = count_of(kept.get("rows", [""])[-1], len(desk.items)) if kept else len(desk.items)
        form = desk.form(count, initial=desk.stored())
        if kept:
            drafts.initial(form, kept)
            form.initial["rows"] = count
        return draw(form)

    if "rows" not in request.POST:  # the form that begins a draft, sent again where there is one by now
        return HttpResponseRedirect(request.path)
    count = count_of(request.POST.get("rows", ""), len(desk.items))
    if "add" in request.POST:
        posted = request.POST.copy()
        posted["rows"] = str(min(count + 1, MOST_ROWS))
        form = desk.form(count + 1, posted)
        form.errors.clear()  # nothing is judged before it is sent
        return draw(form)
    form = desk.form(count, request.POST)

    def do(data: dict[str, Any]) -> Any:
        made = save(form, data)
        drafts.drop(who, draft)
        return made

    return submit(request, form, do, draw, to=reverse("plans:plan", args=[case.id]), said=said)


def _clash(request: HttpRequest, case: Case, current: PlanVersion, desk: Desk, form: Any) -> dict[str, Any]:
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
