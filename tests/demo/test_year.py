"""The year of a plan in the synthetic country: told by the real acts, each report on its day."""

import datetime as dt
import random

import pytest

from gza.demo import year
from gza.ledger import verify
from gza.plans.models import Delivery, Expenditure, MonthlyReport
from gza.plans.queries import running as queries
from tests.cases.factories import World
from tests.plans import second_half
from tests.plans.second_half import on

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
START, TODAY = dt.date(2024, 1, 17), dt.date(2024, 4, 20)


def test_every_month_until_today_has_its_services_payments_and_report() -> None:
    with on(START):
        world = World()
        made = second_half.run(world)
    with on(TODAY):
        year.tell(
            made.case, worker=lambda: world.worker.who, coordinator=lambda: world.coordinator.who,
            rng=random.Random(3), today=TODAY,
        )  # fmt: skip
        assert MonthlyReport.objects.exclude(state="draft").count() == 3
        assert MonthlyReport.objects.filter(state="read").count() >= 2
        assert Delivery.objects.count() >= 6
        assert Expenditure.objects.filter(kind="payment").count() == 4
        assert max(row.happened_on for row in Expenditure.objects.all()) <= TODAY
        assert made.fresh().report_due_on == queries.due_on(dt.date(2024, 4, 1))
    assert verify.verify().problems == []
