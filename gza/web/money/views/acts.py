"""The acts on the money of a case: asking, working out, deciding, giving back, mending the opening balance."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gza.accounts.permissions import hide, require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core import clock
from gza.directory import queries as directory
from gza.law.consideration import Settled
from gza.plans import actions, queries
from gza.plans.enums import ConsiderationState
from gza.plans.models import Consideration
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.base import dated
from gza.web.cases.views.person import ask_reason
from gza.web.money import drawing
from gza.web.money.forms import AskForm, BalanceForm, DecideForm, ReleaseForm, SumForm
from gza.web.shell.clauses import serves

_METHODS = ["GET", "HEAD", "POST"]
_TAB = {"tab": "money:case", "to": "money:case"}


def _page_of(request: HttpRequest, case_id: uuid.UUID, permission: str) -> Case:
    case = cases.case_for(request.principal, case_id)
    require(permission, request.principal, case)
    return case


def _row(case: Case, row_id: uuid.UUID) -> Consideration:
    row = queries.consideration(case, row_id)
    if row is None:
        hide()
    return row


def _closed(row: Consideration) -> bool:
    return row.state not in {ConsiderationState.OPEN, ConsiderationState.DEFERRED}


@require_http_methods(_METHODS)
@serves("S5.3", "S5.5")
def ask(request: HttpRequest, case_id: uuid.UUID, origin_id: uuid.UUID) -> HttpResponse:
    """Ask the Fund to consider paying for an item."""
    who = request.principal
    case = _page_of(request, case_id, "plans.work_out")
    item = next((one for one in queries.standing_items(case) if one.id == origin_id), None)
    if item is None:
        hide()
    form = AskForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        return actions.ask_for_money(case_id=case.id, origin_id=origin_id, why=data["why"], **dated(data), by=who)

    act = ActPage(
        title=_("Ask for money"),
        heading=_("Ask the Fund to consider paying"),
        lede=_(
            "For what is necessary the Fund considers by itself. For what is desired, and after a refusal, ask here."
        ),
        button=_("Ask the Fund"),
        clause="S5.3",
        said=_("The Fund was asked. Work out the sum next."),
        template="money/ask.html",
        context={"item": item},
        **_TAB,
    )
    return act_page(request, case, form, act, do)


@require_http_methods(_METHODS)
@serves("S5.6")
def work_out(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Work out what an item costs."""
    who = request.principal
    case = _page_of(request, case_id, "plans.work_out")
    row = _row(case, row_id)
    if request.method != "POST":
        if _closed(row):
            return HttpResponseRedirect(reverse("money:case", args=[case.id]))
        if (asked := ask_reason(request, case)) is not None:
            return asked
    initial = {} if request.method == "POST" else _typed_before(request, case, row)
    bodies = directory.standing(clock.today())
    form = SumForm(
        request.POST or None, initial=initial, version=row.version, bodies=bodies, language=request.LANGUAGE_CODE
    )

    def do(data: dict[str, Any]) -> Any:
        return actions.set_wanted_sum(
            case_id=case.id, consideration_id=row.id, wanted=data["wanted"], grounds=data["grounds"],
            payee_id=data["payee_id"], payee_name=data["payee_name"], seen=seen(form), by=who,
        )  # fmt: skip

    act = ActPage(
        title=_("Work out the sum"),
        heading=_("Work out what it costs"),
        lede=_("The Fund decides upon this sum. It follows the need: what this person needs for this item, no more."),
        button=_("Record the sum"),
        clause="S5.6",
        draft=f"sum-{row.id.hex[:12]}",
        said=_("The sum was recorded; the Fund can decide."),
        template="money/sum.html",
        context={"item": row.origin, "money": SimpleLazyObject(lambda: queries.money(case))},
        **_TAB,
    )
    return act_page(request, case, form, act, do)


def _typed_before(request: HttpRequest, case: Case, row: Consideration) -> dict[str, Any]:
    """The sum as it was worked out before, opened for going on with it."""
    if row.grounds is None and row.payee_name is None:
        return {"wanted": row.wanted, "payee": row.payee_id}
    opened = drawing.one(case, row, request.principal, request.LANGUAGE_CODE)
    name = "" if row.payee_id else opened["matter"].payee
    return {"wanted": row.wanted, "payee": row.payee_id, "payee_name": name, "grounds": opened["matter"].grounds}


@require_http_methods(_METHODS)
@serves("S5.3", "S5.5", "S5.6", "S4.5", "G5")
def decide(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Decide on a consideration, with all that the decision needs in one view."""
    who = request.principal
    case = _page_of(request, case_id, "plans.fund")
    row = _row(case, row_id)
    if request.method != "POST":
        if _closed(row):
            return HttpResponseRedirect(reverse("money:case", args=[case.id]))
        if (asked := ask_reason(request, case)) is not None:
            return asked
    initial = {"amount": row.reserved or row.wanted}
    form = DecideForm(request.POST or None, initial=initial, version=row.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.decide(
            case_id=case.id, consideration_id=row.id, outcome=data["outcome"], amount=data["amount"],
            reasons=data["reasons"], terms=data["terms"], seen=seen(form), **dated(data), by=who,
        )  # fmt: skip

    def opened() -> Any:
        """The matter, where it is still one's own work: not for whom the other director was quicker."""
        if not cases.own_work(who, case):
            return None
        return {**drawing.one(case, row, who, request.LANGUAGE_CODE), **_limits(case, clock.today())}

    act = ActPage(
        title=_("Decide on money"),
        heading=_("Decide whether the Fund pays"),
        lede=_("Grant a sum, refuse it with reasons, or defer it and keep the money free."),
        button=_("Record the decision"),
        clause="S5.6",
        draft=f"fund-{row.id.hex[:12]}",
        said=_("The decision was recorded; the social worker sees it at once."),
        template="money/decide.html",
        context={
            "opened": SimpleLazyObject(opened),
            "decides": bool(queries.law_delegations(who, who.day)),
        },
        **_TAB,
    )
    return act_page(request, case, form, act, do, to=reverse("money:queue"))


def _limits(case: Case, today: dt.date) -> dict[str, Any]:
    """The person's money, the budget of the year, and how many necessary items are still open."""
    return {
        "money": queries.money(case, today),
        "line": queries.budget_line(today.year),
        "year": today.year,
        "necessary_open": sum(one == Settled.OPEN for one in queries.standing(case)),
    }


@require_http_methods(_METHODS)
@serves("S5.6", "G5")
def release(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Give money of a commitment back formally."""
    who = request.principal
    case = _page_of(request, case_id, "plans.fund")
    row = queries.commitment(case, row_id)
    if row is None:
        hide()
    left = row.amount - row.released - row.spent
    form = ReleaseForm(request.POST or None, initial={"amount": left})

    def do(data: dict[str, Any]) -> Any:
        return actions.release(
            case_id=case.id, commitment_id=row.id, amount=data["amount"], reasons=data["reasons"], **dated(data), by=who
        )

    act = ActPage(
        title=_("Release money"),
        heading=_("Release money formally"),
        lede=_(
            "What is released counts no more against the person's ceiling and the budget. Only what is unspent can be."
        ),
        button=_("Release the money"),
        clause="S5.6",
        said=_("The money was released."),
        template="money/release.html",
        context={"row": row, "left": left},
        **_TAB,
    )
    return act_page(request, case, form, act, do, to=reverse("cases:detail", args=[case.id]))


@require_http_methods(_METHODS)
@serves("G3", "S5.6", "G2")
def balance(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Mend the opening balance of a case taken over."""
    who = request.principal
    case = _page_of(request, case_id, "plans.fund")
    if case.taken_over_on is None:
        return HttpResponseRedirect(reverse("money:case", args=[case.id]))
    before = queries.opening_balance(case)
    form = BalanceForm(request.POST or None, initial={"balance": before})

    def do(data: dict[str, Any]) -> Any:
        return actions.record_opening_balance(case_id=case.id, balance=data["balance"], why=data["why"], by=who)

    act = ActPage(
        title=_("Opening balance"),
        heading=_("Mend the opening balance"),
        lede=_("What was decided on paper is a fact: above the ceiling it is recorded and flagged, not refused."),
        button=_("Mend the balance"),
        clause="G3",
        said=_("The balance was mended; both entries stay."),
        template="money/balance.html",
        context={"before": before},
        **_TAB,
    )
    return act_page(request, case, form, act, do)
