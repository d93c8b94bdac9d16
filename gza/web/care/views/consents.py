"""Consents: what is in force and what is missing, taking one, the paper, what was signed (S0.1, S3.2, S7.8)."""

import datetime as dt
import json
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.permissions import hide, may, require
from gza.cases import queries
from gza.cases.actions import decline_consent, give_consent
from gza.cases.enums import Scope
from gza.cases.models import Case, ConsentScope
from gza.core import clock
from gza.core.languages import language_name
from gza.directory import queries as directory
from gza.directory.models import Organisation
from gza.ledger import work as ledger
from gza.web.care import wording
from gza.web.care.forms.base import dated, title
from gza.web.care.forms.consents import ConsentForm, DeclineForm
from gza.web.care.pages import METHODS, ask_reason, later
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.steps import frame
from gza.web.shell.clauses import serves

_LANGUAGES = ("ka", "en")


@require_safe
@serves("S0.1", "S3.2", "S7.4")
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What is consented to, what was withdrawn or declined, what was explained, what is missing. All T0."""
    who = request.principal
    case = queries.case_for(who, case_id)
    rows = queries.consents(case)
    scopes = [scope for row in rows for scope in row.scopes.all()]
    in_force = {scope.scope for scope in scopes if not scope.withdrawn_on}
    explanations = queries.explanations(case)
    people = accounts.users({row.taken_by for row in rows} | {row.explained_by for row in explanations})
    context = {
        **frame(request, case, "care:consents"),
        "standing": sorted((one for one in scopes if not one.withdrawn_on), key=_order),
        "withdrawn": [one for one in scopes if one.withdrawn_on],
        "declined": queries.declined(case),
        "explanations": explanations,
        "people": people,
        "has_care": Scope.REHABILITATION in in_force,
        "has_reintegration": Scope.REINTEGRATION in in_force,
        "explained": any(row.scope == Scope.REINTEGRATION for row in explanations),
        "may_work": may("cases.work", who, case),
    }  # fmt: skip
    return render(request, "care/consents.html", context)


def _order(row: ConsentScope) -> tuple[bool, dt.date]:
    return row.scope == Scope.DISCLOSURE, row.given_on


def _language(request: HttpRequest, key: str) -> str:
    wanted = request.POST.get(key) or request.GET.get(key, "")
    return wanted if wanted in _LANGUAGES else request.LANGUAGE_CODE


def _bodies(case: Case) -> list[Organisation]:
    """The organisations not yet agreed to."""
    agreed = {row.organisation_id for row in queries.scopes_in_force(case)}
    return [row for row in directory.providers(clock.today()) if row.id not in agreed]


def _take(request: HttpRequest, case_id: uuid.UUID, scope: Scope, **words: Any) -> HttpResponse:
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.work", who, case)
    language = _language(request, "text")
    bodies = _bodies(case)
    form = ConsentForm(
        request.POST or None, request.FILES or None, bodies=bodies, language=language,
        initial={"text": language, "language": language}, version=case.version,
    )  # fmt: skip
    form.fields["organisations"].required = scope == Scope.DISCLOSURE

    def do(data: dict[str, Any]) -> Any:
        named = [row for row in bodies if row.id in data["organisations"]]
        return give_consent(
            case_id=case.id, scope=None if scope == Scope.DISCLOSURE else scope,
            organisations=[row.id for row in named], signature=form.signed(), language=data["language"],
            wording=wording.whole(
                scope, language, [title(row, language) for row in named], identity=data["identity"]
            ),
            told=data["told"], identity=data["identity"], seen=seen(form), **dated(data), by=who,
        )  # fmt: skip

    def minor() -> bool:
        found = queries.may_be_minor(case, who.ring, clock.today())
        ledger.opening("care.of_age", by=who, case=case.id, section="identity")
        return found

    address = reverse("care:consent_form", args=[case.id, scope.value])
    page = ActPage(
        tab="care:consents",
        draft=f"consent-{scope.value}",
        said=_("The consent was recorded. It can be withdrawn at any time, also orally."),
        to="care:consents",
        template="care/consent_take.html",
        context={
            "wording": wording.paragraphs(scope, language),
            "wording_language": language,
            "other_language": "en" if language == "ka" else "ka",
            "wording_title": wording.title(scope).say(language),
            "paper": f"{address}?language={language}",
            "decline": reverse("care:decline", args=[case.id, scope.value]) if scope != Scope.DISCLOSURE else "",
            "minor": later(minor),
            "representative": later(lambda: queries.representative_of(case)),
        },
        **words,
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S0.1", "S7.2", "S7.8")
def rehabilitation(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Consent to rehabilitation, taken by the designated worker."""
    return _take(
        request, case_id, Scope.REHABILITATION,
        title=_("Consent to rehabilitation"),
        heading=_("Ask for consent to rehabilitation"),
        lede=_("Rehabilitation is free and begins only if the person wishes it. No is an answer too."),
        button=_("Record the consent"),
        clause="S0.1",
    )  # fmt: skip


@require_http_methods(METHODS)
@serves("S3.2", "S7.4", "S0.1", "S7.8")
def reintegration(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Consent to reintegration, after the explanation and apart from any other."""
    return _take(
        request, case_id, Scope.REINTEGRATION,
        title=_("Consent to reintegration"),
        heading=_("Ask for consent to reintegration"),
        lede=_("It stands apart from every other consent and follows the explanation. No is an answer too."),
        button=_("Record the consent"),
        clause="S3.2",
    )  # fmt: skip


@require_http_methods(METHODS)
@serves("S0.1", "S3.2", "S7.8")
def disclosure(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Consent that named organisations learn what they need."""
    return _take(
        request, case_id, Scope.DISCLOSURE,
        title=_("Consent to disclosure"),
        heading=_("Ask which organisations may learn what they need"),
        lede=_("Each organisation by name; there is no general consent."),
        button=_("Record the consent"),
        clause="S0.1",
    )  # fmt: skip


@require_safe
@serves("S0.1", "S3.2", "S7.8")
def printed(request: HttpRequest, case_id: uuid.UUID, scope: str) -> HttpResponse:
    """The form on paper, in Georgian or English, with places for names and signatures."""
    case = queries.case_for(request.principal, case_id)
    require("cases.work", request.principal, case)
    language = _language(request, "language")
    kind = Scope(scope)
    bodies = [title(row, language) for row in _bodies(case)]
    with translation.override(language):
        context = {
            **frame(request, case, "care:consents"),
            "scope": kind,
            "title": wording.title(kind).say(language),
            "wording": wording.paragraphs(kind, language),
            "bodies": bodies,
            "identity": wording.identity(language),
            "back": reverse(f"care:consent_{scope}", args=[case.id]),
        }
        return render(request, "care/consent_form.html", context)


@require_safe
@serves("S0.1", "S3.2", "S7.8")
def signed(request: HttpRequest, case_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """What was signed, how and by whom; sealed, the opening is recorded."""
    who = request.principal
    case = queries.case_for(who, case_id)
    row = next((one for one in queries.consents(case) if one.id == consent_id), None)
    if row is None:
        hide()
    if (asked := ask_reason(request, case)) is not None:
        return asked
    texts = who.ring.open_many([row], ["content", "signature", "witness"])[0]
    ledger.opening("care.consent", by=who, case=case.id, subject=row.id, section="narrative")
    content = json.loads(texts["content"])
    context = {
        **frame(request, case, "care:consents"),
        "row": row,
        "signature": texts["signature"],
        "witness": texts["witness"],
        "wording": [line for line in content["wording"].split("\n\n") if line],
        "language": language_name(content["language"], request.LANGUAGE_CODE),
        "fingerprint": bytes(row.fingerprint).hex(),
        "people": queries.people_of(row.taken_by),
    }
    return render(request, "care/consent.html", context)


@require_http_methods(METHODS)
@serves("S0.1", "S3.2")
def decline(request: HttpRequest, case_id: uuid.UUID, scope: str) -> HttpResponse:
    """Record that the person said no."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.work", who, case)
    form = DeclineForm(request.POST or None, version=case.version)
    of_care = Scope(scope) == Scope.REHABILITATION

    def do(data: dict[str, Any]) -> Any:
        return decline_consent(
            case_id=case.id, scope=Scope(scope), words=data["words"], seen=seen(form), **dated(data), by=who
        )

    page = ActPage(
        title=_("The person says no"),
        heading=_("Record that the person says no to rehabilitation")
        if of_care
        else _("Record that the person says no to reintegration"),
        lede=_("The road goes on without rehabilitation; the person can agree later at any time.")
        if of_care
        else _("Nothing is taken away by it, and the person can agree later at any time."),
        button=_("Record the answer"),
        clause="S0.1" if of_care else "S3.2",
        tab="care:consents",
        said=_("The answer was recorded. No is an answer too."),
        to="care:consents",
    )
    return act_page(request, case, form, page, do)
