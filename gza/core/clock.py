"""The one clock. Instants are aware UTC; a day is a day in Tbilisi (UTC+4, no summer time)."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

TBILISI = ZoneInfo("Asia/Tbilisi")
_pretended: ContextVar[dt.datetime | None] = ContextVar("pretended", default=None)


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return _pretended.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present day in Tbilisi."""
    return now().astimezone(TBILISI).date()


@contextmanager
def pretend(moment: dt.datetime) -> Iterator[None]:
    """Let ``moment`` (aware) be the present: for the synthetic country and for tests only."""
    if moment.tzinfo is None:
        raise ValueError("a pretended moment must know its time zone")
    token = _pretended.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _pretended.reset(token)
