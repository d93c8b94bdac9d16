"""Sealing a case's key to somebody, and believing such a grant."""

import uuid
from typing import NamedTuple

from .crypto import keys
from .crypto.encode import Part, pack
from .enums import Grantee, Via
from .models import Grant
from .trust import Cert, GroupCert


class Target(NamedTuple):
    """To whom a grant is sealed: a verified public key."""

    kind: str
    id: uuid.UUID
    generation: int
    public: bytes

    @classmethod
    def of(cls, cert: Cert | GroupCert) -> "Target":
        """From a verified certificate of a user or a group."""
        if isinstance(cert, Cert):
            return cls(Grantee.USER.value, cert.user, cert.generation, cert.box)
        return cls(Grantee.GROUP.value, cert.group, cert.generation, cert.box)


def _box_context(case: uuid.UUID, epoch: int, section: str, target: Target) -> bytes:
    return pack("gza grant", case, epoch, section, target.kind, target.id, target.generation)


def _signed(
    case: uuid.UUID, epoch: int, section: str, target: Target, blob: bytes, at: int, signer: uuid.UUID
) -> tuple[Part, ...]:
    return case, epoch, section, target.kind, target.id, target.generation, target.public, blob, at, signer


class Granter:
    """Makes grants within one act: one ephemeral key, one signer."""

    def __init__(self, signer: keys.Signer, cert: uuid.UUID, second: int) -> None:
        self._sender, self._signer, self._cert, self._second = keys.Sender(), signer, cert, second

    def make(
        self, case: uuid.UUID, epoch: int, section: str, key: bytes, target: Target, via: str = Via.WORK.value
    ) -> Grant:
        """An unsaved grant of ``key``."""
        blob = self._sender.seal(target.public, key, _box_context(case, epoch, section, target))
        parts = _signed(case, epoch, section, target, blob, self._second, self._cert)
        return Grant(
            case=case, epoch=epoch, section=section, kind=target.kind, grantee=target.id,
            generation=target.generation, via=via, blob=blob, signer_id=self._cert, signed_at=self._second,
            signature=self._signer.sign("grant", *parts),
        )  # fmt: skip


class GrantRow(NamedTuple):
    """A grant as it was read, in the order of ``COLUMNS``."""

    case: uuid.UUID
    epoch: int
    section: str
    kind: str
    grantee: uuid.UUID
    generation: int
    blob: bytes
    signer: uuid.UUID
    signed_at: int
    signature: bytes

    def believe(self, signer: Cert, public: bytes) -> Target:
        """Check the granter's signature over the grant as sealed to ``public``.

        Raises:
            Tampered: when anything in the row was changed.
        """
        target = Target(self.kind, self.grantee, self.generation, public)
        blob, signature = bytes(self.blob), bytes(self.signature)
        parts = _signed(self.case, self.epoch, self.section, target, blob, self.signed_at, self.signer)
        keys.verify(signer.sign, signature, "grant", *parts)
        return target

    def open(self, opener: keys.Opener, signer: Cert) -> bytes:
        """The granted key, once the signature holds.

        Raises:
            Tampered: when anything in the row was changed.
        """
        target = self.believe(signer, opener.public)
        return opener.open(bytes(self.blob), _box_context(self.case, self.epoch, self.section, target))


COLUMNS = (
    "case", "epoch", "section", "kind", "grantee", "generation", "blob", "signer_id", "signed_at", "signature",
)  # fmt: skip
