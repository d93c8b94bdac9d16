"""Reads of the change book."""

import uuid

from django.db.models import F

from gza.directory.models import Change


def changes(subject: uuid.UUID, *, limit: int = 50) -> list[Change]:
    """What was done to a row, the newest first."""
    return list(Change.objects.filter(subject=subject).order_by("-recorded_at", "-id")[:limit])


def late_changes(limit: int = 50) -> list[Change]:
    """Acts written down later than they happened, the newest first (G2)."""
    late = Change.objects.filter(happened_on__lt=F("recorded_at__date"))
    return list(late.order_by("-recorded_at", "-id")[:limit])
