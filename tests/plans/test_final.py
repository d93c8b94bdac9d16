"""The final plan: from answers and money, through the Fund's agreement, with what stayed unmet in sight."""

import datetime as dt

import pytest
from django.http import Http404

from gza.cases.enums import WithdrawalForm
from gza.cases.errors import Stale
from gza.cases.models import ConsentScope, Need
from gza.core import clock
from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.models import Decision
from tests.cases.factories import World, days_ago
from tests.cases.support import refused
from tests.plans import factories, signed
from tests.plans.factories import newest
from tests.plans.finals import newest_initial

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S3.4a", "S7.6")
def test_a_final_plan_is_begun_from_the_agreed_initial_one_with_what_secures_each_item(world: World) -> None:
    case = signed.ready(world)
    assert case.stage == Stage.FINAL_PLAN
    initial = newest(case.id)
    version = signed.begin(world, case.id, starts_on=dt.date(2027, 3, 31))
    assert (version.kind, version.number, version.base_id, version.months) == ("final", 2, initial.id, 12)
    assert (version.starts_on, version.ends_on) == (dt.date(2027, 3, 31), dt.date(2028, 3, 30))
    item = version.items.get()
    origin = initial.items.get()
    assert (item.origin, item.source, item.organisation, item.provider_kind) == (
        origin.id, "provider", world.ngo, "ngo",
    )  # fmt: skip
    assert (item.starts_on, item.ends_on) == (dt.date(2027, 3, 31), dt.date(2027, 9, 29))
    assert (item.month_from, item.month_to) == (1, 6)
    case.refresh_from_db()
    assert (case.final_state, case.stage, case.final_drafted_on) == ("draft", Stage.FINAL_PLAN, clock.today())


@pytest.mark.clause("S3.4a")
def test_there_is_no_final_plan_before_the_initial_one_is_agreed(world: World) -> None:
    case = factories.road_to(world, Stage.AGREED)
    with refused("plan.final_before_initial"):
        signed.begin(world, case.id)


@pytest.mark.clause("S7.6", "S7.5")
@pytest.mark.parametrize(
    ("mirror", "code"),
    [("items_unsought", "final.unsought"), ("requests_waiting", "final.unanswered"),
     ("considerations_open", "final.undecided")],
)  # fmt: skip
def test_a_final_plan_waits_for_every_answer_and_decision(world: World, mirror: str, code: str) -> None:
    case = signed.ready(world)
    type(case).objects.filter(id=case.id).update(**{mirror: 1})
    with refused(code):
        signed.begin(world, case.id)


@pytest.mark.clause("S3.4a")
def test_one_final_plan_at_a_time(world: World) -> None:
    case = signed.to_submit(world)
    with refused("plan.open_version"):
        signed.begin(world, case.id)


@pytest.mark.clause("S7.8")
def test_a_plan_does_not_begin_before_it_is_submitted(world: World) -> None:
    case = signed.ready(world)
    signed.begin(world, case.id, starts_on=days_ago(1))
    with refused("final.starts_before_submission"):
        signed.submit(world, case.id)


@pytest.mark.clause("S3.4b", "S7.6")
def test_a_final_plan_is_returned_with_reasons_and_goes_on_in_a_new_version(world: World) -> None:
    case = signed.to_submit(world)
    with refused("plan.not_pending"):
        signed.agree(world, case.id)
    signed.submit(world, case.id)
    with refused("plan.no_reasons"):
        signed.give_back(world, case.id, reasons=" ")
    signed.give_back(world, case.id)
    case.refresh_from_db()
    assert (case.final_state, case.stage, case.stage_since) == ("returned", Stage.FINAL_PLAN, case.final_returned_on)
    with pytest.raises(Stale):
        signed.fill(world, newest(case.id))
    again = actions.new_draft(case_id=case.id, by=world.worker.who)
    assert (again.kind, again.number, again.state, again.items.count()) == ("final", 3, "draft", 1)
    assert again.items.get().request_id is not None
    signed.submit(world, case.id)
    signed.agree(world, case.id)
    with refused("plan.not_pending"):
        signed.agree(world, case.id)
    assert Decision.objects.filter(plan_version__kind="final").count() == 2


@pytest.mark.clause("S7.6")
def test_the_fund_agrees_only_while_the_answers_still_stand(world: World) -> None:
    from gza.plans.models import ServiceRequest

    case = signed.to_submit(world)
    signed.submit(world, case.id)
    gone = {"stopped_on": clock.today(), "stopped_at": clock.now(), "stopped_by": world.worker.id}
    ServiceRequest.objects.filter(case=case).update(state="withdrawn", **gone)
    with refused("final.no_positive_answer"):
        signed.agree(world, case.id)
    signed.give_back(world, case.id)


@pytest.mark.clause("S3.4a")
def test_an_agreed_final_plan_can_be_taken_back_until_it_is_signed(world: World) -> None:
    case = signed.to_sign(world)
    row = newest(case.id)
    with refused("final.change_unexplained"):
        actions.rework_final(case_id=case.id, version_id=row.id, why=" ", by=world.worker.who)
    again = actions.rework_final(case_id=case.id, version_id=row.id, why="სხვა ორგანიზაცია უნდა", by=world.worker.who)
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.state, again.state, case.stage, case.final_agreed_on) == ("superseded", "draft", "final_plan", None)
    with refused("signatures.not_fixed"):
        signed.sign(world, case.id, version_id=row.id, read=bytes(row.fingerprint))
    with refused("final.not_to_rework"):
        actions.rework_final(case_id=case.id, version_id=row.id, why="x", by=world.worker.who)


@pytest.mark.clause("S0.1", "S3.2")
def test_without_consent_a_final_plan_is_neither_begun_nor_agreed_nor_signed(world: World) -> None:
    case = signed.to_sign(world)
    scope = ConsentScope.objects.get(case=case, scope="reintegration")
    actions.withdraw_consent(case_id=case.id, scope_ids=[scope.id], form=WithdrawalForm.ORAL, by=world.worker.who)
    with refused("consent.reintegration_missing"):
        signed.sign(world, case.id)
    other = signed.ready(world)
    scope = ConsentScope.objects.get(case=other, scope="reintegration")
    actions.withdraw_consent(case_id=other.id, scope_ids=[scope.id], form=WithdrawalForm.ORAL, by=world.worker.who)
    with refused("consent.reintegration_missing"):
        signed.begin(world, other.id)


def test_a_stale_draft_is_told_and_acts_of_the_initial_plan_do_not_touch_a_final_one(world: World) -> None:
    case = signed.to_submit(world)
    version = newest(case.id)
    signed.fill(world, version, seen=version.version)
    with pytest.raises(Stale):
        signed.fill(world, version, seen=version.version)
    with pytest.raises(Stale):
        signed.submit(world, case.id, seen=version.version)
    with pytest.raises(Http404):
        factories.fill(world, case.id)
    with pytest.raises(Http404):
        factories.submit(world, case.id)
    for stranger in (world.other, world.member("agency")):
        with pytest.raises(Http404):
            actions.submit_final(case_id=case.id, version_id=version.id, by=stranger.who)
    signed.fill(world, version)
    with refused("access.funds_part"):
        signed.agree(world, case.id, by=world.worker.who)


@pytest.mark.clause("G3", "S7.8", "S7.10")
def test_a_plan_that_runs_on_paper_enters_with_its_past_flagged(world: World) -> None:
    from gza.cases.enums import SignatureForm
    from gza.plans.actions import ItemInput, Signed
    from tests.cases.factories import scan
    from tests.cases.test_takeover import taken_over

    case = taken_over(world)
    agreed, begun, day = days_ago(90), days_ago(70), days_ago(60)
    item = ItemInput(Need.objects.get(case=case).id, "employment", "ngo", "necessary", 1, 6, "კურსი", "შემოსავლისთვის")
    actions.enter_paper_plan(
        case_id=case.id, items=[item], months=12, drafted_on=agreed, submitted_on=agreed, agreed_on=agreed,
        by=world.worker.who,
    )  # fmt: skip
    signed.answered(world, newest_initial(case))
    late = {"reason": "ქაღალდის საქმიდან"}
    signed.begin(world, case.id, starts_on=day, happened_on=begun, **late)
    signed.submit(world, case.id, happened_on=begun, **late)
    signed.agree(world, case.id, happened_on=begun, **late)
    with refused("signatures.no_scan"):
        signed.sign(world, case.id, signed=Signed(SignatureForm.PAPER), happened_on=days_ago(0))
    for who in ("beneficiary", "worker"):
        paper = Signed(SignatureForm.PAPER, scan=scan())
        signed.sign(world, case.id, who, signed=paper, happened_on=begun, **late)
    case.refresh_from_db()
    assert (case.stage, case.in_force_on, case.starts_on) == (Stage.RUNNING, begun, day)
    with refused("final.item_outside_term"):
        broken = signed.amend(world, case.id)
        signed.fill(world, broken, signed.entered(world, broken, ends_on=clock.today() + dt.timedelta(days=900)))
        signed.fix(world, case.id)
