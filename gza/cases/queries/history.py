"""What was done to a case, and by whom: the ledger's own events."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet

from gza.accounts import queries as accounts
from gza.accounts.models import User
from gza.cases.models import Case
from gza.core.paging import SIZE
from gza.core.prepared import Prepared
from gza.core.text import whole
from gza.ledger.models import Event, Kind


@dataclass(frozen=True)
class History:
    """Events, newest first, with the accounts of who acted; ``after`` asks for the next page, empty at the end."""

    events: list[Event]
    people: dict[uuid.UUID, User]
    after: str = ""


def _rows(case: uuid.UUID, kinds: tuple[str, ...]) -> QuerySet[Event]:
    return Event.objects.filter(case=case, kind__in=kinds).order_by("-seq")


@cache
def _newest(kinds: tuple[str, ...], size: int) -> Prepared:
    return Prepared(lambda case: _rows(case, kinds)[:size])


def history(case: Case, *, kinds: Iterable[str] = (Kind.ACT,), after: str = "", size: int = SIZE) -> History:
    """Events of the case by keyset (index ``ledger_of_case``); two queries.

    Args:
        case: the case.
        kinds: which events; openings and refusals only when asked for.
        after: the mark of the page before: an event's number.
        size: rows a page.
    """
    chosen = tuple(kinds)
    before = whole(after, digits=18)
    if before is not None:
        found = list(_rows(case.id, chosen).filter(seq__lt=before)[: size + 1])
    else:
        found = _newest(chosen, size + 1).all(case.id)
    more, found = len(found) > size, found[:size]
    people = accounts.users({event.actor for event in found})
    return History(found, people, str(found[-1].seq) if more else "")


def last_opened(case: Case, limit: int = 20) -> list[Event]:
    """The latest openings of anything sealed in the case."""
    return list(Event.objects.filter(case=case.id, kind=Kind.OPENING).order_by("-seq")[:limit])
