"""What every act of the directory does alike: day, lock, version, write, change book."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from gza.accounts.enums import REGISTRY
from gza.core import clock
from gza.core.actors import SYSTEM, Actor
from gza.core.conflicts import Stale
from gza.directory import queries, steps
from gza.directory.enums import Deed, Entry
from gza.directory.facts import (
    Entered,
    FocalPersonFacts,
    MemorandumFacts,
    OfferFacts,
    OrganisationFacts,
    Stated,
    WorkerFacts,
)
from gza.directory.models import FocalPerson, Kept, Memorandum, Offer, Organisation, SocialWorker
from gza.law import directory as rules
from gza.law import entry as entering
from gza.law.verdicts import Verdict
from gza.ledger import work

Row = TypeVar("Row", bound=Kept)
KINDS: dict[type[Kept], tuple[Entry, type[Stated]]] = {
    Organisation: (Entry.ORGANISATION, OrganisationFacts),
    FocalPerson: (Entry.FOCAL_PERSON, FocalPersonFacts),
    SocialWorker: (Entry.WORKER, WorkerFacts),
    Offer: (Entry.OFFER, OfferFacts),
    Memorandum: (Entry.MEMORANDUM, MemorandumFacts),
}
_OPEN_IN_REFERENCE = ("programmes", "phone", "email", "web", "address")
"""What the office may write into an organisation of the reference data; the rest follows its file."""


def by_fund(by: Actor) -> bool:
    """Whether the act is the Fund's: its coordinator's, its director's, or the system's own."""
    return by.role in REGISTRY or by == SYSTEM


def kept_by_fund(by: Actor) -> Verdict:
    """The registers of organisations, focal persons, memoranda and workers are kept by the Fund (S1.1, S7.1)."""
    return rules.kept_by_fund(by_fund=by_fund(by))


def day_of(entered: Entered) -> dt.date:
    """When it happened, once the rules on entries have nothing against it (G2)."""
    day = entered.happened_on or clock.today()
    work.require(entering.may_enter(happened_on=day, today=clock.today(), reason=entered.late_reason))
    return day


def locked(model: type[Row], row_id: uuid.UUID, version: int | None) -> Row:
    """The row, locked until the act ends.

    Raises:
        Stale: when it is not of ``version`` any more.
    """
    row: Row = model.objects.select_for_update().get(pk=row_id)
    if version is not None and row.revision != version:
        last = next(iter(queries.changes(row_id, limit=1)), None)
        raise Stale(
            version=row.revision,
            current=KINDS[model][1].of(row).values(),
            changed_by=last.recorded_by if last else None,
            changed_at=last.recorded_at if last else None,
        )
    return row


def put(row: Kept, values: dict[str, Any]) -> None:
    """Write columns and lists of codes."""
    plain = {name: value for name, value in values.items() if name not in steps.LISTS}
    for name, value in plain.items():
        setattr(row, name, value)
    row.save()
    for name in values.keys() & steps.LISTS.keys():
        steps.set_codes(row, name, values[name])


def add(
    row: Row,
    facts: Stated,
    *,
    verb: str,
    clause: str,
    allowed: Callable[[], Verdict],
    entered: Entered,
    by: Actor,
    **more: Any,
) -> Row:
    """The act of entering a new row, where ``allowed`` has nothing against it.

    Raises:
        Refused: what ``allowed`` or the rules on entries (G2) refuse.
    """
    with work.act(verb, by=by, subject=row.pk, clause=clause) as doing:
        doing.happened_on = day = day_of(entered)
        work.require(allowed())
        put(row, facts.values() | more)
        entered = replace(entered, happened_on=day)
        steps.record(row, entry=KINDS[type(row)][0], deed=Deed.ADDED, before=None, entered=entered, by=by)
    return row


def change(
    model: type[Row],
    row_id: uuid.UUID,
    values: dict[str, Any],
    *,
    verb: str,
    clause: str,
    allowed: Callable[[Row], Verdict],
    version: int | None,
    entered: Entered,
    by: Actor,
    deed: Deed = Deed.ALTERED,
) -> Row:
    """The act of changing a row, its version raised by one, where ``allowed`` has nothing against it.

    Raises:
        Refused: what ``allowed`` or the rules on entries (G2) refuse.
        Stale: when it is not of ``version`` any more.
    """
    with work.act(verb, by=by, subject=row_id, clause=clause) as doing:
        doing.happened_on = day = day_of(entered)
        row = locked(model, row_id, version)
        work.require(allowed(row))
        if isinstance(row, Organisation) and row.key:
            values = {name: value for name, value in values.items() if name in _OPEN_IN_REFERENCE}
        before = steps.state(row)
        put(row, {**values, "revision": row.revision + 1})
        entered = replace(entered, happened_on=day)
        written = steps.record(row, entry=KINDS[model][0], deed=deed, before=before, entered=entered, by=by)
        doing.facts = {"changed": written.fields}
    return row
