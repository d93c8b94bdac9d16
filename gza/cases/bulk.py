"""Thousands of cases through the same models: really sealed, counted, indexed, written to the ledger; constant memory.

For the synthetic country and for moving an office's whole archive. No rule is asked: a story is taken as it is told,
so whoever tells it answers for its order. Each batch is one durable transaction.
"""

import datetime as dt
import itertools
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models, transaction

from gza.accounts.principals import Principal
from gza.core import clock, db, rows
from gza.core.ids import case_code, uuid7
from gza.law import stages
from gza.ledger.work import append
from gza.vault import index
from gza.vault.steps import open_cases_bulk

from . import steps, telling
from .batch import Batch, Written
from .models import Case
from .stories import CaseStory, PlanFacts, facts

BATCH = 500


@dataclass(frozen=True)
class Upper:
    """What an app above adds to each case: its rows, the order of their models, where a story's plan stands."""

    add: Callable[[Batch, Written], None] = lambda _batch, _written: None
    order: tuple[type[models.Model], ...] = ()
    plan_of: Callable[[CaseStory], PlanFacts] = lambda _story: PlanFacts()
    finish: Callable[[list[Written]], None] = lambda _written: None
    """runs when everything is inserted"""


def write(
    stories: Iterable[CaseStory],
    *,
    by: Principal,
    upper: Upper | None = None,
    size: int = BATCH,
    tick: Callable[[int], None] = lambda _count: None,
) -> int:
    """Write the cases that the stories tell; how many.

    Args:
        stories: walked once, ``size`` at a time.
        by: whose ring opens the cases: a registry member's.
        upper: what an app above adds.
        size: cases of one transaction, held in memory together.
        tick: told how many cases were written, after each batch, for a progress bar.
    """
    walk, total = iter(stories), 0
    while chunk := list(itertools.islice(walk, size)):
        with db.writers_queue(), transaction.atomic(durable=True):
            _write(chunk, by, upper or Upper())
        total += len(chunk)
        tick(len(chunk))
    return total


def _write(chunk: list[CaseStory], by: Principal, upper: Upper) -> None:
    batch = Batch()
    holders = [(story.id or uuid7(), [one for one in [story.holder_id] if one]) for story in chunk]
    opened = open_cases_bulk(holders, by=by, size=len(chunk))
    for story, keys, code in zip(chunk, opened, _codes(len(chunk)), strict=True):
        written = Written(_case(story, keys.case, code, upper.plan_of(story)), story, keys)
        batch.cases.append(written)
        telling.tell(batch, written)
        upper.add(batch, written)
    batch.rows[Case] = [written.case for written in batch.cases]
    for model in (Case, *telling.ORDER, *upper.order):
        rows.insert(batch.rows.pop(model, []))
    if batch.rows:
        raise TypeError(f"no place in the order for {sorted(model.__name__ for model in batch.rows)}")
    upper.finish(batch.cases)
    index.index_many(batch.people)
    _count(batch)
    batch.events.sort(key=lambda event: event.at)
    append(batch.events)


def _case(story: CaseStory, case_id: uuid.UUID, code: str, plan: PlanFacts) -> Case:
    known = facts(story, plan)
    stage = stages.stage_of(known)
    return Case(
        id=case_id, code=code, stage=stage.value, stage_since=stages.since(known) or story.opened_on,
        standing=story.standing, in_shelter=story.in_shelter, cooperates=story.cooperates, region=story.region,
        opened_on=story.opened_on, opened_at=dt.datetime.combine(story.opened_on, dt.time(9), clock.TBILISI),
        opened_by=story.received_by, holder_id=story.holder_id,
        worker_id=None if story.closed_on else story.worker_id,
        designated_on=None if story.closed_on else story.designated_on, ended_on=story.closed_on,
        presumed_on=known.received_presumed_on,
        status_asked_on=known.status_asked_on, plan_state=plan.state.value if plan.state else "",
        plan_items=plan.items, plan_incomplete=plan.incomplete, drafted_on=plan.drafted_on,
        submitted_on=plan.submitted_on, returned_on=plan.returned_on, agreed_on=plan.agreed_on,
        open_flags=len(story.flags) + plan.flags, **plan.after,
    )  # fmt: skip


def _codes(count: int) -> list[str]:
    """As many codes as wanted that no case has."""
    found: set[str] = set()
    while len(found) < count:
        fresh = {case_code() for _ in range(count - len(found))}
        found |= fresh - set(Case.objects.filter(code__in=fresh).values_list("code", flat=True))
    return list(found)


def _count(batch: Batch) -> None:
    places = [steps.Place.of(written.case) for written in batch.cases]
    steps.add_stages(Counter((place.region, place.stage) for place in places))
    steps.add_loads(Counter(place.load for place in places if place.load))
