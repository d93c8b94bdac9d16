"""People of a world, each signed in where a test asks."""

import pytest

from tests.web.asking import At, enter


@pytest.fixture
def at() -> At:
    """``at(member, "ka")``: a client signed in as that member, with the member's own keys."""
    return enter
