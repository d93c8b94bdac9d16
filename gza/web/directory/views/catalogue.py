"""The list of services: the edition in force, earlier ones as they were, and the making of the next (S4.2 to S4.4)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gza.accounts.permissions import may, require
from gza.core import clock
from gza.core.conflicts import Stale
from gza.directory import actions, catalogue, queries
from gza.directory.models import CatalogueEdition
from gza.documents import tables
from gza.law import directory as rules
from gza.law.verdicts import Denied
from gza.ui.forms import GzaForm
from gza.web.directory import forms, listing, pages
from gza.web.directory.tabs import catalogue_tabs
from gza.web.shell.acts import submit
from gza.web.shell.clauses import serves

_COMPILED = rules.compiled(by_fund=False)
_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def _edition(request: HttpRequest, number: int) -> CatalogueEdition:
    require("directory.read_catalogue", pages.who(request))
    found = queries.edition(number)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, edition: CatalogueEdition, current: str) -> dict[str, Any]:
    language, asker = pages.say(), pages.who(request)
    everything = edition.snapshot["offers"]
    filters = forms.ListFilters(
        request.GET,
        services=listing.names(everything, "service", language),
        organisations=listing.names(everything, "organisation", language),
    )
    asked = forms.chosen(filters)
    offers = catalogue.narrowed(everything, **asked)
    acknowledges = may("directory.acknowledge", asker)
    return {
        "tabs": catalogue_tabs(request, current),
        "edition": edition,
        "filters": filters,
        "asked": asked,
        "groups": listing.groups(offers, language),
        "count": len(offers),
        "total": len(everything),
        "organisations": len({offer["organisation"]["id"] for offer in everything}),
        "acknowledges": acknowledges,
        "receipt": queries.received(edition, asker.id) if acknowledges else None,
        "ack": forms.AckForm() if acknowledges else None,
        "receipts": queries.receipts(edition) if may("directory.issue", asker) else None,
        "may_issue": may("directory.issue", asker),
        "may_read": may("directory.read", asker),
    }


@serves("S4.2", "S4.4")
@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The edition in force."""
    require("directory.read_catalogue", pages.who(request))
    edition = queries.current_edition()
    if edition is None:
        context = {
            "tabs": catalogue_tabs(request, "catalogue"),
            "may_issue": may("directory.issue", pages.who(request)),
            "offers": queries.offered(clock.today()),
        }
        return render(request, "directory/no_edition.html", context)
    return render(request, "directory/catalogue.html", _shown(request, edition, "catalogue") | {"in_force": True})


@serves("S4.4")
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """All editions."""
    require("directory.read_catalogue", pages.who(request))
    page = queries.edition_page(after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {
        "tabs": catalogue_tabs(request, "editions"),
        "page": page,
        "last": queries.last_number(),
        "may_issue": may("directory.issue", pages.who(request)),
    }
    return render(request, "directory/editions.html", context)


@serves("S4.4")
@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One edition as it was issued."""
    found = _edition(request, number)
    last = queries.last_number()
    context = _shown(request, found, "editions") | {"in_force": number == last, "last": last}
    return render(request, "directory/catalogue.html", context)


@serves("S4.4")
@require_safe
def edition_print(request: HttpRequest, number: int) -> HttpResponse:
    """One edition for paper."""
    found = _edition(request, number)
    offers = found.snapshot["offers"]
    context = {
        "edition": found,
        "groups": listing.groups(offers, pages.say()),
        "total": len(offers),
        "organisations": len({offer["organisation"]["id"] for offer in offers}),
    }
    return render(request, "directory/edition_print.html", context)


@serves("S4.4")
@require_safe
def edition_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """One edition as CSV or XLSX."""
    found = _edition(request, number)
    head, rows = listing.head(), listing.rows(found, pages.say())
    content = tables.to_csv(head, rows) if kind == "csv" else tables.to_xlsx(_("List of services"), head, rows)
    response = HttpResponse(content, content_type=_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="services-{number}.{kind}"'
    return response


@serves("S4.4")
@require_POST
def edition_receipt(request: HttpRequest, number: int) -> HttpResponse:
    """A social worker acknowledges the receipt."""
    found = _edition(request, number)
    require("directory.acknowledge", pages.who(request))

    def draw(
        form: GzaForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        context = _shown(request, found, "editions") | {"denied": denied, "ack": form}
        return render(request, "directory/catalogue.html", context, status=status)

    return submit(
        request,
        forms.AckForm(request.POST),
        lambda _values: actions.acknowledge_edition(number=number, by=pages.who(request)),
        draw,
        to=reverse("directory:edition", args=[number]),
        said=_("The receipt is acknowledged."),
    )


@serves("S4.2", "S4.3")
@require_http_methods(["GET", "POST"])
def edition_new(request: HttpRequest) -> HttpResponse:
    """Compare the offers as they stand with the last edition, and issue the next."""
    asker = pages.who(request)
    require("directory.read", asker)
    if not may("directory.issue", asker):
        return pages.refused(request, "directory.edition_issued", _COMPILED)
    language, today = pages.say(), clock.today()
    last = queries.current_edition()
    number = (last.number if last else 0) + 1
    offers = queries.compile_catalogue(today)
    context = {
        "last": last,
        "number": number,
        "total": len(offers),
        "difference": listing.compared(last.snapshot["offers"] if last else [], offers, language),
        "unconfirmed": list(queries.unconfirmed(on=today)[:20]),
        "silent": queries.silent(today),
        "today": today,
    }

    def draw(
        form: GzaForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        if stale:
            form = forms.IssueForm(initial={"after": number - 1, "note": form.cleaned_data.get("note", "")})
        shown = {**context, "form": form, "denied": denied, "overtaken": stale}
        return render(request, "directory/edition_new.html", shown, status=status)

    if request.method != "POST":
        return draw(forms.IssueForm(initial={"after": number - 1}))
    return submit(
        request,
        forms.IssueForm(request.POST),
        lambda values: actions.issue_edition(after=values["after"], note=values["note"], by=asker),
        draw,
        to=lambda made: reverse("directory:edition", args=[made.number]),
        said=lambda made: (
            _("Edition %(number)s is issued. The social workers are asked to acknowledge it.") % {"number": made.number}
        ),
    )
