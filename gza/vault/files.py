"""Sealed files: checked, sealed, and kept outside the database under a random name.

Checking is slow and opens no transaction, so it stands apart: ``check`` before the act, ``store`` within it. Nothing
is ever on the disk in clear. A file is written whole before its row; a failed act takes it away again, and what a
power cut leaves behind, ``sweep`` finds.
"""

import hashlib
import json
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gza.core import ids
from gza.core.text import clean_line
from gza.ledger import work

from . import filecheck, uploads
from .crypto import aead, stream
from .crypto.encode import pack
from .crypto.hkdf import derive
from .enums import SECTIONS
from .errors import Tampered, VaultError
from .filecheck import Accepted, FileKind
from .models import SealedFile
from .ring import Ring, ring_of
from .steps.erasure import on_erase

META_LABEL = "vault.file.meta"
MAX_NAME = 200  # letters of a file's name
ORPHAN_AGE = 24 * 3600  # seconds after which a file without a row is swept: no act takes so long
_SALT = 32


class FileMissing(VaultError):
    """The row is there and the file is not: the files folder was not restored with the database, or is not mounted."""


@dataclass(frozen=True)
class Description:
    """What is sealed beside a file: its name, kind, length in bytes, and fingerprint (salted SHA-256, hex)."""

    name: str
    kind: FileKind
    size: int
    fingerprint: str

    @property
    def mime(self) -> str:
        """The media type to send it with."""
        return filecheck.mime(self.kind)


def folder() -> Path:
    """Where sealed files lie (``GZA_FILES``)."""
    return Path(settings.GZA_FILES)


def path_of(place: uuid.UUID) -> Path:
    """The path of a sealed file; 256 folders, so that none grows long."""
    return folder() / place.hex[:2] / place.hex


def check(upload: "UploadedFile[Any]") -> Accepted:
    """Check an upload to the ground, before the act.

    Raises:
        FileRefused: with the reason in both languages and what to do.
    """
    return filecheck.accept(uploads.content(upload), upload.name or "")


def store(accepted: Accepted, *, case_id: uuid.UUID, label: str, section: str, by: Any) -> SealedFile:
    """Seal a checked file into a case, inside the caller's act.

    Args:
        accepted: what ``check`` gave.
        case_id: the case.
        label: frozen name of what it is the file of, ``cases.consent.scan``.
        section: one of the case's sections; who holds it can read the file.
        by: whose ring seals.

    Raises:
        Locked, NoGrant, Erased, StaleEpoch: when there is no key that may seal.
    """
    if section not in SECTIONS:
        raise ValueError(f"there is no section {section!r}")
    ring = ring_of(by)
    keys = ring.case(case_id, fresh=True)
    row = SealedFile(
        id=ids.uuid7(),
        case_id=case_id,
        label=label,
        section=section,
        pieces=stream.pieces(len(accepted.data)),
        scanned=accepted.scanned,
    )
    salt = os.urandom(_SALT)
    meta = {
        "name": clean_line(accepted.name)[:MAX_NAME],
        "kind": accepted.kind.value,
        "size": len(accepted.data),
        "salt": salt.hex(),
        "sha256": hashlib.sha256(salt + accepted.data).hexdigest(),
    }
    row.meta = aead.seal(keys.key(section), json.dumps(meta).encode(), _context(row, META_LABEL), epoch=keys.epoch)
    path = path_of(row.place)
    work.on_failure(lambda: _remove(path))
    pieces = stream.seal(_key(keys.key(section), row), accepted.data, _context(row, row.label), epoch=keys.epoch)
    _write(path, pieces)
    row.save(force_insert=True)
    return row


def describe(rows: Sequence[SealedFile], ring: Ring, *, otherwise: Description | None = None) -> list[Description]:
    """The sealed descriptions of several files, of any cases, without a query for each.

    Args:
        rows: the files.
        ring: whose keys open them.
        otherwise: what stands for a file this person cannot open; None raises instead.

    Raises:
        Locked, Tampered: when so.
        NoGrant, Erased: unless ``otherwise`` is given.
    """
    opened = ring.cases({row.case_id for row in rows})
    found = []
    for row in rows:
        if otherwise is not None and (row.case_id not in opened or not opened[row.case_id].holds(row.section)):
            found.append(otherwise)
        else:
            found.append(_describe(row, ring))
    return found


def _describe(row: SealedFile, ring: Ring) -> Description:
    blob = bytes(row.meta)
    key = ring.key(row.case_id, row.section, aead.epoch_of(blob))
    meta = json.loads(aead.unseal(key, blob, _context(row, META_LABEL)))
    return Description(meta["name"], FileKind(meta["kind"]), meta["size"], meta["sha256"])


def read(row: SealedFile, ring: Ring) -> Iterator[bytes]:
    """The content, in pieces of at most 64 KiB. The whole is verified before the first piece is given.

    Raises:
        Locked, NoGrant, Erased: when this person cannot open it.
        FileMissing: when it is not on the disk.
        Tampered: when it is not what was stored.
    """
    with _open(row) as file:
        key = _key(ring.key(row.case_id, row.section, stream.epoch_of(file)), row)
        for _piece in stream.unseal(key, file, _context(row, row.label)):
            pass
    return _pieces(row, key)


def _pieces(row: SealedFile, key: bytes) -> Iterator[bytes]:
    with _open(row) as file:
        yield from stream.unseal(key, file, _context(row, row.label))


def forget(row: SealedFile) -> None:
    """Delete one file, inside the caller's act; the bytes go once the act is committed."""
    place = row.place
    row.delete()
    transaction.on_commit(lambda: _remove(path_of(place)))


@on_erase
def forget_case(case: uuid.UUID) -> None:
    """Delete all files of a case; part of its erasure."""
    rows = SealedFile.objects.filter(case_id=case)
    places = list(rows.values_list("place", flat=True))
    rows.delete()
    transaction.on_commit(lambda: _remove(*map(path_of, places)))


def sweep(*, older_than: float = ORPHAN_AGE) -> int:
    """Delete files that no row knows of, older than so many seconds; how many. For ``gza tick``."""
    limit, count = time.time() - older_than, 0
    for part in sorted(folder().glob("??")):
        old = [path for path in part.iterdir() if path.stat().st_mtime <= limit]
        by_place = {path.name: path for path in old if _is_place(path.name)}
        known = set(SealedFile.objects.filter(place__in=by_place).values_list("place", flat=True))
        for path in old:
            if not _is_place(path.name) or uuid.UUID(path.name) not in known:
                _remove(path)
                count += 1
    return count


def missing() -> list[uuid.UUID]:
    """Ids of rows whose file is not there, or not as long as it must be. For ``gza doctor``."""
    rows = SealedFile.objects.values_list("id", "place", "pieces").iterator(chunk_size=2000)
    return [id_ for id_, place, pieces in rows if _size(path_of(place)) != stream.size_of(pieces)]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _is_place(name: str) -> bool:
    try:
        return uuid.UUID(name).hex == name
    except ValueError:
        return False


def _context(row: SealedFile, label: str) -> bytes:
    return pack("gza file", label, row.section, row.id, row.case_id)


def _key(section_key: bytes, row: SealedFile) -> bytes:
    return derive(section_key, "gza file 1", row.id)


def _open(row: SealedFile) -> BinaryIO:
    try:
        file = path_of(row.place).open("rb")
    except OSError as error:
        raise FileMissing("a sealed file is not on the disk") from error
    if os.fstat(file.fileno()).st_size != stream.size_of(row.pieces):
        file.close()
        raise Tampered("a sealed file is not as long as it was")
    return file


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    """Write whole or not at all, and only return when it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    except BaseException:
        _remove(fresh)
        raise
    sync(path.parent)


def sync(place: Path) -> None:
    """Have a folder's entries on the disk."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
