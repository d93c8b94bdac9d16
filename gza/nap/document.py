"""A national action plan as plain values: what a file is read into, what is written out, what the database holds.

Nothing here knows a database. Order is meaning: parts stand in the order of the document.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from gza.law.nap import TargetKind

_KEY = re.compile(r"[a-z][a-z0-9_]*")


def is_key(partner: str) -> bool:
    """Whether a partner is named by the key of a body, or else in words."""
    return bool(_KEY.fullmatch(partner))


@dataclass(frozen=True)
class Agency:
    """A body by its key, and the keys of the units it acts through: ``moj`` via ``psda``, ``tcj``."""

    agency: str
    via: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As it stands in a cell: ``moj (psda, tcj)``."""
        return f"{self.agency} ({', '.join(self.via)})" if self.via else self.agency


@dataclass(frozen=True)
class Timeline:
    """The printed words and what they mean: a window of whole half-years, both days inclusive."""

    text: str
    start: dt.date
    end: dt.date
    kind: str


@dataclass(frozen=True)
class Target:
    """A bound on an indicator's value; ``min`` or ``max`` is None where that side is open."""

    kind: str
    min: int | None
    max: int | None

    def __str__(self) -> str:
        """As it stands in a cell: ``exactly 2``, ``24 to 40``. Words, since ``=2`` would be a formula."""
        if self.kind == TargetKind.RANGE:
            return f"{self.min} to {self.max}"
        if self.kind == TargetKind.EXACT:
            return f"exactly {self.min}"
        return f"at least {self.min}" if self.kind == TargetKind.AT_LEAST else f"at most {self.max}"


@dataclass(frozen=True)
class Marks:
    """Where a part comes from and what its source cannot settle (N0.1).

    ``source`` are line numbers of the source text (``24,26-27``); ``to_confirm`` are names of fields.
    """

    source: str = ""
    to_confirm: tuple[str, ...] = ()
    note: str = ""
    note_ka: str = ""
    title_ka: str = ""


@dataclass(frozen=True)
class Indicator:
    """One measurable part of a printed indicator of an activity; ``printed`` is that one's ordinal, from 1."""

    code: str
    activity: str
    printed: int
    printed_text: str
    text: str
    type: str
    unit: str
    target: Target | None
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True)
class Activity:
    """What is to be done, by whom, with whom, when, and how one sees it.

    ``partners`` are keys of bodies, or words where no key fits; ``partners_printed`` is the cell where it says more
    than they do. ``carried_from`` names the activity of an earlier plan that this one carries on: ``CODE/1.1.1``.
    """

    id: str
    objective: str
    title: str
    leading: tuple[Agency, ...]
    supporting: tuple[Agency, ...]
    partners: tuple[str, ...]
    partners_printed: str
    timeline: Timeline
    indicators: tuple[Indicator, ...]
    carried_from: str = ""
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True)
class Objective:
    """An objective of a goal."""

    id: str
    goal: str
    title: str
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True)
class Goal:
    """A strategic goal."""

    id: str
    title: str
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True)
class Plan:
    """The whole plan. ``start`` and ``end`` are its first and last day; ``adopted_on`` is None for a draft."""

    code: str
    title: str
    adopted_on: dt.date | None
    start: dt.date
    end: dt.date
    language: str
    goals: tuple[Goal, ...]
    objectives: tuple[Objective, ...]
    activities: tuple[Activity, ...]
    marks: Marks = field(default_factory=Marks)

    def fingerprint(self) -> bytes:
        """SHA-256 over everything the plan says, the same for the same plan from whatever format."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).digest()

    def indicators(self) -> Iterator[Indicator]:
        """Every measurable part, in order."""
        for activity in self.activities:
            yield from activity.indicators

    def count(self) -> dict[str, int]:
        """How many of each; ``printed`` are indicators as printed, ``indicators`` their measurable parts."""
        return {
            "goals": len(self.goals),
            "objectives": len(self.objectives),
            "activities": len(self.activities),
            "printed": sum(len({one.printed for one in act.indicators}) for act in self.activities),
            "indicators": sum(1 for _ in self.indicators()),
            "to_confirm": sum(len(part.marks.to_confirm) for part in self.parts()),
        }

    def parts(self) -> Iterator["Plan | Goal | Objective | Activity | Indicator"]:
        """The plan itself and every part of it, in the order of a file."""
        yield self
        under: dict[str, list[Activity]] = {}
        for activity in self.activities:
            under.setdefault(activity.objective, []).append(activity)
        for goal in self.goals:
            yield goal
            for objective in (one for one in self.objectives if one.goal == goal.id):
                yield objective
                for activity in under.get(objective.id, []):
                    yield activity
                    yield from activity.indicators


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan in the agreed exchange structure, JSON-ready."""
    return {
        "plan": {
            "code": plan.code,
            "title": plan.title,
            "adopted_on": plan.adopted_on.isoformat() if plan.adopted_on else None,
            "start": plan.start.isoformat(),
            "end": plan.end.isoformat(),
        },
        "goals": [{"id": one.id, "title": one.title} for one in plan.goals],
        "objectives": [{"id": one.id, "goal": one.goal, "title": one.title} for one in plan.objectives],
        "activities": [_activity_json(one) for one in plan.activities],
    }


def _activity_json(activity: Activity) -> dict[str, Any]:
    when = activity.timeline
    return {
        "id": activity.id,
        "objective": activity.objective,
        "title": activity.title,
        "leading": [{"agency": one.agency, "via": list(one.via)} for one in activity.leading],
        "supporting": [{"agency": one.agency, "via": list(one.via)} for one in activity.supporting],
        "partners": list(activity.partners),
        "timeline": {
            "text": when.text,
            "start": when.start.isoformat(),
            "end": when.end.isoformat(),
            "kind": str(when.kind),
        },
        "indicators": [
            {
                "code": one.code,
                "printed": one.printed,
                "text": one.text,
                "type": str(one.type),
                "unit": one.unit,
                "target": one.target and {"kind": str(one.target.kind), "min": one.target.min, "max": one.target.max},
            }
            for one in activity.indicators
        ],
        "to_confirm": list(activity.marks.to_confirm),
    }
