"""A form is good once: a double click, a reload or the back button does not do the act twice.

The token of a form is spent when its act begins and marked when it is done. A second submission waits for the
first; when the first died half-way (the server was killed), the second takes over after ``PATIENCE`` seconds.
"""

import datetime as dt
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from gza.core import clock
from gza.core.transient.models import Spent

PATIENCE = 20.0
_STEP = 0.1


class AlreadyDone(Exception):
    """This very form was submitted before, and its act is done."""


class StillGoing(Exception):
    """This very form was submitted before, and its act is not done yet."""


def token() -> str:
    """A fresh token for a form."""
    return secrets.token_urlsafe(18)


def _take(key: str) -> bool:
    try:
        with transaction.atomic(using="transient"):
            Spent.objects.create(key=key, at=clock.now())
    except IntegrityError:
        return False
    return True


def _first_is_done(key: str, wait: float) -> bool:
    for _ in range(max(1, int(wait / _STEP))):
        if Spent.objects.filter(key=f"done:{key}").exists():
            return True
        time.sleep(_STEP)
    return False


@contextmanager
def spend(key: str, *, wait: float = 5.0) -> Iterator[None]:
    """Do what stands inside once for ``key``.

    Raises:
        AlreadyDone: it was done before.
        StillGoing: another request is doing it and did not end within ``wait`` seconds.
    """
    key = f"form:{key}"[:150]
    if not _take(key):
        if _first_is_done(key, wait):
            raise AlreadyDone
        stale = Spent.objects.filter(key=key, at__lt=clock.now() - dt.timedelta(seconds=PATIENCE))
        if not stale.update(at=clock.now()):
            raise StillGoing
    try:
        yield
    except BaseException:
        Spent.objects.filter(key=key).delete()
        raise
    _take(f"done:{key}")
