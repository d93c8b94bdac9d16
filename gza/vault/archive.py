"""A backup in one file: the database, the sealed files and the signed heads; never a key, never a shred secret.

A tar archive. Its last member, ``manifest.json``, lists the others with their SHA-256 and is signed with the key of the
heads, which is not in it. The database is copied first and the files after: a file is there before its row, so every
row of the copy finds its file. ``restore`` reads the archive through before it changes anything.

Without the keystore of shred secrets and the key files a backup opens nothing; they are kept elsewhere.
"""

import datetime as dt
import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import nacl.exceptions
import nacl.signing
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from gza.core import clock, db, material
from gza.ledger import heads
from gza.ledger import queries as ledger

from . import engines, files
from .engines import EngineFailed
from .errors import VaultError

__all__ = ["BadBackup", "EngineFailed", "Manifest", "backup", "inspect", "restore"]

FORMAT = 1
MANIFEST = "manifest.json"
_DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{30})")
_HEAD = re.compile(r"heads/(\d{4}-\d{2}\.jsonl)")
_PIECE = 1024 * 1024
Tick = Callable[[int], None]


class BadBackup(VaultError):
    """The archive is not one of ours, or not whole, or of another engine or a newer version."""


@dataclass(frozen=True)
class Manifest:
    """What a backup is of.

    ``seq`` and ``hash`` are the ledger's head when copying began; ``members`` maps names to SHA-256.
    """

    format: int
    engine: str
    at: str
    seq: int
    hash: str
    migrations: list[str]
    members: dict[str, str]

    @property
    def made_at(self) -> dt.datetime:
        """When it was made."""
        return dt.datetime.fromisoformat(self.at)


def _signing_key() -> nacl.signing.SigningKey:
    return nacl.signing.SigningKey(material.key("heads"))


def _message(body: bytes) -> bytes:
    return b"gza backup 1|" + body


def backup(path: Path, *, tick: Tick = lambda _bytes: None) -> Manifest:
    """Write a backup to a new file, whole or not at all, readable by its owner alone.

    Args:
        path: where to; must not exist.
        tick: told the bytes written, for a progress bar.

    Raises:
        FileExistsError: when there is such a file.
        EngineFailed: when the engine's own tool fails or is not found.
    """
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    members: dict[str, str] = {}
    with _beside(path) as fresh, _beside(path) as dump:
        seq, hash_ = ledger.head()
        engines.dump(dump)
        with os.fdopen(os.open(fresh, os.O_WRONLY), "wb") as out, tarfile.open(fileobj=out, mode="w") as archive:
            _add(archive, _DATABASE[connection.vendor], dump, members, tick)
            for head in sorted(heads.folder().glob("*.jsonl")):
                _add(archive, f"heads/{head.name}", head, members, tick)
            for file in sorted(files.folder().glob("??/*")):
                if _FILE.fullmatch(f"files/{file.parent.name}/{file.name}"):
                    _add(archive, f"files/{file.parent.name}/{file.name}", file, members, tick)
            at = clock.now().isoformat()
            made = Manifest(FORMAT, connection.vendor, at, seq, hash_.hex(), _applied(), members)
            _add_manifest(archive, made)
        _sync(fresh)
        fresh.rename(path)
    files.sync(path.parent)
    return made


def _applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A new private file in the folder of ``path``; taken away at the end, if it is still there."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes], tick: Tick) -> None:
        self.file, self.tick, self.digest = file, tick, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        self.tick(len(data))
        return data


def _add(archive: tarfile.TarFile, name: str, path: Path, members: dict[str, str], tick: Tick) -> None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return  # forgotten since the list was made
    with file:
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
        hashing = _Hashing(file, tick)
        archive.addfile(info, hashing)
        members[name] = hashing.digest.hexdigest()


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    body = json.dumps(asdict(manifest), sort_keys=True)
    signature = _signing_key().sign(_message(body.encode())).signature
    content = json.dumps({"body": body, "signature": signature.hex()}).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))


def inspect(path: Path, *, unsigned: bool = False, tick: Tick = lambda _bytes: None) -> Manifest:
    """Read a backup through and give its manifest.

    Args:
        path: the archive.
        unsigned: take one that the present key of the heads did not sign: after the loss of that key, or a move.
        tick: told the bytes read.

    Raises:
        BadBackup: when it is not whole, not ours, or a member is not what the manifest says; or when it is of another
            engine or a newer version of this software.
    """
    try:
        return _inspect(path, unsigned=unsigned, tick=tick)
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise BadBackup("the file is no backup, or is damaged") from error


def _inspect(path: Path, *, unsigned: bool, tick: Tick) -> Manifest:
    content, seen = _read_through(path, tick)
    if not content:
        raise BadBackup("the backup has no manifest: it was not written to its end")
    manifest = _believed(content, unsigned=unsigned)
    if manifest.format != FORMAT or manifest.members != seen:
        raise BadBackup("the backup is not what its manifest says")
    if manifest.engine != connection.vendor:
        raise BadBackup(f"the backup is of {manifest.engine}, and this installation runs on {connection.vendor}")
    if not all(map(_known, seen)):
        raise BadBackup("the backup holds something that does not belong there")
    unknown = set(manifest.migrations) - _ours()
    if unknown:
        raise BadBackup(f"the backup is of a newer version: {min(unknown)} is not known here")
    return manifest


def _read_through(path: Path, tick: Tick) -> tuple[bytes, dict[str, str]]:
    """The manifest as it stands, empty when there is none, and the SHA-256 of each other member."""
    seen: dict[str, str] = {}
    content = b""
    with tarfile.open(path, mode="r:") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isreg() else None
            if content or file is None or member.name in seen:
                raise BadBackup("the backup holds something that does not belong there")
            if member.name == MANIFEST:
                content = file.read()
                continue
            hashing = _Hashing(file, tick)
            while hashing.read(_PIECE):
                pass
            seen[member.name] = hashing.digest.hexdigest()
    return content, seen


def _believed(content: bytes, *, unsigned: bool) -> Manifest:
    outer = json.loads(content)
    if not unsigned:
        try:
            _signing_key().verify_key.verify(_message(outer["body"].encode()), bytes.fromhex(outer["signature"]))
        except nacl.exceptions.BadSignatureError as error:
            raise BadBackup("the backup is not signed by this installation") from error
    return Manifest(**json.loads(outer["body"]))


def _known(name: str) -> bool:
    return name == _DATABASE[connection.vendor] or bool(_FILE.fullmatch(name) or _HEAD.fullmatch(name))


def restore(path: Path, *, unsigned: bool = False, tick: Tick = lambda _bytes: None) -> Manifest:
    """Put a backup in the place of the present database, with its files and heads.

    The caller then migrates, and has two holders sign ``backup.after_restore``, which replays the erasures; until
    then ``ledger verify`` shows a cut tail, as it must. Files that are there already stay; heads are added to those
    that are there, never replaced.

    Raises:
        BadBackup: see ``inspect``; before anything is changed.
        EngineFailed: when the engine does not take it; the database is then as it was.
    """
    manifest = inspect(path, unsigned=unsigned, tick=tick)
    with db.writers_queue(), _beside(path) as dump, tarfile.open(path, mode="r:") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is None or member.name == MANIFEST:
                continue
            found = _FILE.fullmatch(member.name)
            if found:
                _restore_file(files.folder() / found[1] / found[2], file)
            elif found := _HEAD.fullmatch(member.name):
                _restore_heads(heads.folder() / found[1], file)
            else:
                _copy(file, dump)
        engines.load(dump)
    return manifest


def _ours() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = (key for migration in loader.disk_migrations.values() for key in migration.replaces)
    return {f"{app}.{name}" for app, name in [*loader.disk_migrations, *replaced]}


def _copy(source: IO[bytes], target: Path) -> None:
    with target.open("wb") as out:
        while piece := source.read(_PIECE):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _restore_file(path: Path, source: IO[bytes]) -> None:
    if path.exists():
        return  # a sealed file never changes
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _beside(path) as fresh:
        _copy(source, fresh)
        fresh.rename(path)
    files.sync(path.parent)


def _restore_heads(path: Path, source: IO[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    there = path.read_bytes().splitlines() if path.exists() else []
    known = set(there)
    lacking = [line for line in source.read().splitlines() if line not in known]
    if lacking:
        # An older file is completed in order; the verification sorts by number anyway.
        merged = b"".join(line + b"\n" for line in [*lacking, *there])
        with _beside(path) as fresh:
            _copy(io.BytesIO(merged), fresh)
            fresh.chmod(0o640)
            fresh.rename(path)
