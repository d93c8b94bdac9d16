"""Organisations, their focal persons and memoranda."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import find, may, require
from gza.core import clock
from gza.directory import actions, queries
from gza.directory.enums import PROVIDERS
from gza.directory.facts import FocalPersonFacts, MemorandumFacts, OrganisationFacts
from gza.directory.models import Organisation
from gza.law import directory as rules
from gza.web.directory import forms, pages
from gza.web.directory.tabs import directory_tabs
from gza.web.shell.clauses import serves

_KEPT = rules.kept_by_fund(by_fund=False)
PAGE_OF = "directory:organisation"


def _home(organisation_id: uuid.UUID) -> str:
    return reverse(PAGE_OF, args=[organisation_id])


def _found(request: HttpRequest, organisation_id: uuid.UUID) -> Organisation:
    return find("directory.read", pages.who(request), queries.every_organisation(), pk=organisation_id)


def _trail(organisation: Organisation) -> dict[str, Any]:
    return {"back": _home(organisation.pk), "back_label": organisation.name(pages.say())}


@serves("S1.1", "S2.1")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All organisations."""
    require("directory.read", pages.who(request))
    filters = forms.OrganisationFilters(request.GET)
    asked = forms.chosen(filters)
    page = queries.organisation_page(
        queries.organisations(**asked),
        language=pages.say(),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "tabs": directory_tabs(request, "home"),
        "filters": filters,
        "asked": asked,
        "page": page,
        "today": clock.today(),
        "may_manage": may("directory.manage", pages.who(request)),
    }
    return render(request, "directory/organisations.html", context)


@serves("S1.1")
@require_safe
def organisation(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """One organisation: contact, who speaks for it, what it offers, what came before and after it."""
    found = _found(request, organisation_id)
    today = clock.today()
    offers = list(queries.in_order(organisation=found.pk, on=today))
    context = {
        "organisation": found,
        "stands": queries.organisation_on(found, today),
        "predecessors": queries.predecessors(found),
        "units": queries.units(found),
        "focal_persons": list(queries.focal_persons(organisation=found)),
        "memoranda": list(queries.memoranda(found)),
        "offers": offers,
        "silent": [row.pk for row in offers if pages.silent(row)],
        "provider": found.kind in PROVIDERS,
        "history": pages.history(found.pk),
        "today": today,
        "may_manage": may("directory.manage", pages.who(request)),
    }
    return render(request, "directory/organisation.html", context)


@serves("S1.1")
@require_http_methods(["GET", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Enter an organisation."""
    require("directory.read", pages.who(request))
    if not may("directory.manage", pages.who(request)):
        return pages.refused(request, "directory.organisation_added", _KEPT)
    return pages.work_form(
        request,
        forms.OrganisationForm,
        lambda form: actions.add_organisation(facts=form.facts(), entered=form.entered, by=pages.who(request)),
        to=lambda made: _home(made.pk),
        said=_("The organisation is entered."),
        heading=_("New organisation"),
        clause="S1.1",
        back=reverse("directory:home"),
        back_label=_("Organisations"),
        act=_("Enter the organisation"),
    )


@serves("S1.1", "G2")
@require_http_methods(["GET", "POST"])
def organisation_edit(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Change an organisation; of one of the reference data the contact only."""
    found = _found(request, organisation_id)
    if not may("directory.manage", pages.who(request)):
        return pages.refused(request, "directory.organisation_altered", _KEPT)
    start = {"initial": OrganisationFacts.of(found).values(), "version": found.revision}

    def make(data: Any = None) -> forms.ContactForm:
        if found.key:
            return forms.ContactForm(data, **start)
        return forms.OrganisationForm(data, own=found.pk, **start)

    return pages.work_form(
        request,
        make,
        lambda form: actions.alter_organisation(
            organisation_id=found.pk,
            facts=form.facts(found),
            version=pages.version_of(form),
            entered=form.entered,
            by=pages.who(request),
        ),
        to=_home(found.pk),
        said=_("The organisation is changed."),
        heading=_("Change the organisation"),
        lede=_("Its names and dates come from the reference data and are not changed here.") if found.key else "",
        clause="S1.1",
        act=_("Save the changes"),
        **_trail(found),
    )


@serves("S1.1")
@require_safe
def focal_persons(request: HttpRequest) -> HttpResponse:
    """Who speaks for the organisations today."""
    require("directory.read", pages.who(request))
    page = queries.focal_person_page(
        queries.focal_persons(on=clock.today()),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"tabs": directory_tabs(request, "focal_persons"), "page": page}
    return render(request, "directory/focal_persons.html", context)


@serves("S1.1")
@require_http_methods(["GET", "POST"])
def focal_person_new(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Enter a focal person."""
    found = _found(request, organisation_id)
    if not may("directory.manage", pages.who(request)):
        return pages.refused(request, "directory.focal_person_added", _KEPT)
    return pages.work_form(
        request,
        lambda data=None: forms.FocalPersonForm(data, organisation=found),
        lambda form: actions.add_focal_person(
            organisation_id=found.pk, facts=form.facts(), entered=form.entered, by=pages.who(request)
        ),
        to=_home(found.pk),
        said=_("The focal person is entered."),
        heading=_("New focal person"),
        clause="S1.1",
        act=_("Enter the focal person"),
        **_trail(found),
    )


@serves("S1.1", "G2")
@require_http_methods(["GET", "POST"])
def focal_person_edit(request: HttpRequest, focal_person_id: uuid.UUID) -> HttpResponse:
    """Change a focal person, or end them."""
    row = _below(request, queries.focal_persons(), focal_person_id)
    body = row.organisation
    if not may("directory.manage", pages.who(request)):
        return pages.refused(request, "directory.focal_person_altered", _KEPT)
    start = {"initial": FocalPersonFacts.of(row).values(), "version": row.revision}
    return pages.work_form(
        request,
        lambda data=None: forms.FocalPersonForm(data, organisation=body, own=row.user_id, **start),
        lambda form: actions.alter_focal_person(
            focal_person_id=row.pk,
            facts=form.facts(),
            version=pages.version_of(form),
            entered=form.entered,
            by=pages.who(request),
        ),
        to=_home(body.pk),
        said=_("The focal person is changed."),
        heading=_("Change the focal person"),
        clause="S1.1",
        act=_("Save the changes"),
        **_trail(body),
    )


@serves("S1.1")
@require_http_methods(["GET", "POST"])
def memorandum_new(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Enter a memorandum."""
    found = _found(request, organisation_id)
    if not may("directory.manage", pages.who(request)):
        return pages.refused(request, "directory.memorandum_added", _KEPT)
    return pages.work_form(
        request,
        forms.MemorandumForm,
        lambda form: actions.add_memorandum(
            organisation_id=found.pk, facts=form.facts(), entered=form.entered, by=pages.who(request)
        ),
        to=_home(found.pk),
        said=_("The memorandum is entered."),
        heading=_("New memorandum"),
        clause="S1.1",
        act=_("Enter the memorandum"),
        **_trail(found),
    )


@serves("S1.1", "G2")
@require_http_methods(["GET", "POST"])
def memorandum_edit(request: HttpRequest, memorandum_id: uuid.UUID) -> HttpResponse:
    """Change a memorandum."""
    row = _below(request, queries.every_memorandum(), memorandum_id)
    if not may("directory.manage", pages.who(request)):
        return pages.refused(request, "directory.memorandum_altered", _KEPT)
    start = {"initial": MemorandumFacts.of(row).values(), "version": row.revision}
    return pages.work_form(
        request,
        lambda data=None: forms.MemorandumForm(data, **start),
        lambda form: actions.alter_memorandum(
            memorandum_id=row.pk,
            facts=form.facts(),
            version=pages.version_of(form),
            entered=form.entered,
            by=pages.who(request),
        ),
        to=_home(row.organisation_id),
        said=_("The memorandum is changed."),
        heading=_("Change the memorandum"),
        clause="S1.1",
        act=_("Save the changes"),
        **_trail(row.organisation),
    )


def _below(request: HttpRequest, rows: QuerySet[Any], row_id: uuid.UUID) -> Any:
    """A row that hangs on an organisation, where the person may read that."""
    return find("directory.read_of", pages.who(request), rows, pk=row_id)
