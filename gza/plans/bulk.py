"""Thousands of cases with their plans (``cases.bulk``): versions, items, the Fund's answers, all sealed."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.cases import bulk as cases
from gza.cases.batch import Batch, Written
from gza.cases.bulk import BATCH, Upper
from gza.cases.stories import CaseStory, PlanFacts
from gza.core import clock, rows
from gza.law import plan as rules
from gza.law.lifecycles import PlanState

from . import bulk_after, content
from .bulk_after import After
from .bulk_after.stories import AfterStory, Agreed, columns, open_flags
from .enums import Outcome, ProviderKind, VersionKind, VersionState
from .models import Decision, Plan, PlanItem, PlanVersion, UnmetNeed


@dataclass(frozen=True)
class ItemStory:
    """One item; ``need`` is the place of its need in the story's needs, whose priority it has."""

    need: int
    service_type: str
    provider_kind: ProviderKind
    month_from: int | None
    month_to: int | None
    detail: str
    reason: str


@dataclass(frozen=True)
class VersionStory:
    """One version of the initial plan, in whatever state its days make it: draft, submitted, returned or agreed.

    With ``reasons`` the Fund's answer was a return; without, an agreement.
    """

    begun_on: dt.date
    items: Sequence[ItemStory] = ()
    months: int | None = 12
    aim: str = ""
    submitted_on: dt.date | None = None
    decided_on: dt.date | None = None
    reasons: str = ""

    @property
    def state(self) -> VersionState:
        """Where it stands."""
        if self.decided_on:
            return VersionState.RETURNED if self.reasons else VersionState.AGREED
        return VersionState.SUBMITTED if self.submitted_on else VersionState.DRAFT


@dataclass(frozen=True)
class PlannedStory(CaseStory):
    """A case with the versions of its plan in their order; all but the last were returned."""

    plan: Sequence[VersionStory] = ()
    after: AfterStory | None = None


# Items are inserted before their versions, which stand as they were submitted or agreed and take none any more.
_ORDER = (Plan, PlanItem, UnmetNeed, PlanVersion, Decision, *bulk_after.ORDER)


def write(
    stories: Iterable[CaseStory],
    *,
    by: Principal,
    size: int = BATCH,
    tick: Callable[[int], None] = lambda _count: None,
) -> int:
    """Write the cases that the stories tell, with the plans of ``PlannedStory``; see ``cases.bulk.write``."""
    rest = After(by)

    def add(batch: Batch, of: Written) -> None:
        found = _add(batch, of)
        told = getattr(of.story, "after", None)
        if found and told:
            rest.add(batch, of, told, *found)

    upper = Upper(add, _ORDER, plan_facts, bulk_after.end_versions)
    return cases.write(stories, by=by, upper=upper, size=size, tick=tick)


def plan_facts(story: CaseStory) -> PlanFacts:
    """Where the plan of a story stands, as the case mirrors it."""
    told: Sequence[VersionStory] = getattr(story, "plan", ())
    if not told:
        return PlanFacts()
    last, returned = told[-1], [one.decided_on for one in told if one.state == VersionState.RETURNED]
    state = PlanState(last.state.value)
    items = [_law(story, one) for one in last.items]
    lacking = sum(not rules.may_hold(item=one, months=last.months, on=last.begun_on) for one in items)
    incomplete = lacking if last.months else len(items)
    return PlanFacts(
        state=PlanState.RETURNED if state == PlanState.DRAFT and returned else state,
        items=len(items),
        incomplete=incomplete,
        drafted_on=told[0].begun_on if items and not incomplete else None,
        submitted_on=next((one.submitted_on for one in reversed(told) if one.submitted_on), None),
        returned_on=returned[-1] if returned else None,
        agreed_on=last.decided_on if state == PlanState.AGREED else None,
        after=_after(story, last, state),
        flags=int(open_flags(story.after)) if isinstance(story, PlannedStory) and story.after else 0,
    )


def _after(story: CaseStory, last: VersionStory, state: PlanState) -> dict[str, Any]:
    if state != PlanState.AGREED or last.decided_on is None:
        return {}
    told = getattr(story, "after", None)
    return columns(told, agreed(story, last)) if told else {"items_unsought": len(last.items)}


def _law(story: CaseStory, told: ItemStory) -> rules.Item:
    return rules.Item(
        priority=str(story.needs[told.need].priority),
        has_reason=bool(told.reason),
        has_need=True,
        first_month=told.month_from,
        last_month=told.month_to,
    )


def agreed(story: CaseStory, last: VersionStory) -> Agreed:
    """What follows asks of the agreed version."""
    if last.decided_on is None:
        raise TypeError("the version was not agreed")
    items = [
        (one.month_from or 1, one.month_to or 1, str(story.needs[one.need].priority)) for one in last.items
    ]  # fmt: skip
    return Agreed(last.decided_on, last.months or 1, items)


def _add(batch: Batch, of: Written) -> tuple[PlanVersion, list[PlanItem], Agreed] | None:
    """The rows of the initial plan; what follows goes on from when the Fund has agreed to it."""
    told: Sequence[VersionStory] = getattr(of.story, "plan", ())
    if not told or of.story.worker_id is None:
        return None
    day, who = told[0].begun_on, of.story.worker_id
    opened = dt.datetime.combine(day, dt.time(10), clock.TBILISI)
    plan = batch.row(of, Plan(case=of.case, opened_on=day, opened_at=opened, opened_by=who))
    batch.act(of, "plans.draft", day, who, clause="S7.3", subject=plan.id)
    base, items = None, []
    for number, one in enumerate(told, start=1):
        if base:
            batch.act(of, "plans.new_draft", one.begun_on, who, clause="S3.4b", number=number)
        batch.act(of, "plans.set_items", one.begun_on, who, clause="S7.7", items=len(one.items))
        base, items = _version(batch, of, one, plan=plan, number=number, base=base)
    if base is None or base.state != VersionState.AGREED:
        return None
    return base, items, agreed(of.story, told[-1])


def _version(
    batch: Batch, of: Written, told: VersionStory, *, plan: Plan, number: int, base: PlanVersion | None
) -> tuple[PlanVersion, list[PlanItem]]:
    who, coordinator = of.story.worker_id, of.story.coordinator_id
    version = batch.fact(
        of, PlanVersion, told.begun_on, who, plan=plan, kind=VersionKind.INITIAL, number=number, base=base,
        state=told.state, months=told.months, texts={"aim": told.aim},
    )  # fmt: skip
    items = [_item(batch, of, version, place, one) for place, one in enumerate(told.items, start=1)]
    if not told.submitted_on:
        return version, items
    told_items = [content.item_of(row, texts_of(one)) for row, one in zip(items, told.items, strict=True)]
    text, version.fingerprint = content.text_of(version, told.aim, told_items)
    batch.seal(of, version, {"content": text})
    version.submitted_on, version.submitted_by = told.submitted_on, who
    version.submitted_at = of.moment(told.submitted_on)
    batch.act(
        of, "plans.submit", told.submitted_on, who, clause="S3.4b", subject=version.id, number=number,
        fingerprint=version.fingerprint.hex(),
    )  # fmt: skip
    if told.decided_on:
        version.decided_on, version.decided_by = told.decided_on, coordinator
        version.decided_at = of.moment(told.decided_on)
        outcome = Outcome(told.state.value)
        batch.fact(
            of, Decision, told.decided_on, coordinator, plan_version=version, outcome=outcome,
            texts={"reasons": told.reasons},
        )  # fmt: skip
        verb = "plans.agree" if outcome == Outcome.AGREED else "plans.return"
        batch.act(
            of, verb, told.decided_on, coordinator, role=Role.COORDINATOR, clause="S3.4b", subject=version.id,
            number=number,
        )  # fmt: skip
    return version, items


def texts_of(told: ItemStory) -> dict[str, str]:
    """The texts of an item that are sealed."""
    return {"detail": told.detail, "reason": told.reason}


def _item(batch: Batch, of: Written, version: PlanVersion, place: int, told: ItemStory) -> PlanItem:
    row = rows.make(
        PlanItem, case=of.case, plan_version=version, position=place, need_id=of.needs[told.need],
        priority=of.story.needs[told.need].priority,
        service_type_id=told.service_type or None, provider_kind=told.provider_kind, month_from=told.month_from,
        month_to=told.month_to,
    )  # fmt: skip
    row.origin = row.id
    batch.row(of, row, texts_of(told))
    return row
