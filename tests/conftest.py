"""Fixtures of the whole suite."""

from collections.abc import Iterator

import pytest
from django.db import connections


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


@pytest.fixture(autouse=True)
def _databases(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every database test may use both aliases; transactional ones can be emptied."""
    transactional = False
    for marker in request.node.iter_markers("django_db"):
        marker.kwargs.setdefault("databases", ["default", "transient"])
        transactional |= bool(marker.kwargs.get("transaction"))
    if transactional:
        request.getfixturevalue("transactional_db")
    yield
    if transactional:
        _drop_triggers()
