"""Password to keys: one Argon2id pass (RFC 9106), then HKDF with the server key.

Of the root, two keys come: the *verifier*, which is kept to recognise the password, and the *wrapping key*, which is
never kept and opens the person's private keys. Without the server key a dump allows no guess.
"""

import base64
import hmac
import os
import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from .hkdf import derive

MARK = "gza1"
SALT_SIZE = 16
DEFAULT_COST = (3, 32768, 1)


@dataclass(frozen=True)
class Password:
    """What a password gives: ``encoded`` is kept with the account, ``wrapping`` lives for one request."""

    encoded: str
    wrapping: bytes

    def __repr__(self) -> str:
        """Without the key."""
        return "<Password>"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _from64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def make(password: str, server_key: bytes, cost: tuple[int, int, int], *, salt: bytes | None = None) -> Password:
    """Keys of a new password; ``cost`` is (passes, KiB of memory, lanes)."""
    salt = os.urandom(SALT_SIZE) if salt is None else salt
    passes, memory, lanes = cost
    text = unicodedata.normalize("NFC", password).encode()
    root = hash_secret_raw(text, salt, passes, memory, lanes, 32, Type.ID)
    verifier = derive(root, "gza verifier 1", salt=server_key)
    wrapping = derive(root, "gza wrapping 1", salt=server_key)
    return Password(f"{MARK}${passes},{memory},{lanes}${_b64(salt)}${_b64(verifier)}", wrapping)


def check(password: str, encoded: str, server_key: bytes) -> Password | None:
    """The keys when the password is the one ``encoded`` was made of; else None, after the same work."""
    try:
        mark, cost_text, salt, _verifier = encoded.split("$")
        passes, memory, lanes = (int(part) for part in cost_text.split(","))
        known, salt_bytes = mark == MARK, _from64(salt)
    except ValueError:
        known, (passes, memory, lanes), salt_bytes = False, DEFAULT_COST, bytes(SALT_SIZE)
    made = make(password, server_key, (passes, memory, lanes), salt=salt_bytes)
    same = hmac.compare_digest(made.encoded.encode(), encoded.encode())
    return made if same and known else None
