"""All reads of the plan."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gza.directory import queries as directory
from gza.directory.models import Organisation

from . import document as doc
from . import parsing, writing
from .enums import AgencyRole
from .models import Activity, ActivityAgency, Goal, Indicator, Objective, Part, Plan, ToConfirm
from .problems import Problems

DEFAULT = "NAP-2019-2020"


class NoPlan(Exception):
    """There is no plan of that code."""


def plans() -> QuerySet[Plan]:
    """Every plan, the latest first, with counts ``of_activities`` and ``of_marks``; without the source text."""
    return (
        Plan.objects.defer("source_text")
        .annotate(of_activities=_count(Activity), of_marks=_count(ToConfirm))
        .order_by("-start", "code")
    )


def _count(model: type[Activity] | type[ToConfirm]) -> Coalesce:
    rows = model._default_manager.filter(plan=OuterRef("pk")).order_by().values("plan")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def find(code: str, *, locked: bool = False) -> Plan | None:
    """The plan of that code, or None; ``locked`` for an act that will change it."""
    rows = Plan.objects.select_for_update() if locked else Plan.objects.all()
    return rows.filter(code=code).first()


def agency_keys() -> frozenset[str]:
    """The keys of all bodies that a plan may name."""
    return frozenset(directory.organisations().filter(key__isnull=False).values_list("key", flat=True))


def names(keys: Iterable[str]) -> dict[str, Organisation]:
    """The bodies behind keys; a key the directory does not know is left out."""
    return directory.by_keys(keys)


def earlier() -> frozenset[str]:
    """What a plan may carry over: ``CODE/number`` of every activity of every plan."""
    rows = Activity.objects.order_by().values_list("plan__code", "number")
    return frozenset(f"{code}/{number}" for code, number in rows)


def read_file(name: str, data: bytes) -> tuple[doc.Plan | None, Problems]:
    """Read a plan file against the bodies and plans that stand.

    Raises:
        Unreadable: when nothing of it can be read.
    """
    return parsing.read(name, data, agencies=agency_keys(), earlier=earlier())


def export(code: str = DEFAULT, kind: str = "json") -> bytes:
    """The plan as a file.

    Args:
        code: the plan's code.
        kind: ``json``, ``csv`` or ``xlsx``.

    Raises:
        NoPlan: when there is none of that code.
        KeyError: for another kind.
    """
    write = writing.FORMATS[kind]
    return write(document(code))


def document(code: str) -> doc.Plan:
    """The whole plan as plain values, in a constant number of queries.

    Raises:
        NoPlan: when there is none of that code.
    """
    plan = Plan.objects.defer("source_text").filter(code=code).first()
    if plan is None:
        raise NoPlan(code)
    marks: dict[str, list[str]] = defaultdict(list)
    for number, field in ToConfirm.objects.filter(plan=plan).order_by("position").values_list("number", "field"):
        marks[number].append(field)
    goals = Goal.objects.filter(plan=plan)
    objectives = [(one, one.goal.number) for one in Objective.objects.filter(plan=plan).select_related("goal")]
    return doc.Plan(
        plan.code, plan.title, plan.adopted_on, plan.start, plan.end, plan.language,
        tuple(doc.Goal(one.number, one.title, _marks(one, marks[one.number])) for one in goals),
        tuple(doc.Objective(one.number, goal, one.title, _marks(one, marks[one.number])) for one, goal in objectives),
        _activities(plan, marks),
        _marks(plan, marks[plan.code]),
    )  # fmt: skip


def _activities(plan: Plan, marks: dict[str, list[str]]) -> tuple[doc.Activity, ...]:
    roles: dict[tuple[Any, str], list[ActivityAgency]] = defaultdict(list)
    for body in ActivityAgency.objects.filter(activity__plan=plan):
        roles[body.activity_id, body.role].append(body)
    indicators: dict[Any, list[Indicator]] = defaultdict(list)
    for one in Indicator.objects.filter(plan=plan):
        indicators[one.activity_id].append(one)
    return tuple(
        doc.Activity(
            one.number, one.objective.number, one.title,
            _bodies(roles[one.id, AgencyRole.LEADING]), _bodies(roles[one.id, AgencyRole.SUPPORTING]),
            tuple(map(str, roles[one.id, AgencyRole.PARTNER])), one.partners_printed,
            doc.Timeline(one.timeline, one.start, one.end, one.timeline_kind),
            tuple(_indicator(part, one, marks[part.code]) for part in indicators[one.id]),
            one.carried_from, _marks(one, marks[one.number]),
        )
        for one in Activity.objects.filter(plan=plan).select_related("objective")
    )  # fmt: skip


def _bodies(rows: list[ActivityAgency]) -> tuple[doc.Agency, ...]:
    return tuple(doc.Agency(row.agency, tuple(row.via)) for row in rows)


def _indicator(row: Indicator, activity: Activity, marks: list[str]) -> doc.Indicator:
    target = doc.Target(row.target_kind, row.target_min, row.target_max) if row.target_kind else None
    return doc.Indicator(
        row.code, activity.number, row.printed, row.printed_text, row.title, row.type, row.unit, target,
        _marks(row, marks),
    )  # fmt: skip


def _marks(row: Part | Plan, fields: list[str]) -> doc.Marks:
    return doc.Marks(row.source, tuple(fields), row.note, row.note_ka, row.title_ka)


def source_lines(code: str, source: str) -> list[tuple[int, str]]:
    """Lines of the kept source text by number, ``source`` as in a part's marks; empty when no text is kept."""
    text = Plan.objects.filter(code=code).values_list("source_text", flat=True).first() or ""
    lines = text.split("\n") if text else []
    wanted: list[int] = []
    for piece in filter(None, source.split(",")):
        first, _, last = piece.partition("-")
        wanted += range(int(first), min(int(last or first), len(lines)) + 1)
    return [
        (number, lines[number - 1].replace("\t", " | "))
        for number in wanted
        if 0 < number <= len(lines) and lines[number - 1]
    ]
