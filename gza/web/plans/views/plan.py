"""Reading a plan: the newest version, an earlier one, two side by side, on paper."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gza.accounts.permissions import may
from gza.accounts.principals import Principal
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core.text import whole
from gza.law.verdicts import Denied
from gza.ledger import work as ledger
from gza.plans import queries
from gza.plans.enums import VersionKind, VersionState
from gza.web.cases.steps import frame
from gza.web.cases.views.person import ask_reason
from gza.web.plans import drawing, drawing_final
from gza.web.plans.views.next import after_initial, lacks
from gza.web.shell.clauses import serves


def _next(case: Case, page: queries.PlanPage | None, who: Principal) -> dict[str, Any]:
    """The act that moves the plan on, whose it is, and what is missing for it."""
    if page is None:
        denied = queries.may_begin(case)
        missing = denied if isinstance(denied, Denied) else None
        address = reverse("plans:edit", args=[case.id]) if may("plans.write", who, case) and not missing else ""
        return {"denied": missing, "address": address}
    if page.version.kind == VersionKind.FINAL or page.version.state == VersionState.AGREED:
        return after_initial(case, page, who)
    state = page.version.state
    if state == VersionState.DRAFT:
        missing = queries.lacking(case, page)
        edit = reverse("plans:edit", args=[case.id]) if may("plans.write", who, case) else ""
        return {
            "heading": _("Complete the plan") if missing else _("Submit the plan to the Fund"),
            "lacks": lacks(missing),
            "address": edit and (edit if missing else reverse("plans:submit", args=[case.id])),
            "words": _("Work on the draft") if missing else _("Submit to the Fund"),
            "edit": "" if missing else edit,
            "note": "" if edit else _("The next act lies with the social worker."),
        }
    if state == VersionState.SUBMITTED:
        decide = reverse("plans:decide", args=[case.id]) if may("plans.decide", who, case) else ""
        return {
            "heading": _("The Fund answers the plan"),
            "address": decide,
            "words": _("Answer the plan"),
            "note": "" if decide else _("The plan lies with the Fund and is not changed now."),
        }
    if state == VersionState.RETURNED:
        again = reverse("plans:new_draft", args=[case.id]) if may("plans.write", who, case) else ""
        return {
            "heading": _("Go on with a new draft"),
            "address": again,
            "words": _("Begin a new draft"),
            "note": "" if again else _("The next act lies with the social worker."),
        }
    return {}


def draw(page: queries.PlanPage, case: Case, who: Principal) -> Any:
    """A version, initial or final, opened for its page; one opening is recorded."""
    made = drawing_final.draw if page.version.kind == VersionKind.FINAL else drawing.draw
    return made(page, case, who)


def shown(request: HttpRequest, case: Case, page: queries.PlanPage) -> dict[str, Any]:
    """What every page that shows a version gives its template."""
    return {
        "drawn": draw(page, case, request.principal),
        "versions": drawing.versions(page.versions, page.version, case, request.LANGUAGE_CODE),
        "may_write": may("plans.write", request.principal, case),
    }


@require_safe
@serves("S3.4b", "S3.5", "S5.2", "S7.3", "S7.5", "S7.6", "S7.7", "S7.8", "S7.10")
def plan(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The newest version of the plan: its items, the Fund's answers, the next act."""
    who = request.principal
    case = cases.case_for(who, case_id)
    page = queries.plan_page(case)
    if page is not None and (asked := ask_reason(request, case)) is not None:
        return asked
    context = {**frame(request, case, "plans:plan"), "next": _next(case, page, who), "newest": True}
    if page is not None:
        context |= shown(request, case, page)
    return render(request, "plans/plan.html" if page else "plans/none.html", context)


@require_safe
@serves("S3.4b")
def version(request: HttpRequest, case_id: uuid.UUID, number: int) -> HttpResponse:
    """A version as it was."""
    case = cases.case_for(request.principal, case_id)
    page = _page(case, number)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    newest = page.version.id == page.versions[0].id
    context = {
        **frame(request, case, "plans:plan"),
        **shown(request, case, page),
        "next": _next(case, page, request.principal) if newest else {},
        "newest": newest,
    }
    return render(request, "plans/plan.html", context)


def _page(case: Case, number: int | None) -> queries.PlanPage:
    page = queries.plan_page(case, number)
    if page is None:
        raise Http404
    return page


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    number = whole(request.GET.get(name, ""), digits=4)
    return otherwise if number is None else number


_COLUMNS = {
    "service_type_id": "service", "provider_kind": "provider", "priority": "priority", "month_from": "time",
    "month_to": "time", "detail": "detail", "reason": "reason", "starts_on": "time", "ends_on": "time",
    "source": "source", "organisation_id": "source",
}  # fmt: skip


def _lines(page: queries.PlanPage, who: Principal) -> list[Any]:
    if page.version.kind == VersionKind.FINAL:
        return list(drawing_final.lines(page, queries.facts_on(page, who.ring), who))
    return list(drawing.lines(page, who))


@require_safe
@serves("S3.4a", "S3.4b", "S3.5")
def compare(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Two versions side by side, item by item; the last two unless ``a`` and ``b`` say otherwise."""
    who = request.principal
    case = cases.case_for(who, case_id)
    newest = _page(case, None)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    last = newest.version.number
    base = newest.version.base.number if newest.version.base else max(last - 1, 1)
    numbers = _number(request, "a", base), _number(request, "b", last)
    before, after = (_page(case, number) for number in numbers)
    found = queries.compare(before.version, after.version, who.ring)
    opened = {line.item.id: line for one in (before, after) for line in _lines(one, who)}
    aims = who.ring.open_many([before.version, after.version], ["aim"])
    ledger.opening("plans.compare", by=who, case=case.id, subject=after.version.id, section="narrative")
    changes = [
        {
            "kind": change.kind,
            "before": opened[change.before.id] if change.before else None,
            "after": opened[change.after.id] if change.after else None,
            "columns": {_COLUMNS[name] for name in change.columns},
        }
        for change in found.changes
    ]
    context = {
        **frame(request, case, "plans:plan"),
        "before": before.version,
        "after": after.version,
        "aims": [one["aim"] for one in aims],
        "changes": changes,
        "same": [opened[item.id] for item in found.same],
        "numbers": sorted(one.number for one in newest.versions),
    }
    return render(request, "plans/compare.html", context)


@require_safe
@serves("S7.3", "S7.7")
def paper(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A version on paper, in the language that ``language`` names; without the person's name."""
    case = cases.case_for(request.principal, case_id)
    page = _page(case, _number(request, "number", 0) or None)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    chosen = request.GET.get("language", "")
    language = chosen if chosen in {"ka", "en"} else request.LANGUAGE_CODE
    drawn = draw(page, case, request.principal)
    drawn = replace(drawn, answers=[one for one in drawn.answers if one.version.id == drawn.version.id])
    with translation.override(language):
        grouped = drawing_final.grouped if drawn.final else drawing.grouped
        drawn = replace(drawn, groups=grouped(drawn.lines))
        return render(request, "plans/print.html", {"case": case, "drawn": drawn, "language": language})
