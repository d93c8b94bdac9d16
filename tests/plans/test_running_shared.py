"""What organisations get of a report, and what a withdrawal leaves."""

import datetime as dt
import json

import pytest

from gza.cases.enums import Scope, WithdrawalForm
from gza.cases.models import ConsentScope
from gza.law.stages import Stage
from gza.ledger.models import Event
from gza.plans import actions
from gza.plans.models import ReportPart
from gza.plans.queries import running as queries
from gza.vault import queries as vault
from gza.vault.models import Disclosure
from tests.cases import factories as on_cases
from tests.cases.factories import World
from tests.plans import second_half
from tests.plans.second_half import on
from tests.plans.year import JANUARY, pay, provider, send

pytestmark = [pytest.mark.django_db(databases=["default", "transient"]), pytest.mark.usefixtures("at_the_start")]


@pytest.mark.clause("S6.1", "S7.9")
def test_each_organisation_gets_its_own_part_where_a_consent_names_it(world: World) -> None:
    made = second_half.run(world)
    focal, _colleague = provider(world, world.ngo)
    on_cases.consent(world, made.case.id, Scope.DISCLOSURE, organisations=[world.ngo.id])
    pay(world, made, 20_00)
    actions.record_invoice(case_id=made.case.id, amount=7_77, payee_id=world.clinic.id, by=world.worker.who)
    for organisation in (world.ngo, world.clinic):
        actions.record_delivery(
            case_id=made.case.id, service_type="employment", item_id=made.items[0].id, organisation_id=organisation.id,
            by=world.worker.who,
        )  # fmt: skip
    with on(dt.date(2024, 2, 1)):
        report = send(world, made, JANUARY)
        told = queries.content_of(report, world.coordinator.who.ring)
        assert told["withheld"] == {str(world.clinic.id): "consent.disclosure_missing"}
        part = ReportPart.objects.get()
        assert told["parts"] == {str(world.ngo.id): str(part.disclosure_id)}
        packet = vault.open_disclosure(Disclosure.objects.get(id=part.disclosure_id), focal.who.ring)
    assert len(packet["deliveries"]) == 1
    assert [(one["kind"], one["amount"]) for one in packet["expenditure"]] == [("payment", 20_00)]
    text = json.dumps(packet)
    for secret in (str(world.clinic.id), str(made.case.id), made.case.code, "კურსი"):
        assert secret not in text
    assert Event.objects.filter(verb="plans.send_report").latest("seq").facts["withheld"] == 1


@pytest.mark.clause("S6.1", "S7.9")
def test_an_organisation_without_a_key_is_told_on_paper_and_a_correction_replaces_the_part(world: World) -> None:
    made = second_half.run(world, organisations=[world.ngo, world.agency])
    on_cases.consent(world, made.case.id, Scope.DISCLOSURE, organisations=[world.ngo.id])
    with on(dt.date(2024, 2, 1)):
        report = send(world, made, JANUARY)
        told = queries.content_of(report, world.worker.who.ring)
        assert told["withheld"] == {str(world.ngo.id): "reporting.part_without_key"}  # the Fund is no provider here
        provider(world, world.ngo)
        first = actions.correct_report(
            case_id=made.case.id, report_id=report.id, why="გასაღები", work_done="იგივე", by=world.worker.who
        )
        second = actions.correct_report(
            case_id=made.case.id, report_id=first.id, why="შეცდომა", work_done="სხვა", by=world.worker.who
        )
    old, new = ReportPart.objects.get(report=first), ReportPart.objects.get(report=second)
    assert Disclosure.objects.get(id=old.disclosure_id).ended_at is not None
    assert Disclosure.objects.get(id=new.disclosure_id).ended_at is None


@pytest.mark.clause("S0.1")
@pytest.mark.parametrize("scope", [Scope.REINTEGRATION, Scope.DISCLOSURE])
def test_a_withdrawal_closes_what_organisations_got_of_reports(world: World, scope: Scope) -> None:
    made = second_half.run(world)
    for organisation in (world.ngo, world.clinic):
        provider(world, organisation)
    on_cases.consent(world, made.case.id, Scope.DISCLOSURE, organisations=[world.ngo.id, world.clinic.id])
    with on(dt.date(2024, 2, 1)):
        send(world, made, JANUARY)
        scopes = ConsentScope.objects.filter(case=made.case, scope=scope)
        if scope == Scope.DISCLOSURE:
            scopes = scopes.filter(organisation=world.ngo.id)
        actions.withdraw_consent(
            case_id=made.case.id, scope_ids=[one.id for one in scopes], form=WithdrawalForm.ORAL, words="აღარ",
            by=world.worker.who,
        )  # fmt: skip
    ended = {
        part.organisation_id: Disclosure.objects.get(id=part.disclosure_id).ended_at is not None
        for part in ReportPart.objects.all()
    }
    assert ended == {world.ngo.id: True, world.clinic.id: scope == Scope.REINTEGRATION}


@pytest.mark.clause("S0.1", "S7.9")
def test_work_done_is_reported_and_paid_after_a_withdrawal(world: World) -> None:
    made = second_half.run(world)
    scopes = ConsentScope.objects.filter(case=made.case, scope=Scope.REINTEGRATION)
    actions.withdraw_consent(
        case_id=made.case.id, scope_ids=[one.id for one in scopes], form=WithdrawalForm.ORAL, words="აღარ",
        by=world.worker.who,
    )  # fmt: skip
    assert made.fresh().stage == Stage.REINTEGRATION_CONSENT
    pay(world, made, 20_00)
    with on(dt.date(2024, 2, 1)):
        assert send(world, made, JANUARY).state == "sent"
