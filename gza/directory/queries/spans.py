"""Rows that hold on a day."""

import datetime as dt

from django.db.models import Q


def within(first: str, last: str, day: dt.date) -> Q:
    """Rows whose days, each of which may be open, hold ``day``."""
    begun = Q(**{f"{first}__isnull": True}) | Q(**{f"{first}__lte": day})
    return begun & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": day}))
