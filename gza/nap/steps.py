"""Writers that run inside the caller's act and write no event of their own."""

import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from gza.core import clock

from . import document
from .changes import name
from .enums import AgencyRole
from .models import Activity, ActivityAgency, Goal, Indicator, Objective, Part, Plan, ToConfirm

P = TypeVar("P", bound=Part)
_SHARED = ["position", "title", "title_ka", "source", "note", "note_ka"]


def write(said: document.Plan, *, source_text: str, loaded_by: uuid.UUID | None) -> Plan:
    """Make the database say what ``said`` says; rows that stay keep their ids. The caller has asked the law."""
    told = said.marks
    plan, _ = Plan.objects.update_or_create(
        code=said.code,
        defaults={
            "title": said.title, "title_ka": told.title_ka, "language": said.language,
            "adopted_on": said.adopted_on, "start": said.start, "end": said.end, "source": told.source,
            "note": told.note, "note_ka": told.note_ka, "source_text": source_text,
            "fingerprint": said.fingerprint(), "loaded_at": clock.now(), "loaded_by": loaded_by,
        },
    )  # fmt: skip
    sync = _Sync(plan)
    goals = sync.put(
        Goal, "number", [],
        [Goal(plan=plan, number=one.id, **_part(at, one.title, one.marks)) for at, one in enumerate(said.goals)],
    )  # fmt: skip
    objectives = sync.put(
        Objective, "number", ["goal"],
        [
            Objective(plan=plan, number=one.id, goal=goals[one.goal], **_part(at, one.title, one.marks))
            for at, one in enumerate(said.objectives)
        ],
    )  # fmt: skip
    activities = sync.put(
        Activity, "number",
        ["objective", "timeline", "timeline_kind", "start", "end", "partners_printed", "carried_from"],
        [_activity(plan, objectives[one.objective], at, one) for at, one in enumerate(said.activities)],
    )  # fmt: skip
    sync.put(
        Indicator, "code",
        ["activity", "printed", "printed_text", "type", "unit", "target_kind", "target_min", "target_max"],
        [_indicator(plan, activities[one.activity], at, one) for at, one in enumerate(said.indicators())],
    )  # fmt: skip
    sync.sweep()
    _agencies(plan, said, activities)
    _to_confirm(plan, said)
    return plan


class _Sync:
    """Makes a plan have just the wanted rows. Rows keep their ids by number; leftovers go last, leaves first."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.left: list[tuple[type[Part], list[uuid.UUID]]] = []

    def put(self, model: type[P], key: str, fields: list[str], wanted: list[P]) -> dict[str, P]:
        """Insert or alter the wanted rows; gives them by number."""
        stand = dict(model._default_manager.filter(plan=self.plan).values_list(key, "id"))
        by_key = {str(getattr(row, key)): row for row in wanted}
        for number, row in by_key.items():
            row.id = stand.pop(number, row.id)
        model._default_manager.bulk_create(
            wanted, update_conflicts=True, unique_fields=["id"], update_fields=[*_SHARED, *fields], batch_size=500
        )
        self.left.append((model, list(stand.values())))
        return by_key

    def sweep(self) -> None:
        """Delete what no longer belongs."""
        for model, ids in reversed(self.left):
            model._default_manager.filter(id__in=ids).delete()


def _part(position: int, title: str, marks: document.Marks) -> dict[str, Any]:
    return {
        "position": position, "title": title, "title_ka": marks.title_ka, "source": marks.source,
        "note": marks.note, "note_ka": marks.note_ka,
    }  # fmt: skip


def _activity(plan: Plan, objective: Objective, at: int, one: document.Activity) -> Activity:
    when = one.timeline
    return Activity(
        plan=plan, objective=objective, number=one.id, timeline=when.text, timeline_kind=when.kind,
        start=when.start, end=when.end, partners_printed=one.partners_printed, carried_from=one.carried_from,
        **_part(at, one.title, one.marks),
    )  # fmt: skip


def _indicator(plan: Plan, activity: Activity, at: int, one: document.Indicator) -> Indicator:
    target = one.target
    return Indicator(
        plan=plan, activity=activity, code=one.code, printed=one.printed, printed_text=one.printed_text,
        type=one.type, unit=one.unit, target_kind=target.kind if target else None,
        target_min=target.min if target else None, target_max=target.max if target else None,
        **_part(at, one.text, one.marks),
    )  # fmt: skip


def _agencies(plan: Plan, said: document.Plan, activities: dict[str, Activity]) -> None:
    ActivityAgency.objects.filter(activity__plan=plan).delete()
    rows: list[ActivityAgency] = []
    for one in said.activities:
        activity = activities[one.id]
        for role, bodies in ((AgencyRole.LEADING, one.leading), (AgencyRole.SUPPORTING, one.supporting)):
            rows += [
                ActivityAgency(activity=activity, role=role, position=at, agency=body.agency, via=list(body.via))
                for at, body in enumerate(bodies)
            ]
        rows += [_partner(activity, at, partner) for at, partner in enumerate(one.partners)]
    ActivityAgency.objects.bulk_create(rows, batch_size=500)


def _partner(activity: Activity, at: int, partner: str) -> ActivityAgency:
    place = {"agency": partner} if document.is_key(partner) else {"words": partner}
    return ActivityAgency(activity=activity, role=AgencyRole.PARTNER, position=at, **place)


def _to_confirm(plan: Plan, said: document.Plan) -> None:
    ToConfirm.objects.filter(plan=plan).delete()
    ToConfirm.objects.bulk_create(_marks(plan, said.parts()), batch_size=500)


def _marks(plan: Plan, parts: Iterable[Any]) -> list[ToConfirm]:
    return [
        ToConfirm(plan=plan, number=name(part), field=field, position=at)
        for part in parts
        for at, field in enumerate(part.marks.to_confirm)
    ]
