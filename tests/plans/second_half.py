"""Cases further down the road, their rows inserted where no act leads there."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from gza.cases.models import Case
from gza.cases.steps import on_case
from gza.core import clock
from gza.core.calendar import last_day
from gza.law.stages import Stage
from gza.plans import content
from gza.plans.enums import ConsiderationState, FundingOutcome, Source, VersionKind, VersionState
from gza.plans.models import (
    Account,
    AccountCase,
    BudgetLine,
    Commitment,
    Consideration,
    FundingDecision,
    Plan,
    PlanItem,
    PlanVersion,
)
from gza.plans.steps import running
from tests.cases.factories import World
from tests.plans import factories


@contextmanager
def on(day: dt.date) -> Iterator[None]:
    """Within, it is noon of ``day`` in Tbilisi."""
    with clock.pretend(dt.datetime(day.year, day.month, day.day, 12, tzinfo=clock.TBILISI)):
        yield


@dataclass
class Running:
    """A case whose final plan is in force."""

    case: Case
    plan: Plan
    version: PlanVersion
    items: list[PlanItem]
    commitments: list[Commitment] = field(default_factory=list)

    def fresh(self) -> Case:
        self.case.refresh_from_db()
        return self.case


def commit(world: World, case: Case, item: PlanItem, amount: int, **extra: Any) -> Commitment:
    """Money decided for an item of the initial plan."""
    today = clock.today()
    common = {"case": case, "happened_on": today, "recorded_on": today}
    by = {"recorded_by": world.director.id}
    account_case = AccountCase.objects.filter(case=case).first()
    account = account_case.account if account_case else Account.objects.create()
    if not account_case:
        AccountCase.objects.create(case=case, account=account)
    line, _new = BudgetLine.objects.get_or_create(
        year=today.year,
        defaults={"allotted": 100_000_00, "changed_at": clock.now(), "changed_by": world.director.id},
    )
    origin = PlanItem.objects.get(id=item.origin)
    asked = Consideration.objects.create(
        origin=origin, priority="necessary", due_on=today, state=ConsiderationState.GRANTED, wanted=amount,
        closed_on=today, **common, **by,
    )  # fmt: skip
    decided = FundingDecision.objects.create(
        consideration=asked, outcome=FundingOutcome.GRANTED, amount=amount, capacity="director", **common, **by
    )
    return Commitment.objects.create(
        account=account, decision=decided, line=line, origin=origin, amount=amount, ceiling=200_000, **extra, **common,
        **by,
    )  # fmt: skip


def run(
    world: World,
    *,
    starts_on: dt.date | None = None,
    months: int = 12,
    organisations: Sequence[Any] | None = None,
    case: Case | None = None,
    **fields: Any,
) -> Running:
    """A case whose plan is in force from ``starts_on`` (today): an item for each organisation, the first one funded."""
    case = case or factories.road_to(world, Stage.REQUESTS, **fields)
    first = starts_on or clock.today()
    end = last_day(first, months)
    organisations = [world.ngo, world.clinic] if organisations is None else organisations
    initial = factories.newest(case.id)
    origin = initial.items.get(position=1)
    with on_case("plans.sign", case.id, by=world.worker.who, clause="S7.8", may="plans.write") as work:
        plan = initial.plan
        plan.starts_on, plan.latest_end = first, last_day(first, 12)
        plan.save()
        version = PlanVersion(
            case=work.case, plan=plan, kind=VersionKind.FINAL, number=2, base=initial, months=months, starts_on=first,
            ends_on=end, latest_end=plan.latest_end, happened_on=work.today, recorded_by=world.worker.id,
        )  # fmt: skip
        items = []
        for position, organisation in enumerate(organisations, 1):
            item = PlanItem(
                case=work.case, plan_version=version, position=position, need=origin.need,
                service_type_id=origin.service_type_id, provider_kind="ngo", priority=origin.priority, month_from=1,
                month_to=months, origin=origin.id, source=Source.FREE, organisation=organisation, starts_on=first,
                ends_on=end,
            )  # fmt: skip
            world.worker.who.ring.fill(item, detail="კურსი", reason="შემოსავალი")
            item.save(force_insert=True)
            items.append(item)
        ring = world.worker.who.ring
        ring.fill(version, aim="დამოუკიდებელი ცხოვრება")
        text, version.fingerprint = content.of(version, items, ring)
        ring.fill(version, content=text)
        version.submitted_on = version.decided_on = version.in_force_on = work.today
        version.submitted_at = version.decided_at = clock.now()
        version.submitted_by, version.decided_by = world.worker.id, world.coordinator.id
        version.state = VersionState.IN_FORCE
        version.save(force_insert=True)
        mirrored = work.case
        mirrored.items_unsought = 0
        mirrored.final_state, mirrored.final_agreed_on = VersionState.IN_FORCE, work.today
        mirrored.in_force_on, mirrored.starts_on, mirrored.ends_on = work.today, first, end
        running.first_report_due(work, plan)
    case.refresh_from_db()
    assert case.stage == Stage.RUNNING
    made = Running(case, plan, version, items)
    if items:
        made.commitments.append(commit(world, case, items[0], 500_00, payee=organisations[0]))
    return made
