"""The key ceremony: the Fund's signing key, the groups, the custodians' shares, the first coordinator and director."""

import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gza.core import material

from .crypto import keys, recovery
from .enums import REGISTRY_ROLES, GroupKind
from .errors import BadShare, TooFew, VaultError
from .models import Certificate, Fund, GroupKey, RecoveryPair
from .ring import Ring
from .steps.groups import found_group, seal_fund_key
from .steps.people import CERTIFICATE_DAYS, make_keys, new_certificate, sign_certificate
from .trust import cert_of_row, forget, fund_public

_ESCROW = 1
_SECRETS = ("recovery", "server", "index", "fund")
_GROUPS = (GroupKind.REGISTRY, GroupKind.STATISTICS, GroupKind.COMPLAINTS, GroupKind.MONITOR)


@dataclass(frozen=True)
class Founder:
    """One of the first people: the account's id, its role, and the key their password gave."""

    user: uuid.UUID
    role: str
    wrapping: bytes = field(repr=False)


@dataclass(frozen=True)
class Founded:
    """What the ceremony gave. ``shares`` are printed once, one a custodian, and kept nowhere."""

    fund_public: str
    fingerprint: str
    shares: tuple[str, ...] = field(repr=False)
    rings: Mapping[uuid.UUID, Ring] = field(repr=False)


@dataclass(frozen=True)
class Recovered:
    """What two custodians opened together."""

    recovery: bytes = field(repr=False)
    server: bytes = field(repr=False)
    index: bytes = field(repr=False)
    fund: bytes = field(repr=False)


def found(founders: Sequence[Founder]) -> Founded:
    """Hold the ceremony, inside the caller's act. The key files ``server`` and ``index`` stand already.

    Args:
        founders: at least one coordinator and one director; all become registry members.

    Raises:
        VaultError: when it was held before.
        TooFew: without a coordinator and a director.
    """
    if Fund.objects.exists():
        raise VaultError("the key ceremony has taken place already")
    if {"coordinator", "director"} - {founder.role for founder in founders}:
        raise TooFew("a coordinator and a director are there at the founding")
    seed = os.urandom(32)
    fund = keys.Signer(seed)
    Fund.objects.create(sign_public=fund.public)
    forget()
    rings, certs = {}, []
    for founder in founders:
        opened = make_keys(founder.user, founder.wrapping)
        row = new_certificate(founder.user, role=founder.role, organisation=None, days=CERTIFICATE_DAYS, founding=True)
        cert = cert_of_row(row)
        sign_certificate(cert, signer=None, with_=fund)
        rings[founder.user] = Ring(founder.user, opened)
        certs.append(cert)
        if founder.role == "director":
            seal_fund_key(cert, seed)
    holders = [cert for cert in certs if cert.role in REGISTRY_ROLES]
    for kind in _GROUPS:
        found_group(kind.value, holders, fund)
    shares = make_recovery(seed)
    return Founded(fund.public.hex(), keys.fingerprint("fund", fund.public), shares, rings)


def make_recovery(fund_seed: bytes) -> tuple[str, ...]:
    """A recovery key with three new shares; the secrets are escrowed anew and earlier shares open nothing any more.

    Grants sealed to the recovery key before wait for ``jobs.reseal``.
    """
    fund, secret = keys.Signer(fund_seed), os.urandom(32)
    key = found_group(GroupKind.RECOVERY.value, [], fund, secret=secret)
    shares = recovery.make()
    payload = bytes([_ESCROW]) + secret + material.key("server") + material.key("index") + fund_seed
    boxes = recovery.seal(payload, [share.public for share in shares])
    RecoveryPair.objects.exclude(key=key).delete()
    RecoveryPair.objects.bulk_create(
        RecoveryPair(key=key, first=first, second=second, blob=blob) for (first, second), blob in boxes.items()
    )
    return tuple(share.text() for share in shares)


def recover(shares: Sequence[str]) -> Recovered:
    """What any two of the three custodians' shares open.

    Raises:
        BadShare: when they are mistyped, too few, or of another founding.
    """
    boxes = {(pair.first, pair.second): bytes(pair.blob) for pair in RecoveryPair.objects.all()}
    payload = recovery.unseal(boxes, [recovery.read(text) for text in shares])
    size = material.SIZE
    if len(payload) != 1 + size * len(_SECRETS) or payload[0] != _ESCROW:
        raise BadShare("the escrow is of an unknown version")
    parts = [payload[1 + size * place : 1 + size * (place + 1)] for place in range(len(_SECRETS))]
    recovered = Recovered(**dict(zip(_SECRETS, parts, strict=True)))
    if keys.sign_public(recovered.fund) != fund_public():
        raise BadShare("the shares are of another founding")
    return recovered


def with_recovery(ring: Ring, recovered: Recovered) -> Ring:
    """Let a ring open every case by the recovery key too, to grant the cases again to people.

    Raises:
        BadShare: when the recovery key is not the present one.
    """
    key = GroupKey.objects.filter(group__kind=GroupKind.RECOVERY).order_by("-generation")[0]
    if keys.box_public(recovered.recovery) != bytes(key.box_public):
        raise BadShare("the shares are of an earlier recovery key")
    ring.circle.add(key.group_id, key.generation, recovered.recovery)
    return ring


def certify_by_fund(
    user: uuid.UUID,
    *,
    role: str,
    organisation: uuid.UUID | None = None,
    fund_seed: bytes,
    days: int = CERTIFICATE_DAYS,
) -> Certificate:
    """Certify somebody with the Fund's own key: after a total loss, when no coordinator or director is left to sign.

    The certificate is marked as a founding one, which ``gza doctor`` shows.
    """
    row = new_certificate(user, role=role, organisation=organisation, days=days, founding=True)
    sign_certificate(cert_of_row(row), signer=None, with_=keys.Signer(fund_seed))
    return row
