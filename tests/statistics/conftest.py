"""A Fund with a statistics officer, some recognised persons, and the register of earlier years."""

import pytest

from .country import Country


@pytest.fixture
def country(db: None) -> Country:
    return Country()
