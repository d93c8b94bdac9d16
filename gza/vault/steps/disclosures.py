"""What a provider is told of a case: a packet of its own, under a key of its own, until a day."""

import datetime as dt
import json
import os
import uuid
from typing import Any

from gza.core import clock
from gza.core.ids import uuid7
from gza.vault.casekeys import CaseKeys
from gza.vault.crypto import aead, keys
from gza.vault.crypto.encode import Part, pack
from gza.vault.crypto.hkdf import derive
from gza.vault.enums import GRANTING_ROLES, NARRATIVE, GroupKind
from gza.vault.errors import Erased, NoGrant
from gza.vault.models import Disclosure
from gza.vault.ring import Ring, ring_of
from gza.vault.shred import keystore
from gza.vault.trust import GroupCert, seconds


def packet_context(id_: uuid.UUID, case: uuid.UUID, organisation: uuid.UUID) -> bytes:
    """What packet and key of a disclosure are bound to."""
    return pack("gza disclosure", id_, case, organisation)


def packet_key(key: bytes, shred: bytes, id_: uuid.UUID) -> bytes:
    """The key that seals the packet: nothing without the case's shred secret."""
    return derive(key, "gza packet 1", id_, salt=shred)


def reply_context(row: Disclosure, label: str, subject: uuid.UUID) -> bytes:
    """What a reply is bound to: the disclosure it answers, what kind of text it is, and the row it stands in."""
    return pack("gza reply", row.id, row.case, row.organisation, label, subject)


def reply_key(key: bytes, shred: bytes, id_: uuid.UUID) -> bytes:
    """The key that seals what a provider writes back: apart from the packet's, and nothing without the shred secret."""
    return derive(key, "gza reply 1", id_, salt=shred)


def signed_parts(row: Disclosure, public: bytes) -> tuple[Part, ...]:
    """What the discloser signs."""
    packet, blob = bytes(row.packet or b""), bytes(row.blob or b"")
    about = row.id, row.case, row.organisation, row.epoch, row.until.isoformat()
    return *about, public, packet, blob, row.signed_at, row.signer_id


def disclose(
    case_id: uuid.UUID, organisation_id: uuid.UUID, packet: dict[str, Any], until: dt.date, *, by: Any
) -> Disclosure:
    """Seal a packet to a provider's group key. The case's holders can read what was disclosed.

    Args:
        case_id: the case.
        organisation_id: the provider.
        packet: what it shall know, JSON-ready; the least that serves.
        until: the last day on which it opens.
        by: a holder of the case's narrative.

    Raises:
        NoGrant, StaleEpoch: when ``by`` does not hold the case.
        NotFounded, Untrusted: when the provider's key does not hold.
    """
    ring = ring_of(by)
    opened = ring.case(case_id, fresh=True)
    row, _key = packed(opened, ring.trust.group(GroupKind.PROVIDER.value, organisation_id), packet, until, ring=ring)
    row.save(force_insert=True)
    return row


def packed(
    opened: CaseKeys, group: GroupCert, packet: dict[str, Any], until: dt.date, *, ring: Ring
) -> tuple[Disclosure, bytes]:
    """The row of a disclosure to a provider's group, not saved, and its key.

    Args:
        opened: the case's keys.
        group: the provider's verified group key.
        packet: what it shall know, JSON-ready.
        until: the last day on which it opens.
        ring: who discloses.

    Raises:
        NoGrant: when ``opened`` does not reach to the narrative.
        Untrusted: when this role hands out no keys.
    """
    organisation_id = group.organisation
    if organisation_id is None:
        raise TypeError("this group is no provider's")
    id_, key = uuid7(), os.urandom(32)
    context = packet_context(id_, opened.case, organisation_id)
    text = json.dumps(packet, ensure_ascii=False, sort_keys=True).encode()
    row = Disclosure(
        id=id_, case=opened.case, organisation=organisation_id, recipient_id=group.row, epoch=opened.epoch,
        packet=aead.seal(packet_key(key, opened.shred, id_), text, context),
        blob=keys.Sender().seal(group.box, key, context),
        kept=aead.seal(opened.key(NARRATIVE), key, context, epoch=opened.epoch),
        until=until,
    )  # fmt: skip
    _sign(row, group.box, ring)
    return row, key


def kept_key(row: Disclosure, ring: Ring) -> bytes:
    """The key of a packet as the case's holders keep it.

    Raises:
        NoGrant, Tampered: when this person does not hold the case, or the row was changed.
    """
    kept = bytes(row.kept or b"")
    context = packet_context(row.id, row.case, row.organisation)
    return aead.unseal(ring.key(row.case, NARRATIVE, aead.epoch_of(kept)), kept, context)


def reply(disclosure_id: uuid.UUID, text: str, *, label: str, subject: uuid.UUID, by: Any) -> bytes:
    """Seal what a provider writes back under its disclosure's key, so that the case's holders can open it.

    Args:
        disclosure_id: what the provider was told.
        text: what it writes.
        label: the frozen name of the text, such as ``plans.request.reply``.
        subject: the row the text will stand in.
        by: a member of the provider's group, while the disclosure lasts; or a holder of the case.

    Raises:
        Locked, NoGrant, Erased, Tampered, Untrusted: as ``queries.open_disclosure``.
    """
    row = Disclosure.objects.filter(id=disclosure_id).first()
    if row is None:
        raise NoGrant("there is no such disclosure")
    return replied(row, *disclosed_key(row, ring_of(by)), text, label=label, subject=subject)


def replied(row: Disclosure, key: bytes, shred: bytes, text: str, *, label: str, subject: uuid.UUID) -> bytes:
    """A reply sealed under the opened key of its disclosure; see ``reply``."""
    return aead.seal(reply_key(key, shred, row.id), text.encode(), reply_context(row, label, subject))


def extend(disclosure_id: uuid.UUID, until: dt.date, *, by: Any) -> None:
    """Let a disclosure open until another day, in the name of ``by``, who holds the case; an ended one opens again.

    Raises:
        NoGrant, Tampered, Untrusted, NotFounded: when one of the keys cannot be had.
    """
    row = Disclosure.objects.filter(id=disclosure_id).select_for_update().first()
    if row is None or row.packet is None:
        raise NoGrant("there is no such disclosure")
    row.until, row.ended_at = until, None
    readdress(row, by=by)


def disclosed_key(row: Disclosure, ring: Ring) -> tuple[bytes, bytes]:
    """The key of a disclosure and the case's shred secret: the provider's while it lasts, the case's holders' always.

    Raises:
        Locked, NoGrant, Erased: when this person holds neither, or it has ended.
        Tampered, Untrusted: when it is not what the discloser signed.
    """
    shred = keystore().read([row.case]).get(row.case)
    if shred is None:
        raise Erased("the case was erased")
    recipient = row.recipient
    if row.blob is not None:
        signer = ring.trust.signer(row.signer_id, row.signed_at, GRANTING_ROLES)
        keys.verify(signer.sign, bytes(row.signature), "disclosure", *signed_parts(row, bytes(recipient.box_public)))
    opener = ring.circle.opener(recipient.group_id, recipient.generation)
    if opener is None:
        return kept_key(row, ring), shred
    if row.ended_at is not None or row.blob is None or row.until < clock.today():
        raise NoGrant("the disclosure has ended")
    return opener.open(bytes(row.blob), packet_context(row.id, row.case, row.organisation)), shred


def readdress(row: Disclosure, *, by: Any) -> None:
    """Seal a disclosure in force to the newest key of its provider, in the name of ``by``, who holds the case.

    Raises:
        NoGrant, Tampered, Untrusted: when one of the keys cannot be had.
    """
    ring = ring_of(by)
    group = ring.trust.group(GroupKind.PROVIDER.value, row.organisation)
    context = packet_context(row.id, row.case, row.organisation)
    row.blob = keys.Sender().seal(group.box, kept_key(row, ring), context)
    row.recipient_id = group.row
    _sign(row, group.box, ring)
    row.save()


def _sign(row: Disclosure, public: bytes, ring: Ring) -> None:
    ring.granter()  # refuses a role that may not hand out keys
    row.signer_id, row.signed_at = ring.certificate.id, seconds()
    row.signature = ring.sign("disclosure", *signed_parts(row, public))


def end_disclosure(disclosure_id: uuid.UUID) -> None:
    """End a disclosure before its day: the provider's copy of the key is deleted.

    The packet stays for the case's holders alone, who can say what was told, and open what was written back.
    """
    _end(Disclosure.objects.filter(id=disclosure_id, ended_at=None))


def end_due_disclosures() -> int:
    """End every disclosure whose last day has passed; for the timer, which holds no key. Says how many."""
    return _end(Disclosure.objects.filter(until__lt=clock.today(), ended_at=None))


def _end(rows: Any) -> int:
    return int(rows.update(blob=None, ended_at=clock.now()))
