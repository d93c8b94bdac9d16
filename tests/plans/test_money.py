"""The Fund's money: when it is considered, who decides, under which limits, what is given back."""

import datetime as dt

import pytest
from django.db import transaction
from django.http import Http404

from gza.cases import actions as cases
from gza.cases.errors import Stale
from gza.cases.models import Case, ConsentScope
from gza.core import clock
from gza.core.calendar import add_working_days
from gza.law.rules import lifted
from gza.plans import actions, queries
from gza.plans.models import AccountCase, BudgetLine, Commitment, Consideration, Release
from tests.cases.factories import World
from tests.plans import purse
from tests.plans.purse import LARI, account, pay, refused

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S5.5")
def test_where_there_is_no_offer_the_consideration_falls_due_by_itself(world: World) -> None:
    case = purse.agreed(world, "necessary", "desired")
    row = Consideration.objects.get(case=case)
    assert (row.priority, row.state, row.wanted) == ("necessary", "open", None)
    assert row.due_on == add_working_days(clock.today(), 10)
    assert case.considerations_open == 1


@pytest.mark.clause("S5.3")
def test_for_a_desired_item_the_fund_is_asked(world: World) -> None:
    case = purse.agreed(world, "necessary", "desired")
    assert [item.priority for item in queries.askable(case)] == ["desired"]
    desired = queries.askable(case)[0]
    actions.ask_for_money(case_id=case.id, origin_id=desired.id, by=world.worker.who)
    case.refresh_from_db()
    assert case.considerations_open == 2
    with refused("funding.under_way"):
        actions.ask_for_money(case_id=case.id, origin_id=desired.id, by=world.worker.who)


@pytest.mark.clause("G5", "S5.6")
def test_who_decides_holds_a_dated_delegation(world: World) -> None:
    purse.budget()
    row = purse.considered(world)[0]
    with refused("delegation.none"):
        purse.decide(world, row)
    purse.delegated(world.coordinator, power="acting", valid_to=clock.today())
    with refused("delegation.none"):
        purse.decide(world, row)
    made = purse.decide(world, row, by=world.coordinator)
    assert (made.capacity, made.outcome, made.amount) == ("acting", "granted", 500 * LARI)
    with refused("access.directors_part"):
        purse.decide(world, row, by=world.worker)


@pytest.mark.clause("S5.6")
def test_a_grant_is_a_commitment_against_the_person_and_the_year(world: World) -> None:
    purse.ready(world, allotted=10_000 * LARI)
    row = purse.considered(world)[0]
    made = purse.decide(world, row, amount=480 * LARI, terms="ორ ნაწილად")
    case = Case.objects.get(id=row.case_id)
    assert (made.commitment.amount, made.commitment.ceiling) == (480 * LARI, 2000 * LARI)
    assert account(case).committed == 480 * LARI
    assert BudgetLine.objects.get().committed == 480 * LARI
    assert (case.considerations_open, case.funded_on) == (0, clock.today())
    row.refresh_from_db()
    assert (row.state, row.closed_on) == ("granted", clock.today())
    money = queries.money(case)
    assert (money.left, money.free, money.spent) == (1520 * LARI, 1520 * LARI, 0)


@pytest.mark.clause("S5.6")
@pytest.mark.parametrize("over", [0, 1])
def test_the_ceiling_holds_to_the_tetri_over_several_decisions(world: World, over: int) -> None:
    purse.ready(world)
    first, second = purse.considered(world, "necessary", "necessary", wanted=1000 * LARI + 1)
    purse.decide(world, first, amount=1000 * LARI)
    if over:
        with refused("funding.ceiling"):
            purse.decide(world, second, amount=1000 * LARI + 1)
        assert Commitment.objects.count() == 1
        second.refresh_from_db()
        assert second.state == "open"
    else:
        purse.decide(world, second, amount=1000 * LARI)
        assert account(first.case).committed == 2000 * LARI


@pytest.mark.clause("S5.6")
@pytest.mark.parametrize(("amount", "code"), [(0, "funding.not_positive"), (-1, "funding.not_positive"),
                                              (500 * LARI + 1, "funding.above_need")])  # fmt: skip
def test_a_sum_is_positive_and_follows_the_need(world: World, amount: int, code: str) -> None:
    purse.ready(world)
    row = purse.considered(world)[0]
    with refused(code):
        purse.decide(world, row, amount=amount)


@pytest.mark.clause("S5.6")
def test_no_money_before_the_sum_is_worked_out(world: World) -> None:
    purse.ready(world)
    row = purse.considered(world, wanted=None)[0]
    with refused("funding.not_worked_out"):
        purse.decide(world, row, amount=100)
    with refused("funding.no_payee"):
        actions.set_wanted_sum(
            case_id=row.case_id, consideration_id=row.id, wanted=100, grounds="ფასი", by=world.worker.who
        )
    with refused("funding.not_positive"):
        purse.worked_out(world, row, -5)
    done = purse.worked_out(world, row, 700 * LARI)
    assert world.worker.who.ring.open(done, "payee_name") == "სასწავლო ცენტრი"
    purse.decide(world, done)
    with refused("funding.closed"):
        purse.worked_out(world, row, 800 * LARI)


@pytest.mark.clause("S5.3")
def test_the_necessary_has_priority(world: World) -> None:
    purse.ready(world)
    necessary, desired = purse.considered(world, "necessary", "desired")
    with refused("funding.necessary_first"):
        purse.decide(world, desired)
    purse.decide(world, necessary, "refused")
    purse.decide(world, desired)


@pytest.mark.clause("S5.3")
def test_a_deferral_keeps_its_money_free(world: World) -> None:
    purse.ready(world)
    necessary, desired = purse.considered(world, "necessary", "desired", wanted=1500 * LARI)
    with refused("funding.no_reasons"):
        purse.decide(world, necessary, "deferred", reasons=" ")
    purse.decide(world, necessary, "deferred", amount=1200 * LARI)
    assert BudgetLine.objects.get().reserved == 1200 * LARI
    case = Case.objects.get(id=necessary.case_id)
    assert case.considerations_open == 1
    with refused("funding.reserved"):
        purse.decide(world, desired, amount=800 * LARI + 1)
    purse.decide(world, desired, amount=800 * LARI)
    assert queries.money(case).free == 0
    purse.decide(world, necessary, amount=1200 * LARI)
    line = BudgetLine.objects.get()
    assert (line.committed, line.reserved) == (2000 * LARI, 0)


@pytest.mark.clause("S5.3")
def test_what_is_kept_for_a_desired_item_yields_to_a_necessary_one(world: World) -> None:
    purse.ready(world)
    necessary, desired = purse.considered(world, "necessary", "desired", wanted=1500 * LARI)
    purse.decide(world, necessary, "refused")
    purse.decide(world, desired, "deferred", amount=1500 * LARI)
    actions.ask_for_money(
        case_id=necessary.case_id, origin_id=necessary.origin_id, why="ფასი შეიცვალა", by=world.worker.who
    )
    again = Consideration.objects.get(origin=necessary.origin, state="open")
    purse.decide(world, purse.worked_out(world, again, 1500 * LARI))


@pytest.mark.clause("S4.5")
def test_the_budget_line_of_the_year_is_not_passed(world: World) -> None:
    purse.delegated(world.director)
    row = purse.considered(world)[0]
    with refused("funding.no_budget_line"):
        purse.decide(world, row)
    purse.budget(allotted=500 * LARI - 1)
    with refused("funding.budget"):
        purse.decide(world, row)
    with lifted("gza.law.funding.within_budget"), refused("funding.overtaken"):
        purse.decide(world, row)
    purse.decide(world, row, amount=500 * LARI - 1)


@pytest.mark.clause("S4.5")
def test_a_budget_line_is_set_by_the_delegation_and_never_below_what_is_used(world: World) -> None:
    year = clock.today().year
    with refused("delegation.none"):
        actions.set_budget_line(year=year, allotted=100, by=world.director.who)
    purse.delegated(world.director)
    line = actions.set_budget_line(year=year, allotted=3000 * LARI, note="N 12", seen=0, by=world.director.who)
    purse.decide(world, purse.considered(world)[0])
    with refused("funding.line_below_committed"):
        actions.set_budget_line(year=year, allotted=500 * LARI - 1, by=world.director.who)
    with pytest.raises(Stale):
        actions.set_budget_line(year=year, allotted=600 * LARI, seen=7, by=world.director.who)
    line = actions.set_budget_line(year=year, allotted=500 * LARI, seen=line.revision, by=world.director.who)
    assert (line.revision, BudgetLine.objects.get().committed) == (2, 500 * LARI)
    with pytest.raises(Http404):
        actions.set_budget_line(year=year, allotted=1, by=world.worker.who)


@pytest.mark.clause("S5.5")
def test_a_refusal_has_reasons_and_something_new_opens_it_again(world: World) -> None:
    purse.ready(world)
    row = purse.considered(world)[0]
    with refused("funding.no_reasons"):
        purse.decide(world, row, "refused", reasons="")
    purse.decide(world, row, "refused")
    ask = {"case_id": row.case_id, "origin_id": row.origin_id, "by": world.worker.who}
    with refused("funding.nothing_new"):
        actions.ask_for_money(**ask)
    assert actions.ask_for_money(why="ახალი გარემოება", **ask).state == "open"


@pytest.mark.clause("S5.6")
def test_never_more_is_released_than_is_unspent(world: World) -> None:
    purse.ready(world)
    row = purse.granted(world)
    pay(row, 100 * LARI)
    with refused("funding.release_above_unspent"):
        purse.give_back(world, row, 400 * LARI + 1)
    with lifted("gza.law.funding.unspent"), refused("funding.overtaken"):
        purse.give_back(world, row, 400 * LARI + 1)
    purse.give_back(world, row, 400 * LARI)
    row.refresh_from_db()
    assert (row.released, row.spent) == (400 * LARI, 100 * LARI)
    assert account(row.case).committed == BudgetLine.objects.get().committed == 100 * LARI
    with refused("funding.not_positive"):
        purse.give_back(world, row, -1)


@pytest.mark.clause("S0.1")
def test_with_the_consent_what_was_considered_falls_away_and_its_money_is_free(world: World) -> None:
    purse.ready(world)
    row, _second = purse.considered(world, "necessary", "necessary")
    purse.decide(world, row, "deferred")
    scope = ConsentScope.objects.get(case=row.case_id, scope="reintegration")
    actions.withdraw_consent(case_id=row.case_id, scope_ids=[scope.id], form="oral", words="აღარ", by=world.worker.who)
    case = Case.objects.get(id=row.case_id)
    assert {one.dropped_for for one in Consideration.objects.filter(case=case)} == {"withdrawn"}
    assert (case.considerations_open, BudgetLine.objects.get().reserved, queries.money(case).reserved) == (0, 0, 0)
    with refused("consideration.grant_not_from_dropped"):
        purse.decide(world, row)


@pytest.mark.clause("S5.6")
def test_a_stale_form_and_a_second_click_decide_nothing(world: World) -> None:
    purse.ready(world)
    row = purse.considered(world)[0]
    with pytest.raises(Stale):
        purse.decide(world, row, seen=row.version - 1)
    purse.decide(world, row, seen=row.version)
    with pytest.raises(Stale):
        purse.decide(world, row, seen=row.version)
    with refused("consideration.grant_not_from_granted"):
        purse.decide(world, row)
    assert Commitment.objects.count() == 1


@pytest.mark.clause("G2")
def test_a_decision_is_not_before_the_matter_arose(world: World) -> None:
    purse.ready(world)
    row = purse.considered(world)[0]
    with refused("entry.order"):
        purse.decide(world, row, happened_on=clock.today() - dt.timedelta(days=1), reason="გვიან")


@pytest.mark.clause("G3", "S5.6")
def test_the_balance_of_a_paper_file_counts_and_a_corrected_one_too(world: World) -> None:
    from gza.plans.steps import funding as steps
    from tests.cases.test_takeover import taken_over

    case = taken_over(world, balance=150_000)
    assert (queries.money(case).committed, queries.money(case).opening) == (150_000, 150_000)
    with transaction.atomic():
        assert steps.account_of(case).committed == 150_000
    actions.record_opening_balance(
        case_id=case.id, balance=120_000, why="ერთი ანგარიში ორჯერ", by=world.coordinator.who
    )
    assert account(case).committed == 120_000
    assert queries.money(case).opening == 120_000
    actions.record_opening_balance(case_id=case.id, balance=200_001, why="ვერ ვნახე", by=world.coordinator.who)
    assert account(case).committed == 200_001
    assert queries.money(case).over == 1
    assert "funding.opening_over" in [flag.code for flag in case.flags.all()]
    actions.record_opening_balance(case_id=case.id, balance=0, why="სხვისი იყო", by=world.coordinator.who)
    assert account(case).committed == 0
    with pytest.raises(Http404):
        actions.record_opening_balance(case_id=case.id, balance=1, why="არა", by=world.worker.who)


@pytest.mark.clause("S5.6", "G1")
def test_two_cases_of_one_person_count_together_and_part_again(world: World) -> None:
    from gza.plans.steps import funding as steps

    purse.ready(world)
    one, two = (purse.granted(world, amount=1500 * LARI) for _ in range(2))
    with transaction.atomic():
        assert steps.join_accounts(one.case, two.case).committed == 3000 * LARI
    assert account(one.case) == account(two.case)
    assert account(one.case).committed == 3000 * LARI
    assert queries.money(two.case).over == 1000 * LARI
    purse.give_back(world, two, 1400 * LARI)
    assert queries.money(one.case).committed == 1600 * LARI
    with transaction.atomic():
        steps.split_account(two.case)
    assert (account(one.case).committed, account(two.case).committed) == (1500 * LARI, 100 * LARI)
    line = BudgetLine.objects.get()
    assert line.committed == 1600 * LARI


def test_money_of_a_case_one_may_not_know_of_is_not_there(world: World) -> None:
    purse.ready(world)
    row = purse.considered(world)[0]
    for stranger in (world.other, world.member("agency"), world.member("administrator")):
        with pytest.raises(Http404):
            purse.decide(world, row, by=stranger)
        with pytest.raises(Http404):
            actions.set_wanted_sum(case_id=row.case_id, consideration_id=row.id, wanted=1, grounds="x",
                                   payee_name="y", by=stranger.who)  # fmt: skip
    other = purse.considered(world)[0]
    with pytest.raises(Http404):
        actions.decide(
            case_id=other.case_id, consideration_id=row.id, outcome="refused", reasons="x", by=world.director.who
        )
    assert Release.objects.count() == 0
    assert AccountCase.objects.count() == 0


@pytest.mark.clause("S5.5")
def test_what_waits_for_the_fund_is_listed_by_its_due_day(world: World) -> None:
    purse.ready(world)
    first, second = purse.considered(world)[0], purse.considered(world)[0]
    assert [row.id for row in queries.funding_queue(world.director.who).rows] == [first.id, second.id]
    assert queries.funding_queue(world.worker.who).rows == []
    purse.decide(world, first)
    assert [row.id for row in queries.funding_queue(world.director.who).rows] == [second.id]
    cousin = world.member("coordinator")
    cases.shut_out(case_id=second.case_id, user_id=cousin.id, ground="relative", by=world.coordinator.who)
    assert queries.funding_queue(cousin.who).rows == []


def test_the_road_goes_by_financing(world: World) -> None:
    case = purse.agreed(world)
    assert case.considerations_open == 1


@pytest.mark.clause("S4.5", "G2")
def test_a_budget_line_is_of_a_year_that_can_have_one(world: World) -> None:
    purse.delegated(world.director)
    for year in (2006, clock.today().year + 6):
        with refused("entry.number"):
            actions.set_budget_line(year=year, allotted=100, by=world.director.who)
