"""XChaCha20-Poly1305 with a header that is authenticated, and lengths that say little.

Blob: version (1 byte) | epoch (4 bytes, big-endian) | nonce (24 bytes, random) | ciphertext and tag. Associated data:
header, then the context of the caller (for a field: frozen label, row id, case id). The text is padded to a bucket
before it is sealed (ISO/IEC 7816-4: one byte 0x80, then zeros).
"""

import os
import struct
import uuid

from nacl import bindings
from nacl.exceptions import CryptoError

from gza.vault.errors import Tampered

from .encode import pack

VERSION = 1
NONCE_SIZE = 24
TAG_SIZE = 16
_HEADER = struct.Struct(">BI")
_BODY = _HEADER.size + NONCE_SIZE
_ROOMS = (32, 64, 128, 256, 512, 1024, 2048, 4096)  # bytes of text; the mark of the padding comes on top
_encrypt = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt
_decrypt = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt


def bucket(length: int) -> int:
    """Padded length of a text of ``length`` bytes: room for 32, 64 ... 4096 or a multiple of 4096, and one byte."""
    for room in _ROOMS:
        if length <= room:
            return room + 1
    return -(-length // 4096) * 4096 + 1


def pad(data: bytes) -> bytes:
    """Fill up to the bucket."""
    return (data + b"\x80").ljust(bucket(len(data)), b"\0")


def unpad(data: bytes) -> bytes:
    """Take the filling off.

    Raises:
        Tampered: when there is none.
    """
    text = data.rstrip(b"\0")
    if not text.endswith(b"\x80"):
        raise Tampered("a sealed text has no padding")
    return text[:-1]


def seal(key: bytes, text: bytes, context: bytes, *, epoch: int = 0, nonce: bytes | None = None) -> bytes:
    """Seal ``text`` under ``key`` (32 bytes), bound to ``context`` and ``epoch`` (``nonce``: test vectors)."""
    header = _HEADER.pack(VERSION, epoch)
    nonce = os.urandom(NONCE_SIZE) if nonce is None else nonce
    return header + nonce + _encrypt(pad(text), header + context, nonce, key)


def unseal(key: bytes, blob: bytes, context: bytes) -> bytes:
    """The text of a blob.

    Raises:
        Tampered: when a byte of blob, context or key is not what it was at sealing.
    """
    header = blob[: _HEADER.size]
    if len(blob) < _BODY + TAG_SIZE or header[0] != VERSION:
        raise Tampered("a sealed blob is cut, or of an unknown version")
    try:
        return unpad(_decrypt(blob[_BODY:], header + context, blob[_HEADER.size : _BODY], key))
    except CryptoError as error:
        raise Tampered("a sealed blob does not open here") from error


def epoch_of(blob: bytes) -> int:
    """The epoch in the header; believed only once the blob has opened.

    Raises:
        Tampered: when the blob has no whole header.
    """
    if len(blob) < _BODY + TAG_SIZE:
        raise Tampered("a sealed blob is cut")
    return int.from_bytes(blob[1:5])


def field_context(label: str, row: uuid.UUID, case: uuid.UUID) -> bytes:
    """The context of a sealed field."""
    return pack("gza field", label, row, case)
