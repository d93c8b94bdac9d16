"""A plan in force is changed: in writing, on one of two grounds, with two new signatures (S3.5)."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from gza.cases.enums import WithdrawalForm
from gza.cases.errors import Stale
from gza.cases.models import ConsentScope, Flag
from gza.cases.steps import on_case
from gza.core import clock
from gza.plans import actions, queries
from gza.plans.actions import FinalItem
from gza.plans.models import PlanVersion, ServiceRequest, UnmetNeed
from gza.plans.steps import final as steps
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.cases.support import refused
from tests.plans import factories, signed
from tests.plans.factories import newest
from tests.plans.finals import lacking

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
NEW = FinalItem(
    service_type="family", provider_kind="ngo", priority="necessary", detail="ბაღი", reason="სამუშაო საათები"
)


@pytest.mark.clause("S3.5")
def test_an_amendment_is_a_new_version_with_its_own_two_signatures_and_no_agreement(world: World) -> None:
    case = signed.running(world)
    first = newest(case.id)
    version = signed.amend(world, case.id)
    assert (version.ground, version.base_id, version.state) == ("needs", first.id, "draft")
    shorter = first.ends_on - dt.timedelta(days=60)
    changed = signed.entered(world, version, ends_on=first.starts_on + dt.timedelta(days=40), change="ადრე დაასრულა")
    signed.fill(world, version, changed, ends_on=shorter)
    case.refresh_from_db()
    assert (case.final_state, case.ends_on) == ("in_force", first.ends_on)
    signed.fix(world, case.id)
    assert newest(case.id).decided_on is None
    signed.sign(world, case.id)
    assert PlanVersion.objects.get(id=first.id).state == "in_force"
    signed.sign(world, case.id, "worker")
    first.refresh_from_db()
    case.refresh_from_db()
    version = newest(case.id)
    assert (first.state, version.state, case.ends_on) == ("superseded", "in_force", shorter)
    assert (version.plan.starts_on, case.in_force_on, case.stage) == (first.starts_on, first.in_force_on, "running")
    ring = world.worker.who.ring
    assert queries.verify(version, ring).holds
    assert queries.verify(PlanVersion.objects.get(id=first.id), ring).holds
    assert ring.open(version, "grounds") == "სამუშაო ადგილი იპოვა"
    found = queries.compare(first, version, ring)
    assert "ends_on" in found.changes[0].columns


@pytest.mark.clause("S3.5")
def test_only_a_plan_in_force_is_amended_on_one_of_two_grounds_and_in_writing(world: World) -> None:
    waiting = signed.to_sign(world)
    with refused("amendment.not_in_force"):
        signed.amend(world, waiting.id)
    case = signed.running(world)
    with refused("amendment.no_ground"):
        signed.amend(world, case.id, ground="wish")
    with refused("amendment.not_in_writing"):
        signed.amend(world, case.id, why=" ")
    signed.amend(world, case.id, ground="offers")
    with refused("plan.open_version"):
        signed.amend(world, case.id)


@pytest.mark.clause("S3.5", "S7.6")
def test_a_new_item_of_an_amendment_keeps_its_gates(world: World) -> None:
    case = signed.running(world)
    version = signed.amend(world, case.id)
    need = on_cases.need(world, case.id, description="ბაღი")
    days = {"starts_on": version.starts_on, "ends_on": version.ends_on}
    signed.fill(world, version, [*signed.entered(world, version), replace(NEW, need_id=need.id, **days)])
    with refused("final.no_source"):
        signed.fix(world, case.id)
    added = version.items.order_by("-position").first()
    answer = signed.answered(world, added, service_type_id="family")
    one, two = signed.entered(world, version)
    signed.fill(world, version, [one, replace(two, proof=answer.id)])
    ServiceRequest.objects.filter(id=answer.id).update(state="declined")
    with refused("final.no_positive_answer"):
        signed.fix(world, case.id)
    ServiceRequest.objects.filter(id=answer.id).update(state="accepted")
    signed.fix(world, case.id)
    signed.sign(world, case.id)
    signed.sign(world, case.id, "worker")
    assert newest(case.id).items.count() == 2


@pytest.mark.clause("S7.10", "S3.5")
def test_no_amendment_takes_the_plan_past_its_twelve_months(db: None) -> None:
    with signed.on(dt.date(2027, 3, 1)):
        world = World()
        case = signed.running(world)
        version = signed.amend(world, case.id)
        with refused("final.past_latest_end"):
            signed.fill(world, version, ends_on=dt.date(2028, 3, 1))
        signed.fill(world, version, starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2028, 2, 29))
        version.refresh_from_db()
        assert (version.starts_on, version.latest_end) == (dt.date(2027, 3, 1), dt.date(2028, 2, 29))
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanVersion.objects.filter(id=version.id).update(
                starts_on=dt.date(2027, 4, 1), latest_end=dt.date(2028, 3, 31), ends_on=dt.date(2028, 3, 31)
            )
        with pytest.raises(DatabaseError, match="fixed by its first"), transaction.atomic():
            type(version.plan).objects.update(starts_on=dt.date(2027, 3, 2))
    with signed.on(dt.date(2028, 3, 1)), refused("amendment.term_over"):
        signed.fix(world, case.id)


@pytest.mark.clause("S3.5", "S7.10")
def test_after_the_term_there_is_nothing_to_amend(db: None) -> None:
    with signed.on(dt.date(2027, 3, 1)):
        world = World()
        case = signed.running(world)
    with signed.on(dt.date(2028, 2, 29)):
        row = signed.amend(world, case.id)
        actions.drop_amendment(case_id=case.id, version_id=row.id, by=world.worker.who)
    with signed.on(dt.date(2028, 3, 1)), refused("amendment.term_over"):
        signed.amend(world, case.id)


@pytest.mark.clause("S3.5", "S0.1")
def test_without_consent_nothing_is_amended_and_what_was_begun_can_be_dropped(world: World) -> None:
    case = signed.running(world)
    row = signed.amend(world, case.id)
    signed.fix(world, case.id)
    scope = ConsentScope.objects.get(case=case, scope="reintegration")
    actions.withdraw_consent(case_id=case.id, scope_ids=[scope.id], form=WithdrawalForm.ORAL, by=world.worker.who)
    with refused("consent.reintegration_missing"):
        signed.sign(world, case.id)
    dropped = actions.drop_amendment(case_id=case.id, version_id=row.id, why="თანხმობა გამოიხმო", by=world.worker.who)
    assert dropped.state == "dropped"
    with refused("consent.reintegration_missing"):
        signed.amend(world, case.id)
    case.refresh_from_db()
    assert (case.final_state, case.suspended_on) == ("in_force", clock.today())


@pytest.mark.clause("S3.5")
def test_an_amendment_is_dropped_until_it_is_signed_and_fixed_once(world: World) -> None:
    case = signed.running(world)
    first = newest(case.id)
    with pytest.raises(Http404):
        signed.fix(world, case.id)
    row = signed.amend(world, case.id)
    with pytest.raises(Stale):
        signed.fix(world, case.id, seen=row.version + 7)
    with refused("signatures.not_fixed"):
        signed.sign(world, case.id, read=b"")
    signed.fix(world, case.id)
    with refused("amendment.not_draft"):
        signed.fix(world, case.id)
    with refused("plan.frozen"):
        signed.fill(world, row)
    signed.sign(world, case.id)
    actions.drop_amendment(case_id=case.id, version_id=row.id, by=world.worker.who)
    with refused("amendment.not_droppable"):
        actions.drop_amendment(case_id=case.id, version_id=row.id, by=world.worker.who)
    again = signed.amend(world, case.id)
    assert (again.number, again.base_id) == (row.number + 1, first.id)
    with pytest.raises(Http404):
        signed.submit(world, case.id)


@pytest.mark.clause("S7.6", "G1")
def test_a_need_that_becomes_unmet_by_an_amendment_is_shown_to_the_fund(world: World) -> None:
    case = signed.running(world, needs=2)
    version = signed.amend(world, case.id, ground="offers")
    one, two = signed.entered(world, version)
    signed.fill(world, version, [one, replace(two, **lacking())])
    signed.fix(world, case.id)
    assert Flag.objects.filter(case=case, code="final.unmet_in_amendment").exists()
    signed.sign(world, case.id)
    signed.sign(world, case.id, "worker")
    case.refresh_from_db()
    assert case.unmet == 1
    later = signed.amend(world, case.id)
    assert UnmetNeed.objects.filter(plan_version=later).count() == 1
    signed.fix(world, case.id)
    assert Flag.objects.filter(case=case, code="final.unmet_in_amendment").count() == 1


@pytest.mark.clause("S3.5", "S3.4a")
def test_a_changed_item_of_an_amendment_says_why(world: World) -> None:
    case = signed.running(world)
    version = signed.amend(world, case.id)
    signed.fill(world, version, signed.entered(world, version, detail="სხვა კურსი"))
    with refused("final.change_unexplained"):
        signed.fix(world, case.id)


@pytest.mark.clause("S7.12")
def test_with_the_plan_its_versions_end(world: World) -> None:
    case = signed.running(world)
    signed.amend(world, case.id)
    with on_case("plans.sign", case.id, by=world.worker.who, clause="S7.12") as work:
        steps.end_versions(work, newest(case.id).plan)
    states = list(PlanVersion.objects.filter(case=case).order_by("number").values_list("state", flat=True))
    assert states == ["agreed", "ended", "dropped"]
    case.refresh_from_db()
    assert case.final_state == "ended"
    assert factories.newest(case.id).state == "dropped"
