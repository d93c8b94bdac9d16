"""What tests of the plans share."""

from collections.abc import Iterator

import pytest

from tests.plans.second_half import on
from tests.plans.year import START


@pytest.fixture
def at_the_start(db: None) -> Iterator[None]:
    """The day on which the plan of ``tests.plans.year`` begins, for the length of the test."""
    with on(START):
        yield
