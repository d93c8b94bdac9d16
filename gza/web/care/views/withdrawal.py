"""Withdrawing a consent: what it brings about is shown before it is recorded (S0.1)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts import queries as accounts
from gza.accounts.enums import FUND
from gza.accounts.permissions import require
from gza.cases import queries
from gza.cases.enums import WithdrawalForm
from gza.plans.actions import withdraw_consent
from gza.web.care.forms.base import checked, dated
from gza.web.care.forms.consents import WithdrawForm
from gza.web.care.pages import METHODS
from gza.web.cases.acting import ActPage, act_page
from gza.web.cases.steps import frame
from gza.web.shell.clauses import serves


@require_http_methods(METHODS)
@serves("S0.1", "S3.2")
def withdraw(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Choose what is withdrawn, see what follows, then record it; never refused."""
    who = request.principal
    case = queries.case_for(who, case_id)
    require("cases.record", who, case)
    given = queries.scopes_in_force(case)
    wanted = set((request.POST if request.method == "POST" else request.GET).getlist("scopes"))
    chosen = [row for row in given if str(row.id) in wanted]
    if not chosen:
        context = {**frame(request, case, "care:consents"), "given": given, "asked": "chosen" in request.GET}
        return render(request, "care/withdraw_which.html", context, status=422 if request.method == "POST" else 200)
    form = WithdrawForm(
        request.POST or None,
        request.FILES or None,
        given=chosen,
        colleagues=accounts.active(*FUND),
        language=request.LANGUAGE_CODE,
        initial={"scopes": [str(row.id) for row in chosen], "heard_by": str(who.id)},
    )

    def do(data: dict[str, Any]) -> Any:
        return withdraw_consent(
            case_id=case.id, scope_ids=[uuid.UUID(one) for one in data["scopes"]], form=WithdrawalForm(data["form"]),
            words=data["words"], heard_by=data["heard_by"], scan=checked(data["scan"]), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Withdrawal"),
        heading=_("Record that a consent was withdrawn"),
        lede=_("It works at once and needs no reason. Before you record it, see what follows from it."),
        button=_("Record the withdrawal"),
        clause="S0.1",
        tab="care:consents",
        said=_("The withdrawal was recorded and works from now on. The coordinator sees to it that all are told."),
        to="care:consents",
        template="care/withdraw.html",
        context={"chosen": chosen, "outcome": queries.consequences(case, chosen)},
    )
    return act_page(request, case, form, page, do)
