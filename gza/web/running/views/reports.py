"""Monthly reports: written and sent by the worker, read by the Fund, corrected by new ones (S7.9)."""

import datetime as dt
import json
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gza.accounts import queries as accounts
from gza.accounts.permissions import may, require
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.cases.queries.facts import versions
from gza.core import clock
from gza.law import reporting
from gza.ledger import work as ledger
from gza.plans import actions
from gza.plans.enums import ReportState
from gza.plans.models import MonthlyReport
from gza.plans.queries import running as queries
from gza.plans.queries.sheets import Sheet, Term
from gza.plans.steps.running import content as content_of_sheet
from gza.ui import dates
from gza.web.care.pages import METHODS, ask_reason
from gza.web.cases.acting import ActPage, act_page, seen
from gza.web.cases.forms.base import dated
from gza.web.cases.steps import frame
from gza.web.running import drawing
from gza.web.running.forms import CorrectReportForm, ReadForm, ReportForm
from gza.web.shell.clauses import serves


def month_of(year: int, month: int) -> dt.date:
    """The month of an address.

    Raises:
        Http404: when there is none such.
    """
    if not (1 <= month <= 12 and 1900 <= year <= 9000):  # noqa: PLR2004 (months, and years a date can hold)
        raise Http404
    return dt.date(year, month, 1)


def sheet_of(case: Case, month: dt.date) -> tuple[Term, Sheet, MonthlyReport | None]:
    """The plan, the month as it stands now, and its report.

    Raises:
        Http404: when it is none of the plan's months.
    """
    term = queries.term_of(case, month)
    if term is None:
        raise Http404
    found = queries.year(case, term)
    return term, found.sheet(month), found.reports.get(month)


@require_safe
@serves("S7.9", "S4.1")
def reports(request: HttpRequest) -> HttpResponse:
    """Reports that wait to be read, the longest waiting first, and months without a report; the registry's."""
    who = request.principal
    require("plans.read_reports", who)
    page = queries.unread(who, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    today = clock.today()
    late = queries.due(who, until=today - dt.timedelta(days=1))
    people = accounts.users({one.sent_by for one in page.rows if one.sent_by} | {one.worker_id for one in late})
    first = not (request.GET.get("after") or request.GET.get("before"))
    context = {
        "page": page,
        "rows": drawing.report_rows(page.rows, people),
        "missing": drawing.missing_rows(late, people) if first else "",
    }
    return render(request, "running/reports.html", context)


@require_http_methods(METHODS)
@serves("S7.9", "G2")
def report(request: HttpRequest, case_id: uuid.UUID, year: int, month: int) -> HttpResponse:
    """A report as it was sent; the coordinator marks it as read. Before it is sent, the month as it stands."""
    who = request.principal
    case = cases.case_for(who, case_id)
    day = month_of(year, month)
    _term, sheet, row = sheet_of(case, day)
    if request.method == "POST":
        require("plans.decide", who, case)
        if row is None:
            raise Http404
    waits = row is not None and row.state == ReportState.SENT and may("plans.decide", who, case)
    if not waits and (asked := ask_reason(request, case)) is not None:
        return asked
    sent = row is not None and row.state != ReportState.DRAFT
    opened = SimpleLazyObject(lambda: _opened(case, row, sheet, who)) if row is not None else None
    form = ReadForm(request.POST or None) if waits or request.method == "POST" else None
    context = {
        "month": day, "row": row, "sheet": sheet, "opened": opened, "sent": sent, "waits": waits,
        "due_on": row.due_on if row else queries.due_on(day),
        "may_write": may("plans.write", who, case), "write": drawing.address("write", case, day),
        "correct": drawing.address("correct", case, day), "pdf": drawing.address("report_pdf", case, day),
        "lines": [(drawing.service_name(line, request.LANGUAGE_CODE), line) for line in sheet.lines],
        "chain": versions(row) if row is not None and row.corrects_id else [],
        "people": accounts.users({row.sent_by, row.read_by} - {None}) if row else {},
        "changed": sent and opened is not None and _changed(sheet, opened.content),
    }  # fmt: skip
    page = ActPage(
        title=_("Monthly report"),
        heading=_("Report on %(month)s") % {"month": dates.month(day, request.LANGUAGE_CODE)},
        button=_("Mark as read"),
        clause="S7.9",
        tab="running:year",
        said=_("The report was marked as read."),
        template="running/report.html",
        context=context,
    )
    if form is None:
        return render(request, page.template, {**frame(request, case, page.tab), **context, "page": page, "form": None})

    def do(_data: dict[str, Any]) -> Any:
        return actions.read_report(case_id=case.id, report_id=row.id, by=who)

    return act_page(request, case, form, page, do, to=reverse("running:reports"))


def _opened(case: Case, row: MonthlyReport, sheet: Sheet, who: Any) -> drawing.Reported:
    """The report with its texts; for a draft, with the figures of today."""
    content = queries.content_of(row, who.ring) or json.loads(json.dumps(content_of_sheet(sheet)))
    made = drawing.reported(row, content, who)
    ledger.opening("plans.report", by=who, case=case.id, subject=row.id, section="narrative")
    return made


def _changed(sheet: Sheet, content: Any) -> bool:
    """Whether something of the month was recorded or corrected since the report was sent."""
    now = content_of_sheet(sheet)
    return any(now[name] != content[name] for name in ("deliveries", "expenditure"))


@require_http_methods(METHODS)
@serves("S7.9")
def write(request: HttpRequest, case_id: uuid.UUID, year: int, month: int) -> HttpResponse:
    """Write the report on a month, keep it as a draft, or send it once the month is over."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    day = month_of(year, month)
    term, sheet, row = sheet_of(case, day)
    if request.method != "POST" and row is not None and row.state != ReportState.DRAFT:
        return HttpResponseRedirect(drawing.address("report", case, day))
    if request.method != "POST" and day > clock.today():
        return HttpResponseRedirect(reverse("running:year", args=[case.id]))
    _first, last = term.period(day)
    sendable = clock.today() >= last
    initial: dict[str, Any] = {"work_done": drawing.suggestion(sheet, request.LANGUAGE_CODE)}
    if row is not None and request.method != "POST":
        initial = who.ring.open_many([row], ["work_done", "outlook"])[0]
        ledger.opening("plans.report", by=who, case=case.id, subject=row.id, section="narrative")
    form = ReportForm(request.POST or None, initial=initial, version=row.version if row else 0)
    keep = "keep" in request.POST or not sendable

    def do(data: dict[str, Any]) -> Any:
        asked = {
            "case_id": case.id, "month": day, "work_done": data["work_done"], "outlook": data["outlook"],
            "seen": seen(form), "by": who,
        }  # fmt: skip
        return actions.write_report(**asked) if keep else actions.send_report(**asked, **dated(data))

    page = ActPage(
        title=_("Write a monthly report"),
        heading=_("Report on %(month)s") % {"month": dates.month(day, request.LANGUAGE_CODE)},
        lede=_("It goes to the Fund; each organisation gets only its own services and money of it."),
        button=_("Send the report") if sendable else _("Keep the draft"),
        clause="S7.9",
        tab="running:year",
        draft=f"report-{day:%Y-%m}",
        said=_("The draft was kept.") if keep else _("The report was sent to the Fund."),
        to="running:year",
        template="running/write.html",
        context={
            "month": day, "sheet": sheet, "sendable": sendable, "last": last,
            "due_on": row.due_on if row else queries.due_on(day),
            "lines": [(drawing.service_name(line, request.LANGUAGE_CODE), line) for line in sheet.lines],
        },
    )  # fmt: skip
    return act_page(request, case, form, page, do)


@require_http_methods(METHODS)
@serves("G2", "S7.9")
def correct(request: HttpRequest, case_id: uuid.UUID, year: int, month: int) -> HttpResponse:
    """Correct a report that was sent: a new one with the figures of today takes its place; both stay."""
    who = request.principal
    case = cases.case_for(who, case_id)
    require("plans.write", who, case)
    day = month_of(year, month)
    _term, sheet, row = sheet_of(case, day)
    if row is None or (request.method != "POST" and row.state == ReportState.DRAFT):
        return HttpResponseRedirect(drawing.address("write", case, day))
    initial = {}
    if request.method != "POST":
        initial = who.ring.open_many([row], ["work_done", "outlook"])[0]
        ledger.opening("plans.report", by=who, case=case.id, subject=row.id, section="narrative")
    form = CorrectReportForm(request.POST or None, initial=initial)

    def do(data: dict[str, Any]) -> Any:
        return actions.correct_report(case_id=case.id, report_id=row.id, **_texts(data), by=who)

    page = ActPage(
        title=_("Correct a report"),
        heading=_("Correct the report on %(month)s") % {"month": dates.month(day, request.LANGUAGE_CODE)},
        lede=_("Services and money are taken as they stand today. The Fund reads the new report; the old one stays."),
        button=_("Send the corrected report"),
        clause="G2",
        tab="running:year",
        draft=f"report-again-{day:%Y-%m}",
        said=_("The corrected report was sent."),
        to="running:year",
        template="running/write.html",
        context={
            "month": day, "sheet": sheet, "sendable": True, "last": reporting.end_of(day), "again": True,
            "due_on": row.due_on,
            "lines": [(drawing.service_name(line, request.LANGUAGE_CODE), line) for line in sheet.lines],
        },
    )  # fmt: skip
    return act_page(request, case, form, page, do)


def _texts(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("why", "work_done", "outlook")}
