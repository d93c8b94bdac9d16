"""What cases, accounts and budget lines show, worked out anew from the rows: what differs, in words (G2).

Used by the tests of single acts and by the soak after its crowd.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet, Sum

from gza.cases.models import Case, Caseload, Designation, Flag, StageCount
from gza.cases.queries.road import road_facts
from gza.core.calendar import last_day
from gza.law import funding, stages
from gza.law.stages import Stage
from gza.plans.models import (
    Account,
    BudgetLine,
    Commitment,
    Consideration,
    Expenditure,
    FollowUp,
    LaterPlan,
    Notice,
    Plan,
    PlanEnd,
    PlanVersion,
    Release,
)
from gza.plans.queries import requests, running

_MONTHS = 12


def differing(case: Case, *, sought: bool = True) -> list[str]:
    """What the case shows and its rows do not say.

    Args:
        case: the case.
        sought: whether the items were really sought; not so where a test inserted a plan in force.
    """
    case.refresh_from_db()
    found = (*_first(case), *_road(case), *(_sought(case) if sought else ()), *_plans(case), *_end(case))
    return [f"{case.code}: {what}" for what in found]


def _says(what: str, shown: Any, rows: Any) -> Iterator[str]:
    if shown != rows:
        yield f"{what} is {shown!r}, the rows say {rows!r}"


def _first(case: Case) -> Iterator[str]:
    standing = Designation.objects.filter(case=case, ended_on=None)
    if standing.count() > 1:
        yield "two designations stand"
    worker = standing.first()
    yield from _says("worker", case.worker_id, worker.worker_id if worker else None)
    flags = Flag.objects.filter(case=case, resolved_at=None).count()
    yield from _says("open flags", case.open_flags, flags)


def _road(case: Case) -> Iterator[str]:
    yield from _says("stage", case.stage, stages.stage_of(road_facts(case)).value)
    waiting = Consideration.objects.filter(case=case, state="open", superseded=False).count()
    yield from _says("considerations", case.considerations_open, waiting)
    yield from _says("report due", case.report_due_on, running.report_due_on(case))


def _sought(case: Case) -> Iterator[str]:
    found = requests.mirrored(requests.seeking(case), case.agreed_on)
    if PlanVersion.objects.filter(case=case, state="agreed", kind="initial", plan__ended_on=None).exists():
        shown = (case.items_unsought, case.requests_waiting)
        yield from _says("requests", shown, (found.items_unsought, found.requests_waiting))
        if case.in_force_on is None:  # from then on the items are those of the plan in force, the day stays
            yield from _says("answered", case.answered_on, found.answered_on)


def _plans(case: Case) -> Iterator[str]:
    open_plans = Plan.objects.filter(case=case, ended_on=None)
    if open_plans.count() > 1:
        yield "two plans are open"
    plan = open_plans.first()
    rows = list(PlanVersion.objects.filter(plan=plan).order_by("number")) if plan else []
    initial = [row for row in rows if row.kind == "initial"]
    if plan:
        yield from _says("plan state", case.plan_state, initial[-1].state if initial else "")
    in_force = [row for row in rows if row.state == "in_force"]
    if PlanVersion.objects.filter(case=case, state="in_force").count() > 1:
        yield "two versions are in force"
    if plan:
        one = in_force[0] if in_force else None
        shown = (case.starts_on, case.ends_on)
        yield from _says("days", shown, (one.starts_on, one.ends_on) if one else (None, None))
        began = min((row.in_force_on for row in rows if row.in_force_on), default=None)
        yield from _says("in force since", case.in_force_on, began)
    going = [row for row in rows if row.state in {"draft", "submitted", "to_sign"}]
    if len(going) > 1:
        yield "two versions are under way"
    for row in rows:
        if row.starts_on and row.ends_on and row.ends_on > last_day(row.starts_on, _MONTHS):
            yield f"version {row.number} lasts longer than twelve months"


def _end(case: Case) -> Iterator[str]:
    ends = PlanEnd.objects.filter(case=case, plan__later=None).order_by("-happened_on").first()
    yield from _says(
        "end", (case.plan_ended_on, case.plan_end), (ends.happened_on, ends.ground) if ends else (None, "")
    )
    binding = PlanVersion.objects.filter(case=case, state="in_force").exists()
    yield from _says("in force", case.in_force_on is not None and ends is None, binding)
    notice = Notice.objects.filter(case=case, plan_end=ends).order_by("recorded_at").first() if ends else None
    yield from _says("notice", case.notified_on, notice.happened_on if notice else None)
    standing = FollowUp.objects.filter(case=case, ended_on=None).first()
    yield from _says("follow-up", case.follow_up in {"agreed", "declined"}, standing is not None)
    if standing is not None:
        yield from _says("kind of follow-up", case.follow_up, standing.state)
    yield from _says("next contact", case.next_contact_on is not None, case.follow_up == "agreed")
    if LaterPlan.objects.filter(case=case).count() > Plan.objects.filter(case=case).exclude(ended_on=None).count():
        yield "more later plans than ended ones"
    if case.ended_on is not None and case.stage != Stage.ENDED:
        yield "ended, and not at the end"


def _counted(rows: QuerySet[Any], name: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(name).annotate(Count("id")))


def counters() -> list[str]:
    """What the counters of all cases say, and is not so."""
    kept = dict(StageCount.objects.filter(count__gt=0).values_list("stage").annotate(Sum("count")).order_by())
    loads = dict(Caseload.objects.filter(count__gt=0).values_list("user_id", "count"))
    held = _counted(Case.objects.exclude(stage=Stage.ENDED).exclude(holder_id=None), "holder_id")
    return [
        *_says("the counter of stages", kept, _counted(Case.objects.all(), "stage")),
        *_says("the counter of caseloads", loads, held),
    ]


def money(today: dt.date) -> list[str]:
    """Accounts, lines and commitments beside what their rows add up to, and beside the limits (S5.6)."""
    return list(_money(today))


def _money(today: dt.date) -> Iterator[str]:
    sums: dict[str, Counter[Any]] = {"account": Counter(), "line": Counter(), "released": Counter(), "paid": Counter()}
    for given in Release.objects.filter(superseded=False):
        sums["released"][given.commitment_id] += given.amount
    for paid in Expenditure.objects.filter(superseded=False, kind="payment").exclude(commitment=None):
        sums["paid"][paid.commitment_id] += paid.amount
    for row in Commitment.objects.all():
        yield from _says(f"released of {row.id}", row.released, sums["released"][row.id])
        yield from _says(f"paid of {row.id}", row.spent, sums["paid"][row.id])
        if row.released + row.spent > row.amount:
            yield f"more than was committed is released and paid of {row.id}"
        sums["account"][row.account_id] += row.amount - row.released
        sums["line"][row.line_id] += row.amount - row.released
    reserved: Counter[Any] = Counter()
    for asked in Consideration.objects.filter(state="deferred", superseded=False):
        reserved[asked.line_id] += asked.reserved
    for account in Account.objects.all():
        yield from _says(f"account {account.id}", account.committed, sums["account"][account.id])
        if account.committed > funding.ceiling(today):
            yield f"account {account.id} is past the ceiling"
    for line in BudgetLine.objects.all():
        yield from _says(f"committed of {line.year}", line.committed, sums["line"][line.id])
        yield from _says(f"reserved of {line.year}", line.reserved, reserved[line.id])
        if line.committed + line.reserved > line.allotted:
            yield f"the line of {line.year} is passed"
