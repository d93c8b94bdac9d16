"""Sealed files: the row that knows of one. The bytes lie outside the database, under a random name."""

import uuid

from django.db import models

from gza.core import clock
from gza.core.models import Row


class SealedFile(Row):
    """A file of a case. ``meta`` (name, kind, length, fingerprint) is sealed under the case's key of ``section``.

    ``label`` is the frozen name of what it is the file of, such as ``cases.consent.scan``. ``pieces`` is the size in
    padded pieces of 64 KiB, all that is told of it in clear. ``place`` names it on the disk and says nothing.
    """

    case_id = models.UUIDField()
    label = models.CharField(max_length=64)
    section = models.CharField(max_length=16)
    meta = models.BinaryField()
    place = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    pieces = models.PositiveIntegerField()
    scanned = models.BooleanField()
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        db_table = "vault_file"
        indexes = [models.Index(fields=["case_id", "-id"], name="vault_file_of_case")]
        constraints = [models.CheckConstraint(condition=models.Q(pieces__gt=0), name="vault_file_pieces")]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)
