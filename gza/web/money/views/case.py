"""The money page of a case."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gza.accounts.permissions import may
from gza.cases import queries as cases
from gza.plans import queries
from gza.web.cases.steps import frame
from gza.web.cases.views.person import ask_reason
from gza.web.money import drawing
from gza.web.shell.clauses import serves


@require_safe
@serves("S5.3", "S5.5", "S5.6", "G3")
def money(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The ceiling, what is considered, what was decided, what was given back."""
    who = request.principal
    case = cases.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    context = {
        **frame(request, case, "money:case"),
        "drawn": drawing.draw(case, who, request.LANGUAGE_CODE),
        "may_fund": may("plans.fund", who, case),
        "decides": bool(queries.law_delegations(who, who.day)),
        "may_ask": may("plans.work_out", who, case),
    }
    return render(request, "money/case.html", context)
