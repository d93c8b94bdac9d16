"""Needs: the primary ones for recovery (S7.2), and those for reintegration (S7.4, S5.2)."""

from django.db import models
from django.db.models import Q

from gza.cases.enums import Domain, Priority, Recovery
from gza.vault.fields import SealedField

from .base import CaseFact, listed, paired


class PrimaryAssessment(CaseFact):
    """The first look at what recovery needs; with no need at all it still stands as done."""

    summary = SealedField(label="cases.primary_assessment.summary", section="health")
    entry_reason = SealedField(label="cases.primary_assessment.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_primary_assessment"


class PrimaryNeed(CaseFact):
    """One need for physical or mental recovery. ``stated_by`` is a list of ``enums.StatedBy`` codes."""

    assessment = models.ForeignKey(PrimaryAssessment, models.PROTECT, related_name="needs")
    recovery = models.CharField(max_length=12, choices=Recovery.choices)
    urgent = models.BooleanField(default=False)
    stated_by = models.JSONField(default=list)
    description = SealedField(label="cases.primary_need.description", section="health")
    entry_reason = SealedField(label="cases.primary_need.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_primary_need"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("recovery", Recovery), name="primary_need_recovery_listed"),
        ]


class Need(CaseFact):
    """One need for reintegration: domain, who stated it (``enums.StatedBy`` codes), necessary or desired, and why."""

    domain = models.CharField(max_length=16, choices=Domain.choices)
    stated_by = models.JSONField(default=list)
    priority = models.CharField(max_length=12, choices=Priority.choices)
    description = SealedField(label="cases.need.description", section="narrative")
    reason = SealedField(label="cases.need.reason", section="narrative")
    dropped_on = models.DateField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.UUIDField(null=True)
    drop_reason = SealedField(label="cases.need.drop_reason", section="narrative")
    entry_reason = SealedField(label="cases.need.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_need"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("domain", Domain), name="need_domain_listed"),
            models.CheckConstraint(condition=listed("priority", Priority), name="need_priority_listed"),
            models.CheckConstraint(
                condition=paired("dropped_on", "dropped_at", "dropped_by"), name="need_dropped_paired"
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | Q(dropped_on__gte=models.F("happened_on")),
                name="need_dropped_after",
            ),
        ]
