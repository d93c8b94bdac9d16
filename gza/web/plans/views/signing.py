"""Signatures: whose are there, one after the other, the paper to sign, the copy (S7.8)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import hide, may, require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.cases.queries.people import may_be_minor, representative_of
from gza.core import clock
from gza.plans import actions, queries
from gza.plans.enums import CopyOutcome, Signatory
from gza.plans.models import PlanVersion
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.forms.base import dated
from gza.web.cases.steps import frame
from gza.web.cases.views.person import ask_reason
from gza.web.plans import drawing_final
from gza.web.plans.forms.signing import CopyForm, SignForm
from gza.web.shell.clauses import serves

METHODS = ["GET", "HEAD", "POST"]
_LANGUAGES = ("ka", "en")


def _page(case: Case, row: PlanVersion) -> queries.PlanPage:
    page = queries.plan_page(case, row.number)
    if page is None:
        hide()
    return page


@require_safe
@serves("S7.8")
def sign(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The version to be signed with all it says, whose signatures are there and whose are missing."""
    who = request.principal
    case = cases.case_for(who, case_id)
    row = queries.to_sign(case)
    if row is None:
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    if (asked := ask_reason(request, case)) is not None:
        return asked
    drawn = drawing_final.draw(_page(case, row), case, who)
    context = {
        **frame(request, case, "plans:plan"),
        "drawn": drawn,
        "may_write": may("plans.write", who, case),
        "representative": representative_of(case) if drawn.needed and drawn.needed.minor else None,
    }
    return render(request, "plans/sign.html", context)


@require_http_methods(METHODS)
@serves("S7.8", "S3.5", "S0.1")
def sign_as(request: HttpRequest, case_id: uuid.UUID, signatory: str) -> HttpResponse:
    """One signature: the plan is read, then signed on the screen, by a mark, or on paper."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    if signatory not in Signatory.values:
        hide()
    row = queries.to_sign(case)
    if row is None and request.method == "POST":  # signed or taken back meanwhile: the act says so
        row = queries.current(case)
    if row is None:
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    kind = Signatory(signatory)
    minor = may_be_minor(case, who.ring, clock.today())
    form = SignForm(
        request.POST or None, request.FILES or None, who=kind, minor=minor, language=request.LANGUAGE_CODE,
        initial={"read": bytes(row.fingerprint or b"").hex(), "language": request.LANGUAGE_CODE},
    )  # fmt: skip

    def do(data: dict[str, Any]) -> Any:
        return actions.sign(
            case_id=case.id, version_id=row.id, who=kind, signed=form.signed(), read=form.print(),
            language=data["language"], court_decision=bool(data.get("court")), **dated(data), by=who,
        )  # fmt: skip

    headings = {
        Signatory.BENEFICIARY: _("The beneficiary signs"),
        Signatory.REPRESENTATIVE: _("The legal representative signs"),
        Signatory.CHILD: _("Ask the child"),
        Signatory.WORKER: _("The social worker signs"),
    }
    page = ActPage(
        title=_("Sign the plan"),
        heading=headings[kind],
        lede=_("Read the whole plan together first. The signature stands under exactly this content."),
        button=_("Record the answer") if kind == Signatory.CHILD else _("Sign"),
        clause="S7.8",
        tab="plans:plan",
        said=_("It was recorded."),
        template="plans/sign_as.html",
        context={
            "drawn": SimpleLazyObject(lambda: drawing_final.draw(_page(case, row), case, who)),
            "paper": reverse("plans:paper_to_sign", args=[case.id]),
            "signatory": kind.value,
            "minor": minor,
            "representative": SimpleLazyObject(lambda: representative_of(case)),
        },
    )
    return act_page(request, case, form, page, do, to=lambda _made: _after(case))


def _after(case: Case) -> str:
    """To the other signature while one is missing, else to the plan in force."""
    name = "plans:sign" if queries.to_sign(case) is not None else "plans:plan"
    return reverse(name, args=[case.id])


@require_safe
@serves("S7.8")
def paper_to_sign(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The version to be signed on paper, with its fingerprint and places for names, dates and signatures."""
    who = request.principal
    case = cases.case_for(who, case_id)
    row = queries.to_sign(case)
    if row is None:
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    if (asked := ask_reason(request, case)) is not None:
        return asked
    chosen = request.GET.get("language", "")
    language = chosen if chosen in _LANGUAGES else request.LANGUAGE_CODE
    with translation.override(language):
        drawn = drawing_final.draw(_page(case, row), case, who)
        return render(request, "plans/paper_to_sign.html", {"case": case, "drawn": drawn, "language": language})


def _paper_of(case: Case, row: PlanVersion | None) -> dict[str, Any]:
    """The number of the version whose copy it is, and where it is printed."""
    if row is None:
        return {}
    return {"number": row.number, "print": f"{reverse('plans:print', args=[case.id])}?number={row.number}"}


@require_http_methods(METHODS)
@serves("S7.8")
def copy(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What became of the beneficiary's copy of the plan in force."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    row = queries.in_force(case)
    if row is None and request.method != "POST":
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    initial = {"language": request.LANGUAGE_CODE, "read": row.id if row else None}
    form = CopyForm(request.POST or None, language=request.LANGUAGE_CODE, initial=initial)

    def do(data: dict[str, Any]) -> Any:
        return actions.record_copy(
            case_id=case.id, version_id=data["read"], outcome=CopyOutcome(data["outcome"]), language=data["language"],
            note=data["note"], **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("The beneficiary's copy"),
        heading=_("Record what became of the beneficiary's copy"),
        lede=_("A copy is offered. Where a paper could put the person in danger, the Fund holds it for them."),
        button=_("Record it"),
        clause="S7.8",
        tab="plans:plan",
        said=_("It was recorded what became of the copy."),
        to="plans:plan",
        template="plans/copy.html",
        context=_paper_of(case, row),
    )
    return act_page(request, case, form, page, do)
