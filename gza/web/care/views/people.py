"""The legal representative of a minor (S7.8), and what the person told."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import hide, require
from gza.cases import queries
from gza.cases.actions import add_representative, check_representative, end_representative, record_story
from gza.cases.models import Case, Representative
from gza.web.care.forms import people as forms
from gza.web.care.forms.base import dated
from gza.web.care.pages import METHODS, ask_reason, later, one, opened
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.shell.clauses import serves

_TEXTS = ["name", "telephone", "document_number", "conflict_note"]


@require_http_methods(METHODS)
@serves("S7.8")
def representative(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Who acts for the minor, now and before; and somebody new, who ends the former."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.record", who, case)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    form = forms.RepresentativeForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return add_representative(
            case_id=case.id, who=forms.representative(data), seen=seen(form), **dated(data), by=who
        )

    rows = later(
        lambda: opened(
            request, case, queries.representatives(case), _TEXTS, verb="care.representative", section="identity"
        )
    )
    page = ActPage(
        title=_("Legal representative"),
        heading=_("Legal representative"),
        lede=_("For a minor a representative signs, once checked for a conflict of interest; the child is asked too."),
        button=_("Record the representative"),
        clause="S7.8",
        tab="cases:person",
        draft="representative",
        said=_("The representative was recorded. Check now for a conflict of interest."),
        to="care:representative",
        template="care/representative.html",
        context={"rows": rows},
    )
    return act_page(request, case, form, page, do)


def _acting(case: Case, row_id: uuid.UUID) -> Representative:
    row = one(queries.representatives(case), row_id)
    if row is None or row.ended_on:
        hide()
    return row


@require_http_methods(METHODS)
@serves("S7.8")
def check(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Record whether the representative has a conflict of interest."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.record", who, case)
    row = _acting(case, row_id)
    form = forms.ConflictForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return check_representative(
            case_id=case.id, representative_id=row.id, conflict=data["conflict"], note=data["note"], **dated(data),
            by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Conflict of interest"),
        heading=_("Check the representative for a conflict of interest"),
        lede=_("With a conflict of interest the guardianship body takes the representative's place."),
        button=_("Record what was found"),
        clause="S7.8",
        tab="cases:person",
        draft="representative-check",
        said=_("The check was recorded."),
        to="care:representative",
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.8")
def end(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Record that somebody acts no longer for the minor, or that the minor came of age."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.record", who, case)
    row = _acting(case, row_id)
    form = forms.EndForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return end_representative(case_id=case.id, representative_id=row.id, **dated(data), by=who)

    page = ActPage(
        title=_("End of a representation"),
        heading=_("Record that the representation ended"),
        lede=_("The minor came of age, or somebody else acts now. What was signed before stays as it is."),
        button=_("Record the end"),
        clause="S7.8",
        tab="cases:person",
        said=_("The end of the representation was recorded."),
        to="care:representative",
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.4")
def story(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Write down what the person told."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.record", who, case)
    form = forms.StoryForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return record_story(case_id=case.id, text=data["text"], **dated(data), by=who)

    page = ActPage(
        title=_("What the person told"),
        heading=_("Write down what the person told"),
        lede=_("Sealed to those who work with the person; organisations never see it."),
        button=_("Keep it"),
        clause="S7.4",
        tab="cases:person",
        draft="story",
        said=_("It was kept."),
        to="cases:person",
    )
    return act_page(request, case, form, page, do)
