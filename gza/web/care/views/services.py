"""Rehabilitation services and emergency help, as the social worker records them (S0.1, S0.3, S7.2)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import hide, may, require
from gza.cases import queries
from gza.cases.actions import (
    record_emergency_help,
    record_provider_answer,
    record_service_given,
    request_rehabilitation_service,
)
from gza.cases.enums import OPEN_SERVICES, Answer, AnswerForm, EmergencyGround, EmergencyKind, Place, ServiceState
from gza.cases.models import Case, RehabilitationService
from gza.core import clock
from gza.directory import queries as directory
from gza.directory.enums import ServiceKind
from gza.law.verdicts import explain
from gza.ledger import work as ledger
from gza.web.care.forms import services as forms
from gza.web.care.forms.base import checked, dated
from gza.web.care.pages import METHODS, ask_reason, one, opened
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.steps import frame
from gza.web.shell.clauses import serves

_ASKED = ("purpose", "answer_name", "answer_reason")


@require_safe
@serves("S0.3", "S7.2", "G1")
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What was asked for, answered and given, primary needs and emergency help; sealed texts, one opening."""
    who = request.principal
    case = queries.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    ring = who.ring
    needs, services = queries.primary_needs(case), queries.services(case)
    unasked, helped = queries.given_unasked(case), queries.emergency(case)
    flagged: dict[uuid.UUID, list[Any]] = {}
    for flag in queries.flags(case, resolved=True):
        if flag.subject:
            flagged.setdefault(flag.subject, []).append(explain(flag.code))
    context = {
        **frame(request, case, "care:services"),
        "needs": _texts(ring, needs, ["description"]),
        "services": [
            {
                **each,
                "answerable": each["row"].state == ServiceState.REQUESTED,
                "open": each["row"].state in OPEN_SERVICES,
            }
            for each in _texts(ring, services, _ASKED)
        ],
        "unasked": _texts(ring, unasked, ["note"]),
        "helped": _texts(ring, helped, ["given_by", "description"]),
        "flagged": flagged,
        "may_work": may("cases.work", who, case),
        "today": clock.today(),
    }
    if needs or services or unasked or helped:
        ledger.opening("care.services", by=who, case=case.id, section="health")
    return render(request, "care/services.html", context)


def _texts(ring: Any, rows: list[Any], names: Any) -> list[dict[str, Any]]:
    return [{"row": row, **texts} for row, texts in zip(rows, ring.open_many(rows, names), strict=True)] if rows else []


def _catalogue(case: Case, language: str) -> dict[str, Any]:
    """The offers that stand for the office's region, and every type and organisation beside them."""
    today = clock.today()
    kind = ServiceKind.REHABILITATION
    offers = directory.in_order(kind=kind, region=case.region, on=today)
    return {
        "offers": offers,
        "types": directory.service_types(kind),
        "bodies": directory.standing(today),
        "language": language,
    }


@require_http_methods(METHODS)
@serves("S0.3", "S0.1", "S7.2")
def ask(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Ask an organisation for a rehabilitation service; waits for no plan."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.work", who, case)
    needs = opened(
        request, case, queries.primary_needs(case), ["description"], verb="care.primary_needs", section="health"
    )
    form = forms.RequestForm(
        request.POST or None,
        needs=[(str(each["row"].id), each["description"][:80]) for each in needs],
        version=case.version,
        initial={"place": Place.SHELTER if case.in_shelter else Place.OUTSIDE},
        **_catalogue(case, request.LANGUAGE_CODE),
    )

    def do(data: dict[str, Any]) -> Any:
        return request_rehabilitation_service(
            case_id=case.id, **form.service(), need_id=data["need"], purpose=data["purpose"],
            charged=data["charged"] or 0, answer_due=data["answer_due"], seen=seen(form), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Request a service"),
        heading=_("Request a rehabilitation service"),
        lede=_("It waits for no plan and costs the person nothing. Tell the organisation only what it needs to know."),
        button=_("Record the request"),
        clause="S0.3",
        tab="care:services",
        draft="service-request",
        said=_("The request was recorded; now its answer is awaited."),
        to="care:services",
    )
    return act_page(request, case, form, page, do)


def _service(case: Case, row_id: uuid.UUID) -> RehabilitationService:
    row = one(queries.services(case), row_id)
    if row is None:
        hide()
    return row


@require_http_methods(METHODS)
@serves("S0.3")
def answer(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Record what the provider answered: who said it, how it came, the paper."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.work", who, case)
    row = _service(case, row_id)
    form = forms.AnswerFields(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> Any:
        return record_provider_answer(
            case_id=case.id, service_id=row.id, answer=Answer(data["answer"]), form=AnswerForm(data["form"]),
            name=data["name"], why=data["why"], scan=checked(data["scan"]), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("A provider's answer"),
        heading=_("Record what the provider answered"),
        lede=_("Who said it, when, and how it came; with the letter where there is one."),
        button=_("Record the answer"),
        clause="S0.3",
        tab="care:services",
        draft="service-answer",
        said=_("The answer was recorded."),
        to="care:services",
        template="care/service.html",
        context={"service": row},
    )
    return act_page(request, case, form, page, do)


def _given(
    request: HttpRequest, case: Case, form: Any, service: Any, row: RehabilitationService | None
) -> HttpResponse:
    def do(data: dict[str, Any]) -> Any:
        return record_service_given(
            case_id=case.id, **service(), request_id=row.id if row else None, until=data["until"],
            sessions=data["sessions"], charged=data["charged"] or 0, finished=data["finished"], note=data["note"],
            **dated(data), by=request.principal,
        )  # fmt: skip

    page = ActPage(
        title=_("A service was given"),
        heading=_("Record a service that was given"),
        lede=_("What has happened can always be written down; what the rules say of it goes to the coordinator."),
        button=_("Record the service"),
        clause="S0.3",
        tab="care:services",
        draft="service-given",
        said=_("The service was recorded."),
        to="care:services",
        template="care/service.html",
        context={"service": row},
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S0.3", "S0.1", "G1")
def given(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record a service that was given without a request on file."""
    case = queries.case_for(request.principal, case_id)
    require("cases.record", request.principal, case)
    form = forms.GivenForm(
        request.POST or None,
        initial={"place": Place.SHELTER if case.in_shelter else Place.OUTSIDE},
        **_catalogue(case, request.LANGUAGE_CODE),
    )
    return _given(request, case, form, form.service, None)


@require_http_methods(METHODS)
@serves("S0.3", "S0.1", "G1")
def given_on_request(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Record a service that was given as it was asked for."""
    case = queries.case_for(request.principal, case_id)
    require("cases.record", request.principal, case)
    row = _service(case, row_id)
    form = forms.GivenOnRequestForm(request.POST or None, initial={"place": row.place})

    def service() -> dict[str, Any]:
        place = Place(form.cleaned_data["place"])
        return {"service_type": row.service_type_id, "organisation_id": row.organisation_id, "place": place}

    return _given(request, case, form, service, row)


@require_http_methods(METHODS)
@serves("S0.1", "G1")
def emergency(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record help that could not wait: ground, person, time."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.record", who, case)
    bodies = directory.standing(clock.today())
    form = forms.EmergencyForm(request.POST or None, bodies=bodies, language=request.LANGUAGE_CODE)

    def do(data: dict[str, Any]) -> Any:
        return record_emergency_help(
            case_id=case.id, ground=EmergencyGround(data["ground"]), kind=EmergencyKind(data["kind"]),
            given_at=data["given_at"], given_by=data["given_by"], organisation_id=data["organisation"],
            description=data["description"], reason=data["reason"], by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Emergency help"),
        heading=_("Record emergency help"),
        lede=_("Help that could not wait stands outside the Strategy: no consent and no status are asked."),
        button=_("Record the help"),
        clause="S0.1",
        tab="care:services",
        draft="emergency",
        said=_("The emergency help was recorded."),
        to="care:services",
    )
    return act_page(request, case, form, page, do)
