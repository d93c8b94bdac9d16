"""Bases of every model."""

from django.db import models

from . import clock
from .ids import uuid7


class Row(models.Model):
    """A row whose id is known before it is inserted (sealed fields bind themselves to it)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Fact(Row):
    """Something that happened: when it did, and when and by whom it was written down (G2).

    ``recorded_by`` is a user's id, without a foreign key, so that a lower layer can hold it and an account can end.
    A mistake is mended by a later row of the same kind whose ``corrects`` points here; nothing is overwritten.
    """

    happened_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True
