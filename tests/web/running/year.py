"""A plan in force since the first of a past month: its addresses, and a report sent."""

import datetime as dt
from typing import Any

from django.urls import reverse

from gza.plans import actions
from gza.plans.models import MonthlyReport
from tests.cases.factories import World, days_ago
from tests.plans.second_half import Running


def first_of(day: dt.date) -> dt.date:
    """The first of the month."""
    return day.replace(day=1)


START = first_of(days_ago(40))
MONTH = START


def address(name: str, made: Running, *args: Any) -> str:
    """A page of the case."""
    return reverse(f"running:{name}", args=[made.case.id, *args])


def of_month(name: str, made: Running, month: dt.date = MONTH) -> str:
    """A page of a month of the case."""
    return address(name, made, month.year, month.month)


def send(world: World, made: Running, **extra: Any) -> MonthlyReport:
    """The worker sends the report of the first month."""
    values = {"work_done": "კურსი მიმდინარეობს", "outlook": "სტაჟირება", **extra}
    return actions.send_report(case_id=made.case.id, month=MONTH, **values, by=world.worker.who)
