"""Errors, language, Today, the ledger's page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gza.accounts.enums import Role
from gza.accounts.permissions import require
from gza.core import clock
from gza.law import parameters, register
from gza.ledger import queries as ledger_queries

from . import verbs
from .clauses import serves
from .forms import LedgerFilters


def _error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"ui/errors/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403: the form came from elsewhere or is too old; go back and send it again."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not yours; the two cannot be told apart."""
    return _error(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault, said so."""
    return _error(request, 500)


def maintenance(request: HttpRequest) -> HttpResponse:
    """503: closed for a while."""
    response = _error(request, 503)
    response.headers["Retry-After"] = "600"
    return response


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language; back to where one was."""
    code = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("shell:today")
    response = HttpResponseRedirect(back)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            "gza_lang", code, max_age=365 * 24 * 3600, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process answers and reaches its database; says nothing else."""
    ledger_queries.head()
    return JsonResponse({"ok": True})


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is due, overdue, waiting and changed, for this person in this role."""
    from .today import page_of

    template, context = page_of(request.principal)
    return render(request, template, {"day": clock.today(), **context})


@require_safe
@serves("G1", "G4")
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger for the auditor and the data protection officer: newest first, filters in the address."""
    require("shell.ledger", request.principal)
    filters = LedgerFilters(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {"kind": "none", "verb": ""}
    page = ledger_queries.page(before=request.GET.get("before", ""), kind=chosen["kind"], verb=chosen["verb"])
    roles = {**dict(Role.choices), "system": _("the system")}
    for event in page.events:
        event.words = verbs.words(event.verb)
        event.words = verbs.words(event.verb)
        event.role_label, event.short_hash = roles.get(event.role, event.role), bytes(event.hash).hex()[:12]
    return render(request, "shell/ledger.html", {"page": page, "head": ledger_queries.head(), "filters": filters})


@require_safe
@serves("G6")
def clauses(request: HttpRequest) -> HttpResponse:
    """Every clause in one line, so that a citation leads somewhere."""
    found = [
        {
            "key": key,
            "title": title,
            "clauses": [
                {"id": clause.id, "shown": clause.id if key == "G" else clause.id[1:], "title": clause.title}
                for clause in register.CLAUSES.values()
                if clause.document == key
            ],
        }
        for key, title in register.DOCUMENTS.items()
    ]
    today = clock.today()
    units = {
        "count": _("times"),
        "days": _("days"),
        "hours": _("hours"),
        "minutes": _("minutes"),
        "months": _("months"),
        "tetri": _("tetri"),
        "working_days": _("working days"),
        "year": _("the year"),
    }
    numbers = [
        {"row": one, "unit": units[one.unit]}
        for periods in parameters.every().values()
        for one in periods
        if one.since <= today and (one.until is None or one.until >= today)
    ]
    return render(request, "shell/clauses.html", {"parts": found, "numbers": numbers})
