"""Fixtures of the whole suite."""

import pytest


@pytest.fixture(autouse=True)
def _databases(request: pytest.FixtureRequest) -> None:
    """Every database test may use both aliases."""
    for marker in request.node.iter_markers("django_db"):
        marker.kwargs.setdefault("databases", ["default", "transient"])
