"""Key pairs (X25519 to seal to, Ed25519 to sign with), boxes, signatures and fingerprints.

A *box* is sealed to a public key by a ``Sender``: X25519 of the sender's ephemeral key and the recipient's, HKDF over
the shared point with both public keys, XChaCha20-Poly1305 with a random nonce and the caller's context. It is the
sealed box of libsodium with associated data. One ephemeral key serves all boxes of one act (random nonces of 24 bytes
make that safe), so thousands of boxes to one recipient cost one multiplication on the curve on either side.
Blob: ephemeral public key (32 bytes) | AEAD blob.
"""

import hashlib
import os
import uuid
from dataclasses import dataclass, field

from nacl import bindings
from nacl.exceptions import BadSignatureError, CryptoError

from gza.vault.errors import Tampered

from . import aead
from .encode import Part, pack
from .hkdf import derive

PUBLIC_SIZE = 32
_KEPT = 4096


@dataclass(frozen=True)
class Keys:
    """A person's opened key pairs. ``box`` and ``sign`` are 32 secret bytes each, in clear in no log and row."""

    person: uuid.UUID
    generation: int
    box: bytes = field(repr=False)
    sign: bytes = field(repr=False)

    @property
    def box_public(self) -> bytes:
        """The public half of ``box``."""
        return box_public(self.box)

    @property
    def sign_public(self) -> bytes:
        """The public half of ``sign``."""
        return sign_public(self.sign)

    def wrap(self, key: bytes, *context: Part, nonce: bytes | None = None) -> bytes:
        """Sealed under a symmetric key."""
        return aead.seal(key, self.box + self.sign, self._context(*context), nonce=nonce)

    def _context(self, *context: Part) -> bytes:
        return pack("gza user keys", self.person, self.generation, *context)

    @classmethod
    def unwrap(cls, key: bytes, blob: bytes, person: uuid.UUID, generation: int, *context: Part) -> "Keys":
        """The pairs of a wrapped blob.

        Raises:
            Tampered: when key, blob or context are not those of the wrapping.
        """
        empty = cls(person, generation, b"", b"")
        secret = aead.unseal(key, blob, empty._context(*context))
        return cls(person, generation, secret[:32], secret[32:64])


def make(person: uuid.UUID, generation: int) -> Keys:
    """New random pairs."""
    return Keys(person, generation, os.urandom(32), os.urandom(32))


def box_public(secret: bytes) -> bytes:
    """The X25519 public key of a secret one."""
    return bindings.crypto_scalarmult_base(secret)


def sign_public(seed: bytes) -> bytes:
    """The Ed25519 public key of a seed."""
    return bindings.crypto_sign_seed_keypair(seed)[0]


def _shared(secret: bytes, other: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    try:
        point = bindings.crypto_scalarmult(secret, other)
    except (RuntimeError, CryptoError) as error:
        raise Tampered("a public key is of low order") from error
    return derive(point, "gza box 1", ephemeral, recipient)


class Sender:
    """Seals boxes. Lives as long as one act; ``seed`` is given by test vectors only."""

    def __init__(self, seed: bytes | None = None) -> None:
        self._secret = os.urandom(32) if seed is None else seed
        self.public = box_public(self._secret)
        self._kept: dict[bytes, bytes] = {}

    def seal(self, recipient: bytes, text: bytes, context: bytes, *, nonce: bytes | None = None) -> bytes:
        """A box that only the secret half of ``recipient`` opens, within the same ``context``."""
        key = self._kept.get(recipient)
        if key is None:
            key = self._kept[recipient] = _shared(self._secret, recipient, self.public, recipient)
        return self.public + aead.seal(key, text, context, nonce=nonce)


class Opener:
    """Opens boxes sealed to one public key; remembers the senders it has met."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self.public = box_public(secret)
        self._kept: dict[bytes, bytes] = {}

    def open(self, blob: bytes, context: bytes) -> bytes:
        """The text of a box.

        Raises:
            Tampered: when it was not sealed to this key within this context.
        """
        sender = blob[:PUBLIC_SIZE]
        if len(sender) < PUBLIC_SIZE:
            raise Tampered("a box is cut")
        key = self._kept.get(sender)
        if key is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            key = self._kept[sender] = _shared(self.secret, sender, sender, self.public)
        return aead.unseal(key, blob[PUBLIC_SIZE:], context)


class Signer:
    """Signs with one Ed25519 key."""

    def __init__(self, seed: bytes) -> None:
        self.public, self._secret = bindings.crypto_sign_seed_keypair(seed)

    def sign(self, domain: str, *parts: Part) -> bytes:
        """64 bytes over ``parts``, good within ``domain`` only."""
        return bindings.crypto_sign(pack("gza signature", domain, *parts), self._secret)[:64]


def verify(public: bytes, signature: bytes, domain: str, *parts: Part) -> None:
    """Let a signature pass.

    Raises:
        Tampered: when it is not of this key over these parts in this domain.
    """
    try:
        bindings.crypto_sign_open(signature + pack("gza signature", domain, *parts), public)
    except (BadSignatureError, CryptoError, ValueError) as error:
        raise Tampered(f"a signature over a {domain} does not hold") from error


def fingerprint(*parts: Part) -> str:
    """Eight groups of four digits (106 bits): read out over the telephone in any language."""
    number = int.from_bytes(hashlib.sha512(pack("gza fingerprint", *parts)).digest()) % 10**32
    digits = f"{number:032d}"
    return " ".join(digits[start : start + 4] for start in range(0, 32, 4))
