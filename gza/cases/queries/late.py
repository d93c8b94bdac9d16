"""What is late, stage by stage: derived from the day a stage was entered and the term in force, never stored (S4.1)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.core import calendar, clock
from gza.core.prepared import Among
from gza.law import overview
from gza.law.stages import STOPS, Party, Stage

from .lists import LISTED

COUNTED = 100
"""Where counting stops: "more than a hundred" costs the same at any size."""
_LONGEST = 400  # days back in which the first day in time is looked for


@dataclass(frozen=True)
class Waiting:
    """A case at a stage with a term.

    ``due`` is the last day in time, ``days_late`` 0 while in time, ``marks`` what ``law.overview.lateness`` says.
    """

    case: Case
    stage: Stage
    party: Party
    clause: str
    due: dt.date
    days_late: int
    marks: tuple[str, ...]


@lru_cache(maxsize=4096)
def due(stage: Stage, since: dt.date) -> dt.date | None:
    """The last day in time for a stage entered on ``since``; None where no clock runs."""
    days = overview.term(stage=stage, since=since)
    return None if days is None else calendar.add_working_days(since, days)


@lru_cache(maxsize=4096)
def first_in_time(stage: Stage, today: dt.date) -> dt.date | None:
    """The earliest day of entering the stage that is not late on ``today``; None where no clock runs."""
    if stage not in overview.TERMS:
        return None
    day = today
    for _ in range(_LONGEST):
        last = due(stage, day - dt.timedelta(days=1))
        if last is None or last < today:
            return day
        day -= dt.timedelta(days=1)
    return day


def waiting(case: Case, today: dt.date | None = None) -> Waiting | None:
    """How a case stands against the term of its stage; None where no clock runs. No query."""
    today = today or clock.today()
    stage = Stage(case.stage)
    last = due(stage, case.stage_since)
    if last is None:
        return None
    late = overview.days_late(due=last, today=today)
    marks = overview.lateness(stage=stage, due=last, today=today).flags
    return Waiting(case, stage, STOPS[stage].party, STOPS[stage].clause, last, late, marks)


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
    wanted = _Wanted(clock.today(), tuple(stages), region, holder, _mark(after), size)
    return _due_before(who, [wanted])[0]


def due_soon(
    who: Principal, *asked: tuple[int, Sequence[Stage]], holder: uuid.UUID | None = None, size: int = 50
) -> list[list[Waiting]]:
    """Cases whose term ends soon, or has ended, the most urgent first: a list for each that is asked; two queries.

    Args:
        who: whose view; who is shut out of a case does not find it.
        *asked: pairs of the days within which the term ends, and of the stages; no stage twice.
        holder: only those kept by this user.
        size: most cases of a list.
    """
    today = clock.today()
    wanted = [
        _Wanted(today + dt.timedelta(days=days + 1), tuple(stages), holder=holder, size=size) for days, stages in asked
    ]
    return [found for found, _mark in _due_before(who, wanted)]


@dataclass(frozen=True, order=True)
class _Mark:
    """The last row of a page: cases are ordered by due day, day of entering, id."""

    due: dt.date
    since: dt.date
    id: uuid.UUID

    def __str__(self) -> str:
        """As an address has it."""
        return f"{self.due}_{self.since}_{self.id}"


@dataclass(frozen=True)
class _Wanted:
    """Cases due before ``limit``."""

    limit: dt.date
    stages: tuple[Stage, ...]
    region: str = ""
    holder: uuid.UUID | None = None
    begin: _Mark | None = None
    size: int = 50


def _due_before(who: Principal, asked: Sequence[_Wanted]) -> list[tuple[list[Waiting], str]]:
    parts, params = [], []
    for wanted in asked:
        for stage in wanted.stages:
            if stage in overview.TERMS:
                sql, values = _part(who, stage, wanted)
                parts.append(sql)
                params += values
    if not parts:
        return [([], "") for _ in asked]
    by_stage: dict[str, list[_Mark]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        for id_, stage, since in cursor.fetchall():
            by_stage.setdefault(stage, []).append(_read(id_, stage, since))
    lists = []
    for wanted in asked:
        marks = sorted(mark for stage in wanted.stages for mark in by_stage.get(stage.value, []))
        lists.append((marks[: wanted.size], len(marks) > wanted.size))
    cases = {one.id: one for one in _LISTED.all([one.id for marks, _more in lists for one in marks])}
    return [(_found(marks, cases), str(marks[-1]) if more else "") for marks, more in lists]


def _found(marks: Sequence[_Mark], cases: Mapping[uuid.UUID, Case]) -> list[Waiting]:
    today = clock.today()
    return [one for mark in marks if mark.id in cases and (one := waiting(cases[mark.id], today)) is not None]


_LISTED = Among(lambda ids: Case.objects.only(*LISTED).filter(id__in=ids))


def _read(id_: object, stage: str, since: object) -> _Mark:
    day = since if isinstance(since, dt.date) else dt.date.fromisoformat(str(since))
    return _Mark(due(Stage(stage), day) or day, day, id_ if isinstance(id_, uuid.UUID) else uuid.UUID(str(id_)))


def _part(who: Principal, stage: Stage, wanted: _Wanted) -> tuple[str, list[object]]:
    """One stage's oldest cases out of its index, as a part of a UNION."""
    conditions: list[str] = []
    params: list[object] = []
    if wanted.region:
        conditions.append("region = %s")
        params.append(wanted.region)
    if wanted.holder:
        conditions.append("holder_id = %s")
        params.append(_id(wanted.holder))
    conditions.append("stage = %s AND stage_since < %s")
    params += [stage.value, first_in_time(stage, wanted.limit)]
    if begin := wanted.begin:  # a later day of entering is never due earlier
        conditions.append("stage_since >= %s")
        conditions.append("(stage_since >= %s OR stage_since > %s OR (stage_since = %s AND id > %s))")
        same, later = first_in_time(stage, begin.due), first_in_time(stage, begin.due + dt.timedelta(days=1))
        params += [same, later, begin.since, begin.since, _id(begin.id)]
    conditions.append(
        "NOT EXISTS (SELECT 1 FROM cases_shut_out WHERE cases_shut_out.case_id = cases_case.id "
        "AND cases_shut_out.user_id = %s AND lifted_on IS NULL)"
    )
    where, most = " AND ".join(conditions), wanted.size + 1
    inner = f"SELECT id, stage, stage_since FROM cases_case WHERE {where} ORDER BY stage_since, id LIMIT {most}"  # noqa: S608 (values are parameters)
    return f"SELECT id, stage, stage_since FROM ({inner}) AS {stage.name.lower()}", [*params, _id(who.id)]  # noqa: S608 (as above)


def _id(value: uuid.UUID) -> object:
    return value if connection.features.has_native_uuid_field else value.hex


def _mark(after: str) -> _Mark | None:
    try:
        due, since, id_ = after.split("_")
        return _Mark(dt.date.fromisoformat(due), dt.date.fromisoformat(since), uuid.UUID(id_))
    except ValueError:
        return None
