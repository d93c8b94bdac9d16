"""Offers of services as they stand now: what the next edition will be made of."""

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
from gza.directory.facts import OfferFacts
from gza.directory.models import Offer, Organisation
from gza.law import directory as rules
from gza.law.verdicts import Verdict
from gza.web.directory import forms, pages
from gza.web.directory.tabs import catalogue_tabs
from gza.web.shell.clauses import serves


def _found(request: HttpRequest, offer_id: uuid.UUID) -> Offer:
    return find("directory.read", pages.who(request), queries.every_offer(), pk=offer_id)


def _home(offer_id: uuid.UUID) -> str:
    return reverse("directory:offer", args=[offer_id])


def _trail(row: Offer) -> dict[str, Any]:
    return {"back": _home(row.pk), "back_label": row.service_type.name(pages.say())}


def _not_theirs(kind: str) -> Verdict:
    return rules.may_offer(kind=kind, own_organisation=False, by_fund=False)


@serves("S4.2", "S4.3")
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """All offers that stand today, with those whose provider has been silent for a quarter."""
    require("directory.read", pages.who(request))
    language, today = pages.say(), clock.today()
    filters = forms.ListFilters(
        request.GET,
        services=[(row.key, row.name(language)) for row in queries.service_types()],
        organisations=[(str(row.pk), row.name(language)) for row in queries.providers()],
    )
    asked = forms.chosen(filters)
    page = queries.offer_page(
        queries.offers(on=today, **asked), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {
        "tabs": catalogue_tabs(request, "offers"),
        "filters": filters,
        "asked": asked,
        "page": page,
        "silent": [row.pk for row in page.rows if pages.silent(row)],
        "unconfirmed": queries.silent(today),
        "today": today,
        "may_manage": may("directory.manage", pages.who(request)),
    }
    return render(request, "directory/offers.html", context)


@serves("S4.2", "S6.1")
@require_safe
def offer(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """One offer."""
    row = _found(request, offer_id)
    today = clock.today()
    context = {
        "offer": row,
        "silent": pages.silent(row),
        "due": rules.confirmation_due(confirmed_on=row.confirmed_on),
        "withdrawn": row.withdrawn_on is not None,
        "history": pages.history(row.pk),
        "today": today,
        "may_alter": may("directory.alter_offer", pages.who(request), row),
    }
    return render(request, "directory/offer.html", context)


@serves("S4.2", "S6.1")
@require_http_methods(["GET", "POST"])
def offer_new(request: HttpRequest) -> HttpResponse:
    """Enter an offer for a provider."""
    require("directory.read", pages.who(request))
    if not may("directory.alter_offer", pages.who(request)):
        return pages.refused(request, "directory.offer_added", _not_theirs("ngo"))
    bodies = list(queries.providers(on=clock.today()))
    return pages.work_form(
        request,
        lambda data=None: forms.OfferForm(
            data, providers=bodies, initial={"organisation_id": request.GET.get("organisation", "")}
        ),
        lambda form: actions.add_offer(facts=form.facts(), entered=form.entered, by=pages.who(request)),
        to=lambda made: _home(made.pk),
        said=_("The offer is entered. It comes on the list with the next edition."),
        heading=_("New offer"),
        clause="S4.2",
        back=reverse("directory:offers"),
        back_label=_("Offers now"),
        act=_("Enter the offer"),
    )


@serves("S4.3", "G2")
@require_http_methods(["GET", "POST"])
def offer_edit(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Write down a change of an offer."""
    row = _found(request, offer_id)
    if not may("directory.alter_offer", pages.who(request), row):
        return pages.refused(request, "directory.offer_altered", _not_theirs(row.organisation.kind))
    body: list[Organisation] = [row.organisation]
    start = {"initial": OfferFacts.of(row).values(), "version": row.revision}
    return pages.work_form(
        request,
        lambda data=None: forms.OfferForm(data, providers=body, **start),
        lambda form: actions.alter_offer(
            offer_id=row.pk,
            facts=form.facts(),
            version=pages.version_of(form),
            entered=form.entered,
            by=pages.who(request),
        ),
        to=_home(row.pk),
        said=_("The offer is changed. The list follows with the next edition."),
        heading=_("Change the offer"),
        clause="S4.3",
        act=_("Save the changes"),
        **_trail(row),
    )


@serves("S4.3")
@require_http_methods(["GET", "POST"])
def offer_confirm(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Write down that the provider confirmed the offer as it stands."""
    row = _found(request, offer_id)
    if not may("directory.alter_offer", pages.who(request), row):
        return pages.refused(request, "directory.offer_confirmed", _not_theirs(row.organisation.kind))
    return pages.work_form(
        request,
        lambda data=None: forms.BareForm(data, version=row.revision, initial={"channel": "letter"}),
        lambda form: actions.confirm_offer(
            offer_id=row.pk, version=pages.version_of(form), entered=form.entered, by=pages.who(request)
        ),
        to=_home(row.pk),
        said=_("The confirmation is written down."),
        heading=_("The provider confirms the offer"),
        lede=_("Nothing changes in the offer; the day of the confirmation is written down."),
        clause="S4.3",
        act=_("Write down the confirmation"),
        unfolded=True,
        **_trail(row),
    )


@serves("S4.3")
@require_http_methods(["GET", "POST"])
def offer_withdraw(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Write down that the provider no longer offers the service."""
    row = _found(request, offer_id)
    if not may("directory.alter_offer", pages.who(request), row):
        return pages.refused(request, "directory.offer_withdrawn", _not_theirs(row.organisation.kind))
    return pages.work_form(
        request,
        lambda data=None: forms.BareForm(data, version=row.revision, initial={"channel": "letter"}),
        lambda form: actions.withdraw_offer(
            offer_id=row.pk, version=pages.version_of(form), entered=form.entered, by=pages.who(request)
        ),
        to=_home(row.pk),
        said=_("The offer is withdrawn. The list follows with the next edition."),
        heading=_("The provider withdraws the offer"),
        lede=_("From that day on the service is not offered any more. Earlier editions stay as they were."),
        clause="S4.3",
        act=_("Withdraw the offer"),
        grave=True,
        unfolded=True,
        **_trail(row),
    )
