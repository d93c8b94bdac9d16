"""From needs to the agreed initial plan: who may do what when, and what stays as it was."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from gza.cases import actions as cases
from gza.cases.enums import Priority, WithdrawalForm
from gza.cases.errors import Stale
from gza.cases.models import Case, ConsentScope, Need
from gza.law.stages import Stage
from gza.ledger.models import Event
from gza.ledger.work import Refused
from gza.plans import actions, content, freeze, queries
from gza.plans.actions import ItemInput
from gza.plans.models import Decision, PlanItem, PlanVersion
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.plans import factories

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code.replace('.', '[.]')}$")


def at(world: World, stage: Stage) -> Case:
    return factories.road_to(world, stage)


@pytest.mark.clause("S3.4a", "S3.4b", "S7.3", "S7.5")
def test_a_plan_is_drafted_submitted_and_agreed(world: World) -> None:
    case = at(world, Stage.INITIAL_PLAN)
    factories.listed(world)
    events = Event.objects.count()
    version = actions.draft_initial_plan(case_id=case.id, by=world.worker.who)
    assert version.items.count() == 1
    case.refresh_from_db()
    assert (case.stage, case.plan_state, case.plan_incomplete) == (Stage.INITIAL_PLAN, "draft", 1)
    factories.fill(world, case.id)
    case.refresh_from_db()
    assert (case.stage, case.plan_incomplete) == (Stage.SUBMITTED, 0)
    factories.submit(world, case.id)
    case.refresh_from_db()
    assert (case.stage, case.plan_state) == (Stage.AGREED, "submitted")
    factories.agree(world, case.id)
    case.refresh_from_db()
    assert (case.stage, case.plan_state, case.agreed_on) == (Stage.REQUESTS, "agreed", case.agreed_on)
    assert Event.objects.count() == events + 4
    assert queries.agreed(case) is not None


@pytest.mark.clause("S7.3")
def test_no_plan_without_needs(world: World) -> None:
    case = at(world, Stage.NEEDS)
    with refused("plan.no_needs"):
        actions.draft_initial_plan(case_id=case.id, by=world.worker.who)


@pytest.mark.clause("S3.1", "S3.2")
def test_no_plan_before_status_and_consent(world: World) -> None:
    case = world.received()
    with refused("status.not_yet"):
        actions.draft_initial_plan(case_id=case.id, by=world.worker.who)
    case = at(world, Stage.REINTEGRATION_CONSENT)
    with refused("consent.reintegration_missing"):
        actions.draft_initial_plan(case_id=case.id, by=world.worker.who)


@pytest.mark.clause("S3.4a")
def test_one_version_at_a_time(world: World) -> None:
    case = at(world, Stage.SUBMITTED)
    with refused("plan.open_version"):
        actions.draft_initial_plan(case_id=case.id, by=world.worker.who)


@pytest.mark.clause("S5.2", "S7.3", "S7.7", "S7.10")
@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"priority": ""}, "needs.no_priority"),
        ({"reason": ""}, "needs.no_reason"),
        ({"need_id": None}, "plan.item_without_need"),
        ({"month_from": None, "month_to": None}, "plan.no_timetable"),
    ],
)
def test_an_incomplete_item_is_kept_and_not_submitted(world: World, extra: dict, code: str) -> None:
    case = at(world, Stage.INITIAL_PLAN)
    factories.draft(world, case.id, items=factories.items(case.id, **extra))
    case.refresh_from_db()
    assert (case.stage, case.plan_incomplete) == (Stage.INITIAL_PLAN, 1)
    with refused(code):
        factories.submit(world, case.id)


@pytest.mark.clause("S7.7", "S7.10")
def test_times_out_of_order_or_past_the_term_are_refused_at_once(world: World) -> None:
    case = at(world, Stage.INITIAL_PLAN)
    version = actions.draft_initial_plan(case_id=case.id, by=world.worker.who)
    with refused("plan.timetable_backwards"):
        factories.fill(world, case.id, version, items=factories.items(case.id, month_from=5, month_to=2))
    with refused("plan.item_beyond_term"):
        factories.fill(world, case.id, version, items=factories.items(case.id, month_to=13))
    with refused("plan.too_long"):
        factories.fill(world, case.id, version, months=13)
    with refused("plan.item_beyond_term"):
        factories.fill(world, case.id, version, months=3)


@pytest.mark.clause("S7.3")
def test_an_empty_plan_is_not_submitted(world: World) -> None:
    case = at(world, Stage.INITIAL_PLAN)
    factories.draft(world, case.id, items=[])
    with refused("plan.no_items"):
        factories.submit(world, case.id)


@pytest.mark.clause("S5.2")
def test_a_necessary_need_left_out_is_shown_to_the_fund(world: World) -> None:
    case = at(world, Stage.NEEDS)
    on_cases.need(world, case.id)
    on_cases.need(world, case.id, priority=Priority.NECESSARY, description="საცხოვრებელი")
    factories.draft(world, case.id, items=factories.items(case.id)[:1])
    factories.submit(world, case.id)
    assert [flag.code for flag in case.flags.all()] == ["plan.necessary_left_out"]


@pytest.mark.clause("S3.4b")
def test_only_what_is_pending_can_be_agreed(world: World) -> None:
    case = at(world, Stage.SUBMITTED)
    with refused("plan.not_pending"):
        factories.agree(world, case.id)
    with refused("plan.not_pending"):
        factories.give_back(world, case.id)
    factories.submit(world, case.id)
    with refused("plan.not_draft"):
        factories.submit(world, case.id)
    factories.agree(world, case.id)
    with refused("plan.not_pending"):
        factories.agree(world, case.id)
    assert Decision.objects.count() == 1


@pytest.mark.clause("S3.4b")
def test_a_plan_is_returned_with_reasons_and_goes_on_in_a_new_version(world: World) -> None:
    case = at(world, Stage.AGREED)
    with refused("plan.no_reasons"):
        factories.give_back(world, case.id, reasons=" ")
    factories.give_back(world, case.id)
    case.refresh_from_db()
    assert (case.stage, case.plan_state) == (Stage.SUBMITTED, "returned")
    assert case.stage_since == case.returned_on
    first = factories.newest(case.id)
    with pytest.raises(Stale):
        factories.fill(world, case.id, first)
    second = actions.new_draft(case_id=case.id, by=world.worker.who)
    assert (second.number, second.base_id, second.state) == (2, first.id, "draft")
    factories.fill(world, case.id, second, items=factories.items(case.id, month_to=9), months=9)
    compared = queries.compare(first, factories.newest(case.id), world.worker.who.ring)
    assert [(one.kind, one.columns) for one in compared.changes] == [("changed", ("month_to",))]
    assert compared.months == (12, 9)
    factories.submit(world, case.id)
    factories.agree(world, case.id)
    assert [version.state for version in queries.versions(case)] == ["agreed", "returned"]


@pytest.mark.clause("S3.4b")
def test_what_lies_with_the_fund_or_is_agreed_is_not_edited(world: World) -> None:
    case = at(world, Stage.AGREED)
    with refused("plan.with_fund"):
        factories.fill(world, case.id)
    factories.agree(world, case.id)
    with refused("plan.frozen"):
        factories.fill(world, case.id)
    with refused("plan.frozen"):
        actions.new_draft(case_id=case.id, by=world.worker.who)


@pytest.mark.clause("S3.4b")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plans_version SET months = 3",
        "UPDATE plans_version SET state = 'draft', submitted_on = NULL",
        "DELETE FROM plans_version",
        "UPDATE plans_item SET month_to = 2",
        "DELETE FROM plans_item",
        "DELETE FROM plans_decision",
        "UPDATE plans_decision SET outcome = 'returned'",
    ],
)
def test_the_engine_itself_keeps_what_was_agreed(world: World, sql: str) -> None:
    case = at(world, Stage.REQUESTS)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PlanItem.objects.create(case=case, plan_version=factories.newest(case.id), position=9)


@pytest.mark.clause("S3.4b")
def test_the_triggers_stand(world: World) -> None:
    from gza.core.db import triggers

    for table, wanted in freeze.names().items():
        assert wanted <= triggers(table)


@pytest.mark.clause("S7.10")
def test_the_database_itself_holds_the_longest_term(world: World) -> None:
    case = at(world, Stage.SUBMITTED)
    version = factories.newest(case.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.create(case=case, plan_version=version, position=7, month_from=11, month_to=13)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(id=version.id).update(months=13)


@pytest.mark.clause("S0.1")
def test_a_withdrawn_consent_suspends_the_plan_and_it_is_not_agreed(world: World) -> None:
    case = at(world, Stage.AGREED)
    scope = ConsentScope.objects.get(case=case, scope="reintegration")
    outcome = actions.withdraw_consent(
        case_id=case.id, scope_ids=[scope.id], form=WithdrawalForm.ORAL, words="აღარ მინდა", by=world.worker.who
    )
    assert "withdrawal.plan_suspended" in [one.code for one in outcome.consequences.texts]
    assert outcome.rows[0].suspends_plan
    case.refresh_from_db()
    assert case.suspended_on == outcome.rows[0].happened_on
    assert "plan.suspended" in [flag.code for flag in case.flags.all()]
    assert case.plan_state == "submitted"
    with refused("consent.reintegration_missing"):
        factories.agree(world, case.id)
    factories.give_back(world, case.id)
    on_cases.consent(world, case.id, "reintegration")
    case.refresh_from_db()
    assert case.suspended_on is None


def test_a_stale_draft_is_told_and_nothing_is_lost(world: World) -> None:
    case = at(world, Stage.INITIAL_PLAN)
    version = actions.draft_initial_plan(case_id=case.id, by=world.worker.who)
    seen = version.version
    factories.fill(world, case.id, version, seen=seen)
    with pytest.raises(Stale) as caught:
        factories.fill(world, case.id, version, seen=seen)
    assert caught.value.current.version == seen + 1
    with pytest.raises(Stale):
        factories.submit(world, case.id, seen=seen)


def test_the_content_is_salted_and_sealed_under_its_fingerprint(world: World) -> None:
    case = at(world, Stage.AGREED)
    version = factories.newest(case.id)
    ring = world.worker.who.ring
    assert content.holds(version, ring)
    text = json.loads(ring.open(version, "content"))
    assert len(bytes.fromhex(text["salt"])) == 32
    assert text["items"][0]["detail"] == "კურსი და სტაჟირება"
    assert content.of(version, [], ring)[1] != content.of(version, [], ring)[1]


@pytest.mark.clause("G2", "S5.2")
def test_an_item_follows_its_need_through_a_correction(world: World) -> None:
    case = at(world, Stage.SUBMITTED)
    need = Need.objects.get(case=case)
    cases.correct(case_id=case.id, row=need, why="სხვა სფეროა", columns={"domain": "education"}, by=world.worker.who)
    page = queries.plan_page(case)
    assert page is not None
    assert [one.domain for one in page.needs.values()] == ["education"]
    assert page.left_out == []


def test_a_plan_of_a_case_one_may_not_know_of_is_not_there(world: World) -> None:
    case = at(world, Stage.AGREED)
    version = factories.newest(case.id)
    events = Event.objects.count()
    for stranger in (world.other, world.member("agency"), world.member("administrator")):
        with pytest.raises(Http404):
            actions.submit(case_id=case.id, version_id=version.id, by=stranger.who)
        with pytest.raises(Http404):
            actions.agree(case_id=case.id, version_id=version.id, by=stranger.who)
    assert Event.objects.count() == events


@pytest.mark.clause("G3")
def test_an_agreed_paper_plan_enters_a_case_taken_over(world: World) -> None:
    from tests.cases.test_takeover import taken_over

    case = taken_over(world)
    factories.listed(world)
    day = on_cases.days_ago(90)
    need = Need.objects.get(case=case)
    item = ItemInput(need.id, "employment", "ngo", "necessary", 1, 6, "კურსი", "შემოსავლისთვის")
    actions.enter_paper_plan(
        case_id=case.id, items=[item], months=12, drafted_on=day, submitted_on=day, agreed_on=day,
        by=world.worker.who,
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.stage, case.agreed_on, case.stage_since) == (Stage.REQUESTS, day, day)


@pytest.mark.clause("G3", "S7.5")
def test_a_case_begun_here_takes_no_plan_from_paper(world: World) -> None:
    case = at(world, Stage.NEEDS)
    day = on_cases.days_ago(1)
    with refused("consent.reintegration_missing"):
        actions.enter_paper_plan(
            case_id=case.id, items=[], months=12, drafted_on=day, submitted_on=day, agreed_on=day,
            by=world.worker.who,
        )  # fmt: skip
