"""A case that already ran on paper (G3)."""

from django.db import models
from django.db.models import Q

from gza.vault.fields import SealedField

from .base import CaseFact


class TakeOver(CaseFact):
    """What came with the paper file: its number, its evidence, what was already spent, from when reports fall due.

    ``balance`` is money of the Fund already committed to reintegration on paper, in tetri, against the ceiling.
    """

    file_number = SealedField(label="cases.take_over.file_number", section="legal")
    evidence = SealedField(label="cases.take_over.evidence", section="narrative")
    file_id = models.UUIDField(null=True)
    balance = models.PositiveIntegerField(default=0)
    reports_from = models.DateField()
    entry_reason = SealedField(label="cases.take_over.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_take_over"
        constraints = [
            *CaseFact.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=Q(superseded=False), name="take_over_one_a_case"),
        ]
