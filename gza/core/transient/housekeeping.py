"""Clearing away what has served its time; idempotent, done by ``gza tick``."""

import datetime as dt

from gza.core import clock

from .models import Draft, Session, Spent, Throttle

KEEP_SPENT = dt.timedelta(days=2)  # longer than any one-time code or session lives
KEEP_THROTTLE = dt.timedelta(days=2)
KEEP_DRAFTS = dt.timedelta(days=30)


def purge() -> dict[str, int]:
    """Delete expired sessions, spent codes and tokens, idle throttles and forgotten drafts; how many of each."""
    now = clock.now()
    return {
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "spent": Spent.objects.filter(at__lt=now - KEEP_SPENT).delete()[0],
        "throttles": Throttle.objects.filter(window_start__lt=now - KEEP_THROTTLE).delete()[0],
        "drafts": Draft.objects.filter(saved_at__lt=now - KEEP_DRAFTS).delete()[0],
    }
