"""The officer's pages: what waits, the programme, the extract, preparing a release, the ledger, figures of others."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gza.accounts import queries as accounts
from gza.accounts.permissions import may, require
from gza.core.conflicts import Stale
from gza.law.verdicts import Denied
from gza.protection.model import YEAR
from gza.statistics import actions, bases, programmes, queries
from gza.statistics.enums import ExtractState, Source
from gza.statistics.models import Extract
from gza.web.shell.acts import UNPROCESSABLE, submit
from gza.web.shell.clauses import serves
from gza.web.statistics.forms import BeginForm, RegisterForm

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@serves("N4.3")
def home(request: HttpRequest) -> HttpResponse:
    """Where the figures stand: programme, extract, the release that waits, what was published."""
    require("statistics.see", request.principal)
    extract = queries.last_extract()
    running = queries.running_extract()
    context = {
        "programme": queries.programme(),
        "extract": extract,
        "running": running,
        "waiting": queries.waiting(),
        "releases": list(queries.releases()[:50]),
        "may_prepare": may("statistics.prepare", request.principal),
        "may_approve": may("statistics.approve", request.principal),
    }
    return render(request, "statistics/home.html", context)


@require_http_methods(_METHODS)
@serves("N4.3")
def programme(request: HttpRequest) -> HttpResponse:
    """The table programme in force; who directs adopts the one that comes with the product."""
    require("statistics.see", request.principal)
    if request.method == "POST":
        require("statistics.approve", request.principal)
    form = BeginForm(request.POST or None)
    row, shipped = queries.programme(), programmes.shipped()

    def draw(
        form: BaseForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        content = queries.content_of(row) if row else shipped
        context = {
            "form": form, "denied": denied, "row": row, "content": content, "tables": _tables(request, content),
            "ladder": [
                {"dimension": programmes.title(one.dimension, request.LANGUAGE_CODE), "rung": one}
                for one in content.ladder
            ],
            "adopter": accounts.users([row.adopted_by]).get(row.adopted_by) if row else None,
            "offered": row is None or row.content != shipped.text(),
            "may_approve": may("statistics.approve", request.principal),
        }  # fmt: skip
        return render(request, "statistics/programme.html", context, status=status)

    if request.method != "POST":
        return draw(form)
    return submit(
        request, form, lambda _data: actions.adopt_programme(content=shipped, by=request.principal), draw,
        to=reverse("statistics:programme"),
        said=_("The programme was adopted. Releases can hold its tables from now on."),
    )  # fmt: skip


def _tables(request: HttpRequest, content: programmes.Programme) -> list[dict[str, Any]]:
    language = request.LANGUAGE_CODE
    return [
        {"table": one, "dimensions": [programmes.title(name, language) for name in one.named]} for one in content.tables
    ]


@require_http_methods(_METHODS)
@serves("N4.3")
def extract(request: HttpRequest) -> HttpResponse:
    """Make the extract: begin it here, its progress, what came of it."""
    require("statistics.prepare", request.principal)
    form = BeginForm(request.POST or None)

    def draw(
        form: BaseForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        context = {
            "form": form, "denied": denied, "running": queries.running_extract(), "last": queries.last_extract(),
            "register": queries.last_extract(Source.REGISTER),
        }  # fmt: skip
        return render(request, "statistics/extract.html", context, status=status)

    if request.method != "POST":
        return draw(form)
    return submit(
        request, form, lambda _data: actions.begin_extract(by=request.principal), draw, to=reverse("statistics:extract")
    )


@require_POST
@serves("N4.3")
def extract_on(request: HttpRequest) -> HttpResponse:
    """The next batch. The page sends this by itself as long as there is more; without scripts a button does."""
    require("statistics.prepare", request.principal)
    running = queries.running_extract()
    if running is None:
        return HttpResponseRedirect(reverse("statistics:extract"))
    form = BeginForm(request.POST)

    def draw(
        form: BaseForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        context = {"form": BeginForm(), "denied": denied, "running": queries.running_extract(), "last": None}
        return render(request, "statistics/extract.html", context, status=status)

    def said(row: Extract) -> str:
        return _("The extract is complete.") if row.state == ExtractState.DONE else ""

    return submit(
        request, form, lambda _data: actions.continue_extract(extract_id=running.id, by=request.principal), draw,
        to=reverse("statistics:extract"), said=said,
    )  # fmt: skip


@require_http_methods(_METHODS)
@serves("N4.3")
def register(request: HttpRequest) -> HttpResponse:
    """Load the register of the years before this system; every line that is wrong is named."""
    require("statistics.prepare", request.principal)
    form = RegisterForm(request.POST or None, request.FILES or None)
    faults: list[bases.BadLine] = []

    def draw(
        form: BaseForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        language = request.LANGUAGE_CODE
        context = {
            "form": form, "denied": denied, "faults": faults[:200], "more": len(faults) > 200,  # noqa: PLR2004 (a page's worth)
            "last": queries.last_extract(Source.REGISTER),
            "columns": [
                {"name": YEAR, "title": programmes.title(YEAR, language), "keys": ["2019"]},
                *(
                {"name": name, "title": programmes.title(name, language), "keys": programmes.categories(name)}
                for name in programmes.LEVEL
                ),
            ],
        }  # fmt: skip
        return render(request, "statistics/register.html", context, status=status)

    if request.method != "POST" or not form.is_valid():
        return draw(form, status=200 if request.method != "POST" else UNPROCESSABLE)
    data = form.cleaned_data["file"].read()
    try:
        bases.parse(data)
    except bases.BadRegister as bad:
        faults.extend(bad.lines)
        if not faults:
            form.add_error("file", _("This is no CSV file in UTF-8 with a column year. Check it and choose it again."))
        return draw(form, status=UNPROCESSABLE)
    return submit(
        request, form, lambda _data: actions.load_register(data=data, by=request.principal), draw,
        to=reverse("statistics:extract"), said=_("The register was loaded. Its years are counted from it."),
    )  # fmt: skip


@require_safe
@serves("N4.3")
def ledger(request: HttpRequest) -> HttpResponse:
    """Everything that was published, by us and by others, chained; whether the chain holds."""
    require("statistics.see", request.principal)
    context = {"rows": list(queries.ledger()), "broken": queries.broken_rows()}
    return render(request, "statistics/ledger.html", context)
