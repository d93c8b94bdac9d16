"""The year of a plan as its pages show it: months in a row, items with their money, what a month holds."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.core import clock
from gza.core.money import show
from gza.directory import queries as directory
from gza.law import reporting
from gza.law.verdicts import Text
from gza.plans.enums import ReportState
from gza.plans.models import Commitment, MonthlyReport, PlanItem
from gza.plans.queries import running as queries
from gza.plans.queries.sheets import Line, Sheet, Term, Year
from gza.ui import dates
from gza.ui import drawing as ui
from gza.ui.figures import Window
from gza.web.cases.drawing import People, name_of


@dataclass(frozen=True)
class Cell:
    """One month in the row of the year: its report, how it stands, what was given and paid in it."""

    month: dt.date
    report: MonthlyReport | None
    mark: str
    word: str
    due_on: dt.date
    href: str
    sessions: int
    paid: int
    now: bool


def state_of(report: MonthlyReport | None, month: dt.date, due_on: dt.date, today: dt.date) -> tuple[str, str]:
    """The mark and the word for a month's report."""
    if report and report.state == ReportState.READ:
        return "done", _("read by the Fund")
    if report and report.state == ReportState.SENT:
        return "wait", _("sent, not read yet")
    if today > due_on:
        return "late", _("late")
    if month > today:
        return "todo", _("to come")
    if today > reporting.end_of(month):
        return "due", _("to be sent now")
    return "draft" if report else "now", _("being written") if report else _("this month")


def cells(case: Case, year: Year, sheets: Iterable[Sheet]) -> list[Cell]:
    """The months of the plan in their order."""
    today, found = clock.today(), []
    for sheet in sheets:
        month, report = sheet.month, year.reports.get(sheet.month)
        due_on = report.due_on if report else queries.due_on(month)
        mark, word = state_of(report, month, due_on, today)
        href = address("report", case, month) if month <= today else ""
        here = month == reporting.first(today)
        found.append(Cell(month, report, mark, word, due_on, href, sheet.total("sessions"), sheet.total("paid"), here))
    return found


def address(name: str, case: Case, month: dt.date) -> str:
    """The address of a page of a month."""
    return reverse(f"running:{name}", args=[case.id, month.year, month.month])


def window(term: Term) -> Window:
    """The months of the time-table: those of the plan."""
    first = reporting.first(term.starts_on)
    return Window(first, (term.last_on.year - first.year) * 12 + term.last_on.month - first.month + 1)


def organisations(ids: Iterable[uuid.UUID | str | None]) -> Mapping[uuid.UUID, Any]:
    """The organisations behind ids, as ids or as text; one query."""
    return directory.named({uuid.UUID(str(one)) for one in ids if one})


def suggestion(sheet: Sheet, language: str) -> str:
    """How the report begins: what was recorded as given and paid in the month, a line each."""
    lines = []
    for one in sheet.deliveries:
        who = f", {_name(one.organisation, language)}" if one.organisation else ""
        lines.append(
            _("%(service)s%(who)s: %(times)s times from %(day)s")
            % {
                "service": one.service_type.name(language), "who": who, "times": one.sessions,
                "day": dates.day(one.happened_on, language),
            }
        )  # fmt: skip
    lines += [
        _("Paid for %(service)s: %(amount)s")
        % {"service": service_name(line, language), "amount": show(line.paid, language)}
        for line in sheet.lines
        if line.paid
    ]
    return "\n".join(lines)


def service_name(line: Line, language: str) -> str:
    """What an item's line is called."""
    if line.item is None or line.item.service_type is None:
        return _("Outside the plan's items")
    return line.item.service_type.name(language)


def item_name(item: PlanItem, language: str) -> str:
    """An item of the plan as a choice."""
    service = item.service_type.name(language) if item.service_type else "–"
    return f"{item.position}. {service}" + (f", {_name(item.organisation, language)}" if item.organisation else "")


def _name(organisation: Any, language: str) -> str:
    return organisation.name_ka if language == "ka" else organisation.name_en


def money_name(row: Commitment, language: str) -> str:
    """A commitment as a choice: for what, whom, and what is left of it."""
    service = row.origin.service_type.name(language) if row.origin and row.origin.service_type else _("Opening balance")
    payee = f", {_name(row.payee, language)}" if row.payee else ""
    left = show(row.amount - row.released - (row.paid or 0), language)
    return _("%(service)s%(payee)s, left: %(left)s") % {"service": service, "payee": payee, "left": left}


@dataclass(frozen=True)
class Reported:
    """A report as it is read: the row, its texts, its figures, what organisations got and did not get."""

    report: MonthlyReport
    work_done: str
    outlook: str
    content: Mapping[str, Any]
    lines: list[dict[str, Any]]
    totals: Mapping[str, int]
    deliveries: list[dict[str, Any]]
    sent: list[Any]
    withheld: list[tuple[Any, Text, str]]

    @property
    def late(self) -> int:
        """By how many days it was late."""
        return max((self.report.sent_on - self.report.due_on).days, 0) if self.report.sent_on else 0


_COLUMNS = ("committed", "paid", "paid_total", "invoiced")


def reported(report: MonthlyReport, content: Mapping[str, Any], who: Principal) -> Reported:
    """A report opened for its page; the caller records the opening."""
    texts = who.ring.open_many([report], ["work_done", "outlook"])[0]
    lines = [{**one, "left": one["committed"] - one["paid_total"]} for one in content["lines"]]
    named = [one["organisation"] for one in [*content["lines"], *content["deliveries"]]]
    parts, withheld = content.get("parts", {}), content.get("withheld", {})
    names = organisations([*named, *parts, *withheld])
    types = {one.key: one for one in directory.service_types()}

    def drawn(one: Mapping[str, Any]) -> dict[str, Any]:
        body = names.get(uuid.UUID(one["organisation"])) if one["organisation"] else None
        return {**one, "type": types.get(one["service"]), "body": body}

    given = [
        {
            **drawn(one),
            "on": dt.date.fromisoformat(one["on"]),
            "until": dt.date.fromisoformat(one["until"]) if one["until"] else None,
        }
        for one in content["deliveries"]
    ]
    refused = [(names.get(uuid.UUID(one)), reporting.refusal(code)) for one, code in withheld.items()]
    return Reported(
        report,
        texts["work_done"],
        texts["outlook"],
        content,
        [drawn(one) for one in lines if one["committed"] or one["paid_total"] or one["invoiced"]],
        {name: sum(one[name] for one in lines) for name in (*_COLUMNS, "left")},
        given,
        [names.get(uuid.UUID(one)) for one in parts],
        [(name, denied.message, denied.clause) for name, denied in refused],
    )


def report_rows(rows: Iterable[MonthlyReport], people: People) -> SafeString:
    """Rows of reports to be read: when sent, on which month, by whom, how late, of which case."""
    return ui.rows(_report(one, people) for one in rows)


def _report(one: MonthlyReport, people: People) -> tuple[dict[str, Any], SafeString]:
    attrs = {
        "day": one.sent_on, "title": dates.month(one.month, ui.language()),
        "href": address("report", one.case, one.month), "code": one.case.code,
        "code_href": ui.address("cases:detail", one.case_id),
    }  # fmt: skip
    said = ui.escaped(name_of(people.get(one.sent_by))) if one.sent_by else ""
    late = (one.sent_on - one.due_on).days if one.sent_on else 0
    if late > 0:
        words = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
        said += f' <span class="is-late">{ui.escaped(words)}</span>'
    return attrs, mark_safe(said)  # noqa: S308 (escaped above)


def missing_rows(cases: Iterable[Case], people: People) -> SafeString:
    """Rows of cases that owe a report: since when, whose."""
    title = _("Monthly report")
    return ui.rows(
        (
            {
                "day": one.report_due_on, "due": True, "title": title, "href": ui.address("running:year", one.id),
                "code": one.code, "code_href": ui.address("cases:detail", one.id),
            },
            name_of(people.get(one.worker_id)) if one.worker_id else "",
        )
        for one in cases
    )  # fmt: skip
