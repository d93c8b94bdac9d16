"""A plan that begins on 17 January 2024: its months, reports and payments, and who gets a part."""

import datetime as dt
from typing import Any

from django.db import transaction

from gza.plans import actions
from gza.plans.models import Expenditure, MonthlyReport
from gza.vault import steps as vault_steps
from tests.cases.factories import World
from tests.plans.second_half import Running

START = dt.date(2024, 1, 17)
JANUARY, FEBRUARY, MARCH = dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 3, 1)


def provider(world: World, organisation: Any) -> list[Any]:
    """Two focal persons of the organisation, with its group key."""
    people = [world.member("provider", organisation_id=organisation.id) for _ in range(2)]
    members = [one.id for one in people]
    with transaction.atomic():
        vault_steps.make_group("provider", organisation=organisation.id, members=members, by=world.coordinator.who.ring)
    return people


def send(world: World, made: Running, month: dt.date, **extra: Any) -> MonthlyReport:
    """The worker sends the report of a month."""
    values = {"work_done": "კურსი მიმდინარეობს", "outlook": "სტაჟირება", "by": world.worker.who, **extra}
    return actions.send_report(case_id=made.case.id, month=month, **values)


def pay(world: World, made: Running, amount: int, **extra: Any) -> Expenditure:
    """The worker records a payment from the first commitment."""
    values = {"what": "კურსის საფასური", "document": "AB-12", "by": world.worker.who, **extra}
    return actions.record_payment(case_id=made.case.id, commitment_id=made.commitments[0].id, amount=amount, **values)
