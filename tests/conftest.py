"""Fixtures of the whole suite."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Every database test may use both aliases; said at collection, when the databases to make are counted."""
    for marker in item.iter_markers("django_db"):
        marker.kwargs.setdefault("databases", ["default", "transient"])
