"""Cases brought to a final plan, to its signatures and beyond, through the real acts of the final plan.

What secures the items, a positive answer or the Fund's money, is inserted here as rows.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from gza.cases.enums import SignatureForm
from gza.cases.models import Case
from gza.cases.steps import on_case
from gza.core import clock
from gza.directory.models import Organisation
from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.actions import FinalItem, Signed
from gza.plans.actions.final_items import as_entered
from gza.plans.enums import ConsiderationState, FundingOutcome, Signatory
from gza.plans.models import (
    Account,
    AccountCase,
    BudgetLine,
    Commitment,
    Consideration,
    FundingDecision,
    PlanItem,
    PlanVersion,
    ServiceRequest,
)
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.plans import factories
from tests.plans.factories import newest

STROKES = "M4 30C18 4 30 4 34 26S52 44 62 14 86 8 96 32"


@contextmanager
def on(day: dt.date, hour: int = 12) -> Iterator[None]:
    """Within, it is that hour of that day in Tbilisi."""
    with clock.pretend(dt.datetime(day.year, day.month, day.day, hour, 30, tzinfo=clock.TBILISI)):
        yield


def answered(
    world: World, item: PlanItem, body: Organisation | None = None, state: str = "accepted", **extra: Any
) -> ServiceRequest:
    """An organisation (the world's NGO) said yes for this item."""
    day = clock.today()
    values = {
        "service_type_id": item.service_type_id or "employment", "organisation": body or world.ngo,
        "month_from": item.month_from or 1, "month_to": item.month_to or 1, "answer_due": day, "state": state,
        "channel": "letter", "answered_on": day, "answered_at": clock.now(), "answered_by": world.worker.id, **extra,
    }  # fmt: skip
    return ServiceRequest.objects.create(
        case_id=item.case_id, origin=item, happened_on=day, recorded_by=world.worker.id, **values
    )


def committed(world: World, item: PlanItem, amount: int = 500_00, **extra: Any) -> Commitment:
    """The Fund committed money for this item."""
    day = clock.today()
    common = {"case_id": item.case_id, "happened_on": day, "recorded_by": world.director.id}
    kept = AccountCase.objects.filter(case_id=item.case_id).first()
    account = kept.account if kept else Account.objects.create()
    if kept is None:
        AccountCase.objects.create(case_id=item.case_id, account=account)
    line, _new = BudgetLine.objects.get_or_create(
        year=day.year, defaults={"allotted": 10**8, "changed_at": clock.now(), "changed_by": world.director.id}
    )
    asked = Consideration.objects.create(
        origin=item, priority="necessary", due_on=day, wanted=amount, state=ConsiderationState.GRANTED, closed_on=day,
        **common,
    )  # fmt: skip
    decided = FundingDecision.objects.create(
        consideration=asked, outcome=FundingOutcome.GRANTED, amount=amount, capacity="director", **common
    )
    return Commitment.objects.create(
        account=account, decision=decided, line=line, origin=item, amount=amount, ceiling=2_000_00, **common, **extra
    )


def sought(world: World, case_id: uuid.UUID) -> None:
    """Nothing is to be asked, answered or decided any more; the case is settled as an act would."""
    with on_case("plans.set_items", case_id, by=world.worker.who, clause="S5.4") as work:
        case = work.case
        case.items_unsought = case.requests_waiting = case.considerations_open = 0
        case.answered_on = case.funded_on = clock.today()


def ready(world: World, *, needs: int = 1, secured: bool = True, **fields: Any) -> Case:
    """A case whose initial plan is agreed, every item of it answered by the NGO, or none with ``secured=False``."""
    case = factories.road_to(world, Stage.NEEDS, **fields)
    for _ in range(needs):
        on_cases.need(world, case.id)
    factories.draft(world, case.id)
    factories.submit(world, case.id)
    factories.agree(world, case.id)
    if secured:
        for item in newest(case.id).items.all():
            answered(world, item)
    sought(world, case.id)
    case.refresh_from_db()
    return case


def begin(world: World, case_id: uuid.UUID, **extra: Any) -> PlanVersion:
    values = {"starts_on": clock.today(), **extra}
    return actions.begin_final(case_id=case_id, **values, by=world.worker.who)


def entered(world: World, version: PlanVersion | None = None, **changes: Any) -> list[FinalItem]:
    """The items of a draft as they could be entered again, with their ids, each with these changes."""
    row = PlanVersion.objects.get(id=version.id) if version else None
    assert row is not None
    items = as_entered(row, world.worker.who.ring)
    ids = row.items.order_by("position").values_list("id", flat=True)
    return [replace(item, id=id_, **changes) for item, id_ in zip(items, ids, strict=True)]


def fill(world: World, version: PlanVersion, items: list[FinalItem] | None = None, **extra: Any) -> PlanVersion:
    row = PlanVersion.objects.get(id=version.id)
    values = {
        "items": entered(world, row) if items is None else items, "starts_on": row.starts_on, "ends_on": row.ends_on,
        "aim": "დამოუკიდებელი ცხოვრება", **extra,
    }  # fmt: skip
    return actions.set_final(case_id=row.case_id, version_id=row.id, **values, by=world.worker.who)


def submit(world: World, case_id: uuid.UUID, **extra: Any) -> PlanVersion:
    return actions.submit_final(case_id=case_id, version_id=newest(case_id).id, **extra, by=world.worker.who)


def agree(world: World, case_id: uuid.UUID, **extra: Any) -> Any:
    values = {"by": world.coordinator.who, **extra}
    return actions.agree_final(case_id=case_id, version_id=newest(case_id).id, **values)


def give_back(world: World, case_id: uuid.UUID, reasons: str = "ვადა გადაამოწმეთ", **extra: Any) -> Any:
    return actions.return_final(
        case_id=case_id, version_id=newest(case_id).id, reasons=reasons, **extra, by=world.coordinator.who
    )


def sign(world: World, case_id: uuid.UUID, who: str = Signatory.BENEFICIARY, **extra: Any) -> Any:
    row = newest(case_id)
    values: dict[str, Any] = {
        "version_id": row.id, "signed": Signed(SignatureForm.SCREEN, STROKES), "read": bytes(row.fingerprint or b""),
        "language": "ka", "by": world.worker.who, **extra,
    }  # fmt: skip
    return actions.sign(case_id=case_id, who=Signatory(who), **values)


def to_submit(world: World, **extra: Any) -> Case:
    case = ready(world, **extra)
    begin(world, case.id)
    case.refresh_from_db()
    return case


def to_sign(world: World, **extra: Any) -> Case:
    """A case whose final plan the Fund agreed to; nobody has signed."""
    case = to_submit(world, **extra)
    submit(world, case.id)
    agree(world, case.id)
    case.refresh_from_db()
    assert case.stage == Stage.SIGNATURES, case.stage
    return case


def running(world: World, **extra: Any) -> Case:
    """A case whose plan is in force, signed by beneficiary and worker."""
    case = to_sign(world, **extra)
    sign(world, case.id)
    sign(world, case.id, Signatory.WORKER)
    case.refresh_from_db()
    assert case.stage == Stage.RUNNING, case.stage
    return case


def amend(world: World, case_id: uuid.UUID, **extra: Any) -> PlanVersion:
    values = {"ground": "needs", "why": "სამუშაო ადგილი იპოვა", **extra}
    return actions.begin_amendment(case_id=case_id, **values, by=world.worker.who)


def fix(world: World, case_id: uuid.UUID, **extra: Any) -> PlanVersion:
    return actions.fix_amendment(case_id=case_id, version_id=newest(case_id).id, **extra, by=world.worker.who)
