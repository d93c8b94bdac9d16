"""The Fund's register of social workers (S7.1)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import find, may, require
from gza.core import clock
from gza.directory import actions, queries
from gza.directory.facts import WorkerFacts
from gza.directory.models import SocialWorker
from gza.law import designation
from gza.law import directory as rules
from gza.web.directory import caseloads, forms, pages
from gza.web.directory.tabs import directory_tabs
from gza.web.shell.clauses import serves

_KEPT = rules.kept_by_fund(by_fund=False)


def _found(request: HttpRequest, worker_id: uuid.UUID) -> SocialWorker:
    return find("directory.read_workers", pages.who(request), queries.every_worker(), pk=worker_id)


def _home(worker_id: uuid.UUID) -> str:
    return reverse("directory:worker", args=[worker_id])


def _trail(row: SocialWorker) -> dict[str, Any]:
    return {"back": _home(row.pk), "back_label": row.name(pages.say())}


@serves("S7.1", "S5.1")
@require_safe
def workers(request: HttpRequest) -> HttpResponse:
    """The register, with the caseload of each."""
    require("directory.read_workers", pages.who(request))
    filters = forms.WorkerFilters(request.GET)
    asked = forms.chosen(filters)
    today = clock.today()
    on = None if asked.pop("past", False) else today
    page = queries.worker_page(
        queries.workers(on=on, **asked), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {
        "tabs": directory_tabs(request, "workers"),
        "filters": filters,
        "asked": asked,
        "page": page,
        "loads": caseloads.of(page.rows),
        "today": today,
        "may_keep": may("directory.keep_workers", pages.who(request)),
    }
    return render(request, "directory/workers.html", context)


@serves("S7.1", "S5.1")
@require_safe
def worker(request: HttpRequest, worker_id: uuid.UUID) -> HttpResponse:
    """One social worker."""
    row = _found(request, worker_id)
    today = clock.today()
    load = caseloads.of([row]).get(row.pk)
    context = {
        "worker": row,
        "trainings": queries.trainings(row),
        "load": load,
        "lacking": designation.lacking(worker=queries.as_designated(row), on=today),
        "left_with_cases": bool(load and row.active_to and row.active_to < today),
        "history": pages.history(row.pk),
        "today": today,
        "may_keep": may("directory.keep_workers", pages.who(request)),
    }
    return render(request, "directory/worker.html", context)


@serves("S7.1", "S5.1")
@require_http_methods(["GET", "POST"])
def worker_new(request: HttpRequest) -> HttpResponse:
    """Enter a social worker."""
    require("directory.read_workers", pages.who(request))
    if not may("directory.keep_workers", pages.who(request)):
        return pages.refused(request, "directory.worker_registered", _KEPT)
    fund = queries.fund_on(clock.today())
    if fund is None:
        return render(request, "directory/no_fund.html", status=409)
    return pages.work_form(
        request,
        forms.WorkerForm,
        lambda form: actions.register_worker(facts=form.facts(fund), entered=form.entered, by=pages.who(request)),
        to=lambda made: _home(made.pk),
        said=_("The social worker is in the register."),
        heading=_("New social worker"),
        lede=_("The register holds employees of the Fund: %(fund)s.") % {"fund": fund.name(pages.say())},
        clause="S7.1",
        back=reverse("directory:workers"),
        back_label=_("Social workers"),
        act=_("Enter in the register"),
    )


@serves("S7.1", "G2")
@require_http_methods(["GET", "POST"])
def worker_edit(request: HttpRequest, worker_id: uuid.UUID) -> HttpResponse:
    """Change a row of the register."""
    row = _found(request, worker_id)
    if not may("directory.keep_workers", pages.who(request)):
        return pages.refused(request, "directory.worker_altered", _KEPT)
    start = {"initial": WorkerFacts.of(row).values(), "version": row.revision}
    return pages.work_form(
        request,
        lambda data=None: forms.WorkerForm(data, own=row, **start),
        lambda form: actions.alter_worker(
            worker_id=row.pk,
            facts=form.facts(row.employer),
            version=pages.version_of(form),
            entered=form.entered,
            by=pages.who(request),
        ),
        to=_home(row.pk),
        said=_("The register is changed."),
        heading=_("Change the row of the register"),
        clause="S7.1",
        act=_("Save the changes"),
        **_trail(row),
    )


@serves("S7.1")
@require_http_methods(["GET", "POST"])
def worker_end(request: HttpRequest, worker_id: uuid.UUID) -> HttpResponse:
    """Write down a social worker's last day."""
    row = _found(request, worker_id)
    if not may("directory.keep_workers", pages.who(request)):
        return pages.refused(request, "directory.worker_ended", _KEPT)
    return pages.work_form(
        request,
        lambda data=None: forms.LastDayForm(data, version=row.revision),
        lambda form: actions.end_worker(
            worker_id=row.pk,
            last_day=form.cleaned_data["last_day"],
            version=pages.version_of(form),
            entered=form.entered,
            by=pages.who(request),
        ),
        to=_home(row.pk),
        said=_("The last day is written down."),
        heading=_("The social worker leaves"),
        lede=_(
            "From the next day on nobody can designate this person. Cases they still hold are handed over one by one."
        ),
        clause="S3.3",
        act=_("Write down the last day"),
        **_trail(row),
    )


@serves("S7.1")
@require_http_methods(["GET", "POST"])
def worker_resume(request: HttpRequest, worker_id: uuid.UUID) -> HttpResponse:
    """Take back a social worker's last day."""
    row = _found(request, worker_id)
    if not may("directory.keep_workers", pages.who(request)):
        return pages.refused(request, "directory.worker_resumed", _KEPT)
    return pages.work_form(
        request,
        lambda data=None: forms.BareForm(data, version=row.revision),
        lambda form: actions.resume_worker(
            worker_id=row.pk, version=pages.version_of(form), entered=form.entered, by=pages.who(request)
        ),
        to=_home(row.pk),
        said=_("The social worker is active again."),
        heading=_("The social worker stays or came back"),
        clause="S7.1",
        act=_("Take back the last day"),
        **_trail(row),
    )


@serves("S7.1")
@require_http_methods(["GET", "POST"])
def training_new(request: HttpRequest, worker_id: uuid.UUID) -> HttpResponse:
    """Enter a training that a social worker completed."""
    row = _found(request, worker_id)
    if not may("directory.keep_workers", pages.who(request)):
        return pages.refused(request, "directory.training_added", _KEPT)
    return pages.work_form(
        request,
        forms.TrainingForm,
        lambda form: actions.add_training(worker_id=row.pk, facts=form.facts(), by=pages.who(request)),
        to=_home(row.pk),
        said=_("The training is entered."),
        heading=_("Training completed"),
        clause="S7.1",
        act=_("Enter the training"),
        **_trail(row),
    )
