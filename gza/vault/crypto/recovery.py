"""Two of three custodians: each holds a secret key on paper; for each pair a sealed box within a sealed box.

The boxes are libsodium's own (``crypto_box_seal``), so that a later generation can open them with any tool that has it.
"""

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from nacl import bindings
from nacl.exceptions import CryptoError

from gza.vault.errors import BadShare

from .keys import box_public

CUSTODIANS = 3
NEEDED = 2
_GROUP = 5
_CHECK = 3


@dataclass(frozen=True)
class Share:
    """What one custodian holds: which of the three, and 32 secret bytes."""

    number: int
    secret: bytes

    def __repr__(self) -> str:
        """Without the secret."""
        return f"<Share {self.number}>"

    @property
    def public(self) -> bytes:
        """The public half, to which boxes are sealed."""
        return box_public(self.secret)

    def text(self) -> str:
        """As it is printed: letters and digits in groups of five, with the number and a check within."""
        body = bytes([self.number]) + self.secret
        letters = base64.b32encode(body + _check(body)).decode().rstrip("=")
        groups = [letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP)]
        return "GZA-" + "-".join(groups)


def _check(body: bytes) -> bytes:
    return hashlib.sha256(b"gza share 1" + body).digest()[:_CHECK]


def make() -> list[Share]:
    """Three new shares, numbered from 1."""
    return [Share(number, os.urandom(32)) for number in range(1, CUSTODIANS + 1)]


def read(text: str) -> Share:
    """A share as typed; blanks, hyphens and case do not matter, nor 0 for O, 1 for I, 8 for B.

    Raises:
        BadShare: when it is mistyped.
    """
    letters = "".join(text.upper().split()).replace("-", "").removeprefix("GZA")
    letters = letters.translate(str.maketrans("018", "OIB"))
    try:
        data = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError as error:
        raise BadShare("the share holds a sign that no share has") from error
    body, check = data[:-_CHECK], data[-_CHECK:]
    # The last letter carries bits that decode to nothing; another letter there is a slip all the same.
    whole = base64.b32encode(data).decode().rstrip("=") == letters
    if not whole or len(body) != 1 + 32 or check != _check(body) or not 1 <= body[0] <= CUSTODIANS:
        raise BadShare("the share is mistyped or incomplete")
    return Share(body[0], body[1:])


def seal(secret: bytes, publics: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    """For each pair of custodians (numbered from 1) a box that only both together open."""
    boxes = {}
    for first, second in combinations(range(1, len(publics) + 1), NEEDED):
        inner = bindings.crypto_box_seal(secret, publics[second - 1])
        boxes[first, second] = bindings.crypto_box_seal(inner, publics[first - 1])
    return boxes


def unseal(boxes: dict[tuple[int, int], bytes], shares: Sequence[Share]) -> bytes:
    """The secret, from any two different shares of the same founding.

    Raises:
        BadShare: when there are fewer, or they do not belong to these boxes.
    """
    by_number = {share.number: share for share in shares}
    if len(by_number) < NEEDED:
        raise BadShare("two shares of two custodians are needed")
    first, second = sorted(by_number)[:NEEDED]
    try:
        inner = _open(boxes[first, second], by_number[first])
        return _open(inner, by_number[second])
    except (CryptoError, KeyError, ValueError, TypeError) as error:
        raise BadShare("these shares do not belong to this founding") from error


def _open(box: bytes, share: Share) -> bytes:
    return bindings.crypto_box_seal_open(box, share.public, share.secret)
