"""What the rows of every register of the directory share."""

from django.db import models
from django.db.models import F, Q

from gza.core.models import Row


class Kept(Row):
    """A row of a register that the Fund keeps: edited by acts, never deleted."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def ordered(first: str, last: str, name: str) -> models.CheckConstraint:
    """That one day is not before the other, where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name=name,
    )
