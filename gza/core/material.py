"""Key material that lives outside the database and outside its backups: one file of 32 bytes a key.

``server`` (pepper of the password keys), ``index`` (blind tokens), ``heads`` (signs exported ledger heads),
``django`` (cookies and forms). Demonstration makes what is missing; production refuses to start without it.
"""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NAMES = ("server", "index", "heads", "django")
SIZE = 32


class MissingMaterial(Exception):
    """A key file is not there, or is not 32 bytes long, or others can read it."""


def folder() -> Path:
    """Where the key files are (``GZA_KEYS``)."""
    return Path(settings.GZA_KEYS)


def create(name: str, value: bytes | None = None, *, at: Path | None = None) -> bytes:
    """Write a key file readable by its owner alone; never over an existing one.

    Raises:
        FileExistsError: when the key is there already.
    """
    value = os.urandom(SIZE) if value is None else value
    place = at or folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(place / f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(value)
        file.flush()
        os.fsync(file.fileno())
    return value


def read(name: str, *, at: Path | None = None) -> bytes:
    """The key of that name.

    Raises:
        MissingMaterial: when it is not there or not as it should be.
    """
    path = (at or folder()) / f"{name}.key"
    try:
        value = path.read_bytes()
        loose = path.stat().st_mode & 0o077
    except OSError as error:
        raise MissingMaterial(f"the key file {name}.key cannot be read: {error.strerror}") from error
    if len(value) != SIZE:
        raise MissingMaterial(f"the key file {name}.key has {len(value)} bytes, not {SIZE}")
    if loose:
        raise MissingMaterial(f"the key file {name}.key can be read by others; chmod 600 mends it")
    return value


@lru_cache(maxsize=16)
def _kept(name: str, place: Path) -> bytes:
    return read(name, at=place)


def key(name: str) -> bytes:
    """The key of that name, read once a process.

    Raises:
        MissingMaterial: see ``read``.
    """
    return _kept(name, folder())
