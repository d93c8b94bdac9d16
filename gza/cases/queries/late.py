"""What is late, stage by stage: derived from the day a stage was entered and the term in force, never stored (S4.1)."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from gza.accounts.principals import Principal
from gza.core import clock
from gza.law import overview
from gza.law.stages import STOPS, Party, Stage

from ..models import Case

COUNTED = 100
"""Where counting stops: "more than a hundred" costs the same at any size."""
_LONGEST = 400  # days back in which the first day in time is looked for


@dataclass(frozen=True)
class Waiting:
    """A case at a stage with a term. ``due`` is the last day in time, ``days_late`` 0 while in time."""

    case: Case
    stage: Stage
    party: Party
    clause: str
    due: dt.date
    days_late: int


@lru_cache(maxsize=4096)
def first_in_time(stage: Stage, today: dt.date) -> dt.date | None:
    """The earliest day of entering the stage that is not late on ``today``; None where no clock runs."""
    if stage not in overview.TERMS:
        return None
    day = today
    for _ in range(_LONGEST):
        last = overview.due(stage=stage, since=day - dt.timedelta(days=1))
        if last is None or last < today:
            return day
        day -= dt.timedelta(days=1)
    return day


def waiting(case: Case, today: dt.date | None = None) -> Waiting | None:
    """How a case stands against the term of its stage; None where no clock runs. No query."""
    today = today or clock.today()
    stage = Stage(case.stage)
    last = overview.due(stage=stage, since=case.stage_since)
    if last is None:
        return None
    late = overview.days_late(stage=stage, since=case.stage_since, today=today)
    return Waiting(case, stage, STOPS[stage].party, STOPS[stage].clause, last, late)


def stages_of(*parties: Party) -> list[Stage]:
    """The stages with a term whose act is one of these parties'."""
    return [stage for stage in overview.TERMS if STOPS[stage].party in parties]


def late_cases(
    who: Principal,
    *,
    stages: Iterable[Stage] = tuple(overview.TERMS),
    region: str = "",
    holder: uuid.UUID | None = None,
    after: str = "",
    size: int = 50,
) -> tuple[list[Waiting], str]:
    """Cases past their term, the longest overdue first, with the mark of the next page; two queries at any size.

    Args:
        who: whose view; who is shut out of a case does not find it.
        stages: only these.
        region: only of this office region.
        holder: only those kept by this user.
        after: the mark of the page before.
        size: rows a page.
    """
    today = clock.today()
    return _due_before(who, dict.fromkeys(stages, today), region, holder, after, size)


def due_soon(
    who: Principal, *, days: int, stages: Iterable[Stage], holder: uuid.UUID | None = None, size: int = 50
) -> list[Waiting]:
    """Cases whose term ends within so many days, or has ended, the most urgent first; two queries."""
    limit = clock.today() + dt.timedelta(days=days + 1)
    return _due_before(who, dict.fromkeys(stages, limit), "", holder, "", size)[0]


def _due_before(
    who: Principal,
    limits: dict[Stage, dt.date],
    region: str,
    holder: uuid.UUID | None,
    after: str,
    size: int,
) -> tuple[list[Waiting], str]:
    begin = _mark(after)
    parts, params = [], []
    for stage, limit in limits.items():
        cut = first_in_time(stage, limit)
        if cut is not None:
            sql, values = _part(who, stage, cut, region, holder, begin, size + 1)
            parts.append(sql)
            params += values
    if not parts:
        return [], ""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        ids = [row[0] if isinstance(row[0], uuid.UUID) else uuid.UUID(row[0]) for row in cursor.fetchall()]
    today = clock.today()
    found = [one for case in Case.objects.filter(id__in=ids) if (one := waiting(case, today)) is not None]
    found.sort(key=lambda one: (one.due, one.case.id))
    if begin:
        found = [one for one in found if (one.due, one.case.id) > begin]
    more, found = len(found) > size, found[:size]
    return found, f"{found[-1].due.isoformat()}_{found[-1].case.id}" if more else ""


def _part(
    who: Principal,
    stage: Stage,
    cut: dt.date,
    region: str,
    holder: uuid.UUID | None,
    begin: tuple[dt.date, uuid.UUID] | None,
    size: int,
) -> tuple[str, list[object]]:
    """One stage's oldest cases out of its index, as a part of a UNION."""
    conditions, params = ["stage = %s", "stage_since < %s"], [stage.value, cut]
    if region:
        conditions, params = ["region = %s", *conditions], [region, *params]
    if holder:
        conditions, params = ["holder_id = %s", *conditions], [_id(holder), *params]
    if begin:  # the days on which this stage may have been entered to be due at the mark or later
        conditions, params = [*conditions, "stage_since >= %s"], [*params, first_in_time(stage, begin[0])]
    conditions.append(
        "NOT EXISTS (SELECT 1 FROM cases_shut_out WHERE cases_shut_out.case_id = cases_case.id "
        "AND cases_shut_out.user_id = %s AND lifted_on IS NULL)"
    )
    where = " AND ".join(conditions)
    sql = f"SELECT id FROM (SELECT id FROM cases_case WHERE {where} ORDER BY stage_since, id LIMIT {size}) AS {stage.name.lower()}"  # noqa: S608 (fixed texts alone; values are parameters)
    return sql, [*params, _id(who.id)]


def _id(value: uuid.UUID) -> object:
    return value if connection.features.has_native_uuid_field else value.hex


def _mark(after: str) -> tuple[dt.date, uuid.UUID] | None:
    day, _, id_ = after.partition("_")
    try:
        return dt.date.fromisoformat(day), uuid.UUID(id_)
    except ValueError:
        return None
