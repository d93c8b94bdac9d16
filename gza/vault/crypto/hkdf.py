"""HKDF-SHA256 (RFC 5869), one block: from one key any number of keys that say nothing about one another."""

import hmac

from .encode import Part, pack

SIZE = 32


def derive(key: bytes, *info: Part, salt: bytes = b"") -> bytes:
    """32 bytes from ``key``, named by ``info`` and, where there is a second secret, mixed with ``salt``."""
    extracted = hmac.digest(salt or bytes(SIZE), key, "sha256")
    return hmac.digest(extracted, pack(*info) + b"\x01", "sha256")
