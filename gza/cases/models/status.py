"""Decisions on status (S3.1)."""

import uuid

from django.db import models
from django.db.models import Q

from gza.cases.enums import StatusBody, StatusKind
from gza.vault.fields import SealedField

from .base import CaseFact, listed, paired


class StatusDecision(CaseFact):
    """A status granted: kind, body, day, document. Both kinds can stand in one case, each its own row.

    ``notice`` is what other agencies know the decision by (N6.2): random, pointing to nothing.
    """

    kind = models.CharField(max_length=20, choices=StatusKind.choices)
    body = models.CharField(max_length=20, choices=StatusBody.choices)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    document_number = SealedField(label="cases.status.document_number", section="legal")
    file_id = models.UUIDField(null=True)
    notice = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    annulled_on = models.DateField(null=True)
    annulled_at = models.DateTimeField(null=True)
    annulled_by = models.UUIDField(null=True)
    annul_document_number = SealedField(label="cases.status.annul_document_number", section="legal")
    annul_reason = SealedField(label="cases.status.annul_reason", section="legal")
    entry_reason = SealedField(label="cases.status.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_status"
        indexes = [models.Index(fields=["happened_on", "id"], name="status_by_day")]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=StatusKind.VICTIM, body=StatusBody.PERMANENT_GROUP)
                | Q(kind=StatusKind.STATUTORY_VICTIM, body=StatusBody.LAW_ENFORCEMENT),
                name="status_body_of_kind",
            ),
            models.CheckConstraint(
                condition=paired("annulled_on", "annulled_at", "annulled_by"), name="status_annulled_paired"
            ),
            models.CheckConstraint(
                condition=Q(annulled_on__isnull=True) | Q(annulled_on__gte=models.F("happened_on")),
                name="status_annulled_after",
            ),
            models.CheckConstraint(condition=listed("kind", StatusKind), name="status_kind_listed"),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(superseded=False, annulled_on__isnull=True),
                name="status_one_of_a_kind",
            ),
        ]
