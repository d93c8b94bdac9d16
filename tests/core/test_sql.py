"""What stands in CHECK constraints counts days as the calendar does, on both engines."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.db.models import DateField, F, Value

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.core.sql import DayOfMonth, DaysBetween

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [((2024, 2, 29), (2025, 2, 27), 364), ((2023, 3, 1), (2024, 2, 29), 365), ((2024, 1, 1), (2024, 1, 1), 0)],
)
def test_days_between_and_day_of_month(first: tuple[int, int, int], last: tuple[int, int, int], days: int) -> None:
    User.objects.create(username="somebody", role=Role.AUDITOR)
    one, other = (Value(dt.date(*day), output_field=DateField()) for day in (first, last))
    found = User.objects.annotate(first=one, last=other).annotate(
        days=DaysBetween(F("last"), F("first")), day=DayOfMonth(F("last"))
    )
    assert found.values_list("days", "day").get() == (days, last[2])


def test_no_constraint_needs_a_function_of_the_process() -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL knows no function of the process
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        made = [row[0] for row in cursor.fetchall()]
    assert len(made) > 100
    assert [sql for sql in made if re.search(r"\bdjango_\w+\(", sql)] == []
