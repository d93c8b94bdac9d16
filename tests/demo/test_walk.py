"""The synthetic country shows the whole road: a case at every stop, walked there by the acts."""

import pytest

from gza.cases.models import Case
from gza.demo import build
from gza.demo.stories import STOPS
from gza.ledger import verify
from gza.plans import queries

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def test_a_case_stands_at_every_stop_of_the_road() -> None:
    build.build(len(STOPS))
    assert set(Case.objects.values_list("stage", flat=True)) == set(STOPS)
    running = Case.objects.get(stage="running")
    assert queries.in_force(running) is not None
    assert verify.verify().problems == []
