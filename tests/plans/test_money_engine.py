"""The Fund's money as the database keeps it, past every rule."""

import pytest
from django.db import DatabaseError, connection, transaction

from gza.core import clock
from gza.law.rules import lifted
from gza.plans import money_triggers
from gza.plans.models import Account, BudgetLine, Commitment, Expenditure
from tests.cases.factories import World
from tests.plans import purse
from tests.plans.purse import LARI, account, pay, refused

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S5.6")
def test_past_the_ceiling_the_engine_refuses_though_no_rule_did(world: World) -> None:
    purse.ready(world)
    first, second = purse.considered(world, "necessary", "necessary", wanted=2000 * LARI)
    purse.decide(world, first)
    with lifted("gza.law.funding.within_ceiling"), refused("funding.overtaken"):
        purse.decide(world, second, amount=1)
    assert Commitment.objects.get().amount == account(first.case).committed == 2000 * LARI


@pytest.mark.clause("S5.6", "S7.9")
def test_the_engine_pays_no_more_than_was_committed(world: World) -> None:
    purse.ready(world)
    row = purse.granted(world)
    pay(row, 900 * LARI, "invoice")
    paid = pay(row, 500 * LARI)
    with pytest.raises(DatabaseError, match="more would be paid"), transaction.atomic():
        pay(row, 1)
    Expenditure.objects.filter(id=paid.id).update(superseded=True)
    pay(row, 500 * LARI)
    row.refresh_from_db()
    assert row.spent == 500 * LARI


@pytest.mark.clause("S5.6")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plans_account SET committed = 0",
        "UPDATE plans_account SET committed = committed + 1",
        "UPDATE plans_budget_line SET committed = 1",
        "UPDATE plans_budget_line SET reserved = 5",
        "UPDATE plans_budget_line SET year = 1999",
        "UPDATE plans_commitment SET released = 100",
        "UPDATE plans_commitment SET spent = 100",
        "UPDATE plans_commitment SET amount = 1",
        "UPDATE plans_commitment SET ceiling = 900000000",
        "UPDATE plans_commitment SET superseded = (1 = 1)",
        "UPDATE plans_release SET amount = 1",
        "UPDATE plans_expenditure SET amount = 1",
        "UPDATE plans_funding_decision SET amount = 1",
        "UPDATE plans_consideration SET state = 'open', closed_on = NULL",
        "DELETE FROM plans_release",
        "DELETE FROM plans_expenditure",
        "DELETE FROM plans_commitment",
        "DELETE FROM plans_funding_decision",
        "DELETE FROM plans_consideration",
        "DELETE FROM plans_account_case",
        "DELETE FROM plans_account",
        "DELETE FROM plans_budget_line",
    ],
)
def test_the_engine_itself_keeps_the_money(world: World, sql: str) -> None:
    purse.ready(world)
    row = purse.granted(world)
    pay(row, 50)
    purse.give_back(world, row, 70)
    with pytest.raises(DatabaseError, match=r"gza: |append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.clause("S5.6")
def test_no_row_begins_with_money_counted(world: World) -> None:
    with pytest.raises(DatabaseError, match="kept by triggers"), transaction.atomic():
        Account.objects.create(committed=5)
    with pytest.raises(DatabaseError, match="kept by triggers"), transaction.atomic():
        BudgetLine.objects.create(
            year=2001, allotted=9, committed=5, changed_at=clock.now(), changed_by=world.director.id
        )


def test_the_triggers_stand(world: World) -> None:
    from gza.core.db import triggers

    for table, wanted in money_triggers.names().items():
        assert wanted <= triggers(table)
