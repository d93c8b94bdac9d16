"""Keys of one case: opened, granted, rotated, closed to somebody."""

import os
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from gza.vault.casekeys import CaseKeys, links_of
from gza.vault.enums import PROFILE, SECTIONS, WHOLE, Grantee, GroupKind, Via
from gza.vault.errors import Barred, NoGrant, NotFounded, StaleEpoch, Untrusted
from gza.vault.grants import Granter, Target
from gza.vault.models import Bar, CaseKey, Grant, GroupMember
from gza.vault.ring import Ring, ring_of
from gza.vault.shred import keystore


@dataclass
class Rotation:
    """What a new epoch came to: its number, and holders who lost their grant because no certificate of theirs holds."""

    epoch: int
    lost: list[uuid.UUID] = field(default_factory=list)


def standing(ring: Ring) -> list[tuple[Target, str]]:
    """To whom every new case is sealed beside its workers: registry, recovery, and of the profile the statistics group.

    Raises:
        NotFounded: before the key ceremony.
    """
    kinds = [GroupKind.REGISTRY.value, GroupKind.RECOVERY.value, GroupKind.STATISTICS.value]
    found = {cert.kind: cert for cert in ring.trust.groups(kind__in=kinds)}
    if GroupKind.REGISTRY.value not in found or GroupKind.RECOVERY.value not in found:
        raise NotFounded("the registry and recovery keys are not there: gza setup")
    return [
        (Target.of(found[kind]), PROFILE if kind == GroupKind.STATISTICS else WHOLE) for kind in kinds if kind in found
    ]


def targets_of(ring: Ring, users: Iterable[uuid.UUID]) -> dict[uuid.UUID, Target]:
    """Verified public keys of people.

    Raises:
        Untrusted, Expired: when one of them has no certificate that holds.
    """
    wanted = set(users)
    found = ring.trust.users(wanted)
    for missing in wanted - found.keys():
        ring.trust.user(missing)
    return {user: Target.of(cert) for user, cert in found.items()}


def grants_of(granter: Granter, opened: CaseKeys, to: Iterable[tuple[Target, str]]) -> list[Grant]:
    """Unsaved grants of a case's key, each as wide as its section says."""
    return [granter.make(opened, section, target) for target, section in to]


def open_case(case_id: uuid.UUID, *, holders: Iterable[uuid.UUID], by: Any) -> CaseKeys:
    """Epoch 1 of a new case, sealed to the registry, the recovery key, the statistics group (profile) and ``holders``.

    Args:
        case_id: the new case.
        holders: users designated to it; may be empty.
        by: who opens it; needs no grant, and keeps none unless a holder or registry member.

    Raises:
        Untrusted, Expired: when a holder's certificate, or that of ``by``, does not hold.
        NotFounded: before the key ceremony.
    """
    ring = ring_of(by)
    to = standing(ring) + [(target, WHOLE) for target in targets_of(ring, holders).values()]
    shred = keystore().make([case_id])[case_id]
    opened = CaseKeys(case_id, 1, shred, {WHOLE: os.urandom(32)}, current=True)
    CaseKey.objects.create(case=case_id, epoch=1)
    Grant.objects.bulk_create(grants_of(ring.granter(), opened, to))
    ring.adopt(opened)
    return opened


def grant(case_id: uuid.UUID, user_id: uuid.UUID, *, sections: Collection[str] | None = None, by: Any) -> None:
    """Seal the case's present key, or those of some sections, to a user. A wider grant replaces narrower ones.

    Raises:
        Barred: when the person is shut out of the case.
        NoGrant, StaleEpoch: when ``by`` cannot open what is to be granted.
        Untrusted, Expired: when a certificate does not hold.
    """
    ring = ring_of(by)
    if Bar.objects.filter(case=case_id, user=user_id).exists():
        raise Barred("the person is shut out of this case")
    _give(ring, case_id, targets_of(ring, [user_id])[user_id], sections)


def grant_group(
    case_id: uuid.UUID,
    kind: str,
    *,
    organisation: uuid.UUID | None = None,
    sections: Collection[str] | None = None,
    by: Any,
) -> None:
    """Seal the case's present key, or those of some sections, to a group such as the complaints desk.

    Raises:
        NoGrant, StaleEpoch: when ``by`` cannot open what is to be granted.
        NotFounded, Untrusted: when the group's key does not hold.
    """
    ring = ring_of(by)
    _give(ring, case_id, Target.of(ring.trust.group(kind, organisation)), sections)


def _give(ring: Ring, case: uuid.UUID, target: Target, sections: Collection[str] | None) -> None:
    opened = ring.case(case, fresh=True)
    wanted = [WHOLE] if sections is None else sorted(sections)
    if any(name not in (WHOLE, *SECTIONS) for name in wanted):
        raise ValueError("there is no such section")
    _locked(case, opened)
    granter = ring.granter()
    made = [granter.make(opened, name, target) for name in wanted]
    standing_ = Grant.objects.filter(case=case, grantee=target.id)
    if sections is None:
        standing_.delete()
    elif standing_.filter(section=WHOLE, generation=target.generation, epoch=opened.epoch).exists():
        return
    else:
        standing_.filter(section__in=wanted).delete()
    Grant.objects.bulk_create(made)


def rotate(
    case_id: uuid.UUID,
    *,
    without: Collection[uuid.UUID] = (),
    registry: bool | None = None,
    by: Any,
) -> Rotation:
    """A new epoch, sealed to everybody who held the one before but ``without``; it wraps the one before.

    Args:
        case_id: the case.
        without: users who hold nothing from now on.
        registry: True to seal to the registry group, False to its members singly, None to leave it.
        by: a holder of the whole case.

    Raises:
        NoGrant, StaleEpoch: when ``by`` does not hold the whole case.
    """
    ring = ring_of(by)
    before = ring.case(case_id, fresh=True)
    if not before.whole:
        raise NoGrant("only who holds the whole case can change its key")
    row = _locked(case_id, before)
    row.registry = row.registry if registry is None else registry
    to, lost = _heirs(ring, case_id, set(without), row.registry)
    old, new, epoch = before.granted[WHOLE], os.urandom(32), before.epoch + 1
    links = links_of(new, old, case_id, epoch)
    CaseKey.objects.filter(id=row.id).update(current=False)
    CaseKey.objects.create(case=case_id, epoch=epoch, registry=row.registry, links=links)
    Grant.objects.filter(case=case_id).delete()
    known = {**before.links, epoch: links}
    opened = CaseKeys(case_id, epoch, before.shred, {WHOLE: new}, links=known, current=True)
    granter = ring.granter()
    Grant.objects.bulk_create(granter.make(opened, section, target, via) for target, section, via in to)
    ring.adopt(opened)
    return Rotation(epoch, lost)


def _locked(case: uuid.UUID, opened: CaseKeys) -> CaseKey:
    """The case's present epoch, locked until the act ends, so that no two people change it at once."""
    row = CaseKey.objects.select_for_update().get(case=case, current=True)
    if row.epoch != opened.epoch:
        raise StaleEpoch("somebody has just changed the key of this case")
    return row


def _heirs(
    ring: Ring, case: uuid.UUID, without: set[uuid.UUID], registry: bool
) -> tuple[list[tuple[Target, str, str]], list[uuid.UUID]]:
    held = list(Grant.objects.filter(case=case).values_list("kind", "grantee", "section", "via"))
    barred = without | set(Bar.objects.filter(case=case).values_list("user", flat=True))
    registry_cert = ring.trust.group(GroupKind.REGISTRY.value)
    users = {
        (grantee, section): Via.WORK.value
        for kind, grantee, section, via in held
        if kind == Grantee.USER and via == Via.WORK and grantee not in barred
    }
    if not registry:
        members = GroupMember.objects.filter(key=registry_cert.row).values_list("user", flat=True)
        for member in set(members) - barred:
            users.setdefault((member, WHOLE), Via.REGISTRY.value)
    found = {user: Target.of(cert) for user, cert in ring.trust.users({key[0] for key in users}).items()}
    to = [(found[user], section, via) for (user, section), via in users.items() if user in found]
    lost = sorted({user for user, _ in users if user not in found})
    groups = {(grantee, section) for kind, grantee, section, _ in held if kind == Grantee.GROUP}
    groups.discard((registry_cert.group, WHOLE))
    if registry:
        groups.add((registry_cert.group, WHOLE))
    certs = {cert.group: cert for cert in ring.trust.groups(id__in={group for group, _ in groups})}
    to += [(Target.of(certs[group]), section, Via.WORK.value) for group, section in sorted(groups)]
    return to, lost


def revoke(case_id: uuid.UUID, user_id: uuid.UUID, *, by: Any) -> Rotation:
    """A new epoch that this user does not hold. A registry member still holds it through the group: see ``shut_out``.

    Raises:
        NoGrant, StaleEpoch: when ``by`` does not hold the whole case.
    """
    return rotate(case_id, without={user_id}, by=by)


def shut_out(case_id: uuid.UUID, user_id: uuid.UUID, *, by: Any) -> Rotation:
    """Shut a person out (G4): a new epoch, sealed to the other registry members singly; no later grant reaches them.

    Raises:
        Untrusted: when somebody shuts themselves out; another holder has to, for the new key must be unknown to them.
        NoGrant, StaleEpoch: when ``by`` does not hold the whole case.
    """
    ring = ring_of(by)
    if ring.person == user_id:
        raise Untrusted("another holder makes the key that this person shall not know")
    Bar.objects.get_or_create(case=case_id, user=user_id)
    return rotate(case_id, without={user_id}, registry=False, by=ring)


def reopen_to_registry(case_id: uuid.UUID, *, by: Any) -> Rotation:
    """The conflict of interest is over: bars are lifted and a new epoch is sealed to the registry group again.

    Raises:
        NoGrant, StaleEpoch: when ``by`` does not hold the whole case.
    """
    Bar.objects.filter(case=case_id).delete()
    return rotate(case_id, registry=True, by=by)
