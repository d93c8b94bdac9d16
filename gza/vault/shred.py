"""The shred keystore: one secret of 32 bytes a case, in a file of its own outside database and backups.

Erasing a case deletes its secret here; every grant, link and blob of the case, in any copy of the database, is dead
from then on. The list of erasures stands here too, so that a restored database learns of them. One copy is kept,
replaced whole (``copy``).
"""

import datetime as dt
import os
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings

SIZE = 32
NAME = "shred.sqlite3"
_BATCH = 500
_SCHEMA = """
CREATE TABLE IF NOT EXISTS secret (case_id BLOB PRIMARY KEY, secret BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased (case_id BLOB PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
"""


class Keystore:
    """The keystore of one file; each thread has its own connection to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        kept: tuple[int, sqlite3.Connection] | None = getattr(self._local, "kept", None)
        if kept and kept[0] == os.getpid():
            return kept[1]
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self.path.exists():
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(_SCHEMA)
        self._local.kept = (os.getpid(), connection)
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        kept: tuple[int, sqlite3.Connection] | None = getattr(self._local, "kept", None)
        if kept:
            kept[1].close()
            self._local.kept = None

    def make(self, cases: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
        """The secrets of new cases, on disk before this returns. A case that has one keeps it."""
        wanted = list(cases)
        rows = [(case.bytes, os.urandom(SIZE)) for case in wanted]
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.executemany("INSERT OR IGNORE INTO secret VALUES (?, ?)", rows)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return self.read(wanted)

    def read(self, cases: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
        """The secrets of those cases that have one."""
        wanted = [case.bytes for case in cases]
        found: dict[uuid.UUID, bytes] = {}
        for start in range(0, len(wanted), _BATCH):
            part = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(part))
            rows = self._connection().execute(
                f"SELECT case_id, secret FROM secret WHERE case_id IN ({marks})",  # noqa: S608  # marks only
                part,
            )
            found.update((uuid.UUID(bytes=case), secret) for case, secret in rows)
        return found

    def erase(self, erased: Mapping[uuid.UUID, dt.datetime]) -> None:
        """Delete the secrets for good and remember when; idempotent."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            for case, at in erased.items():
                connection.execute("DELETE FROM secret WHERE case_id = ?", [case.bytes])
                stamp = at.astimezone(dt.UTC).isoformat()
                connection.execute("INSERT OR IGNORE INTO erased VALUES (?, ?)", [case.bytes, stamp])
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        # Otherwise the page as it was would outlive the secret in the log.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def erased(self) -> dict[uuid.UUID, dt.datetime]:
        """Every erasure this keystore knows of."""
        rows = self._connection().execute("SELECT case_id, at FROM erased")
        return {uuid.UUID(bytes=case): dt.datetime.fromisoformat(at) for case, at in rows}

    def count(self) -> int:
        """How many cases have a secret."""
        return int(self._connection().execute("SELECT count(*) FROM secret").fetchone()[0])

    def copy(self, target: Path) -> None:
        """Replace ``target`` by a whole copy, in one step; there is never more than this one."""
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600))
        self._connection().execute("VACUUM INTO ?", [str(fresh)])
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(target)


_stores: dict[Path, Keystore] = {}


def keystore() -> Keystore:
    """The keystore of the settings (folder ``GZA_SHRED``)."""
    path = Path(settings.GZA_SHRED) / NAME
    return _stores.setdefault(path, Keystore(path))
