"""Keys for thousands of cases: the same keys, grants and signatures as one by one, in constant memory.

What makes it fast: one ephemeral key a batch, so that each further box to the same recipient costs one AEAD instead of
two multiplications on the curve; certificates verified once; rows inserted by the thousand; one sync of the shred
keystore a batch. What remains is one signature a grant.
"""

import datetime as dt
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from gza.core import clock, rows
from gza.vault.casekeys import CaseKeys
from gza.vault.enums import WHOLE, GroupKind
from gza.vault.grants import Target
from gza.vault.models import CaseKey, Disclosure
from gza.vault.ring import ring_of
from gza.vault.shred import keystore

from .cases import grants_of, standing, targets_of
from .disclosures import packed, replied

BATCH = 1000


def open_cases_bulk(
    cases: Iterable[tuple[uuid.UUID, Sequence[uuid.UUID]]], *, by: Any, size: int = BATCH
) -> Iterator[CaseKeys]:
    """Open many new cases as ``open_case`` does; gives each case's keys, so that its fields can be sealed at once.

    Args:
        cases: pairs of case and holders; walked once, ``size`` at a time.
        by: who opens them.
        size: cases held in memory, inserted together.

    Raises:
        Untrusted, Expired, NotFounded: see ``open_case``.
    """
    ring = ring_of(by)
    always = standing(ring)
    known: dict[uuid.UUID, Target] = {}
    walk = iter(cases)
    while batch := list(islice(walk, size)):
        new = {user for _, holders in batch for user in holders} - known.keys()
        if new:
            known.update(targets_of(ring, new))
        secrets = keystore().make(case for case, _ in batch)
        granter = ring.granter()
        opened, grants = [], []
        for case, holders in batch:
            made = CaseKeys(case, 1, secrets[case], {WHOLE: os.urandom(32)}, current=True)
            grants += grants_of(granter, made, [*always, *((known[user], WHOLE) for user in holders)])
            opened.append(made)
        rows.insert([CaseKey(case=case, epoch=1) for case, _ in batch])
        rows.insert(grants)
        yield from opened


class Discloser:
    """Tells organisations of new cases as ``disclose`` does; gives rows for the caller to insert together.

    Args:
        by: who discloses; a ring, or a principal that carries one.
    """

    def __init__(self, by: Any) -> None:
        self._ring = ring_of(by)
        found = self._ring.trust.groups(kind=GroupKind.PROVIDER.value)
        self._groups = {one.organisation: one for one in found}

    def reaches(self, organisation: uuid.UUID) -> bool:
        """Whether the organisation has a key, so that something can be disclosed to it here."""
        return organisation in self._groups

    def tell(
        self, opened: CaseKeys, organisation: uuid.UUID, packet: dict[str, Any], until: dt.date, *, ended: bool = False
    ) -> tuple[Disclosure, bytes]:
        """An unsaved disclosure and its key; as the timer leaves it when its last day is over, or it was ended.

        Args:
            opened: the case's keys.
            organisation: the provider.
            packet: what it is told, JSON-ready.
            until: the last day on which it opens.
            ended: whether it was ended before that day.

        Raises:
            KeyError: when the organisation has no key.
        """
        row, key = packed(opened, self._groups[organisation], packet, until, ring=self._ring)
        if ended or until < clock.today():
            row.blob, row.ended_at = None, clock.now()
        return row, key

    @staticmethod
    def reply(opened: CaseKeys, told: tuple[Disclosure, bytes], text: str, *, label: str, subject: uuid.UUID) -> bytes:
        """What the provider writes back, as ``reply`` seals it."""
        row, key = told
        return replied(row, key, opened.shred, text, label=label, subject=subject)
