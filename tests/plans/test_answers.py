"""What comes of a request: silence, offers set aside, the Fund's consideration, a consent withdrawn (S5.5, S0.1)."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from gza.cases.enums import Scope, WithdrawalForm
from gza.cases.models import Case, ConsentScope
from gza.core import clock
from gza.law.stages import Stage
from gza.ledger.work import Refused
from gza.plans import actions
from gza.plans.models import Delivery, ServiceRequest, SetAside
from gza.plans.queries import provider as desk
from gza.plans.queries import requests as seek
from gza.plans.queries import running
from gza.vault import errors
from gza.vault import queries as vault
from tests.cases.factories import World, days_ago
from tests.plans import asking, factories
from tests.plans.asking import agreed, answer, ask, focal_persons, item, record

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code.replace('.', '[.]')}$")


def later(days: int):
    return clock.pretend(clock.now() + dt.timedelta(days=days))


def withdraw(world: World, case: Case, **which: object) -> None:
    scopes = ConsentScope.objects.filter(case=case, withdrawn_on=None, **which).values_list("id", flat=True)
    actions.withdraw_consent(case_id=case.id, scope_ids=list(scopes), form=WithdrawalForm.WRITTEN, by=world.worker.who)


def mirrors(case: Case) -> None:
    """What the case mirrors is what its rows say."""
    case.refresh_from_db()
    found = seek.mirrored(seek.seeking(case), case.agreed_on)
    assert (case.items_unsought, case.requests_waiting, case.answered_on) == (
        found.items_unsought, found.requests_waiting, found.answered_on,
    )  # fmt: skip


@pytest.mark.clause("S5.5")
def test_silence_is_reminded_once_then_certified_by_a_coordinator_alone(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    certify = {"case_id": case.id, "request_id": row.id}
    with refused("access.funds_part"):
        actions.certify_unanswered(**certify, by=world.worker.who)
    with refused("requests.not_past_due"):
        actions.certify_unanswered(**certify, by=world.coordinator.who)
    assert actions.remind_expired() == 0
    past = (row.answer_due - clock.today()).days + 1
    with later(past):
        with refused("requests.not_reminded"):
            actions.certify_unanswered(**certify, by=world.coordinator.who)
        assert (actions.remind_expired(), actions.remind_expired()) == (1, 0)
        with refused("requests.not_reminded"):
            actions.certify_unanswered(**certify, by=world.coordinator.who)
        assert seek.to_certify(world.coordinator.who, 5) == []
    with later(past + 1):
        assert [one.id for one in seek.to_certify(world.coordinator.who, 5)] == [row.id]
        actions.certify_unanswered(**certify, by=world.coordinator.who)
        mirrors(case)
        assert (case.considerations_open, case.stage) == (1, Stage.FUNDING)
        answer(nino, row)  # late after all
    mirrors(case)
    assert (case.considerations_open, case.stage) == (0, Stage.FINAL_PLAN)
    row.refresh_from_db()
    assert (row.state, bool(row.certified_on)) == ("accepted", True)


@pytest.mark.clause("S5.5")
def test_offers_are_set_aside_with_the_reason(world: World) -> None:
    case = agreed(world, world.ngo, world.clinic)
    aside = {"case_id": case.id, "origin_id": item(case).id, "ground": "unsafe", "by": world.worker.who}
    with refused("requests.aside_unexplained"):
        actions.set_offer_aside(**aside, organisation_id=world.clinic.id, why=" ")
    actions.set_offer_aside(**aside, organisation_id=world.clinic.id, why="იქ ნათესავი მუშაობს")
    mirrors(case)
    assert case.items_unsought == 1
    with refused("requests.offers_left"):
        actions.account_for(case_id=case.id, origin_id=item(case).id, by=world.worker.who)
    row = ask(world, case)
    with refused("requests.aside_while_asked"):
        actions.set_offer_aside(**aside, organisation_id=world.ngo.id, why="შორს არის")
    with refused("requests.answers_awaited"):
        actions.account_for(case_id=case.id, origin_id=item(case).id, by=world.worker.who)
    record(world, row, "declined")
    mirrors(case)
    assert case.items_unsought == 0
    assert case.considerations_open == 1
    actions.set_offer_aside(**aside, organisation_id=world.clinic.id, why="იგივე")
    assert SetAside.objects.count() == 1


@pytest.mark.clause("S5.5")
def test_where_nobody_offers_the_consideration_falls_due_by_itself(world: World) -> None:
    asking.offer(world, service="legal_aid")
    case = factories.road_to(world, Stage.AGREED)
    factories.agree(world, case.id)
    mirrors(case)
    assert (case.items_unsought, case.considerations_open, case.stage) == (0, 1, Stage.FUNDING)


@pytest.mark.clause("S5.5")
def test_an_item_covered_by_two_answers_is_secured(world: World) -> None:
    case = agreed(world, world.ngo, world.clinic)
    record(world, ask(world, case), "partly", covers=(1, 2))
    mirrors(case)
    assert (case.items_unsought, case.considerations_open) == (1, 0)
    record(world, ask(world, case, world.clinic, months=(3, 6)))
    mirrors(case)
    found = seek.seeking(case)[0].standing
    assert (found.uncovered, case.considerations_open, case.stage) == (frozenset(), 0, Stage.FINAL_PLAN)


@pytest.mark.clause("S0.1")
def test_a_withdrawn_consent_stops_everything_at_the_provider(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    actions.see_request(request_id=row.id, by=nino.who)
    with refused("requests.not_called_back"):
        actions.confirm_returned(request_id=row.id, by=nino.who)
    answer(nino, row)
    withdraw(world, case, scope=Scope.REINTEGRATION)
    mirrors(case)
    row.refresh_from_db()
    assert (row.state, row.stopped_on) == ("stopped", clock.today())
    with pytest.raises(errors.NoGrant):
        vault.open_disclosure(desk.disclosure_of(row), nino.who.ring)
    with refused("request.accept_not_from_stopped"):
        answer(nino, row)
    assert [one.id for one in desk.desk(nino.who).to_return] == [row.id]
    actions.confirm_returned(request_id=row.id, by=nino.who)
    assert desk.desk(nino.who).to_return == []
    row.refresh_from_db()
    assert (row.returned_on, row.returned_by) == (clock.today(), nino.id)


@pytest.mark.clause("S0.1")
def test_only_the_organisation_whose_consent_was_withdrawn_is_stopped(world: World) -> None:
    focal_persons(world)
    case = agreed(world, world.ngo, world.clinic)
    rows = [ask(world, case), ask(world, case, world.clinic)]
    withdraw(world, case, organisation=world.clinic)
    mirrors(case)
    assert [ServiceRequest.objects.get(id=one.id).state for one in rows] == ["sent", "stopped"]


@pytest.mark.clause("S7.9", "G1")
def test_a_provider_records_what_it_gave_whatever_the_rules_say(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    made = actions.record_own_delivery(request_id=row.id, sessions=2, note="პირველი შეხვედრა", by=nino.who)
    assert (made.by_provider, made.organisation_id, made.origin_id) == (True, world.ngo.id, row.origin_id)
    assert "requests.served_without_request" in {flag.code for flag in case.flags.all()}
    text = vault.open_reply(
        desk.disclosure_of(row), made.reply, world.worker.who.ring, label="plans.delivery.reply", subject=made.id
    )
    assert json.loads(text)["note"] == "პირველი შეხვედრა"
    ring = world.worker.who.ring
    assert running.provider_notes(running.deliveries_of(case), ring) == {made.id: "პირველი შეხვედრა"}
    mended = actions.correct_delivery(
        case_id=case.id, row_id=made.id, why="სამჯერ იყო", sessions=3, by=world.worker.who
    )
    assert (mended.reply, ring.open(mended, "note")) == (None, "პირველი შეხვედრა")
    assert running.provider_notes(running.deliveries_of(case), ring) == {}
    answer(nino, row)
    with refused("entry.late"):
        actions.record_own_delivery(request_id=row.id, happened_on=days_ago(40), by=nino.who)
    with refused("entry.future"):
        actions.record_own_delivery(request_id=row.id, happened_on=days_ago(-1), by=nino.who)
    actions.withdraw_request(case_id=case.id, request_id=row.id, by=world.worker.who)
    actions.record_own_delivery(request_id=row.id, note="ბოლო შეხვედრა", by=nino.who)
    assert Delivery.objects.filter(request=row, by_provider=True, superseded=False).count() == 2
    assert Delivery.objects.order_by("id").last().reply is None  # closed: the fact alone


@pytest.mark.clause("S5.5", "S6.1")
def test_the_funds_own_service_needs_no_disclosure(world: World) -> None:
    case = agreed(world, world.agency, named=False)
    row = ask(world, case, world.agency)
    assert row.disclosure_id is None
    record(world, row)
    mirrors(case)
    assert case.stage == Stage.FINAL_PLAN


def test_what_was_asked_stays_as_it_was_asked(world: World) -> None:
    case = agreed(world)
    row = ask(world, case)
    for change in ({"month_to": 12}, {"answer_due": clock.today()}, {"organisation_id": world.clinic.id}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ServiceRequest.objects.filter(id=row.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceRequest.objects.filter(id=row.id).delete()


@pytest.mark.parametrize("state", ["accepted", "declined"])
def test_a_request_that_was_not_called_back_has_no_day_on_which_it_was(world: World, state: str) -> None:
    row = ask(world, agreed(world, world.agency, named=False), world.agency)
    record(world, row, state)
    halt = {"stopped_on": clock.today(), "stopped_at": clock.now(), "stopped_by": world.worker.id}
    with pytest.raises(IntegrityError, match="request_state_and_days"), transaction.atomic():
        ServiceRequest.objects.filter(id=row.id).update(**halt)
    with pytest.raises(IntegrityError, match="request_state_and_days"), transaction.atomic():
        ServiceRequest.objects.filter(id=row.id).update(state="stopped")


@pytest.mark.clause("S7.9", "G2")
def test_a_providers_slip_of_the_hand_is_asked_again(world: World) -> None:
    nino, _ = focal_persons(world)
    row = ask(world, agreed(world))
    with refused("entry.number"):
        actions.record_own_delivery(request_id=row.id, sessions=1000, by=nino.who)
    with refused("entry.order"):
        actions.record_own_delivery(request_id=row.id, until=days_ago(1), by=nino.who)
    assert not Delivery.objects.exists()


@pytest.mark.clause("S5.4", "G2")
def test_months_are_asked_for_in_their_order(world: World) -> None:
    focal_persons(world)
    case = agreed(world)
    for months, code in (((3, 2), "plan.timetable_backwards"), ((1, 13), "entry.number")):
        with refused(code):
            ask(world, case, months=months)
