"""From a case's key to the keys that seal its fields.

Case key (random, one an epoch, sealed to grantees) -> narrow key of a section (HKDF; what a narrow grant holds)
-> working key of the section (HKDF of the narrow key with the case's shred secret). Without the shred secret no grant
opens anything.
"""

import uuid

from . import aead
from .encode import pack
from .hkdf import derive


def narrow(case_key: bytes, section: str) -> bytes:
    """The key of one section, as granted to who shall see no other."""
    return derive(case_key, "gza narrow 1", section)


def working(narrow_key: bytes, shred: bytes, case: uuid.UUID, epoch: int, section: str) -> bytes:
    """The key that seals the section's fields."""
    return derive(narrow_key, "gza working 1", case, epoch, section, salt=shred)


def _link_context(case: uuid.UUID, epoch: int, section: str) -> bytes:
    return pack("gza link", case, epoch, section)


def link(new: bytes, old: bytes, case: uuid.UUID, epoch: int, section: str, *, nonce: bytes | None = None) -> bytes:
    """The key of the epoch before, sealed under the key of ``epoch``; ``section`` is empty for the case key itself."""
    context = _link_context(case, epoch, section)
    return aead.seal(derive(new, "gza link 1"), old, context, epoch=epoch, nonce=nonce)


def unlink(new: bytes, blob: bytes, case: uuid.UUID, epoch: int, section: str) -> bytes:
    """The key of the epoch before.

    Raises:
        Tampered: when the link is not of this case, epoch and section.
    """
    return aead.unseal(derive(new, "gza link 1"), blob, _link_context(case, epoch, section))


LINK_SIZE = 5 + aead.NONCE_SIZE + aead.bucket(32) + aead.TAG_SIZE
