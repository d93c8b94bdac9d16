"""Correcting an entry of the year: the old and the new one both stay (G2)."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gza.accounts.permissions import hide, require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.ledger import work as ledger
from gza.web.care.pages import ask_reason, one
from gza.web.cases.acting import ActPage, act_page
from gza.web.running.forms import CorrectForm


@dataclass(frozen=True)
class Entries:
    """One kind of entry.

    ``rows`` reads those of a case, ``act`` corrects one; ``texts`` are its sealed fields, whose opening is recorded as
    ``opening``, and ``values`` the others; ``may`` is the permission, ``to`` the page one comes back to.
    """

    rows: Callable[[Case], Sequence[Any]]
    act: Callable[..., Any]
    form: type[CorrectForm]
    texts: tuple[str, ...]
    values: tuple[str, ...]
    may: str
    opening: str
    to: str


def correct(
    request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID, kind: Entries, heading: Callable[[Any], str]
) -> HttpResponse:
    """The form with the entry as it stands, and the correction of it."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require(kind.may, who, case)
    row = one(kind.rows(case), row_id)
    if row is None:
        hide()
    if request.method != "POST" and (asked := ask_reason(request, case)) is not None:
        return asked
    initial: dict[str, Any] = {}
    if request.method != "POST":
        initial = {**who.ring.open_many([row], kind.texts)[0], **{name: getattr(row, name) for name in kind.values}}
        ledger.opening(kind.opening, by=who, case=case.id, subject=row.id, section="narrative")
    form = kind.form(request.POST or None, initial=initial)

    def do(data: dict[str, Any]) -> Any:
        new = {name: data[name] for name in (*kind.texts, *kind.values)}
        return kind.act(case_id=case.id, row_id=row.id, why=data["why"], **new, by=who)

    page = ActPage(
        title=_("Correct an entry"),
        heading=heading(row),
        button=_("Record the correction"),
        clause="G2",
        tab="running:year",
        said=_("The correction was recorded; the old entry stays beside it."),
        to=kind.to,
    )
    return act_page(request, case, form, page, do)
