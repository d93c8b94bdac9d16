"""Needs that nobody could meet yet, over all plans in force: what the Fund looks at, by service and by day (S7.6)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gza.accounts.permissions import require
from gza.plans import queries
from gza.web.cases.forms.filters import RegionFilter
from gza.web.shell.clauses import serves


@require_safe
@serves("S7.6", "S4.1")
def unmet(request: HttpRequest) -> HttpResponse:
    """How many needs stand unmet for each type of service, and each with its case; nothing sealed."""
    who = request.principal
    require("cases.overview", who)
    filters = RegionFilter(request.GET, language=request.LANGUAGE_CODE)
    region = filters.cleaned_data["region"] if filters.is_valid() else ""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    context = {
        "filters": filters,
        "gaps": queries.gaps(who, region=region),
        "page": queries.unmet_page(who, region=region, after=after, before=before),
    }
    return render(request, "plans/unmet.html", context)
