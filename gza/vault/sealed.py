"""The value of a sealed field: bytes that nobody can print, compare, pickle or walk through by mistake."""

import base64
from typing import Any, NoReturn

from .crypto import aead


class Sealed:
    """A sealed blob. Only a ring opens it; ``raw()`` gives the bytes to those who store or move them.

    ``bool()`` is true: what is absent is None, so a condition in a template asks whether there is a value.
    """

    __slots__ = ("_blob",)

    def __init__(self, blob: bytes) -> None:
        self._blob = blob

    def raw(self) -> bytes:
        """The bytes as they are stored."""
        return self._blob

    @property
    def epoch(self) -> int:
        """The epoch of the key it was sealed with, not yet verified."""
        return aead.epoch_of(self._blob)

    def __repr__(self) -> str:
        return "<sealed>"

    def __bool__(self) -> bool:
        return True

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Sealed":
        return self

    def _refuse(self, *_anything: object) -> NoReturn:
        raise TypeError("a sealed value is opened by a ring: ring.open(row, name)")

    __str__ = __bytes__ = __format__ = __iter__ = __len__ = __getitem__ = __contains__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse
    __reduce__ = __reduce_ex__ = __getstate__ = _refuse
    __add__ = __radd__ = __int__ = __float__ = __html__ = _refuse

    def base64(self) -> str:
        """The stored bytes as text, for an export that stays sealed."""
        return base64.b64encode(self._blob).decode()
