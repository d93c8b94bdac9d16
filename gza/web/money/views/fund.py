"""The Fund's own pages of money: what waits for a decision, and the budget by year."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.permissions import require
from gza.core import clock
from gza.plans import actions, queries
from gza.plans.models import BudgetLine
from gza.web.cases.acting import seen
from gza.web.money import drawing
from gza.web.money.forms import LineForm, NewLineForm
from gza.web.shell.acts import submit
from gza.web.shell.clauses import serves

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@serves("S5.5", "S5.6", "G5")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision of the Fund, the first due first."""
    who = request.principal
    require("plans.budget", who)
    marks = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    today = clock.today()
    page = queries.funding_queue(who, **marks)
    context = {
        "page": page,
        "rows": drawing.queue_rows(page.rows),
        "line": queries.budget_line(today.year),
        "year": today.year,
        "today": today,
        "decides": bool(queries.law_delegations(who, today)),
    }
    return render(request, "money/queue.html", context)


@require_safe
@serves("S4.5", "S5.6")
def budget(request: HttpRequest) -> HttpResponse:
    """The budget lines by year: allotted, committed, reserved, left."""
    who = request.principal
    require("plans.budget", who)
    lines = queries.budget_lines()
    context = {
        "lines": lines,
        "people": accounts.users({row.changed_by for row in lines}),
        "decides": bool(queries.law_delegations(who, who.day)),
        "year": clock.today().year,
        "missing": clock.today().year not in {row.year for row in lines},
    }
    return render(request, "money/budget.html", context)


@require_http_methods(_METHODS)
@serves("S4.5", "G5")
def new_line(request: HttpRequest) -> HttpResponse:
    """Enter the budget line of a year that has none."""
    require("plans.budget", request.principal)
    form = NewLineForm(request.POST or None, initial={"year": clock.today().year})
    return _line_page(request, form, None)


@require_http_methods(_METHODS)
@serves("S4.5", "G5")
def line(request: HttpRequest, year: int) -> HttpResponse:
    """Change the budget line of a year."""
    require("plans.budget", request.principal)
    row = queries.budget_line(year)
    if row is None:
        raise Http404
    initial = {"allotted": row.allotted, "note": row.note}
    return _line_page(request, LineForm(request.POST or None, initial=initial, version=row.revision), row)


def _line_page(request: HttpRequest, form: Any, row: BudgetLine | None) -> HttpResponse:
    who = request.principal

    def draw(form: Any, *, status: int = 200, denied: Any = None, stale: Any = None) -> HttpResponse:
        if form.is_bound:
            form.renew_token()
        current = getattr(stale, "current", None)
        if current is not None and "version" in form.fields:
            form.data[form.add_prefix("version")] = str(current.revision)
        context = {
            "form": form, "row": row, "denied": denied, "current": current,
            "who_changed": accounts.user(current.changed_by) if current is not None and current.changed_by else None,
        }  # fmt: skip
        return render(request, "money/line.html", context, status=status)

    def do(data: dict[str, Any]) -> Any:
        year, revision = (data["year"], 0) if row is None else (row.year, seen(form))
        return actions.set_budget_line(year=year, allotted=data["allotted"], note=data["note"], seen=revision, by=who)

    if request.method != "POST":
        return draw(form)
    return submit(request, form, do, draw, to=reverse("money:budget"), said=_("The budget line was recorded."))
