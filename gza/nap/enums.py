"""Kinds of the plan's parts. Timelines, types of indicators and targets are the law's own: ``gza.law.nap``."""

from enum import StrEnum


class Part(StrEnum):
    """What a row of a plan file is."""

    PLAN = "plan"
    GOAL = "goal"
    OBJECTIVE = "objective"
    ACTIVITY = "activity"
    INDICATOR = "indicator"


class AgencyRole(StrEnum):
    """What a body is to an activity."""

    LEADING = "leading"
    SUPPORTING = "supporting"
    PARTNER = "partner"


CONFIRMABLE: dict[str, frozenset[str]] = {
    Part.PLAN: frozenset({"title", "adopted_on", "start", "end"}),
    Part.GOAL: frozenset({"title"}),
    Part.OBJECTIVE: frozenset({"title", "goal"}),
    Part.ACTIVITY: frozenset({"objective", "title", "leading", "supporting", "partners", "timeline", "indicators"}),
    Part.INDICATOR: frozenset({"text", "type", "unit", "target"}),
}
"""Which fields of a part can be marked as *to be confirmed* (N0.1)."""
