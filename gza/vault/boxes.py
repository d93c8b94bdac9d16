"""Texts of a group that belong to no case (counts, not people): sealed to the group's key, signed by who sealed them.

``put``, ``reseal`` and ``remove`` are steps: they run inside a caller's act and write no event.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from .crypto import keys
from .crypto.encode import Part, pack
from .errors import NoGrant, NotFounded
from .models import GroupBox, GroupKey
from .ring import Ring, ring_of
from .trust import GroupCert, seconds

SEALING_ROLES = frozenset({"statistics", "coordinator", "director"})


def _context(label: str, subject: uuid.UUID, group: uuid.UUID, generation: int) -> bytes:
    return pack("gza group box", label, subject, group, generation)


def _parts(row: GroupBox, context: bytes) -> tuple[Part, ...]:
    return context, bytes(row.blob), row.signed_at, row.signer_id


def put(kind: str, label: str, subject: uuid.UUID, text: bytes, *, by: Any) -> GroupBox:
    """Seal a text to a group's newest key; what stood under the same label and subject is replaced.

    Args:
        kind: the group's kind.
        label: what the text is, frozen.
        subject: the row it belongs to.
        text: the text.
        by: who seals it; signs it.

    Raises:
        Locked: when the ring is locked.
        NotFounded, Untrusted: when the group's key, or the certificate of ``by``, does not hold.
    """
    ring = ring_of(by)
    group = ring.trust.group(kind)
    row = GroupBox.objects.filter(label=label, subject=subject).first() or GroupBox(label=label, subject=subject)
    _seal(row, text, group, ring)
    return row


def _seal(row: GroupBox, text: bytes, group: GroupCert, ring: Ring) -> None:
    context = _context(row.label, row.subject, group.group, group.generation)
    row.recipient_id = group.row
    row.blob = keys.Sender().seal(group.box, text, context)
    row.signer_id, row.signed_at = ring.certificate.id, seconds()
    row.signature = ring.sign("group box", *_parts(row, context))
    row.save()


def read(label: str, subject: uuid.UUID, ring: Any) -> bytes:
    """A text of a group this person is a member of.

    Raises:
        NotFounded: when there is none.
        Locked: when the ring is locked.
        NoGrant: when this person is not a member.
        Tampered, Untrusted: when it is not what a certified officer sealed.
    """
    found = read_many(label, [subject], ring)
    if subject not in found:
        raise NotFounded(f"there is no {label}")
    return found[subject]


def read_many(label: str, subjects: Iterable[uuid.UUID], ring: Any) -> dict[uuid.UUID, bytes]:
    """The texts of one label by subject, in a constant number of queries; what is not there is left out.

    Raises:
        Locked, NoGrant, Tampered, Untrusted: as ``read``.
    """
    found = ring_of(ring)
    rows = list(GroupBox.objects.filter(label=label, subject__in=list(subjects)).select_related("recipient"))
    found.trust.load({row.signer_id for row in rows})
    return {row.subject: _open(row, found) for row in rows}


def _open(row: GroupBox, ring: Ring) -> bytes:
    key = row.recipient
    opener = ring.circle.opener(key.group_id, key.generation)
    if opener is None:
        raise NoGrant("only a member of the group opens this")
    context = _context(row.label, row.subject, key.group_id, key.generation)
    signer = ring.trust.signer(row.signer_id, row.signed_at, SEALING_ROLES)
    keys.verify(signer.sign, bytes(row.signature), "group box", *_parts(row, context))
    return opener.open(bytes(row.blob), context)


def remove(label: str, subject: uuid.UUID) -> None:
    """Take a text away that is no longer needed."""
    GroupBox.objects.filter(label=label, subject=subject).delete()


def waiting(kind: str) -> QuerySet[GroupBox]:
    """Boxes sealed to an earlier generation of a group (``jobs.reseal``)."""
    newest = GroupKey.objects.filter(group__kind=kind, group__organisation=None).order_by("-generation").first()
    if newest is None:
        return GroupBox.objects.none()
    rows = GroupBox.objects.filter(recipient__group=newest.group_id, recipient__generation__lt=newest.generation)
    return rows.select_related("recipient").order_by("id")


def reseal(rows: Iterable[GroupBox], kind: str, *, by: Any) -> None:
    """Seal boxes to the group's newest key, in the name of ``by``, a member.

    Raises:
        Locked, NoGrant, Tampered, Untrusted: as ``read`` and ``put``.
    """
    ring = ring_of(by)
    group = ring.trust.group(kind)
    for row in rows:
        _seal(row, _open(row, ring), group, ring)
