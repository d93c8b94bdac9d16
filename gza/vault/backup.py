"""What a restore means for keys: two holders sign it, and what was erased since stays erased.

The archive itself is written and read by ``archive.backup`` and ``archive.restore``.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from gza.core.actors import Actor
from gza.ledger import queries as ledger
from gza.ledger.models import Event
from gza.ledger.verify import RESTORED
from gza.ledger.work import act

from .crypto import keys
from .crypto.encode import Part
from .enums import REGISTRY_ROLES
from .errors import TooFew, VaultError
from .ring import ring_of
from .steps.erasure import replay_erasures
from .trust import Trust, seconds

HOLDERS = 2


def _parts(since: int, head: bytes, at: int, signer: uuid.UUID) -> tuple[Part, ...]:
    return since, head, at, signer


def after_restore(*, by: Sequence[Any], actor: Actor) -> int:
    """The first act on a restored database: erasures are replayed, two holders sign that the ledger goes on from here.

    Args:
        by: two different coordinators or directors, as their keys stand in the restored database.
        actor: in whose name the event stands.

    Returns:
        How many erasures had to be mended.

    Raises:
        TooFew: when it is one person twice.
        Untrusted: when one of them is no registry member.
    """
    rings = [ring_of(each) for each in by]
    if len({ring.person for ring in rings}) < HOLDERS:
        raise TooFew("a restore is signed by two people")
    since, head = ledger.head()
    at, signatures = seconds(), []
    for ring in rings:
        signer = ring.require_registry().id
        signature = ring.sign("restore", *_parts(since, head, at, signer))
        signatures.append({"certificate": str(signer), "signature": signature.hex()})
    with act(RESTORED, by=actor, since=since, signed_at=at, signatures=signatures) as doing:
        mended = replay_erasures()
        doing.facts["erasures"] = mended
    return mended


def signed_by_two(event: Event) -> bool:
    """Whether a restore bears the signatures of two different registry members over the very head it follows."""
    trust, people = Trust(), set()
    try:
        since, at = int(event.facts["since"]), int(event.facts["signed_at"])
        if since != event.seq - 1 or event.at.timestamp() < at:
            return False
        for entry in event.facts["signatures"]:
            signer = uuid.UUID(entry["certificate"])
            cert = trust.signer(signer, at, REGISTRY_ROLES)
            parts = _parts(since, bytes(event.prev), at, signer)
            keys.verify(cert.sign, bytes.fromhex(entry["signature"]), "restore", *parts)
            people.add(cert.user)
    except (VaultError, KeyError, TypeError, ValueError):
        return False
    return len(people) >= HOLDERS
