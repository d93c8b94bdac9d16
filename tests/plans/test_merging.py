"""Two cases of one person, and two people after all: one ceiling over both, every history kept."""

import uuid

import pytest
from django.db import transaction
from django.http import Http404

from gza.cases import actions as cases
from gza.cases.models import Case, Flag, StatusDecision
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.plans import actions
from gza.plans import queries as funds
from gza.plans.models import Account, AccountCase, Commitment, Merge
from gza.plans.queries import ending as queries
from gza.plans.steps import funding
from tests.cases import factories as on_cases
from tests.cases.factories import PERSON, World
from tests.cases.support import refused
from tests.plans import endings, factories, purse, second_half

pytestmark = pytest.mark.django_db(databases=["default", "transient"], transaction=True)


def spent(world: World, case: Case, tetri: int) -> None:
    """Commit so much for the case."""
    second_half.commit(world, case, factories.newest(case.id).items.get(position=1), tetri)


def join(world: World, case: Case, other: Case, **extra: object) -> Merge:
    values = {"reasons": "პირადი ნომერი ერთია", **extra}
    return actions.merge(case_id=case.id, other_id=other.id, **values, by=world.coordinator.who)


def account(case: Case) -> Account:
    return Account.objects.get(cases__case=case)


def two(world: World, first: int = 0, second: int = 0) -> tuple[Case, Case]:
    cases = [factories.road_to(world, Stage.REQUESTS) for _ in range(2)]
    for case, tetri in zip(cases, (first, second), strict=True):
        if tetri:
            spent(world, case, tetri)
    return cases[0], cases[1]


@pytest.mark.clause("S5.6", "G1")
@pytest.mark.parametrize(("second", "over"), [(50_000, 0), (100_000, 0), (100_001, 1), (200_000, 100_000)])
def test_joined_cases_count_against_one_ceiling_and_past_it_flag(world: World, second: int, over: int) -> None:
    one, two_ = two(world, 100_000, second)
    made = join(world, one, two_)
    assert made.over == over
    assert account(one) == account(two_)
    assert account(one).committed == 100_000 + second
    flags = set(Flag.objects.filter(case__in=[one.id, two_.id]).values_list("code", flat=True))
    assert any("ceiling" in code for code in flags) is (over > 0)


@pytest.mark.clause("S5.6")
def test_a_merge_is_undone_and_each_has_its_own_money_again(world: World) -> None:
    one, two_ = two(world, 150_000, 120_000)
    made = join(world, two_, one)
    where = Case.objects.get(id=made.case_id)
    undo = {"case_id": where.id, "merge_id": made.id, "by": world.coordinator.who}
    with refused("merging.unreasoned"):
        actions.unmerge(**undo, reasons="")
    actions.unmerge(**undo, reasons="სხვა დაბადების თარიღი აქვს")
    assert (account(one).committed, account(two_).committed) == (150_000, 120_000)
    assert queries.merges_of(one) == []
    with refused("merging.undone_already"):
        actions.unmerge(**undo, reasons="x")
    join(world, one, two_)
    assert Merge.objects.count() == 2


@pytest.mark.clause("S5.6")
def test_of_three_cases_only_what_still_belongs_together_stays_joined(world: World) -> None:
    first, second = two(world, 10_000, 20_000)
    third = factories.road_to(world, Stage.REQUESTS)
    spent(world, third, 40_000)
    link = join(world, first, second)
    join(world, second, third)
    assert account(first).committed == 70_000
    assert queries.one_person(first.id) == {first.id, second.id, third.id}
    actions.unmerge(case_id=link.case_id, merge_id=link.id, reasons="ორი ადამიანია", by=world.coordinator.who)
    assert account(first).committed == 10_000
    assert account(second) == account(third)
    assert account(third).committed == 60_000


@pytest.mark.clause("S5.3", "S5.6")
def test_what_is_kept_or_spent_for_one_case_counts_in_the_other(world: World) -> None:
    purse.ready(world)
    kept, asked = (purse.considered(world, wanted=1500 * purse.LARI)[0] for _ in range(2))
    purse.decide(world, kept, "deferred", amount=1200 * purse.LARI)
    join(world, kept.case, asked.case)
    assert funds.money(asked.case).reserved == 1200 * purse.LARI
    with purse.refused("funding.reserved"):
        purse.decide(world, asked, amount=800 * purse.LARI + 1)
    purse.decide(world, asked, amount=800 * purse.LARI)
    purse.pay(Commitment.objects.get(case=asked.case), 300 * purse.LARI)
    seen = funds.money(kept.case)
    assert (seen.committed, seen.spent, seen.free) == (800 * purse.LARI, 300 * purse.LARI, 0)


@pytest.mark.clause("S5.6", "G4")
def test_both_cases_are_ones_the_coordinator_may_know_of(world: World) -> None:
    one, two_ = two(world)
    with refused("merging.itself"):
        join(world, one, one)
    with refused("merging.unreasoned"):
        join(world, one, two_, reasons=" ")
    with refused("access.funds_part"):
        actions.merge(case_id=one.id, other_id=two_.id, reasons="x", by=world.worker.who)
    with pytest.raises(Http404):
        join(world, one, Case(id=uuid.uuid4()))
    barred = world.member("coordinator")
    on = {"case_id": two_.id, "user_id": barred.id, "ground": "relative"}
    cases.shut_out(**on, by=world.coordinator.who)
    with pytest.raises(Http404):
        actions.merge(case_id=one.id, other_id=two_.id, reasons="x", by=barred.who)
    join(world, one, two_)
    for pair in ((one, two_), (two_, one)):
        with refused("merging.already"):
            join(world, *pair)


@pytest.mark.clause("S5.6", "G4")
def test_keys_history_and_stages_stay_as_they_were(world: World) -> None:
    one, two_ = two(world)
    before = {case.id: (case.stage, case.holder_id, case.worker_id) for case in (one, two_)}
    acts = Event.objects.filter(kind=Kind.ACT).count()
    join(world, one, two_)
    assert Event.objects.filter(kind=Kind.ACT).count() == acts + 1
    for case in (one, two_):
        case.refresh_from_db()
        assert (case.stage, case.holder_id, case.worker_id) == before[case.id]
        assert world.worker.who.ring.open(case.person_rows.get(), "first_name") == PERSON.first_name


@pytest.mark.clause("S7.10", "G1")
def test_two_plans_of_one_person_are_flagged(world: World) -> None:
    one, two_ = two(world)
    made = join(world, one, two_)
    assert Flag.objects.filter(case=made.case_id, code="merging.two_plans").exists()


@pytest.mark.clause("S5.6", "S7.12")
def test_a_duplicate_without_a_plan_can_be_closed_though_its_consent_stands(world: World) -> None:
    going, twin = factories.road_to(world, Stage.REQUESTS), factories.road_to(world, Stage.PRIMARY_NEEDS)
    join(world, going, twin)
    actions.close_case(case_id=twin.id, why="იგივე ადამიანი", by=world.coordinator.who)
    twin.refresh_from_db()
    assert twin.stage == Stage.ENDED


@pytest.mark.clause("S5.6")
def test_what_intake_found_alike_is_proposed_on_either_side(world: World) -> None:
    first, second = world.received(), world.received()
    assert queries.likely_twins(second, world.coordinator.who) == [first]
    assert queries.likely_twins(first, world.coordinator.who) == [second]
    assert queries.likely_twins(second, world.other.who) == []


@pytest.mark.clause("S5.6", "S3.1")
def test_a_second_status_a_reopening_and_a_later_plan_count_against_the_same_account(world: World) -> None:
    case = endings.closed(world)
    with transaction.atomic():
        kept = funding.account_of(case).id
    actions.reopen_case(case_id=case.id, worker_id=world.worker.id, why="დაბრუნდა", by=world.coordinator.who)
    on_cases.grant(world, case.id, kind="statutory_victim", body="law_enforcement")
    endings.empower(world.director)
    actions.decide_later_plan(case_id=case.id, reasons="სჭირდება", by=world.director.who)
    case.refresh_from_db()
    assert StatusDecision.objects.filter(case=case).count() == 2
    assert AccountCase.objects.get(case=case).account_id == kept
    assert case.stage == Stage.INITIAL_PLAN
