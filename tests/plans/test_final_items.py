"""What secures each item of a final plan, and what may change since the initial one."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from gza.cases import actions as cases
from gza.cases.enums import Priority
from gza.cases.models import Need
from gza.core import clock
from gza.law.stages import Stage
from gza.plans import actions, queries
from gza.plans.actions import FinalItem
from gza.plans.models import PlanItem, PlanVersion, Release, UnmetNeed
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.cases.support import refused
from tests.plans import factories, signed
from tests.plans.factories import newest
from tests.plans.finals import lacking, newest_initial

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


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
def test_a_partial_answer_covers_its_months_and_the_rest_is_an_item_of_its_own(db: None) -> None:
    with signed.on(dt.date(2026, 12, 1)):
        world = World()
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
