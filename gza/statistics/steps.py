"""Writers that run inside the caller's act and write no event of their own."""

import datetime as dt
import os
import uuid
from dataclasses import dataclass
from typing import Any

from gza.accounts.principals import Principal
from gza.core import clock
from gza.law import statistics as rules
from gza.ledger import work
from gza.protection.consistency import Undecided
from gza.protection.model import BadInput, Figures, canonical, fingerprint
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


def alone() -> None:
    """Until the caller's transaction ends nobody else appends to the ledger, or prepares or decides a release."""
    LedgerRow.objects.select_for_update().filter(number=1).first()


def append(kind: RowKind, body: dict[str, Any], content: str, *, by: Principal, **columns: Any) -> LedgerRow:
    """Put a row at the end of the ledger. The caller is ``alone``, so that numbers do not collide."""
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


@dataclass(frozen=True)
class Held:
    """Figures of others held against a ledger that ended with ``head``, and what they came to."""

    figures: Figures
    head: str
    findings: foreign.Findings


def hold_foreign(figures: Figures) -> Held:
    """Hold figures of others against all that is known. It may take long: before the act that enters them.

    Raises:
        Refused: when it cannot be found out whether they contradict it.
    """
    head = queries.head()
    try:
        return Held(figures, head, foreign.hold(figures, queries.known_figures()))
    except (BadInput, Undecided):
        work.require(rules.figures_decided(decided=False))
        raise


def enter_foreign(held: Held, *, organisation: str = "", by: Principal) -> tuple[LedgerRow, foreign.Findings]:
    """Put figures of others into the ledger, and what they came to; for an act of a higher layer too.

    An agency's own figure on victims enters here when its report is accepted (N3.2, N6.1). The ledger is open already.
    Where it has grown since the figures were held against it, they are held anew.

    Raises:
        Refused: as ``hold_foreign``.
    """
    if held.head != queries.head():
        held = hold_foreign(held.figures)
    figures, found = held.figures, held.findings
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
