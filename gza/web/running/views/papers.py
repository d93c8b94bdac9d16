"""Papers: the plan, the sheet to sign, a monthly report, the notice; and whether a printed fingerprint still holds.

What is printed is opened sealed text: each paper is one opening, made in memory, sent and never kept.
"""

import json
import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.principals import Principal
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core.text import whole
from gza.directory import queries as directory
from gza.documents import notice as notice_paper
from gza.documents import plan as plan_paper
from gza.documents import press
from gza.documents import report as report_paper
from gza.ledger import work as ledger
from gza.plans import queries
from gza.plans.enums import ReportState, VersionKind
from gza.plans.models import PlanVersion
from gza.plans.queries import papers as rows
from gza.plans.queries import running, signing
from gza.plans.steps.running import content as content_of_sheet
from gza.web.care.pages import METHODS, ask_reason
from gza.web.cases.steps import frame
from gza.web.plans import drawing as plan_drawing
from gza.web.running.forms import FingerprintForm
from gza.web.running.views.reports import month_of, sheet_of
from gza.web.shell.clauses import serves

LEAST = 16  # digits of a fingerprint that are compared at least


def language_of(request: HttpRequest) -> str:
    """The language of the paper: the one asked for, else the reader's."""
    chosen = request.GET.get("language", "")
    return chosen if chosen in {"ka", "en"} else str(request.LANGUAGE_CODE)


def sent(request: HttpRequest, paper: press.Paper) -> HttpResponse:
    """The paper as an answer: shown by the browser, kept by nobody, under a name that says nothing."""
    return HttpResponse(
        b"" if request.method == "HEAD" else press.pdf(paper),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="document.pdf"', "Content-Language": paper.language},
    )


def _worker(case: Case, language: str) -> str:
    found = accounts.users({case.worker_id} if case.worker_id else set()).get(case.worker_id)
    return found.name(language) if found else ""


def _name(request: HttpRequest, case: Case, asked: bool) -> str:
    """The person's name, where it is asked for; its own opening."""
    if not asked:
        return ""
    names = cases.names_of([case], request.principal.ring)
    ledger.opening("cases.name", by=request.principal, case=case.id, section="identity")
    return str(names.get(case.id, ""))


def _version(case: Case, request: HttpRequest) -> PlanVersion:
    found = rows.version(case, whole(request.GET.get("number", ""), digits=4))
    if found is None:
        raise Http404
    return found


def told(version: PlanVersion, case: Case, who: Principal, language: str, name: str) -> plan_paper.Told:
    """The plan opened for its paper; the caller records the opening."""
    items = queries.items_of(version)
    texts = queries.texts_of(items, who.ring)
    money = rows.money_of(version, items)
    payees = rows.payees_of(items, who.ring)
    unmet = rows.unmet_of(version)
    tried = who.ring.open_many(unmet, ["tried", "pursued_by"]) if unmet else []
    with override(language):
        return plan_paper.Told(
            version=version,
            code=case.code,
            items=[
                plan_paper.Item(item, text["detail"], text["reason"], money.get(item.id, 0), payees.get(item.id, ""))
                for item, text in zip(items, texts, strict=True)
            ],
            aim=who.ring.open(version, "aim"),
            name=name,
            worker=_worker(case, language),
            signatures=[
                plan_paper.Signed(one.get_who_display(), one.happened_on, one.get_form_display())
                for one in rows.signatures_of(version)
            ]
            or _nobody(version),
            unmet=[
                plan_paper.Unmet(one.need.get_domain_display(), text["tried"], text["pursued_by"], one.review_on)
                for one, text in zip(unmet, tried, strict=True)
            ],
            fingerprint=plan_drawing.printed(version),
            holds=version.fingerprint is None or signing.verify(version, who.ring).holds,
        )


def _nobody(version: PlanVersion) -> list[plan_paper.Signed]:
    """Whose signatures a final plan lacks; an initial one needs none."""
    if version.kind != VersionKind.FINAL:
        return []
    return [plan_paper.Signed(label, None) for label in (_("beneficiary"), _("social worker"))]


@require_safe
@serves("S7.7", "S7.8", "S7.3", "S3.5")
def plan(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A version of the plan as PDF; ``name`` puts the person's name on it, ``sign`` makes it a sheet to sign."""
    who = request.principal
    case = cases.case_for(who, case_id)
    version = _version(case, request)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    language = language_of(request)
    to_sign = "sign" in request.GET
    made = told(version, case, who, language, _name(request, case, to_sign or "name" in request.GET))
    ledger.opening("plans.paper", by=who, case=case.id, subject=version.id, section="narrative", language=language)
    return sent(request, plan_paper.paper(made, language, to_sign=to_sign))


@require_safe
@serves("S7.9")
def report(request: HttpRequest, case_id: uuid.UUID, year: int, month: int) -> HttpResponse:
    """A monthly report as PDF, as it was sent; a draft with the figures of today."""
    who = request.principal
    case = cases.case_for(who, case_id)
    _term, sheet, row = sheet_of(case, month_of(year, month))
    if row is None:
        raise Http404
    if row.state != ReportState.SENT and (asked := ask_reason(request, case)) is not None:
        return asked
    language = language_of(request)
    told_ = running.content_of(row, who.ring) or json.loads(json.dumps(content_of_sheet(sheet)))
    texts = who.ring.open_many([row], ["work_done", "outlook"])[0]
    ledger.opening("plans.paper", by=who, case=case.id, subject=row.id, section="narrative", language=language)
    made = report_paper.Told(
        row, case.code, told_, **texts, worker=_worker(case, language), names=directory.named(_named(told_)),
        services={one.key: one for one in directory.service_types()},
    )  # fmt: skip
    return sent(request, report_paper.paper(made, language))


def _named(told_: dict[str, Any]) -> Iterable[uuid.UUID]:
    found = [one["organisation"] for one in [*told_["lines"], *told_["deliveries"]]]
    return {uuid.UUID(one) for one in [*found, *told_.get("parts", ()), *told_.get("withheld", ())] if one}


@require_safe
@serves("S7.12")
def notice(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The newest notice of the end as PDF, as it was handed over."""
    who = request.principal
    case = cases.case_for(who, case_id)
    row = rows.notice_of(case)
    if row is None:
        raise Http404
    if (asked := ask_reason(request, case)) is not None:
        return asked
    language = row.language if row.language in {"ka", "en"} else "ka"
    text = who.ring.open(row, "text")
    ledger.opening("plans.paper", by=who, case=case.id, subject=row.id, section="narrative", language=language)
    made = notice_paper.Told(
        text, row.happened_on, case.code, name=_name(request, case, "name" in request.GET), closing=not row.plan_end_id
    )
    return sent(request, notice_paper.paper(made, language))


@require_http_methods(METHODS)
@serves("S7.8")
def fingerprint(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Whether the fingerprint on a paper is that of a version of the plan, and whether its content still holds."""
    who = request.principal
    case = cases.case_for(who, case_id)
    if (asked := ask_reason(request, case)) is not None:
        return asked
    form = FingerprintForm(request.POST or None)
    context: dict[str, Any] = {**frame(request, case, "plans:plan"), "form": form, "answer": None}
    status = 200
    if request.method == "POST":
        form.renew_token()
        status = 422
        if form.is_valid():
            digits = re.sub(r"[\s\-·]", "", form.cleaned_data["digits"]).lower()
            if not re.fullmatch(rf"[0-9a-f]{{{LEAST},64}}", digits):
                form.add_error("digits", _("Four groups at least: sixteen digits and letters from a to f."))
            else:
                status = 200
                context["answer"] = _answer(case, who, digits)
    return render(request, "running/fingerprint.html", context, status=status)


def _answer(case: Case, who: Principal, digits: str) -> dict[str, Any]:
    found = next((one for one in rows.fingerprinted(case) if bytes(one.fingerprint).hex().startswith(digits)), None)
    if found is None:
        return {"version": None}
    ledger.opening("plans.plan", by=who, case=case.id, subject=found.id, section="narrative")
    return {"version": found, "holds": signing.verify(found, who.ring).holds}
