"""The individual plan of reintegration: versions, items, the Fund's answers (S3.4, S5.2, S7.3, S7.7)."""

from django.db import models
from django.db.models import F, Q

from gza.cases.enums import Priority
from gza.cases.models.base import CaseFact, listed, paired
from gza.core.models import Row
from gza.vault.fields import SealedField

from .enums import Outcome, ProviderKind, VersionKind, VersionState

MONTHS = 12
"""The longest term there can be, held by the database too (S7.10); the parameter in force may be shorter."""


class Plan(Row):
    """The plan of a case. A later plan for the same person is a row of its own; one at a time has not ended."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="plans")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "plans_plan"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on__isnull=True), name="plan_one_open"),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class PlanVersion(CaseFact):
    """One version of a plan, initial or final. ``happened_on`` is the day it was begun.

    A draft is worked on, ``version`` counts its edits. With the submission ``content`` is sealed: the whole plan as a
    canonical text with 32 random bytes in it, of which ``fingerprint`` is the SHA-256. A version that was returned
    stays as it was and is followed by a new draft (``base``); what is agreed is frozen by triggers.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=8, choices=VersionKind.choices)
    number = models.PositiveSmallIntegerField()
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    months = models.PositiveSmallIntegerField(null=True)
    aim = SealedField(label="plans.version.aim", section="narrative")
    version = models.PositiveIntegerField(default=1)
    content = SealedField(label="plans.version.content", section="narrative")
    fingerprint = models.BinaryField(max_length=32, null=True)
    submitted_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    entry_reason = SealedField(label="plans.version.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_version"
        indexes = [
            models.Index(
                fields=["submitted_on", "id"], name="version_pending", condition=Q(state=VersionState.SUBMITTED)
            )
        ]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("kind", VersionKind), name="version_kind_listed"),
            models.CheckConstraint(condition=listed("state", VersionState), name="version_state_listed"),
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__range=(1, MONTHS)), name="version_months"
            ),
            models.CheckConstraint(
                condition=paired("submitted_on", "submitted_at", "submitted_by", "fingerprint", "content"),
                name="version_submitted_paired",
            ),
            models.CheckConstraint(
                condition=paired("decided_on", "decided_at", "decided_by"), name="version_decided_paired"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, submitted_on__isnull=True)
                | Q(state=VersionState.SUBMITTED, submitted_on__isnull=False, decided_on__isnull=True)
                | Q(
                    state__in=[VersionState.RETURNED, VersionState.AGREED, VersionState.SUPERSEDED],
                    submitted_on__isnull=False,
                    decided_on__isnull=False,
                ),
                name="version_state_and_days",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("submitted_on")),
                name="version_decided_after",
            ),
            models.UniqueConstraint(fields=["plan", "number"], name="version_numbered"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=[VersionState.DRAFT, VersionState.SUBMITTED]),
                name="version_one_open",
            ),
            models.UniqueConstraint(
                fields=["plan", "kind"], condition=Q(state=VersionState.AGREED), name="version_one_agreed"
            ),
        ]


class PlanItem(Row):
    """One item: the need it answers, the service, its time in months of the plan, necessary or desired and why.

    In a draft everything but the place in the list may still be missing.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    need = models.ForeignKey("cases.Need", models.PROTECT, null=True, related_name="plan_items")
    service_type = models.ForeignKey("directory.ServiceType", models.PROTECT, null=True, related_name="+")
    provider_kind = models.CharField(max_length=16, choices=ProviderKind.choices, default="", blank=True)
    priority = models.CharField(max_length=12, choices=Priority.choices, default="", blank=True)
    month_from = models.PositiveSmallIntegerField(null=True)
    month_to = models.PositiveSmallIntegerField(null=True)
    detail = SealedField(label="plans.item.detail", section="narrative")
    reason = SealedField(label="plans.item.reason", section="narrative")

    class Meta:
        db_table = "plans_item"
        constraints = [
            models.UniqueConstraint(fields=["plan_version", "position"], name="item_in_its_place"),
            models.CheckConstraint(condition=Q(priority="") | listed("priority", Priority), name="item_priority"),
            models.CheckConstraint(
                condition=Q(provider_kind="") | listed("provider_kind", ProviderKind), name="item_provider_kind"
            ),
            models.CheckConstraint(
                condition=paired("month_from", "month_to")
                & (
                    Q(month_from__isnull=True)
                    | Q(month_from__gte=1, month_to__gte=F("month_from"), month_to__lte=MONTHS)
                ),
                name="item_months",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Decision(CaseFact):
    """The Fund's answer to a submitted version: agreed, or returned with reasons; written once."""

    plan_version = models.OneToOneField(PlanVersion, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = SealedField(label="plans.decision.reasons", section="narrative")
    entry_reason = SealedField(label="plans.decision.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_decision"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("outcome", Outcome), name="decision_outcome_listed"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.RETURNED) | Q(reasons__isnull=False), name="decision_with_reasons"
            ),
        ]
