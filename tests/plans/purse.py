"""The Fund's money in tests: delegations, budget lines, considerations that fell due, decisions."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from gza.accounts.models import Delegation
from gza.cases.models import Case
from gza.core import clock
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.ledger.work import Refused
from gza.plans import actions
from gza.plans.models import Account, BudgetLine, Commitment, Consideration, Expenditure, FundingDecision
from tests.cases import factories as on_cases
from tests.cases.factories import Member, World
from tests.plans import factories

LARI = 100


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The act is refused with this code, and the ledger says so."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.denied.code == code
    event = Event.objects.order_by("-seq").first()
    assert (event.kind, event.facts["code"]) == (Kind.REFUSAL, code)


def account(case: Case) -> Account:
    """The person's account."""
    return Account.objects.get(cases__case=case)


def pay(row: Commitment, amount: int, kind: str = "payment") -> Expenditure:
    """Money spent, as a row of the database alone."""
    return Expenditure.objects.create(
        case=row.case, commitment=row, kind=kind, amount=amount, happened_on=clock.today()
    )


def delegated(member: Member, **fields: Any) -> Delegation:
    """The director's powers, since last year."""
    values = {"power": "office", "valid_from": clock.today() - dt.timedelta(days=400), "order": "12", **fields}
    return Delegation.objects.create(holder=member.user, **values)


def budget(allotted: int = 1_000_000 * LARI, year: int | None = None) -> BudgetLine:
    """A budget line, set by hand."""
    return BudgetLine.objects.create(
        year=year or clock.today().year, allotted=allotted, changed_at=clock.now(), changed_by=uuid.uuid4()
    )


def ready(world: World, **fields: Any) -> None:
    """The director holds the delegation and the year has its money."""
    delegated(world.director)
    budget(**fields)


def agreed(world: World, *priorities: str, service: str = "employment") -> Case:
    """A case whose plan was agreed, with an item for each priority and no offer for any."""
    case = factories.road_to(world, Stage.NEEDS)
    for priority in priorities or ("necessary",):
        on_cases.need(world, case.id, priority=priority)
    factories.draft(world, case.id, items=factories.items(case.id, service_type=service))
    factories.submit(world, case.id)
    factories.agree(world, case.id, offered=False)
    case.refresh_from_db()
    return case


def considered(world: World, *priorities: str, wanted: int | None = 500 * LARI, **plan: Any) -> list[Consideration]:
    """Considerations of a new case, worked out; a desired item's was asked for."""
    case = agreed(world, *priorities, **plan)
    for item in actions_items(case):
        if item.priority == "desired":
            actions.ask_for_money(case_id=case.id, origin_id=item.id, by=world.worker.who)
    rows = list(Consideration.objects.filter(case=case).order_by("origin__position"))
    return [worked_out(world, row, wanted) for row in rows] if wanted else rows


def actions_items(case: Case) -> list[Any]:
    """The items that stand."""
    from gza.plans.queries import standing_items

    return standing_items(case)


def worked_out(world: World, row: Consideration, wanted: int) -> Consideration:
    """The sum worked out by the worker."""
    return actions.set_wanted_sum(
        case_id=row.case_id, consideration_id=row.id, wanted=wanted, grounds="სამი ფასი შევადარეთ",
        payee_name="სასწავლო ცენტრი", by=world.worker.who,
    )  # fmt: skip


def decide(world: World, row: Consideration, outcome: str = "granted", amount: int | None = None, **extra: Any) -> Any:
    """The director decides; the whole sum worked out unless said."""
    amount = (0 if outcome == "refused" else row.wanted) if amount is None else amount
    values = {"reasons": "" if outcome == "granted" else "მიზეზი", **extra}
    by = values.pop("by", world.director)
    return actions.decide(
        case_id=row.case_id, consideration_id=row.id, outcome=outcome, amount=amount, **values, by=by.who
    )


def granted(world: World, *, amount: int = 500 * LARI, priorities: tuple[str, ...] = ("necessary",)) -> Commitment:
    """A commitment of a new case, by a decision."""
    row = considered(world, *priorities, wanted=amount)[0]
    made: FundingDecision = decide(world, row)
    return made.commitment


def give_back(world: World, row: Commitment, amount: int, **extra: Any) -> Any:
    """The director releases."""
    return actions.release(
        case_id=row.case_id, commitment_id=row.id, amount=amount, reasons="კურსი იაფი აღმოჩნდა", **extra,
        by=world.director.who,
    )  # fmt: skip
