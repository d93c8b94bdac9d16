"""The list of cases and the Fund's overview."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.enums import Role
from gza.accounts.permissions import may, require
from gza.cases import queries
from gza.core import clock
from gza.core.paging import Page
from gza.core.places import region_name
from gza.law.overview import term
from gza.law.stages import PARTIES, ROAD, STOPS, Stage
from gza.law.verdicts import explain
from gza.ledger import work as ledger
from gza.web.cases.forms.filters import CaseFilters, RegionFilter
from gza.web.shell.clauses import serves


def _page_of(request: HttpRequest, filters: CaseFilters) -> Page[Any]:
    chosen = filters.cleaned_data if filters.is_valid() else {}
    narrowed = queries.Filters(
        stage=chosen.get("stage", ""),
        region=chosen.get("region", ""),
        flagged=bool(chosen.get("flagged")),
        left=bool(chosen.get("left")),
        code=chosen.get("code", ""),
    )
    marks = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    if request.principal.role == Role.SOCIAL_WORKER:
        return queries.caseload(request.principal, narrowed, **marks)
    return queries.cases_of_fund(request.principal, narrowed, **marks)


def rows(cases: list[Any], language: str, names: dict[object, str] | None = None) -> list[dict[str, Any]]:
    """Cases as rows of a list: stage in words, its place on the road, whether late, whose act is next. No query."""
    today, found = clock.today(), []
    for case in cases:
        stop = STOPS[Stage(case.stage)]
        found.append(
            {
                "case": case,
                "stop": stop,
                "at": ROAD.index(Stage(case.stage)) + 1 if case.stage in ROAD else len(ROAD),
                "of": len(ROAD),
                "waiting": queries.waiting(case, today),
                "region": region_name(case.region, language),
                "name": (names or {}).get(case.id, ""),
            }
        )
    return found


def waiting_rows(found: list[queries.Waiting]) -> list[dict[str, Any]]:
    """Waiting cases as rows: the stage and the party in words beside the case and its due day."""
    return [
        {
            "case": one.case,
            "due": one.due,
            "days_late": one.days_late,
            "clause": one.clause,
            "label": STOPS[one.stage].label,
            "party": PARTIES[one.party],
        }
        for one in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@serves("S4.1", "S3.3")
def cases(request: HttpRequest) -> HttpResponse:
    """The cases one may know of, newest change first; POST shows the names of this page, which is recorded."""
    require("cases.list", request.principal)
    own = request.principal.role == Role.SOCIAL_WORKER
    filters = CaseFilters(request.GET, language=request.LANGUAGE_CODE, own=own)
    page = _page_of(request, filters)
    names = None
    if request.method == "POST":
        names = queries.names_of(page.rows, request.principal.ring, otherwise="–")
        ledger.opening("cases.names", by=request.principal, count=len(page.rows))
    keepers = accounts.users({case.holder_id for case in page.rows})
    context = {
        "filters": filters,
        "filtered": any(value for name, value in request.GET.items() if name not in {"after", "before"}),
        "page": page,
        "rows": rows(page.rows, request.LANGUAGE_CODE, names),
        "named": names is not None,
        "keepers": keepers,
        "may_receive": may("cases.receive", request.principal),
        "may_search": may("cases.search", request.principal),
        "own": own,
    }
    return render(request, "cases/list.html", context)


@require_safe
@serves("S4.1")
def overview(request: HttpRequest) -> HttpResponse:
    """Every stage with how many stand there, what is late and with whom (S4.1)."""
    require("cases.overview", request.principal)
    filters = RegionFilter(request.GET, language=request.LANGUAGE_CODE)
    region = filters.cleaned_data["region"] if filters.is_valid() else ""
    seen = queries.overview(request.principal, region=region)
    most = max((line.count for line in seen.stages), default=0) or 1
    today = clock.today()
    shown = [line for line in seen.stages if line.count or line.stage != Stage.ENDED]
    context = {
        "seen": seen,
        "lines": [
            {
                "line": line,
                "stop": STOPS[line.stage],
                "party": PARTIES[line.party],
                "width": f"{100 * line.count / most:.2f}%",
                "term": term(stage=line.stage, since=today),
            }
            for line in shown
        ],
        "regions": [(key, region_name(key, request.LANGUAGE_CODE), count) for key, count in seen.regions.items()],
        "region": region,
        "late": waiting_rows(seen.late),
        "keepers": accounts.users({one.case.holder_id for one in seen.late}),
        "flags": [
            {"flag": flag, "meaning": explain(flag.code)}
            for flag in queries.open_flags(request.principal, size=10).rows
        ],
        "filters": filters,
    }
    return render(request, "cases/overview.html", context)
