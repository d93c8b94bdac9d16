"""One injective encoding of what is signed or authenticated: two different lists never give the same bytes."""

import uuid
from typing import TypeAlias

Part: TypeAlias = bytes | str | int | uuid.UUID | None

_UUID = b"u\0\0\0\x10"
_INT = b"i\0\0\0\x08"
_NONE = b"n\0\0\0\0"


def pack(*parts: Part) -> bytes:
    """Type mark (1 byte), length (4 bytes, big-endian) and bytes of each part, one after the other.

    Raises:
        TypeError: on any other type.
        OverflowError: on a number outside 0..2^64-1.
    """
    out: list[bytes] = []
    for part in parts:
        # The commonest types first: this runs for every field of every row.
        if isinstance(part, uuid.UUID):
            out += (_UUID, part.int.to_bytes(16))
        elif isinstance(part, str):
            data = part.encode()
            out += (b"s", len(data).to_bytes(4), data)
        elif isinstance(part, int):
            out += (_INT, part.to_bytes(8))
        elif isinstance(part, bytes):
            out += (b"b", len(part).to_bytes(4), part)
        elif part is None:
            out.append(_NONE)
        else:
            raise TypeError(f"{type(part).__name__} has no encoding")
    return b"".join(out)
