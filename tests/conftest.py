"""Fixtures of the whole suite."""

import os
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from hypothesis import settings

from tools import messages

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tests.cases.factories import World

# The suite searches the same examples each time, so that a commit is judged by itself; GZA_RANDOM=1 searches others.
settings.register_profile("same", derandomize=True, database=None)
settings.register_profile("random", derandomize=False)
settings.load_profile("random" if os.environ.get("GZA_RANDOM") else "same")


def pytest_configure() -> None:
    """The interface speaks from compiled catalogues; those are not committed."""
    messages.compile_stale()


def _drop_triggers() -> None:
    """Append-only tables could not be emptied between tests; ``post_migrate`` puts the triggers back after."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Every database test may use both aliases; said at collection, when the databases to make are counted."""
    for marker in item.iter_markers("django_db"):
        marker.kwargs.setdefault("databases", ["default", "transient"])


@pytest.fixture
def world(db: None) -> "World":
    """A Fund with its people."""
    from tests.cases.factories import World

    return World()


@pytest.fixture(autouse=True)
def _own_heads(settings: "SettingsWrapper") -> None:
    """Heads that another test exported, here or in the process beside, would be heads of another ledger."""
    settings.GZA_HEADS = settings.GZA_HEADS / secrets.token_hex(8)


@pytest.fixture(autouse=True)
def _emptiable(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real transactions empty the tables afterwards, the append-only ones too."""
    transactional = any(marker.kwargs.get("transaction") for marker in request.node.iter_markers("django_db"))
    if transactional:
        request.getfixturevalue("transactional_db")
    yield
    if transactional:
        _drop_triggers()
