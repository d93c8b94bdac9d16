"""Between the worker and the Fund: a plan is submitted, agreed, or returned with reasons."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import require
from gza.accounts.principals import Principal
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.law.verdicts import Denied
from gza.plans import actions, queries
from gza.plans.enums import Outcome, VersionKind, VersionState
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.base import dated
from gza.web.cases.views.person import ask_reason
from gza.web.plans.forms import DecideForm, SubmitForm
from gza.web.plans.views.plan import draw, lacks
from gza.web.shell.clauses import serves

_METHODS = ["GET", "HEAD", "POST"]


_SUBMIT = {
    "title": gettext_noop("Submit the plan"),
    "heading": gettext_noop("Submit the plan to the Fund"),
    "lede": gettext_noop(
        "This is what the Fund will read. From then on it stays as it is, until the Fund has answered."
    ),
    "button": gettext_noop("Submit to the Fund"),
    "said": gettext_noop("The plan was submitted. The Fund agrees to it or returns it with reasons."),
}
_FIX = {
    "title": gettext_noop("Fix the amendment"),
    "heading": gettext_noop("Fix the amendment for signature"),
    "lede": gettext_noop(
        "This is what both will sign. It needs no agreement of the Fund, and stays as it is from then on."
    ),
    "button": gettext_noop("Fix it for signature"),
    "said": gettext_noop("The amendment was fixed. With both signatures it takes the place of the plan in force."),
}


def _missing(case: Case, page: queries.PlanPage, who: Principal) -> tuple[Denied, ...]:
    if page.version.kind == VersionKind.FINAL:
        return queries.lacking_final(page.version, queries.facts_on(page, who.ring))
    return queries.lacking(case, page)


@require_http_methods(_METHODS)
@serves("S3.4b", "S3.5", "S5.2", "S7.5", "S7.6", "S7.10")
def submit(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Submit the draft to the Fund: what would be submitted, and what it still lacks."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    page = queries.plan_page(case)
    if page is None or (request.method != "POST" and page.version.state != VersionState.DRAFT):
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    row = page.version
    form = SubmitForm(request.POST or None, version=row.version)

    def do(data: dict[str, Any]) -> Any:
        act = actions.submit
        if row.kind == VersionKind.FINAL:
            act = actions.fix_amendment if row.ground else actions.submit_final
        return act(case_id=case.id, version_id=row.id, seen=seen(form), **dated(data), by=who)

    words = _FIX if row.ground else _SUBMIT
    act = ActPage(
        **{name: _(text) for name, text in words.items()},
        clause="S3.5" if row.ground else "S3.4b",
        tab="plans:plan",
        to="plans:sign" if row.ground else "plans:plan",
        template="plans/submit.html",
        context={
            "drawn": SimpleLazyObject(lambda: draw(page, case, who)),
            "lacks": SimpleLazyObject(lambda: lacks(_missing(case, page, who), reverse("plans:edit", args=[case.id]))),
        },
    )
    return act_page(request, case, form, act, do)


@require_http_methods(_METHODS)
@serves("S3.4b", "S7.5", "S7.6")
def decide(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The Fund's answer to a pending plan; of two at once, the second is told that it was answered."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.decide", who, case)
    page = queries.plan_page(case)
    if page is None or (request.method != "POST" and page.version.state != VersionState.SUBMITTED):
        return HttpResponseRedirect(reverse("plans:plan", args=[case.id]))
    if request.method != "POST" and (asked := ask_reason(request, case)) is not None:
        return asked
    form = DecideForm(request.POST or None, initial={"read": page.version.id})

    def do(data: dict[str, Any]) -> Any:
        asked = {"case_id": case.id, "version_id": data["read"], **dated(data), "by": who}
        read = next((one for one in page.versions if one.id == data["read"]), page.version)
        final = read.kind == VersionKind.FINAL
        if data["outcome"] == Outcome.RETURNED:
            give_back = actions.return_final if final else actions.return_with_reasons
            return give_back(reasons=data["words"], **asked)
        return (actions.agree_final if final else actions.agree)(words=data["words"], **asked)

    def opened() -> Any:
        """The version, where it is still one's own work: not for whom the other coordinator was quicker."""
        return draw(page, case, who) if cases.own_work(who, case) else None

    act = ActPage(
        title=_("Answer the plan"),
        heading=_("Answer the plan in the Fund's name"),
        lede=_("Agree to it, or return it with reasons. Only what waits for an answer can be answered, once."),
        button=_("Give the answer"),
        clause="S3.4b",
        tab="plans:plan",
        draft=f"decide-{page.version.id.hex[-12:]}",
        said=_("The answer was given; the social worker sees it at once."),
        template="plans/decide.html",
        context={"opened": SimpleLazyObject(opened), "waits": page.version.state == VersionState.SUBMITTED},
    )
    return act_page(request, case, form, act, do)
