"""Reading the ledger."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from gza.core.text import whole

from .models import GENESIS, Event, Head, Kind

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Events newest first, and the number before which the next page begins (None: there is none)."""

    events: list[Event]
    before: int | None


def head() -> tuple[int, bytes]:
    """Number and hash of the last event."""
    row = Head.objects.filter(id=1).first()
    return (row.seq, bytes(row.hash)) if row else (0, GENESIS)


def _cut(events: QuerySet[Event], before: str, size: int) -> Page:
    number = whole(before, digits=18)
    if number is not None:
        events = events.filter(seq__lt=number)
    found = list(events.order_by("-seq")[: size + 1])
    return Page(found[:size], found[size - 1].seq if len(found) > size else None)


def page(*, before: str = "", kind: str = "", verb: str = "", size: int = PAGE) -> Page:
    """A page of all events, by keyset; an unknown filter finds nothing rather than everything."""
    events = Event.objects.all()
    if kind:
        events = events.filter(kind=kind) if kind in Kind.values else events.none()
    if verb:
        events = events.filter(verb=verb[:64])
    return _cut(events, before, size)


def of_case(case: uuid.UUID, *, before: str = "", size: int = PAGE) -> Page:
    """What happened in one case: acts, openings and refusals, newest first."""
    return _cut(Event.objects.filter(case=case), before, size)
