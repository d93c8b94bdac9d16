"""The final plan: from answers and money, through the Fund's agreement, with what stayed unmet in sight."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from gza.cases import actions as cases
from gza.cases.enums import Priority, WithdrawalForm
from gza.cases.errors import Stale
from gza.cases.models import ConsentScope, Need
from gza.core import clock
from gza.law.stages import Stage
from gza.plans import actions, content, queries
from gza.plans.actions import FinalItem
from gza.plans.models import Decision, PlanItem, PlanVersion, Release, UnmetNeed
from tests.cases import factories as on_cases
from tests.cases.factories import World, days_ago
from tests.cases.support import refused
from tests.plans import factories, signed
from tests.plans.factories import newest

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
LACKING = {"source": "unmet", "proof": None, "tried": "ხუთი ორგანიზაცია", "pursued_by": "ნინო", "starts_on": None,
           "ends_on": None}  # fmt: skip


def lacking(**extra: Any) -> dict[str, Any]:
    """What makes an item an unmet need, to be looked at in a month."""
    return {**LACKING, "review_on": clock.today() + dt.timedelta(days=30), **extra}


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


@pytest.mark.clause("S7.6")
def test_every_item_has_a_positive_answer_or_money(world: World) -> None:
    case = signed.ready(world, secured=False)
    version = signed.begin(world, case.id)
    assert version.items.get().source == ""
    with refused("final.no_source"):
        signed.submit(world, case.id)
    declined = signed.answered(world, newest_initial(case), state="declined")
    signed.fill(world, version, signed.entered(world, version, proof=declined.id))
    with refused("final.no_positive_answer"):
        signed.submit(world, case.id)
    money = signed.committed(world, newest_initial(case))
    signed.fill(world, version, signed.entered(world, version, proof=money.id))
    item = version.items.get()
    assert (item.source, item.commitment_id, item.provider_kind) == ("fund", money.id, "fund")
    Release.objects.create(
        case=case, commitment=money, amount=money.amount, happened_on=clock.today(), recorded_by=world.director.id
    )
    with refused("final.no_commitment"):
        signed.submit(world, case.id)
    again = signed.committed(world, newest_initial(case))
    signed.fill(world, version, signed.entered(world, version, proof=again.id))
    signed.submit(world, case.id)
    case.refresh_from_db()
    assert (case.final_state, case.final_submitted_on) == ("submitted", clock.today())


def newest_initial(case: Any) -> PlanItem:
    return PlanItem.objects.filter(case=case, plan_version__kind="initial").order_by("position").first()


@pytest.mark.clause("S7.6")
def test_an_answer_for_another_item_secures_nothing(world: World) -> None:
    case = signed.ready(world, needs=2, secured=False)
    first, second = PlanItem.objects.filter(case=case).order_by("position")
    answer = signed.answered(world, first)
    version = signed.begin(world, case.id)
    one, two = signed.entered(world, version)
    signed.fill(world, version, [one, replace(two, proof=answer.id)])
    with refused("final.no_positive_answer"):
        signed.submit(world, case.id)
    assert second.origin != answer.origin_id


@pytest.mark.clause("S7.6")
def test_what_needs_neither_provider_nor_money_was_meant_so_in_the_initial_plan(world: World) -> None:
    case = signed.ready(world, secured=False)
    version = signed.begin(world, case.id)
    signed.fill(world, version, signed.entered(world, version, source="free"))
    with refused("final.needs_provider"):
        signed.submit(world, case.id)


@pytest.mark.clause("S7.6")
def test_an_item_without_provider_begins_as_needing_neither(world: World) -> None:
    case = factories.road_to(world, Stage.INITIAL_PLAN)
    factories.draft(world, case.id, items=factories.items(case.id, provider_kind="none"))
    factories.submit(world, case.id)
    factories.agree(world, case.id)
    signed.sought(world, case.id)
    signed.begin(world, case.id)
    assert newest(case.id).items.get().source == "free"
    signed.submit(world, case.id)


@pytest.mark.clause("S7.6")
def test_a_partial_answer_covers_its_months_and_the_rest_is_an_item_of_its_own(world: World) -> None:
    case = signed.ready(world, secured=False)
    origin = newest_initial(case)
    signed.answered(world, origin, state="partly", covers_from=1, covers_to=2)
    money = signed.committed(world, origin)
    version = signed.begin(world, case.id, starts_on=dt.date(2027, 1, 1))
    part, rest = version.items.order_by("position")
    assert (part.source, rest.source, rest.commitment_id) == ("provider", "fund", money.id)
    assert (part.starts_on, part.ends_on) == (dt.date(2027, 1, 1), dt.date(2027, 2, 28))
    one, two = signed.entered(world, version, change="ნაწილობრივი პასუხი")
    signed.fill(world, version, [replace(one, ends_on=dt.date(2027, 4, 30)), two])
    with refused("final.beyond_answer"):
        signed.submit(world, case.id)
    signed.fill(world, version, [one, replace(two, starts_on=dt.date(2027, 3, 1))])
    assert signed.submit(world, case.id).state == "submitted"


@pytest.mark.clause("S3.4a")
def test_what_changed_since_the_initial_plan_says_why(world: World) -> None:
    case = signed.to_submit(world)
    version = newest(case.id)
    signed.fill(world, version, signed.entered(world, version, service_type="vocational_training"))
    with refused("final.change_unexplained"):
        signed.submit(world, case.id)
    changed = signed.entered(world, version, service_type="vocational_training", change="ეს კურსი უფრო ახლოსაა")
    signed.fill(world, version, changed)
    signed.submit(world, case.id)
    initial = PlanVersion.objects.get(case=case, kind="initial")
    found = queries.compare(initial, newest(case.id), world.worker.who.ring)
    assert "service_type_id" in found.changes[0].columns


@pytest.mark.clause("S3.4a")
def test_no_item_disappears_and_none_comes_from_nowhere(world: World) -> None:
    case = signed.ready(world, needs=2)
    version = signed.begin(world, case.id)
    one, two = signed.entered(world, version)
    three = replace(two, id=None)
    signed.fill(world, version, [one])
    with refused("final.item_missing"):
        signed.submit(world, case.id)
    signed.fill(world, version, [one, three, replace(three, origin=None)])
    with refused("final.no_origin"):
        signed.submit(world, case.id)


@pytest.mark.clause("S7.6", "S5.2")
def test_a_desired_item_is_left_out_with_its_reason_a_necessary_one_is_not(world: World) -> None:
    case = factories.road_to(world, Stage.NEEDS)
    on_cases.need(world, case.id)
    on_cases.need(world, case.id, priority=Priority.DESIRED, description="ცეკვა")
    factories.draft(world, case.id)
    factories.submit(world, case.id)
    factories.agree(world, case.id)
    necessary = PlanItem.objects.get(case=case, priority="necessary")
    signed.answered(world, necessary)
    signed.sought(world, case.id)
    version = signed.begin(world, case.id)
    items = signed.entered(world, version)
    secured, wish = sorted(items, key=lambda one: one.priority, reverse=True)
    assert wish.priority == "desired"
    signed.fill(world, version, [secured, replace(wish, source="unmet", tried="ვეძებეთ", pursued_by="ნინო",
                                                  review_on=clock.today())])  # fmt: skip
    with refused("final.unmet_desired"):
        signed.submit(world, case.id)
    signed.fill(world, version, [secured, replace(signed.entered(world, version)[1], source="out")])
    with refused("final.change_unexplained"):
        signed.submit(world, case.id)
    out = replace(signed.entered(world, version)[1], source="out", change="ახლა აღარ უნდა")
    signed.fill(world, version, [replace(secured, proof=None, source="out", change="არავინ არის"), out])
    with refused("final.necessary_left_out"):
        signed.submit(world, case.id)
    signed.fill(world, version, [secured, out])
    signed.submit(world, case.id)


@pytest.mark.clause("S7.3", "S7.6")
def test_a_plan_with_nothing_to_carry_out_is_no_plan(world: World) -> None:
    case = signed.ready(world, secured=False)
    version = signed.begin(world, case.id)
    signed.fill(world, version, signed.entered(world, version, **lacking()))
    with refused("plan.no_items"):
        signed.submit(world, case.id)


@pytest.mark.clause("S7.6")
def test_a_need_that_fell_away_can_be_left_out(world: World) -> None:
    case = signed.ready(world, needs=2)
    version = signed.begin(world, case.id)
    one, two = signed.entered(world, version)
    need = Need.objects.get(id=version.items.get(id=two.id).need_id)
    gone = replace(two, proof=None, source="out", change="საჭიროება აღარ არის")
    signed.fill(world, version, [one, gone])
    with refused("final.necessary_left_out"):
        signed.submit(world, case.id)
    cases.drop_need(case_id=case.id, need_id=need.id, why="იპოვა", by=world.worker.who)
    signed.submit(world, case.id)


@pytest.mark.clause("S7.6")
def test_an_unmet_need_stays_in_sight_with_the_funds_reasoned_agreement(world: World) -> None:
    case = signed.ready(world, needs=2, secured=False)
    first, _second = PlanItem.objects.filter(case=case).order_by("position")
    signed.answered(world, first)
    version = signed.begin(world, case.id)
    one, two = signed.entered(world, version)
    with refused("final.unmet_untold"):
        signed.fill(world, version, [one, replace(two, **lacking(tried=""))])
    with refused("final.unmet_untold"):
        signed.fill(world, version, [one, replace(two, **lacking(review_on=None))])
    signed.fill(world, version, [one, replace(two, **lacking(review_on=clock.today() + dt.timedelta(days=900)))])
    with refused("final.review_outside"):
        signed.submit(world, case.id)
    signed.fill(world, version, [one, replace(two, **lacking())])
    signed.submit(world, case.id)
    with refused("final.unmet_without_reasons"):
        signed.agree(world, case.id)
    signed.agree(world, case.id, words="საცხოვრებელს ქალაქში ვეძებთ")
    row = UnmetNeed.objects.get(case=case)
    assert world.worker.who.ring.open(row, "tried") == "ხუთი ორგანიზაცია"
    case.refresh_from_db()
    assert (case.unmet, case.final_state, case.stage) == (1, "agreed", Stage.SIGNATURES)
    actions.meet_unmet(case_id=case.id, unmet_id=row.id, by=world.worker.who)
    case.refresh_from_db()
    assert case.unmet == 0


@pytest.mark.clause("S7.3", "S7.7")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"service_type": "", "proof": None, "source": "free"}, "final.needs_provider"),
        ({"starts_on": None, "ends_on": None}, "final.no_days"),
        ({"priority": ""}, "needs.no_priority"),
        ({"reason": ""}, "needs.no_reason"),
    ],
)
def test_every_item_is_concrete(world: World, change: dict[str, Any], code: str) -> None:
    case = signed.to_submit(world)
    version = newest(case.id)
    signed.fill(world, version, signed.entered(world, version, **{"change": "ასეა", **change}))
    with refused(code):
        signed.submit(world, case.id)
    found = {denied.code for denied in queries.lacking_final(newest(case.id), queries.facts_of(
        PlanVersion.objects.select_related("plan", "case").get(id=version.id), world.worker.who.ring
    ))}  # fmt: skip
    assert code in found


@pytest.mark.clause("S7.10", "S7.7")
def test_days_out_of_order_or_past_the_term_are_refused_at_once(world: World) -> None:
    case = signed.ready(world)
    first = dt.date(2027, 5, 31)
    version = signed.begin(world, case.id, starts_on=first)
    with refused("plan.ends_late"):
        signed.fill(world, version, ends_on=dt.date(2028, 5, 31))
    with refused("plan.ends_before_start"):
        signed.fill(world, version, ends_on=dt.date(2027, 5, 30))
    items = signed.entered(world, version, starts_on=dt.date(2027, 7, 1), ends_on=dt.date(2027, 6, 1))
    with refused("final.days_backwards"):
        signed.fill(world, version, items)
    signed.fill(world, version, signed.entered(world, version, ends_on=dt.date(2028, 5, 31)))
    with refused("final.item_outside_term"):
        signed.submit(world, case.id)


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


@pytest.mark.clause("S7.6", "S7.10", "S3.4b")
def test_the_engine_itself_holds_the_plan_together(world: World) -> None:
    case = signed.ready(world, secured=False)
    version = signed.begin(world, case.id, starts_on=dt.date(2027, 3, 1))
    day = {"submitted_on": clock.today(), "submitted_at": clock.now(), "submitted_by": world.worker.id,
           "fingerprint": b"x" * 32, "content": world.worker.who.ring.seal(
               PlanVersion, version.id, "content", "x", case=case.id)}  # fmt: skip
    rows = PlanVersion.objects.filter(id=version.id)
    with pytest.raises(DatabaseError, match="not secured"), transaction.atomic():
        rows.update(state="submitted", **day)
    with pytest.raises(DatabaseError, match="twelve months"), transaction.atomic():
        rows.update(latest_end=dt.date(2028, 3, 1), ends_on=dt.date(2028, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(ends_on=dt.date(2028, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        version.items.update(source="provider", request_id=None)
    signed.answered(world, newest_initial(case))
    with pytest.raises(DatabaseError, match=r"append-only|both signatures"), transaction.atomic():
        rows.update(state="in_force", in_force_on=clock.today(), **day)


@pytest.mark.clause("S7.10")
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2027-03-01", "2028-02-29"), ("2026-03-01", "2027-02-28"), ("2027-02-28", "2028-02-27"),
        ("2028-02-29", "2029-02-27"), ("2028-02-28", "2029-02-27"), ("2027-01-31", "2028-01-30"),
        ("2027-12-31", "2028-12-30"), ("2028-03-01", "2029-02-28"),
    ],
)  # fmt: skip
def test_the_longest_term_to_the_day_in_law_and_in_the_engine(world: World, first: str, last: str) -> None:
    starts, ends = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    case = signed.ready(world)
    version = signed.begin(world, case.id, starts_on=starts)
    assert (version.ends_on, version.latest_end) == (ends, ends)
    later = ends + dt.timedelta(days=1)
    with refused("plan.ends_late"):
        signed.fill(world, version, ends_on=later)
    for columns in ({"latest_end": later}, {"latest_end": later, "ends_on": later}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanVersion.objects.filter(id=version.id).update(**columns)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(version.plan).objects.filter(id=version.plan_id).update(starts_on=starts, latest_end=later)


@pytest.mark.clause("S7.8")
def test_the_content_of_a_final_plan_tells_all_of_it(world: World) -> None:
    case = signed.to_submit(world)
    version = signed.submit(world, case.id)
    ring = world.worker.who.ring
    text = json.loads(ring.open(version, "content"))
    assert len(bytes.fromhex(text["salt"])) == 32
    assert text["items"][0]["organisation"] == str(world.ngo.id)
    assert text["days"] == [version.starts_on.isoformat(), version.ends_on.isoformat()]
    assert content.holds(version, ring)
    assert queries.verify(version, ring).holds


@pytest.mark.clause("S7.8")
@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE plans_item SET ends_on = starts_on WHERE plan_version_id = %s", "rows"),
        ("UPDATE plans_item SET detail = reason WHERE plan_version_id = %s", "sealed"),
        ("UPDATE plans_version SET fingerprint = content WHERE id = %s", "content"),
        ("UPDATE plans_version SET months = 3 WHERE id = %s", "rows"),
    ],
)
def test_whatever_is_changed_behind_the_triggers_shows(world: World, sql: str, broken: str) -> None:
    case = signed.to_sign(world)
    version = newest(case.id)
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, [version.id.hex if connection.vendor == "sqlite" else version.id])
    found = queries.verify(PlanVersion.objects.get(id=version.id), world.worker.who.ring)
    assert not found.holds
    assert broken in found.broken


class unguarded:  # noqa: N801 (reads as a word)
    """Within, the triggers of the plans are gone: as for somebody with the database in their hands."""

    def __enter__(self) -> None:
        from gza.plans import freeze

        with connection.cursor() as cursor:
            for table, names in freeze.names().items():
                for name in names:
                    on = f" ON {table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")

    def __exit__(self, *_error: object) -> None:
        from gza.plans import freeze

        freeze.install()


@pytest.mark.clause("S3.4a")
def test_an_item_that_was_asked_for_is_not_taken_away(world: World) -> None:
    case = signed.running(world)
    version = signed.amend(world, case.id)
    items = signed.entered(world, version)
    need = on_cases.need(world, case.id, description="ბაღი")
    new = FinalItem(need_id=need.id, service_type="family", provider_kind="ngo", priority="necessary", detail="ბაღი",
                    reason="სამუშაო საათები")  # fmt: skip
    version = signed.fill(world, version, [*items, new])
    added = version.items.order_by("-position").first()
    assert added.origin == added.id
    signed.answered(world, added)
    with refused("final.item_asked_for"):
        signed.fill(world, version, items)


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
