"""The money of the synthetic country: a budget, sums worked out, decisions within every limit."""

import random

import pytest

from gza.core import clock
from gza.demo import funds
from gza.plans.models import Account, BudgetLine, Consideration
from tests.cases.factories import World
from tests.plans import purse

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S5.6", "S4.5")
def test_what_waits_is_worked_out_and_decided_within_every_limit() -> None:
    world = World()
    purse.delegated(world.director)
    year = clock.today().year
    funds.begin(world.director.who, year, year)
    assert BudgetLine.objects.get().year == year
    rng = random.Random(4)
    for _ in range(3):
        case = purse.agreed(world, *["necessary"] * 6)
        funds.work_out(case, worker=lambda: world.worker.who, rng=rng)
        funds.decide(case, worker=lambda: world.worker.who, director=lambda: world.director.who, rng=rng)
    assert not Consideration.objects.filter(state="open").exists()
    assert {"granted", "refused"} <= set(Consideration.objects.values_list("state", flat=True))
    assert 0 < max(Account.objects.values_list("committed", flat=True)) <= 200_000
