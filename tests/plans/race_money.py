"""Run as a script: decisions on money that race, in fifty real processes, on the engine of ``GZA_TEST_ENGINE``.

Prints one JSON object: for each race what every process came to, and what then stands in the books.
"""

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.plans.race import alone, race

AT_ONCE = 50


def main() -> dict[str, Any]:
    """All races."""
    from django.db import transaction

    from gza.cases.models import Case
    from gza.core import clock
    from gza.law.rules import lifted
    from gza.ledger import verify
    from gza.plans import actions
    from gza.plans.models import Account, BudgetLine, Commitment, Consideration, Expenditure
    from gza.plans.steps import funding as steps
    from tests.cases.factories import Member, World
    from tests.plans import purse
    from tests.plans.purse import LARI

    world = World()
    second = world.member("director")
    for member in (world.director, second):
        purse.delegated(member)
    purse.budget()
    seen: dict[str, Any] = {}

    def grant(row: Consideration, amount: int, by: Member = world.director, **extra: Any) -> Any:
        return lambda: purse.decide(world, row, amount=amount, by=by, **extra)

    def stands() -> list[int]:
        return list(Account.objects.filter(committed__gt=0).order_by("committed").values_list("committed", flat=True))

    # Five cases of one person, ten matters each, two directors: 50 times 90 lari meet a ceiling of 2,000.
    rows = [row for _ in range(5) for row in purse.considered(world, *["necessary"] * 10, wanted=90 * LARI)]
    for row in rows[10::10]:
        with transaction.atomic():
            steps.join_accounts(rows[0].case, row.case)
    by = [world.director, second]
    seen["fifty"] = race(*[grant(row, 90 * LARI, by[place % 2]) for place, row in enumerate(rows)])
    seen["fifty_committed"] = stands()
    seen["fifty_line"] = BudgetLine.objects.get().committed

    # The rule lifted, the engine alone: 20 lari are left, and 28 matters ask for 20 each.
    left = list(Consideration.objects.filter(state="open").order_by("id"))
    with lifted("gza.law.funding.within_ceiling"):
        seen["engine"] = race(*[grant(row, 20 * LARI) for row in left])
    seen["engine_committed"] = stands()

    # Many persons, one budget line with 250 lari left.
    line = BudgetLine.objects.get()
    others = [purse.considered(world, wanted=100 * LARI)[0] for _ in range(6)]
    actions.set_budget_line(year=line.year, allotted=line.committed + 250 * LARI, by=world.director.who)
    seen["line"] = race(*[grant(row, 100 * LARI) for row in others])
    line.refresh_from_db()
    seen["line_left"] = line.allotted - line.committed

    # Two directors, one matter; and the same form sent twice.
    actions.set_budget_line(year=line.year, allotted=100_000 * LARI, by=world.director.who)
    row = purse.considered(world, wanted=100 * LARI)[0]
    seen["directors"] = race(grant(row, 100 * LARI), grant(row, 70 * LARI, second))
    row = purse.considered(world, wanted=100 * LARI)[0]
    seen["twice"] = race(*[grant(row, 100 * LARI, seen=row.version)] * 3)

    # Giving back and paying at once: never more than was committed.
    paid = purse.granted(world, amount=100 * LARI)

    def give_back() -> Any:
        return purse.give_back(world, paid, 40 * LARI)

    def pay() -> Any:
        with transaction.atomic():
            Case.objects.select_for_update().get(id=paid.case_id)  # as every act on a case does first
            return Expenditure.objects.create(
                case_id=paid.case_id, commitment=paid, kind="payment", amount=40 * LARI, happened_on=clock.today()
            )

    seen["out"] = race(give_back, pay, give_back, pay)
    paid.refresh_from_db()
    seen["out_sum"] = paid.released + paid.spent

    seen["most"] = max(stands())
    seen["true"] = sum(row.amount - row.released for row in Commitment.objects.all()) == sum(stands())
    seen["ledger"] = [str(problem) for problem in verify.verify().problems]
    return seen


if __name__ == "__main__":
    with alone():
        sys.stdout.write(json.dumps(main()) + "\n")
