"""What has happened against a rule and was written down all the same (G1)."""

from django.db import models
from django.db.models import Q

from gza.core import clock
from gza.core.models import Row
from gza.vault.fields import SealedField

from .base import paired


class Flag(Row):
    """A breach or a doubt for the coordinator to look at.

    ``code`` and ``clause`` come from the rule that would have refused; ``subject`` is the fact's row; ``other_case``
    is set for a possible duplicate alone and is shown to the coordinator alone.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="flags")
    code = models.CharField(max_length=64)
    clause = models.CharField(max_length=8)
    subject = models.UUIDField(null=True)
    other_case = models.UUIDField(null=True)
    raised_at = models.DateTimeField(default=clock.now, editable=False)
    raised_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.UUIDField(null=True)
    resolution = SealedField(label="cases.flag.resolution", section="narrative")

    class Meta:
        db_table = "cases_flag"
        indexes = [
            models.Index(fields=["raised_at", "id"], name="flag_open", condition=Q(resolved_at__isnull=True)),
            models.Index(fields=["case", "-raised_at"], name="flag_of_case"),
        ]
        constraints = [
            models.CheckConstraint(condition=paired("resolved_at", "resolved_by"), name="flag_resolved_paired"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(resolved_at__gte=models.F("raised_at")),
                name="flag_resolved_after",
            ),
        ]

    def __str__(self) -> str:
        """The code of the rule."""
        return self.code
