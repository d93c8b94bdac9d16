"""Kinds of the plan's parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What a row of a plan file is."""

    PLAN = "plan", _("plan")
    GOAL = "goal", _("goal")
    OBJECTIVE = "objective", _("objective")
    ACTIVITY = "activity", _("activity")
    INDICATOR = "indicator", _("indicator")


class AgencyRole(models.TextChoices):
    """What a body is to an activity."""

    LEADING = "leading", _("leading agency")
    SUPPORTING = "supporting", _("supporting agency")
    PARTNER = "partner", _("partner")


class TimelineKind(models.TextChoices):
    """How a timeline binds (N0.3)."""

    THROUGHOUT = "throughout", _("throughout")
    DELIVER_WITHIN = "deliver_within", _("deliver within")


class IndicatorType(models.TextChoices):
    """The twelve machine types of an indicator (N0.2)."""

    EVENT_COUNT = "event_count", _("count of events")
    PARTICIPANT_SUM = "participant_sum", _("sum of participants")
    PERSON_COUNT = "person_count", _("count of persons")
    ITEM_COUNT = "item_count", _("count of items")
    STOCK_COUNT = "stock_count", _("stock on a day")
    CASE_STATISTIC = "case_statistic", _("case statistic")
    DOCUMENT = "document", _("document")
    PUBLICATION = "publication", _("publication")
    MILESTONE = "milestone", _("milestone")
    COVERAGE_SET = "coverage_set", _("places covered")
    CATEGORY_SET = "category_set", _("categories covered")
    QUALITATIVE = "qualitative", _("in words")


class TargetKind(models.TextChoices):
    """How a target bounds a value; no target at all is None."""

    EXACT = "exact", _("exactly")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    RANGE = "range", _("from and to")


CONFIRMABLE: dict[str, frozenset[str]] = {
    Part.PLAN: frozenset({"title", "adopted_on", "start", "end"}),
    Part.GOAL: frozenset({"title"}),
    Part.OBJECTIVE: frozenset({"title", "goal"}),
    Part.ACTIVITY: frozenset({"objective", "title", "leading", "supporting", "partners", "timeline", "indicators"}),
    Part.INDICATOR: frozenset({"text", "type", "unit", "target"}),
}
"""Which fields of a part can be marked as *to be confirmed* (N0.1)."""
