"""Writers that run inside the caller's act and write no event of their own."""

import datetime as dt
import os
import uuid
from typing import Any

from gza.accounts.principals import Principal
from gza.core import clock
from gza.law import statistics as rules
from gza.protection.model import Figures, canonical, fingerprint
from gza.vault import boxes
from gza.vault.enums import GroupKind

from . import foreign, queries
from .enums import SECRET_BOX, RowKind
from .models import LedgerRow

FORMAT = 1
POLICY = {"annual_totals": "exact"}


def stamp(at: dt.datetime) -> str:
    """A moment as the ledger's rows write it."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seal(label: str, subject: uuid.UUID, text: bytes, *, by: Principal) -> None:
    """Seal counts to the statistics group."""
    boxes.put(GroupKind.STATISTICS.value, label, subject, text, by=by)


def append(kind: RowKind, body: dict[str, Any], content: str, *, by: Principal, **columns: Any) -> LedgerRow:
    """Put a row at the end of the ledger; the caller holds the writers' queue, so numbers do not collide."""
    last = LedgerRow.objects.order_by("-number").first()
    row = LedgerRow(
        number=last.number + 1 if last else 1, kind=kind, at=stamp(clock.now()),
        previous=last.hash if last else queries.GENESIS, body=body, content=content, recorded_by=by.id, **columns,
    )  # fmt: skip
    row.hash = queries.row_hash(row)
    row.save(force_insert=True)
    return row


def opened(*, by: Principal) -> LedgerRow:
    """The ledger's first row; made, with its sealed secret, when there is none."""
    first = LedgerRow.objects.filter(number=1).first()
    if first is not None:
        return first
    secret = os.urandom(32).hex().encode() + b"\n"
    body = {"format": FORMAT, "secret": fingerprint(secret), "policy": POLICY}
    row = append(RowKind.OPENED, body, "", by=by)
    seal(SECRET_BOX, row.id, secret, by=by)
    return row


def enter_foreign(*, figures: Figures, organisation: str = "", by: Principal) -> tuple[LedgerRow, foreign.Findings]:
    """Put figures of others into the ledger, held against all that is known; for an act of a higher layer too.

    An agency's own figure on victims enters here when its report is accepted (N3.2, N6.1). The ledger is open already.
    """
    found = foreign.hold(figures, queries.known_figures())
    flags = rules.foreign_figure(consistent=found.consistent, pinned=len(found.pinned)).flags
    text = canonical(figures.as_json()).decode()
    body = {"unit": figures.unit.value, "file": "", "sha256": fingerprint(text.encode()),
            "contested": not found.consistent}  # fmt: skip
    body["file"] = f"figures/{queries.next_number():04d}.json"
    row = append(
        RowKind.FIGURES, body, text, by=by, organisation=organisation, flags=list(flags),
        conflict=[one.as_json() for one in found.conflict],
    )  # fmt: skip
    return row, found
