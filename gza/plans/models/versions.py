"""The individual plan of reintegration: versions, items, the Fund's answers (S3.4, S5.2, S7.3, S7.7)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThan

from gza.cases.enums import Priority
from gza.cases.models.base import CaseFact, listed, paired
from gza.core.models import Row
from gza.core.sql import DaysBetween
from gza.plans.enums import Ground, Outcome, ProviderKind, Source, VersionKind, VersionState
from gza.vault.fields import SealedField

MONTHS = 12
"""The longest term there can be, held by the database too (S7.10); the parameter in force may be shorter."""
YEAR = 366
"""Days in the longest twelve months: a plan ends before this many days are over."""
_WITHIN_A_YEAR = LessThan(DaysBetween(F("latest_end"), F("starts_on")), YEAR)


class Plan(Row):
    """The plan of a case. A later plan for the same person is a row of its own; one at a time has not ended.

    ``starts_on`` is the first day of the first final version that came into force, ``latest_end`` the last day that
    plan may have then: start + 12 months - 1 day, computed once and held over every amendment (S7.10).
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="plans")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    starts_on = models.DateField(null=True)
    latest_end = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "plans_plan"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on__isnull=True), name="plan_one_open"),
            models.CheckConstraint(condition=paired("starts_on", "latest_end"), name="plan_start_and_latest_end"),
            models.CheckConstraint(
                condition=Q(latest_end__isnull=True) | (Q(latest_end__gte=F("starts_on")) & _WITHIN_A_YEAR),
                name="plan_not_past_a_year",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


_WITHOUT_ANSWER = Q(submitted_on__isnull=False, decided_on__isnull=True)
_ANSWERED = Q(submitted_on__isnull=False, decided_on__isnull=False)
_AMENDED = ~Q(ground="") & Q(submitted_on__isnull=False)
_STATE_AND_DAYS = (
    Q(state__in=[VersionState.DRAFT, VersionState.DROPPED], submitted_on__isnull=True)
    | (Q(state=VersionState.SUBMITTED) & _WITHOUT_ANSWER)
    | (Q(state__in=[VersionState.RETURNED, VersionState.AGREED]) & _ANSWERED)
    | (Q(state__in=[VersionState.TO_SIGN, VersionState.DROPPED]) & _AMENDED)
    | (Q(state__in=[VersionState.IN_FORCE, VersionState.SUPERSEDED, VersionState.ENDED]) & (_ANSWERED | _AMENDED))
)


class PlanVersion(CaseFact):
    """One version of a plan, initial or final. ``happened_on`` is the day it was begun.

    A draft is worked on. ``version`` counts the edits: a new draft goes on counting where the one before ended, so
    that a form made from the one never passes for a form made from the other. With the submission ``content`` is
    sealed: the whole plan as a canonical text with 32 random bytes in it, of which ``fingerprint`` is the SHA-256. A
    version that was returned stays as it was and is followed by a new draft (``base``); what is agreed is frozen by
    triggers.

    A final version names days, too: ``starts_on`` to ``ends_on``, not past ``latest_end``. With both signatures it is
    in force (``in_force_on``). An amendment is a final version with a ``ground``: its content is fixed by
    ``to_sign`` and needs no agreement (S3.5). ``grounds`` says why it was begun: what changed in needs or offers, or
    why an agreed plan was taken back before it was signed.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=8, choices=VersionKind.choices)
    number = models.PositiveSmallIntegerField()
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    ground = models.CharField(max_length=12, choices=Ground.choices, default="", blank=True)
    months = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    latest_end = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    aim = SealedField(label="plans.version.aim", section="narrative")
    grounds = SealedField(label="plans.version.grounds", section="narrative")
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
            ),
            models.Index(
                fields=["submitted_on", "id"],
                name="version_final_pending",
                condition=Q(state=VersionState.SUBMITTED, kind=VersionKind.FINAL),
            ),
            models.Index(
                fields=["submitted_on", "id"], name="version_to_sign", condition=Q(state=VersionState.TO_SIGN)
            ),
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
            models.CheckConstraint(condition=_STATE_AND_DAYS, name="version_state_and_days"),
            models.CheckConstraint(condition=Q(ground="") | listed("ground", Ground), name="version_ground_listed"),
            models.CheckConstraint(
                condition=paired("starts_on", "ends_on", "latest_end")
                & (
                    Q(ends_on__isnull=True)
                    | (Q(ends_on__gte=F("starts_on"), ends_on__lte=F("latest_end")) & _WITHIN_A_YEAR)
                ),
                name="version_ends_in_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.IN_FORCE) | Q(in_force_on__isnull=False, ends_on__isnull=False),
                name="version_in_force_and_day",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=VersionState.IN_FORCE), name="version_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("submitted_on")),
                name="version_decided_after",
            ),
            models.UniqueConstraint(fields=["plan", "number"], name="version_numbered"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=[VersionState.DRAFT, VersionState.SUBMITTED, VersionState.TO_SIGN]),
                name="version_one_open",
            ),
            models.UniqueConstraint(
                fields=["plan", "kind"], condition=Q(state=VersionState.AGREED), name="version_one_agreed"
            ),
        ]


class PlanItem(Row):
    """One item: the need it answers, the service, its time in months of the plan, necessary or desired and why.

    In a draft everything but the place in the list may still be missing. ``origin`` is the item of the initial plan it
    descends from (its own id there), so that requests and money find it in every later version. In a final plan
    ``source`` says what secures it, a positive answer (``request_id``), the Fund's money (``commitment_id``) or neither
    being needed; ``organisation`` gives the service from ``starts_on`` to ``ends_on`` (S7.3, S7.6). A ``source`` of
    *unmet* keeps a necessary need on the plan that nobody could meet (``UnmetNeed`` says what was tried); *out* shows
    what was left out. ``change`` says why an item differs from the version before. Several items can descend from one,
    each secured in its own way.
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
    origin = models.UUIDField(null=True)
    source = models.CharField(max_length=12, choices=Source.choices, default="", blank=True)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    request_id = models.UUIDField(null=True)
    commitment_id = models.UUIDField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    detail = SealedField(label="plans.item.detail", section="narrative")
    reason = SealedField(label="plans.item.reason", section="narrative")
    change = SealedField(label="plans.item.change", section="narrative")

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
            models.CheckConstraint(condition=Q(source="") | listed("source", Source), name="item_source_listed"),
            models.CheckConstraint(
                condition=paired("starts_on", "ends_on") & (Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))),
                name="item_days",
            ),
            models.CheckConstraint(
                condition=(~Q(source=Source.PROVIDER) | Q(request_id__isnull=False, organisation__isnull=False))
                & (~Q(source=Source.FUND) | Q(commitment_id__isnull=False)),
                name="item_source_and_proof",
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
