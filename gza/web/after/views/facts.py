"""A case that ended in fact, and the notice to the beneficiary."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.permissions import require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.cases.steps import take
from gza.core import clock
from gza.directory.queries import fund_on
from gza.ledger import work as ledger
from gza.plans import actions, letters
from gza.plans.enums import EndGround, InFact
from gza.plans.queries import ending as queries
from gza.web.after import forms
from gza.web.care.forms.base import checked
from gza.web.care.pages import METHODS, ask_reason
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.base import dated
from gza.web.shell.clauses import serves

TAB = "after:end"


@require_http_methods(METHODS)
@serves("S7.12", "G1")
def in_fact(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record that the case ended in fact; another confirms it."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.record", who, case)
    form = forms.InFactForm(request.POST or None, request.FILES or None, version=case.version)

    def do(data: dict[str, Any]) -> Any:
        return actions.record_end_in_fact(
            case_id=case.id, ground=InFact(data["ground"]), evidence=data["evidence"], scan=checked(data["scan"]),
            seen=seen(form), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("The case ended in fact"),
        heading=_("Record that the case ended in fact"),
        lede=_("This is no termination. It takes two: you record it, and a colleague checks and confirms it."),
        button=_("Record it"),
        clause="S7.12",
        tab=TAB,
        draft="in-fact",
        said=_("It was recorded and waits for a second person."),
        to=TAB,
    )
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("S7.12")
def confirm(request: HttpRequest, case_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Confirm what a colleague recorded, or take the record back."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.record", who, case)
    row = take(queries.ends_in_fact(case), id=row_id)
    if request.method != "POST" and (asked := ask_reason(request, case)) is not None:
        return asked
    form = forms.ConfirmForm(request.POST or None)

    def do(data: dict[str, Any]) -> Any:
        if data["holds"] == "yes":
            return actions.confirm_end_in_fact(case_id=case.id, end_id=row.id, by=who)
        return actions.withdraw_end_in_fact(case_id=case.id, end_id=row.id, why=data["why"], by=who)

    def evidence() -> str:
        if row.evidence is None or not cases.own_work(who, case):
            return ""
        ledger.opening("after.end", by=who, case=case.id, section="narrative")
        return str(who.ring.open(row, "evidence"))

    page = ActPage(
        title=_("Confirm the end in fact"),
        heading=_("Check and confirm that the case ended in fact"),
        lede=_("With your confirmation plan, requests and contacts end. Who recorded it cannot confirm it."),
        button=_("Record what you found"),
        clause="S7.12",
        tab=TAB,
        said=_("It was recorded."),
        to="cases:detail",
        template="after/confirm.html",
        context={
            "row": row,
            "evidence": SimpleLazyObject(evidence),
            "recorder": SimpleLazyObject(lambda: accounts.user(row.recorded_by) if row.recorded_by else None),
        },
    )
    return act_page(request, case, form, page, do)


def letter_of(request: HttpRequest, case: Case, language: str) -> str:
    """The notice as it is proposed, with the Fund's reasons opened and recorded; empty before the plan has ended."""
    who, end, fund = request.principal, queries.newest_end(case), fund_on(clock.today())
    over = queries.term_over(case)
    if end is None and not over:
        return ""
    reasons = ""
    if end is not None and not over and end.reasons is not None:
        reasons = str(who.ring.open(end, "reasons"))
        ledger.opening("after.end", by=who, case=case.id, section="narrative")
    ground, day = (EndGround.EXPIRY, queries.first_day_without(case)) if over else (end.ground, end.happened_on)
    return letters.notice(
        ground=ground, day=day, reasons=reasons, post=fund.address if fund else "",
        telephone=fund.phone if fund else "", language=language,
    )  # fmt: skip


@require_http_methods(METHODS)
@serves("S7.12")
def notice(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Record that the beneficiary was told in writing, with how to complain; or why they could not be."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("cases.record", who, case)
    if request.method != "POST" and (asked := ask_reason(request, case)) is not None:
        return asked
    language = "en" if request.GET.get("letter") == "en" else "ka"
    initial = {"text": letter_of(request, case, language)} if request.method != "POST" else None
    form = forms.NoticeForm(request.POST or None, version=case.version, initial=initial)
    fund = fund_on(clock.today())

    def do(data: dict[str, Any]) -> Any:
        return actions.record_notice(
            case_id=case.id, handed=data["handed"] == "yes", text=data["text"], how=data["how"], language=language,
            seen=seen(form), **dated(data), by=who,
        )  # fmt: skip

    page = ActPage(
        title=_("Tell the beneficiary"),
        heading=_("Tell the beneficiary of the end"),
        lede=_("In writing, in a language they read, with how to complain. Print the letter, then record it here."),
        button=_("Record it"),
        clause="S7.12",
        tab=TAB,
        draft="notice",
        said=_("It was recorded. Follow-up can be offered now."),
        to="cases:detail",
        template="after/notice.html",
        context={"letter": language, "reachable": bool(fund and fund.address and fund.phone)},
    )
    return act_page(request, case, form, page, do)


@require_safe
@serves("S7.12")
def letter(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The notice on paper, with a place for both signatures."""
    who = request.principal
    case = cases.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    language = "en" if request.GET.get("letter") == "en" else "ka"
    text = letter_of(request, case, language)
    if not text:
        return HttpResponseRedirect(reverse(TAB, args=[case.id]))
    context = {"case": case, "text": text, "letter": language, "back": reverse("after:notice", args=[case.id])}
    return render(request, "after/letter.html", context)
