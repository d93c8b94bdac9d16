"""Groups that hold a key pair together, generation by generation."""

import os
import uuid
from collections.abc import Iterable
from typing import Any

from gza.vault.circle import link_context, member_context
from gza.vault.crypto import keys
from gza.vault.crypto.encode import pack
from gza.vault.enums import REGISTRY_ROLES, GroupKind
from gza.vault.errors import NoGrant, NotFounded, TooFew, Untrusted
from gza.vault.models import FundShare, Group, GroupKey, GroupMember
from gza.vault.ring import Ring, ring_of
from gza.vault.trust import Cert, fund_public, group_parts, seconds

LEAST = 2


def make_group(kind: str, *, organisation: uuid.UUID | None = None, members: Iterable[uuid.UUID], by: Any) -> Group:
    """A group with its first key pair, sealed to each member.

    Raises:
        TooFew: for fewer than two members.
        Untrusted: when a member has no certificate that holds, or ``by`` may not sign group keys.
    """
    ring = ring_of(by)
    certs = _certs(ring, kind, members)
    group = Group.objects.create(kind=kind, organisation=organisation)
    ring.require_registry()
    _make_key(group, certs, by=ring)
    return group


def new_generation(
    kind: str,
    *,
    organisation: uuid.UUID | None = None,
    members: Iterable[uuid.UUID] | None = None,
    without: Iterable[uuid.UUID] = (),
    by: Any,
) -> GroupKey:
    """A new key pair for a group, sealed to ``members`` (default: those of now, but ``without``).

    The pair before is wrapped by the new one when ``by`` holds it, so that what was sealed to it opens until it is
    re-sealed (``jobs.reseal``); boxes to members of the pair before are deleted.

    Raises:
        NotFounded: when there is no such group.
        TooFew: for fewer than two members.
        Untrusted: when a member has no certificate that holds, or ``by`` may not sign group keys.
    """
    ring = ring_of(by)
    ring.require_registry()
    if ring.person in set(without):
        raise Untrusted("another person makes the key that this one shall not know")
    group = Group.objects.filter(kind=kind, organisation=organisation).first()
    if group is None:
        raise NotFounded(f"there is no group {kind}")
    last = group.keys.select_for_update().order_by("-generation")[0]
    if members is None:
        # Whose certificate is over falls out: a leaving is never held up by somebody else's renewal.
        members = ring.trust.users(last.members.values_list("user", flat=True))
    certs = _certs(ring, kind, set(members) - set(without))
    old = ring.circle.secret(group.id, last.generation)
    made = _make_key(group, certs, by=ring, old=old)
    GroupMember.objects.filter(key__group=group, key__generation__lt=made.generation).delete()
    return made


def add_member(kind: str, user: uuid.UUID, *, organisation: uuid.UUID | None = None, by: Any) -> None:
    """Seal the present group key to one more person (or to a person's new keys).

    Raises:
        NoGrant: when ``by`` does not hold the group's key.
        Untrusted: when the person has no certificate that holds.
    """
    ring = ring_of(by)
    target = ring.trust.group(kind, organisation)
    secret = ring.circle.secret(target.group, target.generation)
    if secret is None:
        raise NoGrant("only a member can add a member")
    (cert,) = _certs(ring, kind, [user], least=1)
    GroupMember.objects.filter(key=target.row, user=user).delete()
    _seal_to([cert], GroupKey.objects.get(id=target.row), secret)


def leave_groups(user: uuid.UUID, *, by: Any) -> list[Group]:
    """New generations of every group a person is in, without them; gives the groups whose grants wait for ``reseal``.

    A group that would fall under two people keeps its generation and loses the member's box: the alarm tells of it, the
    leaving is never held up.
    """
    changed = []
    for member in GroupMember.objects.filter(user=user).select_related("key__group"):
        group = member.key.group
        member.delete()
        try:
            new_generation(group.kind, organisation=group.organisation, without=[user], by=by)
        except TooFew:
            continue
        changed.append(group)
    FundShare.objects.filter(user=user).delete()
    return changed


def share_fund_key(user: uuid.UUID, *, by: Any) -> None:
    """Seal the Fund's signing key, which ``by`` holds, to a further director.

    Raises:
        NoGrant: when ``by`` does not hold it.
        Untrusted: when the person is no certified director.
    """
    ring = ring_of(by)
    seal_fund_key(ring.trust.user(user), fund_seed(ring))


def fund_context(user: uuid.UUID, generation: int) -> bytes:
    """What the Fund's key is bound to in a director's box."""
    return pack("gza fund key", user, generation)


def seal_fund_key(cert: Cert, seed: bytes) -> None:
    """Box the Fund's signing key to a certified director.

    Raises:
        Untrusted: when the certificate is of another role.
    """
    if cert.role != "director":
        raise Untrusted("the Fund's key is held by directors")
    blob = keys.Sender().seal(cert.box, seed, fund_context(cert.user, cert.generation))
    values = {"generation": cert.generation, "blob": blob}
    FundShare.objects.update_or_create(user=cert.user, defaults=values)


def fund_seed(ring: Ring) -> bytes:
    """The Fund's signing key, as a director's ring opens it.

    Raises:
        NoGrant: when the person holds none.
        Untrusted: when what is held is not the pinned key's.
    """
    share = FundShare.objects.filter(user=ring.person, generation=ring.opened.generation).first()
    if share is None:
        raise NoGrant("only a director holds the Fund's key")
    seed = ring.circle.own.open(bytes(share.blob), fund_context(ring.person, share.generation))
    if keys.sign_public(seed) != fund_public():
        raise Untrusted("the Fund's key is not the pinned one")
    return seed


def _certs(ring: Ring, kind: str, members: Iterable[uuid.UUID], least: int = LEAST) -> list[Cert]:
    wanted = set(members)
    if len(wanted) < least:
        raise TooFew("at least two people hold a group's key")
    found = ring.trust.users(wanted)
    if wanted - found.keys():
        raise Untrusted("a member has no certificate that holds")
    if kind == GroupKind.REGISTRY and any(cert.role not in REGISTRY_ROLES for cert in found.values()):
        raise Untrusted("the registry is held by coordinators and directors")
    return list(found.values())


def _make_key(
    group: Group,
    certs: list[Cert],
    *,
    by: Ring | keys.Signer,
    old: bytes | None = None,
    secret: bytes | None = None,
) -> GroupKey:
    generation, at = group.keys.count() + 1, seconds()
    secret = os.urandom(32) if secret is None else secret
    public = keys.box_public(secret)
    signer = by.certificate.id if isinstance(by, Ring) else None
    parts = group_parts(group.id, group.kind, group.organisation, generation, public)
    row = GroupKey.objects.create(
        group=group,
        generation=generation,
        box_public=public,
        link=keys.Sender().seal(public, old, link_context(group.id, generation)) if old else None,
        signer_id=signer,
        signed_at=at,
        signature=by.sign("group key", *parts, at, signer),
    )
    _seal_to(certs, row, secret)
    if isinstance(by, Ring) and by.person in {cert.user for cert in certs}:
        by.circle.add(group.id, generation, secret)
    return row


def _seal_to(certs: list[Cert], key: GroupKey, secret: bytes) -> None:
    sender = keys.Sender()
    members = []
    for cert in certs:
        context = member_context(key.group_id, key.generation, cert.user, cert.generation)
        blob = sender.seal(cert.box, secret, context)
        members.append(GroupMember(key=key, user=cert.user, generation=cert.generation, blob=blob))
    GroupMember.objects.bulk_create(members)


def found_group(kind: str, certs: list[Cert], fund: keys.Signer, *, secret: bytes | None = None) -> GroupKey:
    """A group's first key, or the recovery key's next generation, signed by the Fund's key."""
    group, _ = Group.objects.get_or_create(kind=kind, organisation=None)
    return _make_key(group, certs, by=fund, secret=secret)
