"""Erasure: the shred secret goes, and with it every copy of everything the case ever sealed."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction

from gza.vault.models import Bar, CaseKey, Disclosure, Erasure, Grant
from gza.vault.ring import Ring
from gza.vault.shred import keystore

Hook = Callable[[uuid.UUID], None]
_hooks: list[Hook] = []


def on_erase(hook: Hook) -> Hook:
    """Register what else of a case is deleted with it (blind tokens, file rows); called inside the act, idempotent."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def erase(case_id: uuid.UUID, *, by: Any = None) -> Erasure:
    """Erase a case for good. Needs no key, so the timer can do it when a term is over.

    The rows go with the act; the shred secret goes once the act is committed. If the machine dies between the two,
    ``replay_erasures`` ends the work.
    """
    row, _ = Erasure.objects.get_or_create(case=case_id)
    _delete_rows(case_id)
    transaction.on_commit(lambda: keystore().erase({case_id: row.at}))
    ring = getattr(by, "ring", by)
    if isinstance(ring, Ring):
        ring.drop(case_id)
    return row


def replay_erasures() -> int:
    """Make database and keystore agree on what is erased, whichever of them was restored; how many were mended."""
    here = dict(Erasure.objects.values_list("case", "at"))
    there = keystore().erased()
    mended = 0
    for case, at in there.items():
        if case not in here or Grant.objects.filter(case=case).exists():
            Erasure.objects.get_or_create(case=case, defaults={"at": at})
            _delete_rows(case)
            mended += 1
    behind: dict[uuid.UUID, dt.datetime] = {
        case: at for case, at in here.items() if case not in there or keystore().read([case])
    }
    behind.update({case: at for case, at in there.items() if keystore().read([case])})
    if behind:
        transaction.on_commit(lambda: keystore().erase(behind))
    return mended + len(behind)


def _delete_rows(case: uuid.UUID) -> None:
    for hook in _hooks:
        hook(case)
    for model in (Grant, CaseKey, Disclosure, Bar):
        model.objects.filter(case=case).delete()
