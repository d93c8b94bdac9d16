"""Withdrawal of consent on the second half of the road: one act that reaches consent, requests and plan (S0.1)."""

import pytest

from gza.cases.models import Case, ConsentScope
from gza.core import clock
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.plans import actions, queries
from gza.plans.models import Consideration, ServiceRequest
from gza.vault.models import Disclosure
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.cases.support import refused
from tests.plans import asking, endings, factories, purse, signed

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def withdraw(world: World, case: Case, *scopes: str) -> object:
    rows = ConsentScope.objects.filter(case=case, scope__in=scopes, withdrawn_on=None)
    return actions.withdraw_consent(
        case_id=case.id, scope_ids=list(rows.values_list("id", flat=True)), form="oral", words="აღარ მინდა",
        by=world.worker.who,
    )  # fmt: skip


def states(case: Case) -> list[str]:
    return list(ServiceRequest.objects.filter(case=case).order_by("id").values_list("state", flat=True))


@pytest.mark.clause("S0.1")
def test_open_requests_stop_in_the_same_act_and_providers_open_nothing_more(world: World) -> None:
    provider, _second = asking.focal_persons(world)
    case = asking.agreed(world)
    row = asking.ask(world, case)
    asking.answer(provider, row)
    assert Disclosure.objects.filter(case=case.id, ended_at=None).count() == 1
    before = Event.objects.filter(kind=Kind.ACT).count()
    outcome = withdraw(world, case, "reintegration")
    assert Event.objects.filter(kind=Kind.ACT).count() == before + 1
    assert (outcome.rows[0].stopped_requests, outcome.rows[0].suspends_plan) == (1, True)
    assert states(case) == ["stopped"]
    assert not Disclosure.objects.filter(case=case.id, ended_at=None).exists()
    case.refresh_from_db()
    assert (case.stage, case.suspended_on) == (Stage.REINTEGRATION_CONSENT, clock.today())
    with refused("consent.reintegration_missing"):
        asking.ask(world, case)


@pytest.mark.clause("S3.2", "S5.3")
def test_without_consent_the_fund_is_asked_for_no_money(world: World) -> None:
    case = purse.agreed(world, "necessary", "desired")
    desired = queries.askable(case)[0]
    withdraw(world, case, "reintegration")
    assert not Consideration.objects.filter(case=case, state="open").exists()
    with refused("consent.reintegration_missing"):
        actions.ask_for_money(case_id=case.id, origin_id=desired.id, why="ახალი გარემოება", by=world.worker.who)


@pytest.mark.clause("S0.1", "S6.1")
def test_one_organisation_that_may_no_longer_know_stops_alone(world: World) -> None:
    asking.focal_persons(world)
    asking.focal_persons(world, world.clinic)
    case = asking.agreed(world, world.ngo, world.clinic)
    first, second = asking.ask(world, case), asking.ask(world, case, world.clinic)
    scope = ConsentScope.objects.get(case=case, organisation=world.clinic)
    outcome = actions.withdraw_consent(case_id=case.id, scope_ids=[scope.id], form="oral", by=world.worker.who)
    assert (outcome.rows[0].stopped_requests, outcome.rows[0].suspends_plan) == (1, False)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("sent", "stopped")
    case.refresh_from_db()
    assert (case.suspended_on, case.requests_waiting) == (None, 1)


@pytest.mark.clause("S0.1")
def test_rehabilitation_withdrawn_alone_stops_no_request_for_reintegration(world: World) -> None:
    case = asking.agreed(world)
    asking.ask(world, case)
    outcome = withdraw(world, case, "rehabilitation")
    assert not outcome.rows[0].suspends_plan
    assert states(case) == ["sent"]


@pytest.mark.clause("S0.1", "S5.5")
def test_a_new_consent_resumes_and_what_falls_due_opens_again(world: World) -> None:
    case = asking.agreed(world)
    row = asking.ask(world, case)
    asking.record(world, row, "declined")
    assert Consideration.objects.filter(case=case, state="open").count() == 1
    withdraw(world, case, "reintegration")
    assert not Consideration.objects.filter(case=case, state="open").exists()
    on_cases.consent(world, case.id, "reintegration")
    case.refresh_from_db()
    assert (case.suspended_on, case.stage) == (None, Stage.FUNDING)
    assert case.considerations_open == Consideration.objects.filter(case=case, state="open").count() == 1


@pytest.mark.clause("S0.1", "S7.8")
def test_a_suspended_plan_is_not_signed_and_signs_after_a_new_consent(world: World) -> None:
    case = signed.to_sign(world)
    withdraw(world, case, "reintegration")
    with refused("consent.reintegration_missing"):
        signed.sign(world, case.id)
    on_cases.consent(world, case.id, "reintegration")
    signed.sign(world, case.id)


@pytest.mark.clause("S7.12", "S0.1")
@pytest.mark.parametrize("how", ["in_fact", "expiry"])
def test_an_end_leaves_no_request_open_behind_it(world: World, how: str) -> None:
    asking.focal_persons(world)
    case = asking.agreed(world)
    asking.ask(world, case)
    if how == "in_fact":
        row = actions.record_end_in_fact(case_id=case.id, ground="departure", evidence="ბილეთი", by=world.worker.who)
        actions.confirm_end_in_fact(case_id=case.id, end_id=row.id, by=world.coordinator.who)
        assert states(case) == ["stopped"]
    else:
        endings.start_over(world, case)
        assert actions.expire(case_id=case.id)
        assert states(case) == ["sent"]
        endings.tell(world, case.id)
        assert states(case) == ["withdrawn"]
    case.refresh_from_db()
    assert (case.requests_waiting, case.items_unsought, case.considerations_open) == (0, 0, 0)
    assert not Disclosure.objects.filter(case=case.id, ended_at=None).exists()


@pytest.mark.clause("S0.1")
def test_a_withdrawal_is_possible_at_every_stop_with_something_to_withdraw(world: World) -> None:
    for stage in (Stage.PRIMARY_NEEDS, Stage.NEEDS, Stage.SUBMITTED, Stage.AGREED, Stage.REQUESTS):
        case = factories.road_to(world, stage)
        withdraw(world, case, "rehabilitation", "reintegration", "disclosure")
        assert not ConsentScope.objects.filter(case=case, withdrawn_on=None).exists()
    for case in (endings.running(world), endings.expired(world), endings.closed(world)):
        withdraw(world, case, "rehabilitation", "reintegration")
        assert not ConsentScope.objects.filter(case=case, withdrawn_on=None).exists()
