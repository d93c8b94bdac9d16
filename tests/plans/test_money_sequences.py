"""Random sequences of decisions, releases, payments, merges and corrected balances: the ceiling is never passed by one.

What must hold is checked against a memory of its own, plain numbers by case and person.
"""

import random
from collections import Counter

import pytest
from django.db import DatabaseError, transaction

from gza.core import clock
from gza.ledger.work import Refused
from gza.plans import actions, queries
from gza.plans.models import Account, AccountCase, BudgetLine, Commitment, Consideration, Expenditure
from gza.plans.steps import funding as steps
from tests.cases.factories import World
from tests.plans import purse
from tests.plans.purse import LARI

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
CEILING = 2000 * LARI
ACTS = {"decide": 14, "release": 5, "pay": 4, "ask": 4, "join": 2, "split": 2, "balance": 1}


class Books:
    """The memory: what stands against each case, and which cases are one person."""

    def __init__(self, world: World, rng: random.Random) -> None:
        from tests.cases.test_takeover import taken_over

        self.world, self.rng = world, rng
        rows = [purse.considered(world, "necessary", "necessary", "desired") for _ in range(3)]
        self.cases = [row[0].case for row in rows]
        self.paper = taken_over(world, balance=700 * LARI)
        self.person = {case.id: number for number, case in enumerate([*self.cases, self.paper])}
        self.stands: Counter[object] = Counter({self.paper.id: 700 * LARI})
        with transaction.atomic():
            for case in [*self.cases, self.paper]:
                steps.account_of(case)
        self.seen: Counter[str] = Counter()

    def of_person(self, case_id: object) -> int:
        """What stands against the person of a case."""
        return sum(self.stands[one] for one, who in self.person.items() if who == self.person[case_id])

    def act(self, name: str) -> None:
        """One act; a refusal changes nothing."""
        try:
            getattr(self, name)()
            self.seen[name] += 1
        except Refused as refused:
            self.seen[refused.denied.code] += 1

    def decide(self) -> None:
        row = self.rng.choice(list(Consideration.objects.filter(state__in=["open", "deferred"])) or [None])
        if row is None:
            return
        if row.wanted is None:
            row = purse.worked_out(self.world, row, 100 * self.rng.randint(1, 1500))
        outcome = self.rng.choices(["granted", "deferred", "refused"], [8, 1, 1])[0]
        if outcome == "deferred" and row.state == "deferred":
            outcome = "granted"
        amount = 0 if outcome == "refused" else self.rng.randint(-1, row.wanted + 1)
        before = self.of_person(row.case_id)
        purse.decide(self.world, row, outcome, amount)
        if outcome == "granted":
            assert before + amount <= CEILING
            self.stands[row.case_id] += amount

    def release(self) -> None:
        row = self.rng.choice(list(Commitment.objects.filter(kind="decision")) or [None])
        if row is not None:
            amount = self.rng.randint(0, row.amount)
            purse.give_back(self.world, row, amount)
            assert amount <= row.amount - row.released - row.spent
            self.stands[row.case_id] -= amount

    def pay(self) -> None:
        row = self.rng.choice(list(Commitment.objects.filter(superseded=False)) or [None])
        if row is None:
            return
        amount, left = self.rng.randint(1, row.amount), row.amount - row.released - row.spent
        try:
            with transaction.atomic():
                Expenditure.objects.create(
                    case_id=row.case_id, commitment=row, kind="payment", amount=amount, happened_on=clock.today()
                )
            assert amount <= left
        except DatabaseError:
            assert amount > left
            self.seen["not paid"] += 1

    def ask(self) -> None:
        case = self.rng.choice(self.cases)
        for item in queries.askable(case)[:1]:
            actions.ask_for_money(case_id=case.id, origin_id=item.id, why="შეიცვალა", by=self.world.worker.who)

    def join(self) -> None:
        one, other = self.rng.sample([*self.cases, self.paper], 2)
        with transaction.atomic():
            steps.join_accounts(one, other)
        moved = self.person[other.id]
        for case_id, who in self.person.items():
            if who == moved:
                self.person[case_id] = self.person[one.id]

    def split(self) -> None:
        case = self.rng.choice([*self.cases, self.paper])
        with transaction.atomic():
            steps.split_account(case)
        self.person[case.id] = max(self.person.values()) + 1

    def balance(self) -> None:
        row = Commitment.objects.filter(case=self.paper, kind="opening", superseded=False).first()
        new = self.rng.randint(0, 2500) * LARI
        actions.record_opening_balance(
            case_id=self.paper.id, balance=new, why="გადათვლა", by=self.world.coordinator.who
        )
        if row is None or not row.spent:
            self.stands[self.paper.id] = new

    def check(self) -> None:
        """The database says what the memory says, and its counters what its rows add up to."""
        for row in AccountCase.objects.select_related("account", "case"):
            assert row.account.committed == self.of_person(row.case_id)
            assert queries.money(row.case).committed == row.account.committed
        rows = Commitment.objects.filter(superseded=False)
        assert sum(row.amount - row.released for row in rows) == sum(self.stands.values())
        line = BudgetLine.objects.get()
        assert line.committed == sum(row.amount - row.released for row in rows if row.line_id)
        deferred = Consideration.objects.filter(state="deferred")
        assert line.reserved == sum(row.reserved for row in deferred)
        assert all(row.released + row.spent <= row.amount for row in rows)
        for case in self.cases:
            case.refresh_from_db()
            assert case.considerations_open == Consideration.objects.filter(case=case, state="open").count()
        assert not Account.objects.filter(cases=None, committed__gt=0).exists()


@pytest.mark.clause("S5.6", "S5.3", "S4.5")
@pytest.mark.parametrize("seed", range(3))
def test_no_sequence_of_acts_breaks_the_books(world: World, seed: int) -> None:
    purse.ready(world, allotted=6000 * LARI)
    rng = random.Random(seed)
    books = Books(world, rng)
    for _ in range(60):
        books.act(rng.choices(list(ACTS), list(ACTS.values()))[0])
        books.check()
    assert books.seen["decide"] > 4
    assert any(code.startswith("funding.") for code in books.seen)
