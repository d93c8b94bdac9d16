"""Subjects of the money pages: a consideration and an opening commitment without anything sealed."""

import uuid
from typing import Any

from gza.accounts.models import User
from gza.cases.models import Case
from gza.core import clock
from gza.plans.models import (
    Account,
    AccountCase,
    BudgetLine,
    Commitment,
    Consideration,
    PlanItem,
    PlanVersion,
)
from gza.vault.sealed import Sealed
from tests.web.matrix import Call, subject
from tests.web.plans.subjects import held_by


def held(who: User | None, own: bool) -> tuple[Case, PlanItem]:
    """A case held by ``who`` and waiting for the Fund, or held by nobody there, with an item of its agreed plan."""
    case = held_by(who, own)
    day = clock.today()
    version = PlanVersion.objects.get(case=case)
    id_ = uuid.uuid4()
    item = PlanItem.objects.create(
        id=id_, origin=id_, case=case, plan_version=version, position=1, priority="desired", provider_kind="none",
        month_from=1, month_to=2,
    )  # fmt: skip
    now, by = clock.now(), case.holder_id
    PlanVersion.objects.filter(id=version.id).update(
        state="submitted", submitted_on=day, submitted_at=now, submitted_by=by, fingerprint=b"x" * 32,
        content=Sealed(b"x"),
    )  # fmt: skip
    PlanVersion.objects.filter(id=version.id).update(state="agreed", decided_on=day, decided_at=now, decided_by=by)
    return case, item


@subject("money:case", "money:balance")
def case(who: User | None, own: bool) -> dict[str, Any]:
    """A case with an item that stands; taken over, so that it has a balance."""
    found, _item = held(who, own)
    Case.objects.filter(id=found.id).update(provenance="taken_over", taken_over_on=clock.today())
    return {"case_id": found.id}


@subject("money:ask")
def item(who: User | None, own: bool) -> dict[str, Any]:
    """An item for which the Fund can be asked."""
    found, row = held(who, own)
    return {"case_id": found.id, "origin_id": row.id}


@subject("money:sum", "money:decide")
def consideration(who: User | None, own: bool) -> dict[str, Any]:
    """An open consideration."""
    found, row = held(who, own)
    made = Consideration.objects.create(
        case=found, origin=row, priority=row.priority, happened_on=clock.today(), due_on=clock.today()
    )
    return {"case_id": found.id, "row_id": made.id}


@subject("money:release")
def commitment(who: User | None, own: bool) -> dict[str, Any]:
    """A commitment."""
    found, _row = held(who, own)
    account = Account.objects.create()
    AccountCase.objects.create(case=found, account=account)
    made = Commitment.objects.create(
        case=found, account=account, kind="opening", amount=5000, ceiling=200_000, happened_on=clock.today()
    )
    return {"case_id": found.id, "row_id": made.id}


@subject("money:line")
def line(who: User | None, own: bool) -> Call:
    """A budget line; there is one, whoever asks."""
    year = 2010 if own else 2011
    BudgetLine.objects.get_or_create(
        year=year, defaults={"allotted": 100, "changed_at": clock.now(), "changed_by": uuid.uuid4()}
    )
    return Call({"year": year})
