"""What the pages share: whose work it is, sealed text shown and recorded once, lists with the form of an act."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from gza.cases import queries
from gza.cases.models import Case
from gza.ledger import work as ledger
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.steps import frame

METHODS = ["GET", "HEAD", "POST"]


def ask_reason(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Outside one's own work the reason comes first (G4); None where nothing is to be asked."""
    if queries.own_work(request.principal, case):
        return None
    return HttpResponseRedirect(f"{reverse('cases:open', args=[case.id])}?{urlencode({'next': request.path})}")


def later(make: Callable[[], Any]) -> Any:
    """Made when the template asks for it: never, where the act succeeds and no page is drawn."""
    return SimpleLazyObject(make)


def opened(
    request: HttpRequest, case: Case, rows: Iterable[Model], names: Sequence[str], *, verb: str, section: str
) -> list[dict[str, Any]]:
    """Rows with their sealed texts; one opening is recorded, none where there is nothing to open.

    Each is ``{"row": row, **texts}``.
    """
    found = list(rows)
    if not found:
        return []
    who = request.principal
    texts = who.ring.open_many(found, names)
    ledger.opening(verb, by=who, case=case.id, section=section)
    return [{"row": row, **each} for row, each in zip(found, texts, strict=True)]


def shown(request: HttpRequest, case: Case, page: ActPage) -> HttpResponse:
    """The page of an act for somebody whose act it is not: what is there, without the form."""
    return render(
        request, page.template, {**frame(request, case, page.tab), **page.context, "page": page, "form": None}
    )


def listed(
    request: HttpRequest, case: Case, form: Any, page: ActPage, do: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """A list with the form of an act below it; without ``form`` the list alone."""
    return shown(request, case, page) if form is None else act_page(request, case, form, page, do)


def one(rows: Iterable[Any], row_id: uuid.UUID) -> Any:
    """The row of that id, or None."""
    return next((row for row in rows if row.id == row_id), None)
