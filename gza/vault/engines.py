"""Copying a whole database out and in, by each engine's own means, while the office works."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import IO

from django.db import connection

from gza.core import db
from gza.ledger.models import Event

from .errors import VaultError

_PIECE = 1024 * 1024
_CLEAR = b"SET lock_timeout = '2min';\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"


class EngineFailed(VaultError):
    """The engine's own tool is not there, or did not do it; the message is the tool's, without any row."""


def dump(path: Path) -> None:
    """Copy the database as it is at one moment into ``path``, which exists and is private.

    Raises:
        EngineFailed: when that does not succeed.
    """
    if connection.vendor == "sqlite":
        _dump_sqlite(path)
    else:
        _run([_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--file", str(path)])


def load(path: Path) -> None:
    """Put a copy in the place of the database, wholly or not at all.

    Raises:
        EngineFailed: when that does not succeed; the database is then as it was.
    """
    if connection.vendor == "sqlite":
        _load_sqlite(path)
    else:
        _load_postgres(path)
    db.survey()


def _dump_sqlite(path: Path) -> None:
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, without a log beside it
            wrong = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        raise EngineFailed(f"sqlite: {error}") from error
    if wrong != "ok":
        raise EngineFailed("sqlite: the copy is damaged")


def _load_sqlite(path: Path) -> None:
    """By the backup interface: one transaction on the standing database, seen by open connections too."""
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise EngineFailed("sqlite: the copy is damaged")
            copy.execute(f"SELECT max(seq) FROM {Event._meta.db_table}").fetchone()  # noqa: S608  # ours
            copy.backup(connection.connection)
    except sqlite3.Error as error:
        raise EngineFailed(f"sqlite: {error}") from error


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise EngineFailed(f"{name} is not on the PATH; it comes with PostgreSQL's client programs")
    return found


def _environment() -> dict[str, str]:
    """How libpq finds the database; the password in no command line."""
    said = connection.settings_dict
    wanted = {
        "PGDATABASE": said["NAME"],
        "PGUSER": said["USER"],
        "PGPASSWORD": said["PASSWORD"],
        "PGHOST": said["HOST"],
        "PGPORT": str(said["PORT"]),
    }
    return {**os.environ, **{name: value for name, value in wanted.items() if value}, "PGCLIENTENCODING": "UTF8"}


def _run(command: list[str]) -> None:
    done = subprocess.run(command, env=_environment(), capture_output=True, check=False)
    if done.returncode:
        raise EngineFailed(_first_line(done.stderr))


def _first_line(said: bytes) -> str:
    """What went wrong. Only the first line: those after it may print rows."""
    return said.decode("utf-8", "replace").strip().split("\n", 1)[0][:200] or "the tool failed without a word"


def _load_postgres(path: Path) -> None:
    """The copy as a script, run by one ``psql`` in one transaction that begins by clearing the schema."""
    read, write = _tool("pg_restore"), _tool("psql")
    connection.close()  # its own locks would wait for themselves
    reading = subprocess.Popen(
        [read, "--no-owner", "--no-privileges", "--file", "-", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writing = subprocess.Popen(
        [write, "--single-transaction", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--output", os.devnull],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment(),
    )  # fmt: skip
    with reading, writing:
        assert reading.stdout and reading.stderr and writing.stdin and writing.stderr  # noqa: S101, PT018 (pipes)
        whole = _pour(reading.stdout, writing.stdin)
        failed = reading.wait() != 0
        if failed or not whole:
            writing.kill()  # before it sees the end and commits
        with contextlib.suppress(BrokenPipeError):
            writing.stdin.close()
        said = reading.stderr.read() if failed else writing.stderr.read()
        if writing.wait() or failed or not whole:
            raise EngineFailed(_first_line(said))


def _pour(source: IO[bytes], target: IO[bytes]) -> bool:
    """All of it, or False when the other side has hung up."""
    try:
        target.write(_CLEAR)
        while piece := source.read(_PIECE):
            target.write(piece)
        target.flush()
    except BrokenPipeError:
        while source.read(_PIECE):
            pass
        return False
    return True
