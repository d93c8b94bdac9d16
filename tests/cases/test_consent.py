"""Explanation before consent, consent in writing and by scope, withdrawal by a word and at once."""

import hashlib
import json

import pytest

from gza.cases import actions, queries
from gza.cases.actions.consent import Withdrawn
from gza.cases.coded import Coded
from gza.cases.enums import Place, RepresentativeKind, Scope, SignatureForm, Signer, WithdrawalForm
from gza.cases.inputs import PersonInput, RepresentativeInput
from gza.cases.models import Case, Consent, ConsentScope, RehabilitationService
from gza.core import clock
from gza.law.stages import Stage
from gza.ledger.models import Event
from gza.plans import actions as plans
from tests.cases.factories import World, consent, days_ago, explain, need, primary, scan, signature
from tests.cases.support import refused

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def ask_service(world: World, case: Case, **extra: object) -> RehabilitationService:
    values = {"service_type": "medical", "organisation_id": world.clinic.id, "place": Place.OUTSIDE, **extra}
    return actions.request_rehabilitation_service(case_id=case.id, **values, by=world.worker.who)


def withdraw(world: World, case: Case, *scopes: str, **extra: object) -> Withdrawn:
    rows = [ConsentScope.objects.get(case=case, scope=scope, withdrawn_on=None).id for scope in scopes]
    values = {"form": WithdrawalForm.ORAL, "words": "აღარ მინდა", **extra}
    return plans.withdraw_consent(case_id=case.id, scope_ids=rows, **values, by=world.worker.who)


@pytest.mark.clause("S0.1", "S7.2")
def test_rehabilitation_waits_for_its_consent_taken_by_the_designated_worker(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    with refused("consent.rehabilitation_missing"):
        primary(world, case.id)
    with refused("consent.rehabilitation_missing"):
        ask_service(world, case)
    consent(world, case.id)
    ask_service(world, case)
    early = world.received()
    actions.ask_status(case_id=early.id, by=world.worker.who)
    with refused("consent.other_worker"):
        consent(world, early.id)


@pytest.mark.clause("S0.1")
@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"signature": signature(strokes="")}, "consent.not_written"),
        ({"language": " "}, "consent.not_informed"),
        ({"told": False}, "consent.not_informed"),
        ({"scope": None}, "consent.nothing"),
    ],
)
def test_a_consent_is_informed_written_and_to_something(world: World, extra: dict, code: str) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    with refused(code):
        consent(world, case.id, **extra)
    assert not Consent.objects.exists()


@pytest.mark.clause("S3.2", "S7.4")
def test_reintegration_has_its_own_consent_after_the_explanation(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    with refused("consent.not_explained"):
        consent(world, case.id, Scope.REINTEGRATION)
    with refused("consent.reintegration_missing"):
        need(world, case.id)
    explain(world, case.id, interpreter="ო. თარჯიმანი", minutes=35)
    consent(world, case.id, Scope.REINTEGRATION, organisations=[world.ngo.id])
    case.refresh_from_db()
    assert case.stage == Stage.NEEDS
    assert {(row.scope, row.organisation_id) for row in queries.scopes_in_force(case)} == {
        ("rehabilitation", None), ("reintegration", None), ("disclosure", world.ngo.id),
    }  # fmt: skip


@pytest.mark.clause("S7.4")
def test_an_explanation_says_what_and_in_which_language(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    for extra in ({"topics": []}, {"language": ""}):
        with refused("consent.explanation_incomplete"):
            explain(world, case.id, **extra)


def test_each_scope_is_given_once(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    with refused("consent.give_not_from_given"):
        consent(world, case.id)
    consent(world, case.id, None, organisations=[world.ngo.id])
    with refused("consent.give_not_from_given"):
        consent(world, case.id, None, organisations=[world.ngo.id])
    consent(world, case.id, None, organisations=[world.clinic.id])


@pytest.mark.clause("S7.8")
def test_paper_is_scanned_and_a_mark_is_witnessed(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    paper = consent(world, case.id, signature=signature(form=SignatureForm.PAPER, strokes="", scan=scan()))
    assert paper.file_id
    marked = world.road_to(Stage.REHABILITATION_CONSENT)
    row = consent(world, marked.id, signature=signature(form=SignatureForm.MARK, strokes="x", witness="ანა მოწმე"))
    assert world.worker.who.ring.open(row, "witness") == "ანა მოწმე"


def test_the_signed_text_is_sealed_under_a_salted_fingerprint(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    row = queries.consents(case)[0]
    text = world.worker.who.ring.open(row, "content")
    assert hashlib.sha256(text.encode()).digest() == bytes(row.fingerprint)
    assert json.loads(text)["wording"] == "თანახმა ვარ"
    assert len(json.loads(text)["salt"]) == 64


def child(world: World, stage: Stage) -> Case:
    year = clock.today().year - 12
    return world.road_to(stage, person=PersonInput(first_name="ლუკა"), coded=Coded(year_of_birth=year))


@pytest.mark.clause("S7.8")
def test_for_a_child_a_checked_representative_signs_and_the_child_assents(world: World) -> None:
    case = child(world, Stage.REHABILITATION_CONSENT)
    by_parent = signature(signer=Signer.REPRESENTATIVE, child_assents=True)
    with refused("representative.absent"):
        consent(world, case.id)
    with refused("representative.absent"):
        consent(world, case.id, signature=by_parent)
    who = RepresentativeInput(RepresentativeKind.PARENT, "გია")
    row = actions.add_representative(case_id=case.id, who=who, by=world.worker.who)
    with refused("representative.unchecked"):
        consent(world, case.id, signature=by_parent)
    actions.check_representative(case_id=case.id, representative_id=row.id, conflict=True, by=world.worker.who)
    with refused("representative.conflict"):
        consent(world, case.id, signature=by_parent)
    body = RepresentativeInput(RepresentativeKind.GUARDIANSHIP_BODY, "მეურვეობის ორგანო")
    actions.add_representative(case_id=case.id, who=body, by=world.worker.who)
    given = consent(world, case.id, signature=signature(signer=Signer.REPRESENTATIVE))
    assert given.representative.kind == "guardianship_body"
    assert "representative.assent_missing" in [flag.code for flag in case.flags.all()]


@pytest.mark.clause("S7.8")
def test_nobody_signs_for_an_adult(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    who = RepresentativeInput(RepresentativeKind.PARENT, "გია")
    row = actions.add_representative(case_id=case.id, who=who, by=world.worker.who)
    actions.check_representative(case_id=case.id, representative_id=row.id, conflict=False, by=world.worker.who)
    with refused("representative.adult"):
        consent(world, case.id, signature=signature(signer=Signer.REPRESENTATIVE))
    court = signature(signer=Signer.REPRESENTATIVE, court_decision=True)
    assert consent(world, case.id, signature=court).representative == row


@pytest.mark.clause("S0.1", "G1")
def test_a_word_withdraws_consent_at_once_and_open_requests_stop(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    asked = ask_service(world, case)
    seen = queries.consequences(case, list(queries.scopes_in_force(case)))
    assert seen.stopping == [asked]
    events = Event.objects.count()
    outcome = withdraw(world, case, "rehabilitation")
    assert Event.objects.count() == events + 1
    assert [one.code for one in outcome.consequences.texts] == [
        "withdrawal.rehabilitation_stops", "withdrawal.done_is_paid",
    ]  # fmt: skip
    assert [row.id for row in outcome.stopped] == [asked.id]
    asked.refresh_from_db()
    assert (asked.state, asked.stopped_on) == ("stopped", clock.today())
    case.refresh_from_db()
    assert case.stage == Stage.REHABILITATION_CONSENT
    assert "cases.consent_withdrawn" in [flag.code for flag in case.flags.all()]
    with refused("consent.rehabilitation_missing"):
        ask_service(world, case)


@pytest.mark.clause("S0.1")
def test_one_scope_is_withdrawn_and_the_others_stay(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    consent(world, case.id, None, organisations=[world.ngo.id, world.clinic.id])
    row = ConsentScope.objects.get(case=case, organisation=world.ngo)
    outcome = plans.withdraw_consent(
        case_id=case.id, scope_ids=[row.id], form=WithdrawalForm.WRITTEN, by=world.worker.who
    )
    assert [one.code for one in outcome.consequences.texts] == [
        "withdrawal.disclosure_stops", "withdrawal.return_or_delete",
    ]  # fmt: skip
    left = {(one.scope, one.organisation_id) for one in queries.scopes_in_force(case)}
    assert left == {("rehabilitation", None), ("reintegration", None), ("disclosure", world.clinic.id)}


@pytest.mark.clause("S0.1", "S3.2")
def test_the_person_can_always_come_back(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    withdraw(world, case, "reintegration")
    with refused("consent.reintegration_missing"):
        need(world, case.id)
    case.refresh_from_db()
    assert case.stage == Stage.REINTEGRATION_CONSENT
    consent(world, case.id, Scope.REINTEGRATION)
    need(world, case.id)
    case.refresh_from_db()
    assert case.stage == Stage.INITIAL_PLAN


@pytest.mark.clause("S0.1")
def test_no_is_an_answer_and_rehabilitation_holds_up_nobody(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    actions.decline_consent(case_id=case.id, scope=Scope.REHABILITATION, words="ჯერ არა", by=world.worker.who)
    case.refresh_from_db()
    assert case.stage == Stage.EXPLANATION
    consent(world, case.id)
    with refused("consent.decline_not_from_given"):
        actions.decline_consent(case_id=case.id, scope=Scope.REHABILITATION, by=world.worker.who)


@pytest.mark.clause("S0.1")
def test_a_consent_does_not_reach_back(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    with refused("rehabilitation.no_worker"):
        ask_service(world, case, happened_on=days_ago(2))


@pytest.mark.clause("S7.4", "G2")
def test_an_explanation_takes_no_day_and_a_half(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    with refused("entry.number"):
        explain(world, case.id, minutes=2000)
