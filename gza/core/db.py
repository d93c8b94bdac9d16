"""What both engines must do alike: read-only requests, the single writer's queue on SQLite, append-only tables."""

import fcntl
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.db import connections

_WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|CREATE|ALTER|DROP|TRUNCATE|VACUUM|REINDEX|BEGIN IMMEDIATE|LOCK)\b",
    re.IGNORECASE,
)
_guarded: ContextVar[bool] = ContextVar("guarded", default=False)


class ReadOnly(Exception):
    """A page that only reads tried to write."""


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if _guarded.get() and _WRITES.match(sql):
        raise ReadOnly(sql.split("(", 1)[0][:80])
    return execute(sql, params, many, context)


def _tell_engine(on: bool, alias: str) -> None:
    # Past Django's cursor, so that it is neither counted nor logged as a query of the page.
    connection = connections[alias]
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.connection.execute(f"PRAGMA query_only = {'ON' if on else 'OFF'}")
    elif not connection.in_atomic_block:
        connection.connection.execute(f"SET default_transaction_read_only = {'on' if on else 'off'}")


@contextmanager
def read_only(alias: str = "default") -> Iterator[None]:
    """Within, every write to ``alias`` is refused, by Python and by the engine.

    Raises:
        ReadOnly: on an attempt to write.
    """
    token = _guarded.set(True)
    _tell_engine(True, alias)
    try:
        with connections[alias].execute_wrapper(_refuse_writes):
            yield
    finally:
        _guarded.reset(token)
        _tell_engine(False, alias)


def survey() -> None:
    """Have PostgreSQL count its tables again after much was written at once: it plans every query by their sizes."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def writable(alias: str = "default") -> Iterator[None]:
    """Lifts ``read_only`` for the one durable transaction that records an opening or a refusal."""
    if not _guarded.get():
        yield
        return
    token = _guarded.set(False)
    _tell_engine(False, alias)
    try:
        yield
    finally:
        _guarded.reset(token)
        _tell_engine(True, alias)


@contextmanager
def writers_queue(alias: str = "default") -> Iterator[None]:
    """On SQLite, wait for the right to write on an advisory file lock: fair, where the engine's own lock is not."""
    connection = connections[alias]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name or connection.in_atomic_block:
        yield
        return
    with Path(f"{name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


def append_only(table: str, alias: str = "default", *, allow_update_when: str | None = None) -> None:
    """(Re)install triggers that refuse UPDATE and DELETE on ``table``; idempotent, on both engines.

    Args:
        table: the table's name, ours, never a user's text.
        alias: the database.
        allow_update_when: SQL over OLD and NEW under which an UPDATE is let through, the same on both engines.
    """
    connection = connections[alias]
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            name = f"{table}_no_{verb}"
            condition = f"NOT ({allow_update_when})" if verb == "update" and allow_update_when else ""
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                when = f"WHEN {condition}" if condition else ""
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} {when} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            else:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
                )
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                when = f"WHEN ({condition})" if condition else ""
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
                    f"FOR EACH ROW {when} EXECUTE FUNCTION {name}()"
                )


def triggers(table: str, alias: str = "default") -> set[str]:
    """The names of the triggers that stand on ``table``."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal", [table]
            )
        return {row[0] for row in cursor.fetchall()}
