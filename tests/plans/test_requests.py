"""Asking providers: after the Fund's agreement, with consent, within programmes, the least data (S5.4, S6.1, S7.5)."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError
from django.http import Http404

from gza.cases.enums import Scope, WithdrawalForm
from gza.cases.models import Case, ConsentScope
from gza.core import clock
from gza.law import requests as rules
from gza.law.stages import Stage
from gza.law.status import StatusKind
from gza.ledger import verify
from gza.ledger.models import Event
from gza.ledger.work import Refused
from gza.plans import actions, queries
from gza.plans.models import ServiceRequest
from gza.plans.packets import Tell
from gza.plans.queries import provider as desk
from gza.plans.queries import requests as seek
from gza.vault import errors
from gza.vault import queries as vault
from gza.vault.models import Disclosure
from tests.cases.factories import PERSON, World, days_ago, scan
from tests.directory.factories import make_offer
from tests.plans import asking, factories
from tests.plans.asking import TELL, agreed, answer, ask, focal_persons, item, record

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code.replace('.', '[.]')}$")


def later(days: int):
    return clock.pretend(clock.now() + dt.timedelta(days=days))


def mirrors(case: Case) -> None:
    """What the case mirrors is what its rows say."""
    case.refresh_from_db()
    found = seek.mirrored(seek.seeking(case), case.agreed_on)
    assert (case.items_unsought, case.requests_waiting, case.answered_on) == (
        found.items_unsought, found.requests_waiting, found.answered_on,
    )  # fmt: skip


@pytest.mark.clause("S5.4", "S6.1", "S7.5")
def test_a_provider_is_asked_answers_and_the_case_goes_on(world: World) -> None:
    nino, colleague = focal_persons(world)
    case = agreed(world)
    assert (case.stage, case.items_unsought) == (Stage.REQUESTS, 1)
    row = ask(world, case)
    mirrors(case)
    assert (case.stage, case.items_unsought, case.requests_waiting) == (Stage.REQUESTS, 0, 1)
    told = vault.open_disclosure(Disclosure.objects.get(), nino.who.ring)
    assert told == {
        "form": 1, "service": "employment", "months": [1, 6], "region": "GE-IM", "place": "outside", "age": "adult",
        "language": "ka", "access": ["reading"],
    }  # fmt: skip
    actions.see_request(request_id=row.id, by=colleague.who)
    answer(nino, row, words="ორშაბათიდან")
    row.refresh_from_db()
    assert (row.state, row.channel, row.answered_by, row.seen_by) == ("accepted", "workplace", nino.id, colleague.id)
    wanted = {"label": "plans.request.reply", "subject": row.id}
    for who in (world.worker, world.coordinator, colleague):
        assert vault.open_reply(Disclosure.objects.get(), row.reply, who.who.ring, **wanted) == "ორშაბათიდან"
    mirrors(case)
    assert (case.stage, case.requests_waiting, case.answered_on) == (Stage.FINAL_PLAN, 0, clock.today())
    assert verify.verify().problems == []


@pytest.mark.clause("S7.5")
def test_nobody_is_asked_before_the_fund_agreed(world: World) -> None:
    asking.offer(world)
    case = factories.road_to(world, Stage.AGREED)
    asking.consents(world, case.id, world.ngo)
    with pytest.raises(Http404):  # before the agreement there is no item that could be asked for
        ask(world, case)
    verdict = rules.may_ask(
        kind=StatusKind.VICTIM, consents=[], initial_agreed=False, organisation="x", of_fund=True, in_edition=True,
        standing_offer=True, open_already=False, told=TELL.told, answer_due=clock.today(), months=(1, 1),
        on=clock.today(),
    )  # fmt: skip
    assert verdict.code == "consent.reintegration_missing"


@pytest.mark.clause("S7.5")
def test_a_request_dated_before_the_agreement_is_refused(world: World) -> None:
    case = agreed(world)
    Case.objects.filter(id=case.id).update(opened_on=days_ago(20))
    ConsentScope.objects.filter(case=case).update(given_on=days_ago(9))
    with refused("plan.request_before_agreement"):
        ask(world, case, happened_on=days_ago(2))


@pytest.mark.clause("S0.1", "S6.1")
def test_the_consent_names_the_organisation_that_is_asked(world: World) -> None:
    focal_persons(world)
    case = agreed(world, world.ngo, world.clinic, named=False)
    with refused("consent.disclosure_missing"):
        ask(world, case)
    asking.consents(world, case.id, world.clinic)
    with refused("consent.disclosure_missing"):
        ask(world, case)
    asking.consents(world, case.id, world.ngo)
    assert ask(world, case).disclosure_id


@pytest.mark.clause("S3.2")
def test_without_consent_to_reintegration_nobody_is_asked(world: World) -> None:
    case = agreed(world)
    scopes = ConsentScope.objects.filter(case=case, scope=Scope.REINTEGRATION).values_list("id", flat=True)
    actions.withdraw_consent(case_id=case.id, scope_ids=list(scopes), form=WithdrawalForm.WRITTEN, by=world.worker.who)
    with refused("consent.reintegration_missing"):
        ask(world, case)


@pytest.mark.clause("S6.1")
def test_an_organisation_is_asked_within_its_programmes(world: World) -> None:
    case = agreed(world, world.ngo)
    asking.consents(world, case.id, world.clinic)
    with refused("requests.not_offered"):
        ask(world, case, world.clinic)
    make_offer(world.clinic, "employment", kind="reintegration", regions=("GE-TB",))
    ask(world, case, world.clinic)
    assert "requests.not_in_edition" in {flag.code for flag in case.flags.all()}


@pytest.mark.clause("S5.4")
def test_one_request_at_a_time_for_an_item_and_an_organisation(world: World) -> None:
    focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    with refused("requests.open_already"):
        ask(world, case)
    actions.withdraw_request(case_id=case.id, request_id=row.id, why="სხვა თვეები", by=world.worker.who)
    mirrors(case)
    assert case.items_unsought == 1
    again = ask(world, case, months=(2, 3))
    with pytest.raises(IntegrityError):
        ServiceRequest.objects.create(
            case=case, origin=item(case), organisation=world.ngo, service_type_id="employment", month_from=1,
            month_to=2, answer_due=clock.today(), happened_on=clock.today(), recorded_by=world.worker.id,
        )  # fmt: skip
    assert again.month_to == 3


@pytest.mark.clause("S5.4", "S6.1")
def test_name_and_telephone_are_told_only_with_consent_to_that(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    whole = Tell(**{**vars(TELL), "name": True, "telephone": True})
    with refused("requests.identity_not_consented"):
        ask(world, case, tell=whole)
    case = agreed(world, identity=True)
    row = ask(world, case, tell=whole)
    packet = vault.open_disclosure(desk.disclosure_of(row), nino.who.ring)
    assert (packet["name"], packet["telephone"]) == (f"{PERSON.first_name} {PERSON.last_name}", PERSON.telephone)
    assert json.loads(world.worker.who.ring.open(row, "packet")) == packet


def test_a_code_that_the_form_does_not_have_is_not_told(world: World) -> None:
    case = agreed(world)
    for bad in (
        {"region": "აფხაზეთი"},
        {"age": "17"},
        {"language": "xx-x"},
        {"access": ("კომენტარი",)},
        {"place": "?"},
    ):
        with pytest.raises(ValueError, match="one of the form's"):
            ask(world, case, tell=Tell(**{**vars(TELL), **bad}))
    assert not ServiceRequest.objects.exists()


@pytest.mark.clause("S6.1")
def test_another_organisations_person_finds_nothing(world: World) -> None:
    focal_persons(world)
    stranger, _ = focal_persons(world, world.clinic)
    case = agreed(world)
    row = ask(world, case)
    for act in (
        lambda: answer(stranger, row),
        lambda: actions.see_request(request_id=row.id, by=stranger.who),
        lambda: actions.record_own_delivery(request_id=row.id, by=stranger.who),
        lambda: actions.confirm_returned(request_id=row.id, by=stranger.who),
        lambda: answer(world.worker, row),
    ):
        events = Event.objects.count()
        with pytest.raises(Http404):
            act()
        assert Event.objects.count() == events
    with pytest.raises(errors.NoGrant):
        vault.open_disclosure(desk.disclosure_of(row), stranger.who.ring)
    assert not desk.own(stranger.who).exists()
    assert not desk.own(world.worker.who).exists()


@pytest.mark.clause("S5.4", "S6.1")
def test_what_was_disclosed_opens_until_its_day_and_no_longer(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    told = desk.disclosure_of(row)
    assert told.until == rules.disclosed_until(answer_due=row.answer_due)
    days = (told.until - clock.today()).days
    with later(days):
        assert vault.open_disclosure(told, nino.who.ring)
    with later(days + 1):
        assert not desk.opens(told)
        with pytest.raises(errors.NoGrant):
            vault.open_disclosure(told, nino.who.ring)
        with refused("requests.closed"):
            answer(nino, row)
        assert actions.end_disclosures() == 1
        assert actions.end_disclosures() == 0
        told.refresh_from_db()
        assert told.blob is None
        assert vault.open_disclosure(told, world.worker.who.ring)["service"] == "employment"
        record(world, row)
    with later(days):  # a clock set back a day opens nothing again
        assert not desk.opens(told)
        with pytest.raises(errors.NoGrant):
            vault.open_disclosure(told, nino.who.ring)
    row.refresh_from_db()
    assert row.state == "accepted"
    assert "requests.answered_late" in {flag.code for flag in case.flags.all()}


@pytest.mark.clause("S6.1")
def test_an_acceptance_is_kept_open_to_the_end_of_the_service(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    answer(nino, row)
    before = desk.disclosure_of(row).until
    assert [one.id for one in actions.keep_open(case_id=case.id, by=world.worker.who)] == [row.id]
    until = desk.disclosure_of(row).until
    assert until == rules.kept_open_until(ends_on=rules.service_end(agreed_on=clock.today(), month_to=6))
    assert until > before
    with later((until - clock.today()).days):
        assert vault.open_disclosure(desk.disclosure_of(row), nino.who.ring)
    assert actions.keep_open(case_id=case.id, by=world.worker.who) == []


@pytest.mark.clause("S5.4", "G1")
def test_an_answer_past_its_date_is_taken_and_flagged(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    with later((row.answer_due - clock.today()).days + 1):
        answer(nino, row)
    mirrors(case)
    assert [flag.code for flag in case.flags.all()] == ["requests.answered_late"]
    assert case.requests_waiting == 0


@pytest.mark.clause("S5.4")
def test_a_refusal_has_its_reason_and_a_part_its_months(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    with refused("requests.no_reason"):
        answer(nino, row, "declined", words=" ")
    for covers in (None, (1, 6), (0, 2), (5, 7), (4, 2)):
        with refused("requests.no_months"):
            answer(nino, row, "partly", covers=covers)
    answer(nino, row, "partly", covers=(1, 2))
    found = seek.seeking(case)[0].standing
    assert (sorted(found.uncovered), found.sought) == ([3, 4, 5, 6], True)
    with refused("request.accept_not_from_partly"):
        answer(nino, row)
    mirrors(case)
    assert (case.considerations_open, case.stage) == (1, Stage.FUNDING)


@pytest.mark.clause("S5.4")
def test_a_refusal_closes_what_was_disclosed(world: World) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    answer(nino, row, "declined", words="ადგილი აღარ გვაქვს")
    row.refresh_from_db()
    told = desk.disclosure_of(row)
    with pytest.raises(errors.NoGrant):
        vault.open_disclosure(told, nino.who.ring)
    assert vault.open_reply(
        told, row.reply, world.worker.who.ring, label="plans.request.reply", subject=row.id
    ) == "ადგილი აღარ გვაქვს"  # fmt: skip


@pytest.mark.clause("S5.4")
def test_an_answer_from_outside_is_recorded_with_name_and_evidence(world: World) -> None:
    case = agreed(world)
    row = ask(world, case)
    assert row.disclosure_id is None  # no workplace: it goes out on paper
    with refused("requests.no_name"):
        record(world, row, name=" ")
    with refused("requests.no_evidence"):
        record(world, row, words="")
    with refused("requests.no_evidence"):
        record(world, row, channel="letter")
    record(world, row, "declined", channel="letter", scan=scan(), words="")
    row.refresh_from_db()
    assert (row.state, row.channel, bool(row.answer_file_id)) == ("declined", "letter", True)
    assert [flag.code for flag in case.flags.all()] == ["requests.declined_unreasoned"]
    mirrors(case)


def test_others_do_not_ask_or_answer(world: World) -> None:
    case = agreed(world)
    row = ask(world, case)
    for who, answer_ in ((world.other, pytest.raises(Http404)), (world.coordinator, refused("access.workers_part"))):
        aside = {"origin_id": item(case).id, "organisation_id": world.ngo.id, "ground": "wish", "why": "x"}
        with answer_:
            actions.set_offer_aside(case_id=case.id, **aside, by=who.who)
    assert queries.agreed(case) is not None
    assert [one.id for one in seek.waiting(world.coordinator.who).rows] == [row.id]
    assert [one.id for one in seek.waiting(world.worker.who).rows] == [row.id]
    assert seek.waiting(world.other.who).rows == []
    assert seek.waiting(world.worker.who, late=True).rows == []
