"""Identifiers: row ids known before INSERT, and case codes that can be read over the telephone."""

import os
import re
import secrets
import time
import uuid

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: nothing that is heard or read as something else
_DIGITS = "0123456789"
_SHAPE = "LDL-DDL"
CODE = re.compile(rf"[{_LETTERS}]\d[{_LETTERS}]-\d\d[{_LETTERS}]")


def uuid7() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits; sorts by time of making."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def case_code() -> str:
    """A random case code such as ``R4K-71T``: about ten million of them, none of which says anything."""
    parts = {"L": _LETTERS, "D": _DIGITS}
    return "".join(secrets.choice(parts[mark]) if mark in parts else mark for mark in _SHAPE)
