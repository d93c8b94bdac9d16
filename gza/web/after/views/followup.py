"""Contact after the plan: what is agreed, what took place, what is due (S7.11)."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts.permissions import may, require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core import clock
from gza.ledger import work as ledger
from gza.plans import actions
from gza.plans.enums import ContactWay, Direction, FollowUpState
from gza.plans.models import FollowUp
from gza.plans.queries import ending as queries
from gza.web.after import forms
from gza.web.care.pages import METHODS, ask_reason, later
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.base import dated
from gza.web.cases.steps import frame
from gza.web.shell.clauses import serves

TAB = "after:follow_up"
_AGREED = ("method", "never", "words")
_PLAIN = ("way", "every_days", "hour_from", "hour_to", "review_on")


def _agreed(request: HttpRequest, case: Case, standing: FollowUp | None) -> dict[str, Any] | None:
    """What stands agreed, with its sealed texts opened and recorded; None where nothing is agreed."""
    if standing is None or standing.state != FollowUpState.AGREED or not cases.own_work(request.principal, case):
        return None
    texts = request.principal.ring.open_many([standing], _AGREED)[0]
    ledger.opening("after.follow_up", by=request.principal, case=case.id, section="identity")
    return {"row": standing, **texts, "hours": forms.hours(standing.hour_from, standing.hour_to)}


@require_safe
@serves("S7.11")
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What is agreed, when the next contact is due, every contact there was."""
    who = request.principal
    case = cases.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    standing = queries.follow_up_of(case)
    agreed = _agreed(request, case, standing)
    rows = queries.contacts(case)
    texts = who.ring.open_many(rows, ["note", "outside_reason"]) if rows else []
    if rows:
        ledger.opening("after.contacts", by=who, case=case.id, section="narrative")
    context = {
        **frame(request, case, TAB),
        "standing": standing,
        "agreed": agreed,
        "contacts": [{"row": row, **each} for row, each in zip(rows, texts, strict=True)],
        "over": case.plan_ended_on is not None or queries.term_over(case),
        "works": may("cases.work", who, case) and case.ended_on is None,
        "today": clock.today(),
    }
    return render(request, "after/follow_up.html", context)


@require_http_methods(METHODS)
@serves("S7.11")
def agree(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Agree on contact: form, time, method, a day of review."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.work", who, case)
    standing = queries.follow_up_of(case)
    agreed = later(lambda: _agreed(request, case, standing))
    initial: dict[str, Any] = {}
    if request.method != "POST" and agreed:
        initial = {name: getattr(standing, name) for name in _PLAIN} | {
            name: agreed[name] for name in ("method", "never")
        }
    form = forms.AgreeForm(request.POST or None, initial=initial, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.agree_follow_up(
            case_id=case.id, agreement=form.agreement(), words=data["words"], seen=seen(form), **dated(data), by=who
        )

    page = ActPage(
        title=_("Agree on follow-up"),
        heading=_("Agree on contact after the plan"),
        lede=_("In the form, at the time and by the method the beneficiary chooses; confidential, and never imposed."),
        button=_("Record the agreement"),
        clause="S7.11",
        tab=TAB,
        draft="follow-up",
        said=_("The agreement was recorded; the day of the next contact is kept."),
        to=TAB,
        template="after/agree.html",
        context={"agreed": agreed},
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.11")
def decline(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record that the beneficiary wants no contact after the plan."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.work", who, case)
    form = forms.WordsForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.decline_follow_up(case_id=case.id, words=data["words"], seen=seen(form), **dated(data), by=who)

    page = ActPage(
        title=_("No follow-up"),
        heading=_("Record that the beneficiary wants no follow-up"),
        lede=_("No is an answer too, and can change. Who turns to us later is heard."),
        button=_("Record the answer"),
        clause="S7.11",
        tab=TAB,
        said=_("The answer was recorded."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.11", "G1")
def contact(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record a contact; the agreed way is proposed, another one asks for its reason."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.record", who, case)
    if request.method != "POST" and (asked := ask_reason(request, case)) is not None:
        return asked
    standing = queries.follow_up_of(case)
    initial = {"way": standing.way, "direction": Direction.OUTGOING} if standing and standing.way else {}
    form = forms.ContactForm(request.POST or None, version=case.version, initial=initial)

    def do(data: dict[str, Any]) -> Any:
        return actions.record_contact(
            case_id=case.id, direction=Direction(data["direction"]), way=ContactWay(data["way"]), hour=data["hour"],
            reached=data["reached"], note=data["note"], outside_reason=data["outside_reason"], seen=seen(form),
            **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Record a contact"),
        heading=_("Record a contact"),
        lede=_("One from the person can always be recorded, whatever was agreed."),
        button=_("Record the contact"),
        clause="S7.11",
        tab=TAB,
        draft="contact",
        said=_("The contact was recorded."),
        to=TAB,
        template="after/contact.html",
        context={"standing": standing, "agreed": later(lambda: _agreed(request, case, standing))},
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.11")
def end(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """End the contact that was agreed."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.work", who, case)
    form = forms.PlainForm(request.POST or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.end_follow_up(case_id=case.id, seen=seen(form), **dated(data), by=who)

    page = ActPage(
        title=_("End follow-up"),
        heading=_("End follow-up"),
        lede=_("Because its time has come, or the person wants no more of it. It can be agreed on again."),
        button=_("End follow-up"),
        clause="S7.11",
        tab=TAB,
        said=_("Follow-up has ended. The case can be closed by a coordinator."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)
