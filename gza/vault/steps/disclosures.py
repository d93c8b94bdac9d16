"""What a provider is told of a case: a packet of its own, under a key of its own, until a day."""

import datetime as dt
import json
import os
import uuid
from typing import Any

from gza.core import clock
from gza.core.ids import uuid7
from gza.vault.crypto import aead, keys
from gza.vault.crypto.encode import Part, pack
from gza.vault.crypto.hkdf import derive
from gza.vault.enums import NARRATIVE, GroupKind
from gza.vault.models import Disclosure
from gza.vault.ring import Ring, ring_of
from gza.vault.trust import GroupCert, seconds


def packet_context(id_: uuid.UUID, case: uuid.UUID, organisation: uuid.UUID) -> bytes:
    """What packet and key of a disclosure are bound to."""
    return pack("gza disclosure", id_, case, organisation)


def packet_key(key: bytes, shred: bytes, id_: uuid.UUID) -> bytes:
    """The key that seals the packet: nothing without the case's shred secret."""
    return derive(key, "gza packet 1", id_, salt=shred)


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
    group: GroupCert = ring.trust.group(GroupKind.PROVIDER.value, organisation_id)
    id_, key = uuid7(), os.urandom(32)
    context = packet_context(id_, case_id, organisation_id)
    text = json.dumps(packet, ensure_ascii=False, sort_keys=True).encode()
    row = Disclosure(
        id=id_, case=case_id, organisation=organisation_id, recipient_id=group.row, epoch=opened.epoch,
        packet=aead.seal(packet_key(key, opened.shred, id_), text, context),
        blob=keys.Sender().seal(group.box, key, context),
        kept=aead.seal(opened.key(NARRATIVE), key, context, epoch=opened.epoch),
        until=until,
    )  # fmt: skip
    _sign(row, group.box, ring)
    row.save(force_insert=True)
    return row


def kept_key(row: Disclosure, ring: Ring) -> bytes:
    """The key of a packet as the case's holders keep it.

    Raises:
        NoGrant, Tampered: when this person does not hold the case, or the row was changed.
    """
    kept = bytes(row.kept or b"")
    context = packet_context(row.id, row.case, row.organisation)
    return aead.unseal(ring.key(row.case, NARRATIVE, aead.epoch_of(kept)), kept, context)


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
    """End a disclosure before its day: the provider's copy of the key and the packet are deleted."""
    _end(Disclosure.objects.filter(id=disclosure_id, ended_at=None))


def end_due_disclosures() -> int:
    """End every disclosure whose last day has passed; for the timer, which holds no key. Says how many."""
    return _end(Disclosure.objects.filter(until__lt=clock.today(), ended_at=None))


def _end(rows: Any) -> int:
    return int(rows.update(packet=None, blob=None, kept=None, ended_at=clock.now()))
