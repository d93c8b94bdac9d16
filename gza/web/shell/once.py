"""A form is good once: a double click, a reload or the back button does not do the act twice.

The token of a form is spent when its act begins and marked when it is done. A second submission waits for the
first; when the first died half-way (the server was killed), the second takes over after ``PATIENCE`` seconds.
"""

import datetime as dt
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from gza.core import clock
from gza.core.transient.models import Spent

PATIENCE = 20.0
_STEP = 0.1
_LONGEST = 500  # the column's length


class AlreadyDone(Exception):
    """This very form was submitted before, and its act is done; ``target`` is where it led, "" where not known."""

    def __init__(self, target: str = "") -> None:
        super().__init__()
        self.target = target


class StillGoing(Exception):
    """This very form was submitted before, and its act is not done yet."""


@dataclass
class Spending:
    """An act under way; it says where it leads before it ends."""

    target: str = ""


def token() -> str:
    """A fresh token for a form."""
    return secrets.token_urlsafe(18)


def _take(key: str, target: str = "") -> bool:
    try:
        with transaction.atomic(using="transient"):
            Spent.objects.create(key=key, at=clock.now(), target=target if len(target) <= _LONGEST else "")
    except IntegrityError:
        return False
    return True


def _where_first_led(key: str, wait: float) -> str | None:
    """Where the first submission led; None while it is not done."""
    for _ in range(max(1, int(wait / _STEP))):
        done = Spent.objects.filter(key=f"done:{key}").values_list("target", flat=True).first()
        if done is not None:
            return done
        time.sleep(_STEP)
    return None


@contextmanager
def spend(key: str, *, wait: float = 5.0) -> Iterator[Spending]:
    """Do what stands inside once for ``key``; its ``target`` is kept for whoever comes second.

    Raises:
        AlreadyDone: it was done before.
        StillGoing: another request is doing it and did not end within ``wait`` seconds.
    """
    key = f"form:{key}"[:150]
    if not _take(key):
        if (target := _where_first_led(key, wait)) is not None:
            raise AlreadyDone(target)
        stale = Spent.objects.filter(key=key, at__lt=clock.now() - dt.timedelta(seconds=PATIENCE))
        if not stale.update(at=clock.now()):
            raise StillGoing
    spending = Spending()
    try:
        yield spending
    except BaseException:
        Spent.objects.filter(key=key).delete()
        raise
    _take(f"done:{key}", spending.target)
