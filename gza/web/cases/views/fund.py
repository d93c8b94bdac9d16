"""The Fund's acts on a case: status, designation, handover."""

import uuid
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import require
from gza.cases import queries
from gza.cases.actions import annul_status, ask_status, designate, hand_over, record_circumstance, record_status
from gza.cases.enums import Circumstance, StatusKind
from gza.core.places import region_name
from gza.directory import queries as directory
from gza.directory.models import SocialWorker
from gza.vault import files
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.acts import AnnulForm, AskedForm, CircumstanceForm, HandOverForm, StatusForm, WorkerForm
from gza.web.cases.forms.base import dated
from gza.web.shell.clauses import serves

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@serves("S3.1", "S7.2")
def status(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record a decision on the status: kind, body, day, document (S3.1)."""
    case = queries.case_for(request.principal, case_id)
    require("cases.record", request.principal, case)
    form = StatusForm(
        request.POST or None,
        request.FILES or None,
        bodies=directory.by_keys(["permanent_group", "mia", "gpo", "ccpd"]).values(),
        language=request.LANGUAGE_CODE,
        version=case.version,
    )

    def do(data: dict[str, Any]) -> Any:
        return record_status(
            case_id=case.id, kind=StatusKind(data["kind"]), body=form.body, organisation_id=data["organisation"],
            document_number=data["document_number"], scan=files.check(data["scan"]) if data["scan"] else None,
            seen=seen(form), **dated(data), by=request.principal,
        )  # fmt: skip

    page = ActPage(
        title=_("Record the status"),
        heading=_("Record the decision on the status"),
        lede=_("Victim and statutory victim are two statuses; each has its own body, and one person can have both."),
        button=_("Record the status"),
        clause="S3.1",
        draft="status",
        said=_("The status was recorded. The clocks of the Strategy run from its day."),
        template="cases/status.html",
        context={"asked": case.status_asked_on},
    )
    return act_page(request, case, form, page, do)


@require_http_methods(_METHODS)
@serves("S3.1")
def asked(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record that the competent body was asked for a decision."""
    case = queries.case_for(request.principal, case_id)
    require("cases.record", request.principal, case)
    form = AskedForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return ask_status(case_id=case.id, seen=seen(form), **dated(data), by=request.principal)

    page = ActPage(
        title=_("A decision was asked for"),
        heading=_("Record that a decision was asked for"),
        lede=_("From this day the decision of the competent body is awaited."),
        button=_("Record it"),
        clause="S3.1",
        said=_("It was recorded."),
    )
    return act_page(request, case, form, page, do)


@require_http_methods(_METHODS)
@serves("S3.1", "G1")
def annul(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record that a status was annulled."""
    case = queries.case_for(request.principal, case_id)
    require("cases.record", request.principal, case)
    standing = [row for row in queries.statuses(case) if not row.annulled_on]
    form = AnnulForm(request.POST or None, decisions=standing, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return annul_status(
            case_id=case.id, decision_id=data["decision"], why=data["why"], document_number=data["document_number"],
            seen=seen(form), **dated(data), by=request.principal,
        )  # fmt: skip

    page = ActPage(
        title=_("Record an annulment"),
        heading=_("Record that a status was annulled"),
        lede=_("A fact, written down as it happened; the coordinator decides what follows from it."),
        button=_("Record the annulment"),
        clause="S3.1",
        said=_("The annulment was recorded."),
    )
    return act_page(request, case, form, page, do)


def _name(row: SocialWorker, language: str) -> str:
    return row.name_ka if language == "ka" else row.name_en or row.name_ka


def designable(request: HttpRequest, *, but: uuid.UUID | None = None) -> list[tuple[str, str]]:
    """Who can be designated, with how many open cases: choices.

    Who was posted and cannot be any more stays among them, so that the act can say why.
    """
    language = request.LANGUAGE_CODE
    found = list(directory.designable())
    posted = request.POST.get("worker", "")
    if posted not in {str(row.user_id) for row in found}:
        with suppress(ValueError):
            found += filter(None, [directory.worker_of(uuid.UUID(posted))])
    loads = queries.caseloads([row.user_id for row in found])
    return [
        (
            str(row.user_id),
            f"{_name(row, language)} ({loads.get(row.user_id, 0)}), {region_name(row.office_region, language)}",
        )
        for row in found
        if row.user_id and row.user_id != but
    ]


@require_http_methods(_METHODS)
@serves("S5.1", "S7.1", "S7.2")
def designation(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Designate a Fund employee; the keys go with it in the same act."""
    case = queries.case_for(request.principal, case_id)
    require("cases.coordinate", request.principal, case)
    form = WorkerForm(request.POST or None, workers=designable(request), version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return designate(
            case_id=case.id, worker_id=data["worker"], note=data["note"], seen=seen(form), **dated(data),
            by=request.principal,
        )  # fmt: skip

    page = ActPage(
        title=_("Designate a social worker"),
        heading=_("Designate a social worker"),
        lede=_("Only an employee of the Fund in the register can be designated; the key to the case goes with it."),
        button=_("Designate"),
        clause="S7.2",
        draft="designate",
        said=_("The social worker was designated and can open the case."),
    )
    return act_page(request, case, form, page, do)


@require_http_methods(_METHODS)
@serves("S3.3", "S5.1")
def handover(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Hand a case over without a gap; the keys are changed."""
    case = queries.case_for(request.principal, case_id)
    require("cases.coordinate", request.principal, case)
    workers = designable(request, but=case.worker_id)
    form = HandOverForm(request.POST or None, workers=workers, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return hand_over(
            case_id=case.id, worker_id=data["worker"], leaves_on=data["leaves_on"], note=data["note"],
            seen=seen(form), **dated(data), by=request.principal,
        )  # fmt: skip

    page = ActPage(
        title=_("Hand the case over"),
        heading=_("Hand the case over"),
        lede=_("One act without a gap: the person is never without a social worker. The former one loses the key."),
        button=_("Hand over"),
        clause="S3.3",
        draft="handover",
        said=_("The case was handed over; its keys were changed."),
    )
    return act_page(request, case, form, page, do)


@require_http_methods(_METHODS)
@serves("S0.2")
def circumstances(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record shelter or cooperation; it conditions nothing."""
    case = queries.case_for(request.principal, case_id)
    require("cases.record", request.principal, case)
    form = CircumstanceForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return record_circumstance(
            case_id=case.id, kind=Circumstance(data["kind"]), value=data["value"], note=data["note"],
            seen=seen(form), **dated(data), by=request.principal,
        )  # fmt: skip

    page = ActPage(
        title=_("Shelter and cooperation"),
        heading=_("Record shelter or cooperation"),
        lede=_("Written down because it is so. It changes no service, no right and no permission."),
        button=_("Record it"),
        clause="S0.2",
        tab="cases:person",
        draft="circumstance",
        said=_("It was recorded. No service depends on it."),
        to="cases:person",
    )
    return act_page(request, case, form, page, do)
