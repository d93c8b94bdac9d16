"""The year of the plan on one page: each month's report, services and money, each item with what is left."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gza.accounts.permissions import may
from gza.cases import queries as cases
from gza.cases.models import Case
from gza.core import clock
from gza.core.calendar import add_months
from gza.core.text import whole
from gza.plans.queries import running as queries
from gza.plans.queries.sheets import Line, Term
from gza.ui import dates
from gza.ui.road import Lack
from gza.web.cases.steps import frame
from gza.web.running import drawing
from gza.web.shell.clauses import serves


def chosen(case: Case, number: str = "") -> tuple[list[Term], Term | None]:
    """The plans of the case that came into force, and the one asked for by its number; the newest otherwise."""
    found = queries.terms(case)
    if not found:
        return [], None
    wanted = whole(number, digits=2)
    return found, found[-1] if wanted is None else found[min(max(wanted, 1), len(found)) - 1]


@require_safe
@serves("S7.9", "S7.10", "S3.3")
def year(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The year; before a plan is in force, what comes first. All T0: nothing sealed is opened."""
    who = request.principal
    case = cases.case_for(who, case_id)
    terms, term = chosen(case, request.GET.get("plan", ""))
    context: dict[str, Any] = frame(request, case, "running:year")
    if term is None:
        return render(request, "running/none.html", context)
    found = queries.year(case, term)
    sheets = [found.sheet(month) for month in term.months]
    cells = drawing.cells(case, found, sheets)
    today = clock.today()
    due = next((cell for cell in cells if cell.mark in {"late", "due"}), None)
    whole = sheets[-1].lines if sheets else []
    context |= {
        "term": term,
        "terms": list(range(1, len(terms) + 1)) if len(terms) > 1 else [],
        "number": terms.index(term) + 1,
        "cells": cells,
        "lines": [_line(line, request.LANGUAGE_CODE) for line in whole],
        "totals": {name: sum(getattr(line, name) for line in whole) for name in ("committed", "paid_total", "left")},
        "window": drawing.window(term),
        "today": today,
        "ended": term.last_on < today,
        "month_now": _month_number(term),
        "due": due,
        "lacks": [_lack(due, request.LANGUAGE_CODE)] if due else [],
        "write": drawing.address("write", case, due.month) if due and may("plans.write", who, case) else "",
        "may_work": may("plans.write", who, case),
        "may_spend": may("plans.spend", who, case),
        "running": case.suspended_on is None,
        "missing": sum(1 for cell in cells if cell.mark == "late"),
        "suspended": case.suspended_on,
        "extra": max(0, sum(one.amount for one in found.expenditure if one.happened_on > term.last_on)),
    }
    return render(request, "running/year.html", context)


def _lack(due: drawing.Cell, language: str) -> Lack:
    """What is missing: the oldest report that is due, and by how many days it is late."""
    text = _("the report, due on %(day)s") % {"day": dates.day(due.due_on, language)}
    return Lack(text, note=dates.late(due.due_on), clause="S7.9")


def _line(line: Line, language: str) -> dict[str, Any]:
    item = line.item
    return {
        "line": line,
        "name": drawing.service_name(line, language),
        "desired": "yes" if item and item.priority == "desired" else "",
        "organisation": item.organisation if item else None,
        "source": item.get_source_display() if item and item.source else "",
        "label": _("%(number)s. item of the plan") % {"number": item.position} if item else "",
    }


def _month_number(term: Term) -> int:
    """Which month of the plan today lies in, counted from one; 0 before it begins or after its end."""
    today = clock.today()
    if not term.starts_on <= today <= term.last_on:
        return 0
    number = 1
    while add_months(term.starts_on, number) <= today:
        number += 1
    return number
