"""The Fund's overview (S4.1): how many cases stand where, what is late and with whom, what is flagged."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from gza.accounts.principals import Principal
from gza.cases.models import Case, Caseload, Flag, StageCount
from gza.core import clock
from gza.core.paging import SIZE, Page, page
from gza.law import overview as rules
from gza.law.stages import STOPS, Party, Stage

from .late import COUNTED, Waiting, first_in_time, late_cases
from .lists import not_barred, visible


@dataclass(frozen=True)
class StageLine:
    """One stage of the overview. ``late`` stops at ``late.COUNTED``; None where no clock runs."""

    stage: Stage
    clause: str
    party: Party
    count: int
    late: int | None


@dataclass(frozen=True)
class Overview:
    """Counts out of kept counters, lateness out of indexes: nothing is counted over all cases."""

    stages: tuple[StageLine, ...]
    regions: dict[str, int]
    total: int
    late: list[Waiting]
    more: str


def overview(who: Principal, *, region: str = "", size: int = 20) -> Overview:
    """The overview, of one office region or of all; five queries at any size.

    Figures of stages and regions count every case (a number names none); the list of late ones leaves out what ``who``
    is shut out of.
    """
    rows = StageCount.objects.filter(count__gt=0)
    by_region = {one["region"]: one["n"] for one in rows.values("region").order_by("region").annotate(n=Sum("count"))}
    counts: dict[str, int] = {}
    for stage, count in (rows.filter(region=region) if region else rows).values_list("stage", "count"):
        counts[stage] = counts.get(stage, 0) + count
    late = late_counts(region=region)
    lines = tuple(
        StageLine(stage, STOPS[stage].clause, STOPS[stage].party, counts.get(stage.value, 0), late.get(stage))
        for stage in Stage
    )
    listed, more = late_cases(who, region=region, size=size)
    return Overview(lines, by_region, sum(counts.values()), listed, more)


def late_counts(*, region: str = "") -> dict[Stage, int]:
    """How many cases are late at each stage with a term, counted up to ``late.COUNTED``; one query."""
    today = clock.today()
    parts, params = [], []
    for stage in rules.TERMS:
        of_region = "region = %s AND " if region else ""
        parts.append(
            f"SELECT '{stage.value}', count(*) FROM (SELECT 1 FROM cases_case WHERE {of_region}stage = %s "  # noqa: S608 (fixed texts alone)
            f"AND stage_since < %s LIMIT {COUNTED}) AS {stage.name.lower()}"
        )
        params += [*([region] if region else []), stage.value, first_in_time(stage, today)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return {Stage(stage): count for stage, count in cursor.fetchall()}


def open_flags(who: Principal, *, after: str = "", before: str = "", size: int = SIZE) -> Page[Flag]:
    """Open flags of cases ``who`` may know of, the oldest first, by keyset; at most two queries."""
    rows = Flag.objects.filter(not_barred(who, "case_id"), resolved_at=None).select_related("case")
    return page(rows, ("raised_at", "id"), after=after, before=before, size=size)


def caseloads(user_ids: list[object]) -> dict[object, int]:
    """How many open cases each of these workers keeps; one query (S7.1)."""
    return dict(Caseload.objects.filter(user_id__in=user_ids).values_list("user_id", "count"))


def cases_at(who: Principal, stage: Stage, limit: int = 20) -> list[Case]:
    """The cases longest at a stage, out of the index ``case_waiting``; one query."""
    return list(visible(who).filter(stage=stage.value).order_by("stage_since", "id")[:limit])
