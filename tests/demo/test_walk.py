"""The synthetic country shows the whole road: a case at every stop, walked there by the acts."""

import datetime as dt

import pytest

from gza.cases.models import Case
from gza.core.calendar import add_months
from gza.demo import build
from gza.demo.stories import STOPS, stories
from gza.ledger import verify
from gza.plans import queries

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def test_a_case_stands_at_every_stop_of_the_road() -> None:
    build.build(len(STOPS))
    assert set(Case.objects.values_list("stage", flat=True)) == set(STOPS)
    running = Case.objects.get(stage="running")
    assert queries.in_force(running) is not None
    assert verify.verify().problems == []


@pytest.mark.parametrize("seed", range(40))
def test_the_invented_people_are_of_age_from_their_first_day(seed: int) -> None:
    today = dt.date(2026, 11, 22)
    for one in stories(60, today=today, seed=seed):
        born, began = one.person.birth_date, max(one.began, today - dt.timedelta(days=build.FOUNDED_DAYS_AGO))
        assert born is None or began >= add_months(born, 18 * 12)
