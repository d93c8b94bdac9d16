"""A release: prepared with its preview and cost, looked at, approved or returned; figures of others beside it."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts import queries as accounts
from gza.accounts.permissions import may, require
from gza.core.conflicts import Stale
from gza.directory import queries as directory
from gza.law.verdicts import FLAGS, Denied
from gza.ledger.work import Refused, opening
from gza.protection.model import Figure
from gza.statistics import actions, programmes, queries
from gza.statistics.enums import ReleaseState
from gza.statistics.grids import Reader
from gza.web.shell.acts import CONFLICT, UNPROCESSABLE, Said, submit
from gza.web.shell.clauses import serves
from gza.web.statistics import files
from gza.web.statistics.forms import ApproveForm, ForeignFileForm, ForeignForm, PrepareForm

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@serves("N4.3")
def prepare(request: HttpRequest) -> HttpResponse:
    """Choose years, tables and readings; see what would be published and what it costs; then prepare it.

    A preview is a GET: the choice stands in the address, the sealed counts are opened and the opening is recorded.
    """
    require("statistics.prepare", request.principal)
    row = queries.programme()
    if row is None or queries.last_extract() is None:
        return render(request, "statistics/prepare_first.html", {"programme": row, "extract": queries.last_extract()})
    content = queries.content_of(row)
    asked: Any = request.POST or (request.GET if "first" in request.GET else None)
    form = PrepareForm(asked, programme=content, language=request.LANGUAGE_CODE)

    def draw(
        form: BaseForm,
        *,
        status: int = 200,
        denied: Denied | None = None,
        stale: Stale | None = None,
        shown: Any = None,
    ) -> HttpResponse:
        context: dict[str, Any] = {"form": form, "denied": denied, "content": content, "preview": shown}
        if shown is not None:
            context["grids"] = Reader(shown.release, content, request.LANGUAGE_CODE).grids()
        return render(request, "statistics/prepare.html", context, status=status)

    if request.method == "POST":
        return submit(
            request, form,
            lambda _data: actions.prepare_release(
                years=form.years, choice=form.choice, anew=form.cleaned_data["anew"], by=request.principal
            ),
            draw, to=lambda made: reverse("statistics:release", args=[made.number]),
            said=_("The release was prepared and waits for a second person."),
        )  # fmt: skip
    if asked is None:
        return draw(form)
    if not form.is_valid():
        return draw(form, status=UNPROCESSABLE)
    form.renew_token()  # the choice came by the address, which carries none
    opening("statistics.previewed", by=request.principal, section="statistics", tables=len(form.choice.tables))
    try:
        shown = actions.preview(
            years=form.years, choice=form.choice, anew=form.cleaned_data["anew"], by=request.principal
        )
    except Refused as refused:
        return draw(form, status=CONFLICT, denied=Said.of(refused.denied))
    return draw(form, shown=shown)


@require_http_methods(_METHODS)
@serves("N4.3", "G5")
def release(request: HttpRequest, number: int) -> HttpResponse:
    """A release as it would be published, its cost and audit; whoever directs approves or returns it."""
    require("statistics.see", request.principal)
    row = queries.release(number)
    if row is None:
        raise Http404
    deciding = row.state == ReleaseState.PREPARED and may("statistics.approve", request.principal)
    if request.method == "POST" and not deciding:
        require("statistics.approve", request.principal)
    form = ApproveForm(
        request.POST or None,
        initial={"seen": bytes(row.fingerprint).hex(), "outcome": "return" if row.findings else "approve"},
    )

    def draw(
        form: BaseForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        nonlocal row
        if stale is not None:
            row = queries.release(number) or row
        made = queries.tables_in(row)
        reader = Reader(made, queries.content_of(row.programme), request.LANGUAGE_CODE)
        people = accounts.users([one for one in (row.prepared_by, row.decided_by) if one])
        context = {
            "form": form if deciding and row.state == ReleaseState.PREPARED else None,
            "denied": denied, "stale": stale, "row": row, "grids": reader.grids(),
            "window": reader.window, "preparer": people.get(row.prepared_by),
            "decider": people.get(row.decided_by) if row.decided_by else None,
            "publication": getattr(row, "publication", None), "kinds": files.KINDS,
            "questionnaires": files.QUESTIONNAIRES,
        }  # fmt: skip
        return render(request, "statistics/release.html", context, status=status)

    if request.method != "POST":
        return draw(form)

    def do(data: dict[str, Any]) -> Any:
        common = {"release_id": row.id, "seen": data["seen"], "by": request.principal}
        if data["outcome"] == "return":
            return actions.return_release(reason=data["reason"], **common)
        return actions.approve_release(**common)

    def said(made: Any) -> str:
        if isinstance(made, queries.Publication):
            return _("The release is published.")
        return _("The release was returned to the officer.")

    return submit(request, form, do, draw, to=reverse("statistics:release", args=[number]), said=said)


def _named(figure: Figure, language: str) -> dict[str, Any]:
    of = [
        f"{programmes.title(name, language)}: {', '.join(programmes.label(name, each, language) for each in said)}"
        for name, said in figure.where.items()
    ]
    return {"of": "; ".join(of), "value": figure.value, "source": figure.source}


@require_http_methods(_METHODS)
@serves("N4.3", "G1")
def foreign(request: HttpRequest) -> HttpResponse:
    """Figures that others published: entered one by one or by a file, contradictions named, never kept out."""
    require("statistics.record_foreign", request.principal)
    language = request.LANGUAGE_CODE
    by_file = "file" in request.FILES
    bodies = list(directory.with_key())
    form = ForeignForm(None if by_file else request.POST or None, bodies=bodies, language=language)
    filed = ForeignFileForm(request.POST if by_file else None, request.FILES if by_file else None)

    def draw(
        bound: BaseForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        rows = []
        for row in queries.foreign_rows():
            said = queries.figures_in(row)
            rows.append(
                {"row": row, "figures": [_named(one, language) for one in said.figures],
                 "flags": [FLAGS[code] for code in row.flags],
                 "conflict": [_named(one, language) for one in queries.conflict_in(row)]}
            )  # fmt: skip
        context = {"form": form, "filed": filed, "denied": denied, "rows": rows, "bound": bound}
        return render(request, "statistics/foreign.html", context, status=status)

    if request.method != "POST":
        return draw(form)

    def do(data: dict[str, Any]) -> Any:
        figures = data["file"] if by_file else form.figures
        organisation = "" if by_file else data["organisation"]
        return actions.record_foreign(figures=figures, organisation=organisation, by=request.principal)

    def said(made: actions.Recorded) -> str:
        if made.findings.consistent:
            return _("The figures are in the ledger; every later release takes them into account.")
        return _("The figures are in the ledger. They contradict others, which are named below.")

    return submit(request, filed if by_file else form, do, draw, to=reverse("statistics:foreign"), said=said)
