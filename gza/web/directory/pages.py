"""What the views of the directory share: who asks, refusals, forms, history."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gza.accounts import queries as accounts
from gza.accounts.principals import Principal
from gza.core import clock
from gza.core.conflicts import Stale
from gza.core.text import whole
from gza.directory import queries
from gza.directory.models import Change, Offer
from gza.law import directory as rules
from gza.law.verdicts import Denied, Verdict
from gza.ledger import work
from gza.ui import dates
from gza.ui.forms import GzaForm
from gza.web.shell.acts import Draw, submit

from . import labels

Form = TypeVar("Form", bound=GzaForm)
CONFLICT = 409


def say() -> str:
    """The reader's language."""
    return get_language() or "ka"


def who(request: HttpRequest) -> Principal:
    """The signed-in person."""
    found: Principal = request.principal
    return found


def refused(request: HttpRequest, verb: str, verdict: Verdict) -> HttpResponse:
    """Say why a page that may be seen may not be used; an attempt by POST is recorded as a refusal."""
    if request.method == "POST":
        try:
            with work.act(verb, by=who(request)):
                work.require(verdict)
        except work.Refused:
            pass
    return render(request, "ui/errors/409.html", {"denied": verdict}, status=CONFLICT)


def silent(row: Offer) -> bool:
    """Whether the provider has not confirmed an offer for a quarter (S4.3)."""
    return bool(rules.confirmed(confirmed_on=row.confirmed_on, today=clock.today()).flags)


def version_of(form: GzaForm) -> int:
    """The version the form was made from; 0, which no row has, when it cannot be read."""
    return whole(str(form.cleaned_data.get("version", "")), digits=9) or 0


def drawing(request: HttpRequest, template: str, context: dict[str, Any]) -> Draw:
    """Draws a page with a form; a stale one with both versions, none of what was typed lost."""

    def draw(
        form: GzaForm, *, status: int = 200, denied: Denied | None = None, stale: Stale | None = None
    ) -> HttpResponse:
        more: dict[str, Any] = {}
        if stale:
            person = accounts.user(stale.changed_by) if stale.changed_by else None
            more = {
                "conflict": form.conflict({**form.cleaned_data, **stale.current}, stale.version),
                "changed_by": person.name(say()) if person else "",
                "changed_at": dates.moment(stale.changed_at, say()) if stale.changed_at else "",
            }
        elif status != 200:  # noqa: PLR2004 (drawn again)
            form.renew_token()
        return render(request, template, {**context, **more, "form": form, "denied": denied}, status=status)

    return draw


def work_form(
    request: HttpRequest,
    make: Callable[..., Form],
    do: Callable[[Form], Any],
    *,
    to: str | Callable[[Any], str],
    said: str,
    template: str = "directory/form.html",
    **context: Any,
) -> HttpResponse:
    """A page with one form: shown, checked, done, or drawn again.

    Args:
        request: the request.
        make: makes the form, from the posted values or from none.
        do: the act.
        to: where to go when it is done.
        said: what to say there.
        template: the page.
        **context: what else the page needs.
    """
    draw = drawing(request, template, context)
    if request.method != "POST":
        return draw(make())
    form = make(request.POST)
    return submit(request, form, lambda _values: do(form), draw, to=to, said=said)


@dataclass(frozen=True)
class Told:
    """A row of the change book, ready to be read."""

    change: Change
    what: str
    how: str
    who: str
    lines: list[tuple[str, str, str]]


def history(subject: uuid.UUID) -> list[Told]:
    """What was done to a row, the newest first; two queries."""
    rows = queries.changes(subject)
    people = accounts.users(row.recorded_by for row in rows)
    language = say()
    return [
        Told(
            row,
            labels.said(row),
            labels.learned(row),
            people[row.recorded_by].name(language) if row.recorded_by in people else _("the system"),
            labels.lines(row, language) if row.before is not None else [],
        )
        for row in rows
    ]
