"""National action plans as the database holds them; several side by side.

Numbers (``1.1.1``) are the document's own and unique within a plan. Bodies are referred to by their key in the
directory: a plan outlives the renaming of a ministry. Texts are in the plan's ``language``; ``title_ka`` is a Georgian
reading where there is one. ``source`` holds line numbers of the source text.
"""

from django.db import models
from django.db.models import F, Q

from gza.core.models import Row
from gza.law.nap import IndicatorType, TargetKind, TimelineKind

from .enums import AgencyRole


class Part(Row):
    """What every part of a plan has; ``position`` is its place in the document, from 0."""

    position = models.PositiveIntegerField()
    title = models.TextField()
    title_ka = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    note_ka = models.TextField(blank=True)

    class Meta:
        abstract = True


class Plan(Row):
    """A plan. ``adopted_on`` is empty for a draft; ``fingerprint`` is SHA-256 over all it says."""

    code = models.CharField(max_length=32, unique=True)
    title = models.TextField()
    title_ka = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="en")
    adopted_on = models.DateField(null=True)
    start = models.DateField()
    end = models.DateField()
    source = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    note_ka = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    fingerprint = models.BinaryField(max_length=32)
    loaded_at = models.DateTimeField()
    loaded_by = models.UUIDField(null=True)

    class Meta:
        db_table = "nap_plan"
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="nap_plan_days_in_order")]

    def __str__(self) -> str:
        """The code."""
        return self.code


class Goal(Part):
    """A strategic goal."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    number = models.CharField(max_length=32)

    class Meta:
        db_table = "nap_goal"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="nap_goal_number")]

    def __str__(self) -> str:
        """The number."""
        return self.number


class Objective(Part):
    """An objective of a goal."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="objectives")
    number = models.CharField(max_length=32)

    class Meta:
        db_table = "nap_objective"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="nap_objective_number")]

    def __str__(self) -> str:
        """The number."""
        return self.number


class Activity(Part):
    """What is to be done, and when: a window of half-years, both days inclusive (N0.3)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="activities")
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="activities")
    number = models.CharField(max_length=32)
    timeline = models.CharField(max_length=200)
    timeline_kind = models.CharField(max_length=16)
    start = models.DateField()
    end = models.DateField()
    partners_printed = models.TextField(blank=True)
    carried_from = models.CharField(max_length=65, blank=True)

    class Meta:
        db_table = "nap_activity"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="nap_activity_number"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="nap_activity_days_in_order"),
            models.CheckConstraint(
                condition=Q(timeline_kind__in=[kind.value for kind in TimelineKind]), name="nap_activity_timeline"
            ),
        ]

    def __str__(self) -> str:
        """The number."""
        return self.number


class ActivityAgency(Row):
    """A body of an activity in its role. ``via`` are keys of the units it acts through.

    A partner for whom no key fits stands in ``words`` alone.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="agencies")
    role = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    agency = models.CharField(max_length=40, blank=True)
    via = models.JSONField(default=list)
    words = models.TextField(blank=True)

    class Meta:
        db_table = "nap_activity_agency"
        ordering = ["position"]
        indexes = [models.Index(fields=["agency"], name="nap_of_agency")]
        constraints = [
            models.UniqueConstraint(fields=["activity", "role", "position"], name="nap_agency_place"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in AgencyRole]), name="nap_agency_role"),
            models.CheckConstraint(
                condition=(~Q(agency="") & Q(words="")) | (Q(agency="", role="partner") & ~Q(words="")),
                name="nap_agency_key_or_words",
            ),
        ]

    def __str__(self) -> str:
        """The key, or the words."""
        return self.agency or self.words


def _bounds(kind: TargetKind | None, *, low: bool, high: bool) -> Q:
    # Every column is asked for NULL by name: a comparison with NULL would let a CHECK pass.
    there = Q(target_kind__isnull=True) if kind is None else Q(target_kind__isnull=False, target_kind=kind.value)
    return there & Q(target_min__isnull=not low, target_max__isnull=not high)


class Indicator(Part):
    """One measurable part of a printed indicator; ``title`` is its own wording (N0.2)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="indicators")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=32)
    printed = models.PositiveSmallIntegerField()
    printed_text = models.TextField()
    type = models.CharField(max_length=16)
    unit = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=8, null=True)
    target_min = models.PositiveIntegerField(null=True)
    target_max = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "nap_indicator"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="nap_indicator_code"),
            models.CheckConstraint(
                condition=Q(type__in=[type_.value for type_ in IndicatorType]), name="nap_indicator_type"
            ),
            models.CheckConstraint(
                condition=_bounds(None, low=False, high=False)
                | _bounds(TargetKind.EXACT, low=True, high=True) & Q(target_min=F("target_max"))
                | _bounds(TargetKind.AT_LEAST, low=True, high=False)
                | _bounds(TargetKind.AT_MOST, low=False, high=True)
                | _bounds(TargetKind.RANGE, low=True, high=True) & Q(target_min__lt=F("target_max")),
                name="nap_indicator_target",
            ),
        ]

    def __str__(self) -> str:
        """The code."""
        return self.code


class ToConfirm(Row):
    """A field of a part that the source cannot settle (N0.1); ``number`` is the part's number, code or plan code."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="to_confirm")
    number = models.CharField(max_length=32)
    field = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "nap_to_confirm"
        ordering = ["number", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "number", "field"], name="nap_to_confirm_once")]

    def __str__(self) -> str:
        """Number and field."""
        return f"{self.number} {self.field}"
