"""The provider's workplace: its own requests, what it was told until a day, its answers and what it gave (S6.1)."""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.permissions import find, require
from gza.accounts.principals import Principal
from gza.core import clock
from gza.directory import queries as directory
from gza.law.lifecycles import REQUEST
from gza.law.requests import UNDONE
from gza.ledger import work as ledger
from gza.plans import actions, packets
from gza.plans.actions.provider import DELIVERY, REPLY
from gza.plans.enums import POSITIVE, RequestState
from gza.plans.models import ReportPart, ServiceRequest
from gza.plans.queries import provider as queries
from gza.vault import queries as vault
from gza.vault.models import Disclosure
from gza.web.shell.acts import submit
from gza.web.shell.clauses import serves

from . import drawing, forms
from .drawing import MARKS

METHODS = ["GET", "HEAD", "POST"]


def _own(request: HttpRequest, request_id: uuid.UUID) -> ServiceRequest:
    return find("plans.own_request", request.principal, queries.own(request.principal), id=request_id)


def _tabs(current: str) -> list[dict[str, Any]]:
    """The two shelves of the workplace."""
    shelves = (("provider:list", _("Requests")), ("provider:parts", _("Reports")))
    return [{"label": label, "href": reverse(name), "current": name == current} for name, label in shelves]


@require_safe
@serves("S5.4", "S6.1")
def listed(request: HttpRequest) -> HttpResponse:
    """The organisation's own requests, the newest first."""
    who = request.principal
    require("plans.workplace", who)
    filters = forms.StateFilter(request.GET)
    state = filters.cleaned_data.get("state", "") if filters.is_valid() else ""
    page = queries.own_page(who, state=state, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {
        "tabs": _tabs("provider:list"), "page": page, "filters": filters, "state": state,
        "rows": drawing.request_rows(page.rows),
    }  # fmt: skip
    return render(request, "provider/list.html", context)


@require_safe
@serves("S5.4", "S6.1", "S7.9")
def detail(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """One request; what was told opens once it was read, and until its day."""
    row = _own(request, request_id)
    return render(request, "provider/request.html", _context(request, row))


def _context(request: HttpRequest, row: ServiceRequest) -> dict[str, Any]:
    who = request.principal
    told = queries.disclosure_of(row)
    opens = queries.opens(told)
    found = queries.deliveries(row)
    people = accounts.users(one for one in (row.seen_by, row.answered_by, *(each.recorded_by for each in found)) if one)
    context: dict[str, Any] = {
        "row": row, "service": row.service_type, "until": told.until if told else None, "opens": opens,
        "mark": MARKS[RequestState(row.state)], "today": clock.today(), "people": people,
        "answerable": opens and bool(REQUEST.find(row.state, "accept")),
        "halted": row.state in UNDONE, "accepted": row.state in POSITIVE, "worker": queries.worker_of(row),
        "given": [{"row": one, "note": ""} for one in found],
    }  # fmt: skip
    if row.seen_at is None or told is None or not opens:
        return context
    ledger.opening("plans.request", by=who, case=row.case_id, subject=row.id, section="packet")
    context["told"] = packets.read(vault.open_disclosure(told, who.ring), request.LANGUAGE_CODE)
    if row.reply is not None:
        context["reply"] = _opened(told, row.reply, who, REPLY, row.id)
    for one in context["given"]:
        if one["row"].reply is not None:
            one["note"] = json.loads(_opened(told, one["row"].reply, who, DELIVERY, one["row"].id))["note"]
    return context


def _opened(told: Disclosure, blob: bytes, who: Principal, label: str, subject: uuid.UUID) -> str:
    return vault.open_reply(told, bytes(blob), who.ring, label=label, subject=subject)


def _act(
    request: HttpRequest,
    row: ServiceRequest,
    form: Any,
    do: Callable[[dict[str, Any]], Any],
    *,
    said: str,
    **words: Any,
) -> HttpResponse:
    """The page of an act on a request: form, refusal, everything typed kept."""

    def draw(form: Any, *, status: int = 200, denied: Any = None, stale: Any = None) -> HttpResponse:
        if form.is_bound:
            form.renew_token()
        context = {"row": row, "service": row.service_type, "form": form, "denied": denied, **words}
        return render(request, "provider/act.html", context, status=status)

    if request.method != "POST":
        return draw(form)
    return submit(request, form, do, draw, to=reverse("provider:request", args=[row.id]), said=said)


@require_http_methods(METHODS)
@serves("S6.1")
def read(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Open a request: the social worker sees that it was read."""
    row = _own(request, request_id)
    return _act(
        request, row, forms.BareForm(request.POST or None),
        lambda _data: actions.see_request(request_id=row.id, by=request.principal),
        said="", heading=_("Read the request"), clause="S6.1", button=_("Read it"),
        lede=_("That it was opened, and by whom, is written down and shown to the social worker."),
    )  # fmt: skip


@require_http_methods(METHODS)
@serves("S5.4", "S6.1")
def answer(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Accept, accept in part, or decline with a reason."""
    row = _own(request, request_id)
    form = forms.AnswerForm(request.POST or None, initial={"covers_from": row.month_from, "covers_to": row.month_to})

    def do(data: dict[str, Any]) -> Any:
        return actions.answer_request(
            request_id=row.id, answer=data["answer"], words=data["words"], covers=form.covers(), by=request.principal
        )

    return _act(
        request, row, form, do, said=_("Your answer was given; the social worker sees it at once."),
        heading=_("Answer the request"), clause="S5.4", button=_("Give the answer"), facts=True,
        lede=_("Once given it stands; if something changes, telephone the social worker."),
    )  # fmt: skip


@require_http_methods(METHODS)
@serves("S7.9", "G1")
def given(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Record that the service was given."""
    row = _own(request, request_id)

    def do(data: dict[str, Any]) -> Any:
        return actions.record_own_delivery(
            request_id=row.id, happened_on=data["happened_on"], until=data["until"], sessions=data["sessions"],
            note=data["note"], reason=data["reason"], by=request.principal,
        )  # fmt: skip

    return _act(
        request, row, forms.GivenForm(request.POST or None), do, said=_("It was recorded."),
        heading=_("Record a service you gave"), clause="S7.9", button=_("Record it"), facts=True,
        lede=_("What has happened can always be written down. The social worker takes it into the monthly report."),
    )  # fmt: skip


@require_http_methods(METHODS)
@serves("S0.1", "S6.1")
def returned(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Confirm that what the organisation was told is returned or deleted."""
    row = _own(request, request_id)
    return _act(
        request, row, forms.BareForm(request.POST or None),
        lambda _data: actions.confirm_returned(request_id=row.id, by=request.principal),
        said=_("Thank you; the confirmation was recorded."), heading=_("Confirm the return or deletion"),
        clause="S0.1", button=_("It is returned or deleted"), facts=True,
        lede=_("The request was called back. Nothing of what you were told stays with you, on paper or elsewhere."),
    )  # fmt: skip


# Parts of monthly reports


@require_safe
@serves("S7.9", "S6.1")
def parts(request: HttpRequest) -> HttpResponse:
    """The organisation's own parts of monthly reports, the newest first."""
    who = request.principal
    require("plans.workplace", who)
    page = queries.parts_page(who, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return render(request, "provider/parts.html", {"page": page, "tabs": _tabs("provider:parts")})


def _part(request: HttpRequest, part_id: uuid.UUID) -> ReportPart:
    return find("plans.own_part", request.principal, queries.own_parts(request.principal), id=part_id)


@require_safe
@serves("S7.9", "S6.1")
def part(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """One part, once it was read and until its day."""
    who, row = request.principal, _part(request, part_id)
    told = queries.disclosure_of(row)
    context: dict[str, Any] = {"row": row, "opens": queries.opens(told), "until": told.until if told else None}
    if row.seen_at is not None and told is not None and context["opens"]:
        ledger.opening("plans.part", by=who, case=row.case_id, subject=row.id, section="packet")
        packet = vault.open_disclosure(told, who.ring)
        keys = {one["service"] for one in [*packet["planned"], *packet["deliveries"]]}
        types = directory.types_named(keys)
        context |= {
            "packet": packet,
            "planned": [types[one["service"]] for one in packet["planned"] if one["service"] in types],
            "given": [
                {
                    "service": types.get(one["service"]), "on": dt.date.fromisoformat(one["on"]),
                    "until": dt.date.fromisoformat(one["until"]) if one["until"] else None, "sessions": one["sessions"],
                }
                for one in packet["deliveries"]
            ],
        }  # fmt: skip
    return render(request, "provider/part.html", context)


@require_http_methods(METHODS)
@serves("S7.9")
def read_part(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """Open a part: the social worker sees that it was read."""
    row = _part(request, part_id)
    form = forms.BareForm(request.POST or None)

    def draw(form: Any, *, status: int = 200, denied: Any = None, stale: Any = None) -> HttpResponse:
        context = {
            "form": form, "denied": denied, "heading": _("Read the report"), "clause": "S7.9", "button": _("Read it"),
            "lede": _("That it was opened, and by whom, is written down and shown to the social worker."),
        }  # fmt: skip
        return render(request, "provider/act.html", context, status=status)

    if request.method != "POST":
        return draw(form)
    return submit(
        request, form, lambda _data: actions.see_part(part_id=row.id, by=request.principal), draw,
        to=reverse("provider:part", args=[row.id]),
    )  # fmt: skip
