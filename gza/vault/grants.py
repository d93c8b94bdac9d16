"""Sealing a case's key to somebody, and believing such a grant."""

import uuid
from typing import NamedTuple

from gza.core import rows

from .casekeys import CaseKeys
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


def _context(case: uuid.UUID, epoch: int, section: str, target: Target) -> bytes:
    return pack("gza grant", case, epoch, section, target.kind, target.id, target.generation)


def _signed(context: bytes, target: Target, blob: bytes, at: int, signer: uuid.UUID) -> tuple[Part, ...]:
    return context, target.public, blob, at, signer


class Granter:
    """Makes grants within one act: one ephemeral key, one signer."""

    def __init__(self, signer: keys.Signer, cert: uuid.UUID, second: int) -> None:
        self._sender, self._signer, self._cert, self._second = keys.Sender(), signer, cert, second

    def make(self, opened: CaseKeys, section: str, target: Target, via: str = Via.WORK.value) -> Grant:
        """An unsaved grant of the present key of a case (``section`` empty) or of one section.

        Raises:
            NoGrant: when ``opened`` does not reach so far.
        """
        context = _context(opened.case, opened.epoch, section, target)
        blob = self._sender.seal(target.public, opened.granted_key(section), context)
        signature = self._signer.sign("grant", *_signed(context, target, blob, self._second, self._cert))
        return rows.make(
            Grant, case=opened.case, epoch=opened.epoch, section=section, kind=target.kind, grantee=target.id,
            generation=target.generation, via=via, blob=blob, signer_id=self._cert, signed_at=self._second,
            signature=signature,
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

    def open(self, opener: keys.Opener, signer: Cert) -> bytes:
        """The granted key, once the granter's signature holds over the grant as sealed to ``opener``.

        Raises:
            Tampered: when anything in the row was changed.
        """
        target = Target(self.kind, self.grantee, self.generation, opener.public)
        context, blob = _context(self.case, self.epoch, self.section, target), bytes(self.blob)
        parts = _signed(context, target, blob, self.signed_at, self.signer)
        keys.verify(signer.sign, bytes(self.signature), "grant", *parts)
        return opener.open(blob, context)


COLUMNS = (
    "case", "epoch", "section", "kind", "grantee", "generation", "blob", "signer_id", "signed_at", "signature",
)  # fmt: skip
