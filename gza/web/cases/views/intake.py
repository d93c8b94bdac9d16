"""Receiving a person, looking whether they are known, searching by name."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import require
from gza.cases.actions import check_duplicates, open_case, search_names, search_own
from gza.cases.actions.intake import Arrival
from gza.core.places import region_name
from gza.law.stages import STOPS, Stage
from gza.web.cases.forms.base import dated
from gza.web.cases.forms.people import IntakeForm, SearchForm, coded_of, person_of, representative_of
from gza.web.shell import drafts
from gza.web.shell.acts import submit
from gza.web.shell.clauses import serves

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@serves("S3.1", "S0.2", "S0.1", "G2")
def new(request: HttpRequest) -> HttpResponse:
    """Receive a person. Whether they may be known already is checked first and shown once, before a case is opened."""
    who = request.principal
    require("cases.receive", who)
    draft = drafts.key("intake", who)
    form = IntakeForm(request.POST or None, language=request.LANGUAGE_CODE, office=who.region)
    if request.method != "POST" and "draft" in request.GET:
        drafts.initial(form, drafts.read(who, draft))

    def draw(form: Any, *, status: int = 200, denied: Any = None, stale: Any = None, found: Any = None) -> HttpResponse:
        if form.is_bound:
            form.renew_token()
        context = {
            "form": form,
            "denied": denied,
            "found": found,
            "hits": _hits(found.hits if found else (), request.LANGUAGE_CODE),
            "draft_address": drafts.address(draft),
            "draft_saved": None if form.is_bound or "draft" in request.GET else drafts.saved_at(who, draft),
            "draft_drop": f"{reverse('shell:discard', args=[draft])}?next={request.path}",
        }
        return render(request, "cases/intake.html", context, status=status)

    if request.method != "POST":
        return draw(form)
    if form.is_valid() and not request.POST.get("checked"):
        found = check_duplicates(person=person_of(form.cleaned_data), by=who)
        if found.hits or found.ask_coordinator:
            return draw(form, found=found)

    def do(data: dict[str, Any]) -> Any:
        case = open_case(
            arrival=Arrival(
                person=person_of(data),
                coded=coded_of(data),
                region=data["office"],
                presumed=data["presumed"] == "presumed",
                account=data["account"],
                representative=representative_of(data),
                in_shelter=data["in_shelter"],
                cooperates=data["cooperates"],
            ),
            **dated(data),
            by=who,
        )
        drafts.drop(who, draft)
        return case

    return submit(
        request, form, do, draw,
        to=lambda case: reverse("cases:detail", args=[case.id]), said=_("The person was received; the case is open."),
    )  # fmt: skip


def _hits(found: Any, language: str) -> list[dict[str, Any]]:
    return [
        {
            "case": hit.case,
            "name": hit.name,
            "alike": round(hit.score * 100),
            "stop": STOPS[Stage(hit.case.stage)].label,
            "region": region_name(hit.case.region, language),
        }
        for hit in found
    ]


def _search(request: HttpRequest, find: Any, heading: str, lede: str) -> HttpResponse:
    form = SearchForm(request.POST or None)
    hits = None
    if request.method == "POST" and form.is_valid():
        hits = _hits(find(text=form.cleaned_data["text"], by=request.principal), request.LANGUAGE_CODE)
    context = {"form": form, "hits": hits, "heading": heading, "lede": lede}
    return render(request, "cases/search.html", context, status=422 if form.errors else 200)


@require_http_methods(_METHODS)
@serves("S4.1", "G4")
def search(request: HttpRequest) -> HttpResponse:
    """Search all names; for the registry alone. What was sought is written nowhere, that one searched is."""
    require("cases.search", request.principal)
    lede = _("Over all cases you may know of. That you searched is written to the log; what you sought is not.")
    return _search(request, search_names, _("Search by name"), lede)


@require_http_methods(_METHODS)
@serves("S3.3")
def search_mine(request: HttpRequest) -> HttpResponse:
    """Search one's own caseload; finds slips of the pen, too."""
    require("cases.list", request.principal)
    return _search(request, search_own, _("Find among my cases"), _("Names alike are found, too."))
