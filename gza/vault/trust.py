"""Whose key it is: certificates, group keys and the chain of signatures down to the Fund's pinned key.

What a row says counts for nothing until its signatures hold. A certificate once verified is remembered by its content
for the life of the process; whether it was ended since is asked anew by each ring.
"""

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings

from gza.core import clock
from gza.core.prepared import Among

from .crypto import keys
from .crypto.encode import Part
from .enums import REGISTRY_ROLES
from .errors import Expired, NotFounded, Tampered, Untrusted
from .models import Certificate, Endorsement, Fund, GroupKey

FOUNDING_WEIGHT = 2
_DEPTH = 8
_REMEMBERED = 20_000
_COLUMNS = (
    "id", "user", "role", "organisation", "generation", "box_public", "sign_public", "valid_from", "valid_to",
    "founding", "ended_at",
)  # fmt: skip
_SIGNED = 10  # so many of the columns stand under the signature; the rest may change


class Cert(NamedTuple):
    """A certificate as it was read; ``Trust`` gives out verified ones only."""

    id: uuid.UUID
    user: uuid.UUID
    role: str
    organisation: uuid.UUID | None
    generation: int
    box: bytes
    sign: bytes
    valid_from: int
    valid_to: int
    founding: bool
    ended_at: int | None = None

    def signed(self) -> tuple[Part, ...]:
        """The parts under the signatures."""
        return self[:_SIGNED]

    def good_at(self, second: int) -> bool:
        """Whether what was signed at that second counts."""
        ended = self.ended_at is not None and second > self.ended_at
        return self.valid_from <= second <= self.valid_to and not ended

    def fingerprint(self) -> str:
        """What is compared by voice before anybody signs."""
        return keys.fingerprint(self.user, self.generation, self.box, self.sign)


class GroupCert(NamedTuple):
    """A group's public key of one generation, verified."""

    group: uuid.UUID
    kind: str
    organisation: uuid.UUID | None
    generation: int
    box: bytes
    row: uuid.UUID


def seconds() -> int:
    """Now, as signed rows have it."""
    return int(clock.now().timestamp())


def cert_of(row: Iterable[Any]) -> Cert:
    """From a row of ``_COLUMNS``; byte columns become bytes on either engine."""
    values = list(row)
    values[5], values[6] = bytes(values[5]), bytes(values[6])
    return Cert(*values)


def cert_of_row(row: Certificate) -> Cert:
    """From an instance; counts for nothing until ``Trust`` has verified it."""
    return cert_of(getattr(row, name) for name in _COLUMNS)


def group_parts(
    group: uuid.UUID, kind: str, organisation: uuid.UUID | None, generation: int, box: bytes
) -> tuple[Part, ...]:
    """What is signed when a group's key is made."""
    return group, kind, organisation, generation, box


def fund_public() -> bytes:
    """The Fund's public signing key: pinned in the settings, or (demonstration only) as founded.

    Raises:
        NotFounded: when there was no key ceremony.
        Untrusted: when production has no pinned key, or the row differs from the pin.
    """
    row = Fund.objects.first()
    if row is None:
        raise NotFounded("the key ceremony has not taken place: gza setup")
    pinned = bytes.fromhex(settings.GZA_FUND_KEY)
    if pinned and pinned != bytes(row.sign_public):
        raise Untrusted("the Fund's key in the database is not the pinned one")
    if not pinned and settings.MODE == "production":
        raise Untrusted("GZA_FUND_KEY is not set")
    return bytes(row.sign_public)


_verified: dict[tuple[Part, ...], bool] = {}


_CERTIFICATES = Among(lambda ids: Certificate.objects.filter(id__in=ids).values_list(*_COLUMNS))


class Trust:
    """The certificates one ring has met."""

    def __init__(self) -> None:
        self._by_id: dict[uuid.UUID, Cert] = {}

    # Signers

    def load(self, ids: Iterable[uuid.UUID]) -> None:
        """Read and verify certificates in one query (more when this process meets them for the first time)."""
        missing = set(ids) - self._by_id.keys()
        if missing:
            self._accept([cert_of(row) for row in _CERTIFICATES.rows(missing)])

    def signer(self, id_: uuid.UUID, second: int, roles: frozenset[str]) -> Cert:
        """The verified certificate under which something was signed at ``second``.

        Raises:
            Untrusted: when there is none, or it did not count then, or its role may not sign this.
        """
        self.load([id_])
        cert = self._by_id.get(id_)
        if cert is None or not cert.good_at(second) or cert.role not in roles:
            raise Untrusted("what was signed has no certificate that counts")
        return cert

    # Recipients

    def users(self, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Cert]:
        """The certificates in force now, newest first in line; who has none is missing."""
        now = seconds()
        rows = Certificate.objects.filter(user__in=set(ids), ended_at=None, valid_from__lte=now, valid_to__gte=now)
        rows = rows.order_by("generation", "valid_from", "valid_to", "id")
        read = [cert_of(row) for row in rows.values_list(*_COLUMNS)]
        self._accept(read)
        return {cert.user: cert for cert in read if cert.id in self._by_id}

    def user(self, id_: uuid.UUID) -> Cert:
        """The certificate in force now of one user.

        Raises:
            Expired: when the last one's time is over.
            Untrusted: when there is none that holds.
        """
        cert = self.users([id_]).get(id_)
        if cert:
            return cert
        if Certificate.objects.filter(user=id_, ended_at=None, valid_to__lt=seconds()).exists():
            raise Expired("the certificate has expired; a coordinator can renew it")
        raise Untrusted("there is no certificate that holds")

    def groups(self, **lookups: Any) -> list[GroupCert]:
        """The newest key of each group that fits the lookups (on ``Group``), verified.

        Raises:
            Untrusted: when one of them was not signed by who may.
        """
        rows = GroupKey.objects.filter(**{f"group__{name}": value for name, value in lookups.items()})
        newest: dict[uuid.UUID, tuple[Any, ...]] = {}
        for row in rows.order_by("generation").values_list(
            "id", "group_id", "group__kind", "group__organisation", "generation", "box_public", "signer_id",
            "signed_at", "signature",
        ):  # fmt: skip
            newest[row[1]] = row
        self.load(row[6] for row in newest.values() if row[6])
        return [self._group(row) for row in newest.values()]

    def group(self, kind: str, organisation: uuid.UUID | None = None) -> GroupCert:
        """The newest verified key of one group.

        Raises:
            NotFounded: when there is no such group.
            Untrusted: when its key was not signed by who may.
        """
        found = self.groups(kind=kind, organisation=organisation)
        if not found:
            raise NotFounded(f"there is no group {kind}")
        return found[0]

    def _group(self, row: tuple[Any, ...]) -> GroupCert:
        id_, group, kind, organisation, generation, box, signer, signed_at, signature = row
        public = self.signer(signer, signed_at, REGISTRY_ROLES).sign if signer else fund_public()
        parts = group_parts(group, kind, organisation, generation, bytes(box))
        try:
            keys.verify(public, bytes(signature), "group key", *parts, signed_at, signer)
        except Tampered as error:
            raise Untrusted("a group's public key is not the one that was signed") from error
        return GroupCert(group, kind, organisation, generation, bytes(box), id_)

    # Verification

    def holds(self, cert: Cert) -> bool:
        """Whether enough signatures that count stand under a certificate now."""
        return _Chain(fund_public()).holds(cert)

    def _accept(self, certs: list[Cert]) -> None:
        unknown = [cert for cert in certs if cert.signed() not in _verified]
        if unknown:
            chain = _Chain(fund_public())
            for cert in unknown:
                if chain.holds(cert):
                    if len(_verified) >= _REMEMBERED:
                        _verified.clear()
                    _verified[cert.signed()] = True
        self._by_id.update((cert.id, cert) for cert in certs if cert.signed() in _verified)


def forget() -> None:
    """Verify anew whatever is met next."""
    _verified.clear()


class _Chain:
    """Follows endorsements down to the Fund's key; made anew for each verification that is not remembered."""

    def __init__(self, fund: bytes) -> None:
        self._fund = fund
        self._path: set[uuid.UUID] = set()

    def holds(self, cert: Cert) -> bool:
        """Whether enough signatures that count stand under it: two for a registry member, else one.

        The Fund's signature counts for two under a founding certificate, otherwise for one.
        """
        if cert.signed() in _verified:
            return True
        if cert.id in self._path or len(self._path) >= _DEPTH:
            return False
        self._path.add(cert.id)
        try:
            weights: dict[uuid.UUID | None, int] = {}
            for endorsement in Endorsement.objects.filter(certificate=cert.id):
                signer, weight = self._weigh(cert, endorsement)
                if weight:
                    weights[signer] = weight
            return sum(weights.values()) >= (2 if cert.role in REGISTRY_ROLES else 1)
        finally:
            self._path.discard(cert.id)

    def _weigh(self, cert: Cert, endorsement: Endorsement) -> tuple[uuid.UUID | None, int]:
        at, signature = endorsement.signed_at, bytes(endorsement.signature)
        signer = endorsement.signer_id
        try:
            if signer is None:
                keys.verify(self._fund, signature, "certificate", *cert.signed(), at, None)
                return None, FOUNDING_WEIGHT if cert.founding else 1
            row = Certificate.objects.filter(id=signer).values_list(*_COLUMNS).first()
            by = cert_of(row) if row else None
            if by is None or by.user == cert.user or by.role not in REGISTRY_ROLES:
                return None, 0
            if not by.good_at(at) or not self.holds(by):
                return None, 0
            keys.verify(by.sign, signature, "certificate", *cert.signed(), at, signer)
        except Tampered:
            return None, 0
        else:
            return by.user, 1
