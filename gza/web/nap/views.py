"""Pages of the national action plans: list, tree, activity, download, load with preview."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gza.accounts.permissions import hide, may, require
from gza.core import clock
from gza.core.conflicts import Stale
from gza.law import nap as law
from gza.law.verdicts import Denied
from gza.nap import actions, queries, reading, writing
from gza.nap import document as doc
from gza.nap.changes import changes, marked
from gza.nap.columns import COLUMNS
from gza.nap.problems import Problem, Unreadable
from gza.web.shell.acts import CONFLICT, UNPROCESSABLE, submit
from gza.web.shell.clauses import serves

from . import pages, words
from .forms import FileForm, LoadForm, PlanFilters

MOST_CHANGES = 60


def _document(request: HttpRequest, code: str) -> doc.Plan:
    require("nap.read", request.principal)
    try:
        return queries.document(code)
    except queries.NoPlan:
        hide()


def _page(plan: doc.Plan, keys: set[str], **filters: Any) -> pages.Page:
    language = get_language() or "ka"
    names = pages.Names(queries.names(keys), language)
    return pages.Page(plan, names, clock.today(), language, pages.Chosen(**filters))


@require_safe
@serves("N0.1")
def home(request: HttpRequest) -> HttpResponse:
    """Every plan, side by side."""
    require("nap.read", request.principal)
    return render(
        request,
        "nap/home.html",
        {"plans": list(queries.plans()), "today": clock.today(), "may_load": may("nap.load", request.principal)},
    )


@require_safe
@serves("N0.1", "N0.2", "N0.3")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The tree: goals, objectives, activities with agencies, timeline and indicators; filters in the address."""
    found = _document(request, code)
    page = _page(found, pages.agencies(found))
    goals = [(one.id, f"{one.id}. {page.said(one).text}") for one in found.goals]
    filters = PlanFilters(request.GET, goals=goals, bodies=page.bodies())
    page = pages.Page(found, page.names, page.today, page.language, pages.Chosen(**filters.chosen()))
    context = {"page": page, "plan": found, "filters": filters, "kinds": list(writing.FORMATS)}
    return render(request, "nap/plan_detail.html", context)


@require_safe
@serves("N0.1", "N0.2", "N0.3")
def activity(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One activity: who, when, how one sees it, where it stands in the source, what is to be confirmed."""
    found = _document(request, code)
    at = next((n for n, one in enumerate(found.activities) if one.id == number), None)
    if at is None:
        hide()
    one = found.activities[at]
    page = _page(found, pages.agencies(found, [one]))
    objective = next(part for part in found.objectives if part.id == one.objective)
    goal = next(part for part in found.goals if part.id == objective.goal)
    row = page.row(one)
    context = {
        "page": page, "plan": found, "row": row, "goal": goal, "goal_title": page.said(goal),
        "objective": objective, "objective_title": page.said(objective), "windows": page.windows(row),
        "indicators": _printed(row), "note": page.note(one), "lines": queries.source_lines(code, one.marks.source),
        "kind": law.LABELS[one.timeline.kind], "before": found.activities[at - 1] if at else None,
        "after": found.activities[at + 1] if at + 1 < len(found.activities) else None,
    }  # fmt: skip
    return render(request, "nap/activity_detail.html", context)


def _printed(row: pages.Row) -> list[dict[str, Any]]:
    """The indicators as printed, each with its measurable parts."""
    printed: dict[int, dict[str, Any]] = {}
    for one in row.indicators:
        group = printed.setdefault(one.part.printed, {"text": one.part.printed_text, "parts": []})
        group["parts"].append(one)
    return list(printed.values())


@require_safe
@serves("N0.1")
def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The plan as a file."""
    require("nap.read", request.principal)
    try:
        content = queries.export(code, kind)
    except (queries.NoPlan, KeyError):
        hide()
    name = f"{code.lower()}.{kind}"
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=writing.TYPES[kind], headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "HEAD", "POST"])
@serves("N0.1")
def load(request: HttpRequest) -> HttpResponse:
    """Choose a file; see by cell what is wrong with it, or what it holds before it is loaded."""
    require("nap.load", request.principal)
    if request.method != "POST":
        return _choose(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, form, status=UNPROCESSABLE)
    file = form.cleaned_data["file"]
    try:
        found, problems = queries.read_file(file.name, file.read(reading.MOST_BYTES + 1))
        listed = list(problems)
        preview = LoadForm.of(found, request.principal) if found else None
    except Unreadable as unreadable:
        found, listed = None, [unreadable.problem]
    if found is None or preview is None:
        return _choose(request, FileForm(), status=UNPROCESSABLE, name=file.name, problems=listed)
    return _preview(request, preview, found)


def _choose(
    request: HttpRequest,
    form: BaseForm,
    *,
    status: int = 200,
    name: str = "",
    problems: Sequence[Problem] = (),
    said: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "form": form, "name": name, "said": said, "default": queries.DEFAULT,
        "whole": [one for one in problems if not one.row], "cells": [one for one in problems if one.row],
        "columns": [(one, [words.PARTS[part] for part in words.PARTS if part in one.parts]) for one in COLUMNS],
        "template": queries.find(queries.DEFAULT) is not None, "patterns": ("xlsx", "csv"),
    }  # fmt: skip
    return render(request, "nap/plan_load.html", context, status=status)


def _preview(
    request: HttpRequest, form: BaseForm, found: doc.Plan, *, status: int = 200, denied: Denied | None = None
) -> HttpResponse:
    stands = queries.document(found.code) if queries.find(found.code) else None
    changed = changes(stands, found) if stands else []
    if stands and denied is None:
        adopted = stands.adopted_on is not None
        verdict = law.reread(adopted=adopted, changed=changed, to_confirm=marked(stands))
        denied, status = (verdict, CONFLICT) if isinstance(verdict, Denied) else (None, status)
    context = {
        "form": form, "page": _page(found, pages.agencies(found)), "plan": found, "denied": denied,
        "stands": stands, "same": stands is not None and stands.fingerprint() == found.fingerprint(),
        "changed": [(number, words.field(field)) for number, _, field in (one.rpartition(" ") for one in changed)],
        "most": MOST_CHANGES,
    }  # fmt: skip
    return render(request, "nap/plan_preview.html", context, status=status)


@require_POST
@serves("N0.1")
def confirm(request: HttpRequest) -> HttpResponse:
    """Load the plan that was shown in the preview."""
    require("nap.load", request.principal)
    form = LoadForm(request.POST, who=request.principal)

    def draw(
        form: BaseForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        found = getattr(form, "cleaned_data", {}).get("shown")
        if found is None:
            said = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
            return _choose(request, FileForm(), status=status, said=said)
        form.renew_token()
        return _preview(request, form, found, status=status, denied=denied)

    return submit(
        request,
        form,
        lambda data: actions.import_plan(data["shown"], by=request.principal),
        draw,
        to=lambda loaded: reverse("nap:plan", args=[loaded.code]),
        said=lambda loaded: _("The plan is loaded.") if loaded.wrote else _("The plan stood so already."),
    )
