"""One injective encoding of what is signed or authenticated: two different lists never give the same bytes."""

import struct
import uuid
from typing import TypeAlias

Part: TypeAlias = bytes | str | int | uuid.UUID | None

_LENGTH = struct.Struct(">cI")


def pack(*parts: Part) -> bytes:
    """Type mark, length and bytes of each part, one after the other.

    Raises:
        TypeError: on any other type.
        OverflowError: on a number outside 0..2^64-1.
    """
    out = []
    for part in parts:
        if isinstance(part, str):
            mark, data = b"s", part.encode()
        elif isinstance(part, uuid.UUID):
            mark, data = b"u", part.bytes
        elif isinstance(part, bytes):
            mark, data = b"b", part
        elif isinstance(part, int):
            mark, data = b"i", part.to_bytes(8)
        elif part is None:
            mark, data = b"n", b""
        else:
            raise TypeError(f"{type(part).__name__} has no encoding")
        out.append(_LENGTH.pack(mark, len(data)))
        out.append(data)
    return b"".join(out)
