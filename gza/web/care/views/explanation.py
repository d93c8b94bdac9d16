"""What was explained before a consent is asked for (S7.4)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts import queries as accounts
from gza.accounts.enums import FUND
from gza.accounts.permissions import require
from gza.cases import queries
from gza.cases.actions import record_explanation
from gza.cases.enums import Scope, Topic
from gza.web.care.forms.base import dated
from gza.web.care.forms.consents import ExplanationForm
from gza.web.care.pages import METHODS, later
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.shell.clauses import serves


@require_http_methods(METHODS)
@serves("S7.4")
def explanation(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record topics, language, interpreter, by whom, how long."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.work", who, case)
    form = ExplanationForm(
        request.POST or None,
        colleagues=accounts.active(*FUND),
        language=request.LANGUAGE_CODE,
        initial={"explained_by": str(who.id)},
        version=case.version,
    )

    def do(data: dict[str, Any]) -> Any:
        return record_explanation(
            case_id=case.id, scope=Scope(data["scope"]), topics=[Topic(one) for one in data["topics"]],
            language=data["language"], explained_by=data["explained_by"], interpreter=data["interpreter"],
            minutes=data["minutes"], words=data["words"], seen=seen(form), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Explanation"),
        heading=_("Explain, and record what was explained"),
        lede=_("First the person understands what is offered and how it goes; only then are they asked."),
        button=_("Record the explanation"),
        clause="S7.4",
        tab="care:consents",
        draft="explanation",
        said=_("The explanation was recorded."),
        to="care:consents",
        template="care/explanation.html",
        context={"earlier": later(lambda: queries.explanations(case))},
    )
    return act_page(request, case, form, page, do)
