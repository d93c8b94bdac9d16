import pytest

from tests.cases.factories import World
from tests.plans import second_half
from tests.plans.second_half import Running
from tests.web.running.year import START


@pytest.fixture
def made(world: World) -> Running:
    """A plan in force since the first of a past month."""
    return second_half.run(world, starts_on=START)
