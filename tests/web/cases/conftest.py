import pytest

from tests.cases.factories import World


@pytest.fixture
def world(db: None) -> World:
    return World()
