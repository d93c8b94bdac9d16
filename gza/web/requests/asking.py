"""Asking an organisation, after having seen exactly what it will see; setting an offer aside; nobody left to ask."""

import hashlib
import json
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import hide, require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core import clock
from gza.directory import queries as directory
from gza.directory.models import Organisation
from gza.law.consent import Scope
from gza.ledger import work as ledger
from gza.plans import actions
from gza.plans.models import PlanItem
from gza.plans.packets import read
from gza.plans.queries import requests as queries
from gza.vault import queries as vault
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.forms.base import dated
from gza.web.shell.clauses import serves

from . import forms

METHODS = ["GET", "HEAD", "POST"]


def _item(case: Case, origin_id: uuid.UUID) -> PlanItem:
    row = queries.item(case, origin_id)
    if row is None:
        hide()
    return row


def _body(organisation_id: uuid.UUID) -> Organisation:
    row = directory.listed_organisation(organisation_id)
    if row is None:
        hide()
    return row


def _identity(case: Case, organisation_id: uuid.UUID) -> bool:
    """Whether the consent that names the organisation covers name and telephone number."""
    return any(
        one.identity and one.scope == Scope.DISCLOSURE and one.organisation == str(organisation_id)
        for one in cases.consents_of(case)
        if one.withdrawn_on is None
    )


@require_http_methods(METHODS)
@serves("S5.4", "S6.1", "S7.5")
def ask(request: HttpRequest, case_id: uuid.UUID, origin_id: uuid.UUID, organisation_id: uuid.UUID) -> HttpResponse:
    """Ask an organisation: what it will see is shown first, word for word, and only that is sent."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    item, body = _item(case, origin_id), _body(organisation_id)
    initial = {"region": case.region, "month_from": item.month_from, "month_to": item.month_to}
    form = forms.AskForm(request.POST or None, identity=_identity(case, body.id), initial=initial)
    here = vault.receives(body.id) and not queries.of_fund(body.kind)
    context: dict[str, Any] = {"item": item, "body": body, "here": here}
    send = False
    if request.method == "POST" and form.is_valid():
        packet = actions.packet_of(case, item, form.tell(), form.months(), who)
        mark = hashlib.sha256(json.dumps(packet, sort_keys=True).encode()).hexdigest()[:32]
        send = form.data.get("shown", "") == mark
        form.data["shown"] = mark
        context |= {"told": read(packet, request.LANGUAGE_CODE), "service": item.service_type}
        if not send and {"name", "telephone"} & packet.keys():
            ledger.opening("cases.name", by=who, case=case.id, section="identity")

    def do(data: dict[str, Any]) -> Any:
        return actions.ask_provider(
            case_id=case.id, origin_id=item.id, organisation_id=body.id, tell=form.tell(), months=form.months(),
            answer_due=data["answer_due"], note=data["note"], **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Ask a provider"),
        heading=_("Ask a provider for a service"),
        lede=_("The provider is told only what stands in this form. You see it first, exactly as it will be read."),
        button=_("Send exactly this") if context.get("told") else _("Show what the provider will see"),
        clause="S5.4",
        tab="requests:case",
        said=_("The request was recorded; now its answer is awaited."),
        to="requests:case",
        template="requests/ask.html",
        context=context,
    )
    return act_page(request, case, form, page, do, send=send or (request.method == "POST" and not form.is_valid()))


@require_http_methods(METHODS)
@serves("S5.5")
def aside(request: HttpRequest, case_id: uuid.UUID, origin_id: uuid.UUID, organisation_id: uuid.UUID) -> HttpResponse:
    """Set a matching offer aside, with the reason."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    item, body = _item(case, origin_id), _body(organisation_id)
    form = forms.AsideForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.set_offer_aside(
            case_id=case.id, origin_id=item.id, organisation_id=body.id, ground=data["ground"], why=data["why"],
            **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Set an offer aside"),
        heading=_("Set an offer aside without asking"),
        lede=_("The reason stays with the case. When no other offer is left, the Fund considers paying."),
        button=_("Set it aside"),
        clause="S5.5",
        tab="requests:case",
        said=_("The offer was set aside."),
        to="requests:case",
        template="requests/about.html",
        context={"item": item, "body": body},
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S5.5")
def nobody(request: HttpRequest, case_id: uuid.UUID, origin_id: uuid.UUID) -> HttpResponse:
    """Nobody is left to ask: the Fund's consideration falls due."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    item = _item(case, origin_id)
    form = forms.BareForm(request.POST or None)

    def do(_data: dict[str, Any]) -> Any:
        return actions.account_for(case_id=case.id, origin_id=item.id, by=who)

    page = ActPage(
        title=_("Nobody is left to ask"),
        heading=_("Establish that nobody is left to ask"),
        lede=_("No organisation of the present list is left for this item, so the Fund considers paying."),
        button=_("Nobody is left to ask"),
        clause="S5.5",
        tab="requests:case",
        said=_("It was recorded; where it is due, the Fund now considers paying."),
        to="requests:case",
        template="requests/about.html",
        context={"item": item, "day": clock.today()},
    )
    return act_page(request, case, form, page, do)
