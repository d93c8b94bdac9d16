"""``act``, ``opening`` and ``require``: how everything that is done comes to be written down."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from gza.core import clock, db, rows
from gza.core.actors import Actor
from gza.law.verdicts import Denied, Verdict

from . import heads
from .models import Event, Head, Kind, chain

_FEW = 20  # events from which on inserting them in bulk is worth it


class Refused(Exception):
    """An act the law does not allow. Carries the verdict with its clause; the refusal itself is recorded."""

    def __init__(self, denied: Denied) -> None:
        super().__init__(denied.code)
        self.denied = denied


def require(verdict: Verdict) -> None:
    """Let an allowed act pass.

    Raises:
        Refused: when the verdict is ``Denied``.
    """
    if isinstance(verdict, Denied):
        raise Refused(verdict)


_undoing: ContextVar[list[Callable[[], None]] | None] = ContextVar("undoing", default=None)


def on_failure(undo: Callable[[], None]) -> None:
    """Have ``undo`` called when the act under way fails: for what a rollback cannot reach, such as a file.

    Not when the commit itself fails, since it may have taken place: what is then left over has to be swept up later.
    Outside an act nothing is kept.
    """
    kept = _undoing.get()
    if kept is not None:
        kept.append(undo)


@contextmanager
def _undone_on_failure() -> Iterator[list[Callable[[], None]]]:
    kept: list[Callable[[], None]] = []
    token = _undoing.set(kept)
    try:
        yield kept
    except BaseException:
        for undo in reversed(kept):
            undo()
        raise
    finally:
        _undoing.reset(token)


@dataclass
class Act:
    """The act under way. What is learned during the act can still be set before its event is written."""

    verb: str
    by: Actor
    case: uuid.UUID | None = None
    subject: uuid.UUID | None = None
    clause: str = ""
    happened_on: dt.date | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def event(self, kind: Kind = Kind.ACT) -> Event:
        """The event as it will stand, yet without its place in the chain."""
        return Event(
            at=clock.now(),
            kind=kind,
            verb=self.verb,
            actor=self.by.id,
            role=self.by.role,
            case=self.case,
            subject=self.subject,
            clause=self.clause,
            happened_on=self.happened_on,
            facts=self.facts,
        )


@contextmanager
def act(
    verb: str,
    *,
    by: Actor,
    case: uuid.UUID | None = None,
    subject: uuid.UUID | None = None,
    clause: str = "",
    happened_on: dt.date | None = None,
    **facts: Any,
) -> Iterator[Act]:
    """The unit of work: one durable transaction that ends with one event.

    Domain writes go inside. A ``Refused`` raised inside rolls them back and is then recorded in a second
    transaction on the same connection; any other exception rolls back and leaves no trace.

    Args:
        verb: what is done, ``app.verb``.
        by: who does it.
        case: the case it concerns, if any.
        subject: the row it concerns, if any.
        clause: the clause the act rests on.
        happened_on: the day it happened in the world (G2).
        **facts: T0 facts, JSON-ready.

    Raises:
        Refused: passed through, after it was recorded.
        RuntimeError: when acts are nested.
    """
    doing = Act(verb, by, case, subject, clause, happened_on, facts)
    with db.writers_queue():
        try:
            with _undone_on_failure() as undoing, transaction.atomic(durable=True):
                yield doing
                append([doing.event()])
                undoing.clear()  # from here on it may be committed, whatever is heard of it
        except Refused as refused:
            _record(refused, doing)
            raise


def _record(refused: Refused, doing: Act) -> None:
    doing.clause, doing.facts = refused.denied.clause, {"code": refused.denied.code}
    with transaction.atomic(durable=True):
        append([doing.event(Kind.REFUSAL)])


@contextmanager
def weighed(verb: str, *, by: Actor, subject: uuid.UUID | None = None) -> Iterator[None]:
    """What an act needs and takes too long for its transaction, which on SQLite keeps every other writer waiting.

    Nothing is written inside. The act follows, and asks again what may have changed meanwhile.

    Raises:
        Refused: passed through, after it was recorded as the act's.
    """
    try:
        yield
    except Refused as refused:
        with db.writers_queue():
            _record(refused, Act(verb, by, None, subject))
        raise


def opening(
    verb: str,
    *,
    by: Actor,
    case: uuid.UUID | None = None,
    subject: uuid.UUID | None = None,
    **facts: Any,
) -> None:
    """Record that something sealed was opened: one event a list or section, committed before the page is sent.

    Works inside a read-only request, whose guard it lifts for this one transaction.
    """
    with db.writable(), db.writers_queue(), transaction.atomic(durable=True):
        append([Act(verb, by, case, subject, "", None, facts).event(Kind.OPENING)])


def append(events: list[Event]) -> None:
    """Put events at the end of the chain, inside the caller's transaction; the head row is locked here, last."""
    head, _ = Head.objects.select_for_update().get_or_create(id=1)
    prev, seq = bytes(head.hash), head.seq
    for event in events:
        seq += 1
        event.seq, event.prev = seq, prev
        event.hash = prev = chain(prev, event.content())
    if len(events) > _FEW:
        rows.insert(events)
    else:
        Event.objects.bulk_create(events)
    Head.objects.filter(id=1).update(seq=seq, hash=prev)
    last = events[-1]
    transaction.on_commit(lambda: heads.export(seq, prev, last.at))
