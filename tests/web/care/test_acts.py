"""Each act done through its page: one event; refused with its clause and nothing lost; wrong fields answer 422."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gza.cases import actions, queries
from gza.cases.enums import Place, Scope, SignatureForm
from gza.cases.inputs import PersonInput
from gza.cases.models import ConsentScope, RehabilitationService, Representative
from gza.law.stages import Stage
from gza.vault import files
from tests.cases.factories import World, days_ago
from tests.web.asking import enter
from tests.web.care.people import NEED, PNG, done, html, post, today, watched

pytestmark = pytest.mark.django_db


def signed(**data: Any) -> dict[str, Any]:
    return {"language": "ka", "text": "ka", "told": "on", "form": "screen", "signature": "M1 1L9 9",
            "signer": "beneficiary", **data}  # fmt: skip


@pytest.mark.clause("S7.4")
def test_an_explanation_is_recorded(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    data = {"scope": "reintegration", "topics": ["importance", "data"], "language": "tr", "interpreter": "Ayşe",
            "explained_by": str(world.worker.id), "minutes": "40", "words": "რა მოხდება შემდეგ?"}  # fmt: skip
    with watched(case.id) as written:
        response = post(world, "explanation", case, **data)
    done(response, written, "cases.record_explanation")
    row = queries.explanations(case)[0]
    assert (row.topics, row.minutes, row.with_interpreter) == (["data", "importance"], 40, True)
    assert world.worker.who.ring.open(row, "language") == "tr"


def test_an_explanation_of_nothing_answers_422_and_keeps_what_was_typed(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    response = post(world, "explanation", case, scope="reintegration", language="ka", words="ჰკითხა ფულზე", minutes="x")
    assert response.status_code == 422
    assert "ჰკითხა ფულზე" in html(response)


@pytest.mark.clause("S0.1", "S7.2")
def test_consent_to_rehabilitation_is_signed_on_the_screen(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    with watched(case.id) as written:
        response = post(world, "consent_rehabilitation", case, **signed(organisations=[str(world.ngo.id)]))
    done(response, written, "cases.give_consent")
    assert {row.scope for row in queries.scopes_in_force(case)} == {"rehabilitation", "disclosure"}
    row = queries.consents(case)[0]
    page = html(enter(world.worker).get(reverse("care:consent", args=[case.id, row.id])))
    assert world.ngo.name_ka in page
    assert "ეს ჩემი ნებაა" in page
    assert "M1 1L9 9" in page


@pytest.mark.clause("S0.1")
def test_a_consent_without_signature_is_refused_with_its_clause(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    with watched(case.id) as written:
        response = post(world, "consent_rehabilitation", case, **signed(signature="", reason="დაგვიანდა"))
    page = html(response)
    assert response.status_code == 409
    assert "A consent is in writing" in page
    assert "დაგვიანდა" in page
    assert [event.clause for event in written.refusals] == ["S0.1"]
    assert written.acts == []


@pytest.mark.clause("S7.4", "S3.2")
def test_consent_to_reintegration_before_the_explanation_is_refused(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    response = post(world, "consent_reintegration", case, **signed())
    assert response.status_code == 409
    assert "§\u00a07.4" in html(response)
    assert not ConsentScope.objects.filter(case=case, scope=Scope.REINTEGRATION).exists()


@pytest.mark.clause("S7.8")
def test_a_scan_of_the_paper_is_kept_and_can_be_downloaded(world: World) -> None:
    case = world.road_to(Stage.REINTEGRATION_CONSENT)
    scan = SimpleUploadedFile("ნინო წიკლაური.png", PNG, "image/png")
    with watched(case.id) as written:
        response = post(world, "consent_reintegration", case, **signed(form="paper", signature="", scan=scan))
    done(response, written, "cases.give_consent")
    row = queries.consents(case)[0]
    assert row.form == SignatureForm.PAPER
    with watched(case.id) as written:
        answer = enter(world.worker).get(reverse("care:file", args=[case.id, row.file_id]))
        content = b"".join(answer)
    assert content.startswith(b"\x89PNG")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="document.png"'
    assert [event.verb for event in written.openings] == ["care.file"]
    assert enter(world.other).get(reverse("care:file", args=[case.id, row.file_id])).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_said_so(world: World) -> None:
    case = world.road_to(Stage.REINTEGRATION_CONSENT)
    scan = SimpleUploadedFile("scan.png", PNG, "image/png")
    post(world, "consent_reintegration", case, **signed(form="paper", signature="", scan=scan))
    row = queries.consents(case)[0]
    sealed = queries.file_of(queries.case_for(world.worker.who, case.id), row.file_id)
    assert sealed is not None
    files.path_of(sealed.place).unlink()
    with watched(case.id) as written:
        answer = enter(world.worker).get(reverse("care:file", args=[case.id, row.file_id]))
    assert answer.status_code == 302
    assert written.openings == []


def test_a_file_that_lies_answers_422_beside_its_field(world: World) -> None:
    case = world.road_to(Stage.REINTEGRATION_CONSENT)
    scan = SimpleUploadedFile("scan.pdf", b"MZ not a paper", "application/pdf")
    response = post(world, "consent_reintegration", case, **signed(form="paper", scan=scan, reason="ქაღალდზე"))
    assert response.status_code == 422
    assert "id_scan" in html(response)
    assert "ქაღალდზე" in html(response)


@pytest.mark.clause("S7.8")
def test_a_mark_has_its_witness(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    assert post(world, "consent_rehabilitation", case, **signed(form="mark")).status_code == 422
    assert post(world, "consent_rehabilitation", case, **signed(form="mark", witness="ლია")).status_code == 303


@pytest.mark.clause("S7.8", "S0.1")
def test_for_a_minor_the_checked_representative_signs(world: World) -> None:
    young = PersonInput(first_name="ლუკა", last_name="მაისურაძე", birth_date=days_ago(365 * 12))
    case = world.road_to(Stage.REHABILITATION_CONSENT, person=young)
    page = html(enter(world.worker).get(reverse("care:consent_rehabilitation", args=[case.id])))
    assert "none is recorded" in page
    assert post(world, "consent_rehabilitation", case, **signed()).status_code == 409
    with watched(case.id) as written:
        response = post(world, "representative", case, kind="parent", name="მაია მაისურაძე")
    done(response, written, "cases.add_representative")
    acting = Representative.objects.get(case=case)
    by = signed(signer="representative", child_assents="yes")
    assert post(world, "consent_rehabilitation", case, **by).status_code == 409
    with watched(case.id) as written:
        response = post(world, "check_representative", case, acting.id, conflict="no", note="საუბარი სკოლასთან")
    done(response, written, "cases.check_representative")
    assert post(world, "consent_rehabilitation", case, **by).status_code == 303
    consent = queries.consents(case)[0]
    assert (consent.representative_id, consent.child_assents) == (acting.id, True)
    with watched(case.id) as written:
        done(post(world, "end_representative", case, acting.id), written, "cases.end_representative")


@pytest.mark.clause("S0.1")
def test_the_person_can_say_no(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    with watched(case.id) as written:
        response = post(world, "decline", case, "rehabilitation", words="ახლა არა")
    done(response, written, "cases.decline_consent")
    case.refresh_from_db()
    assert case.stage != Stage.REHABILITATION_CONSENT
    page = html(enter(world.worker).get(reverse("care:consents", args=[case.id])))
    assert "the person said no" in page


@pytest.mark.clause("S0.1")
def test_a_withdrawal_shows_what_follows_before_it_is_recorded(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    actions.request_rehabilitation_service(
        case_id=case.id, service_type="medical", organisation_id=world.ngo.id, place=Place.OUTSIDE, by=world.worker.who
    )
    scope = queries.scopes_in_force(case)[0]
    client = enter(world.worker)
    address = reverse("care:withdraw", args=[case.id])
    assert "Nothing is chosen" in html(client.get(address, {"chosen": "1"}))
    with watched(case.id) as written:
        page = html(client.get(address, {"scopes": str(scope.id)}))
    assert written.acts == []
    assert "Open requests for rehabilitation, and its services, stop." in page
    assert world.ngo.name_en in page
    data = {"scopes": [str(scope.id)], "form": "oral", "heard_by": str(world.worker.id), "words": "აღარ მინდა"}
    with watched(case.id) as written:
        response = client.post(address, {**today(), **data})
    done(response, written, "cases.withdraw_consent")
    assert RehabilitationService.objects.get(case=case).state == "stopped"
    assert client.post(address, {**today(), **data}).status_code == 422


def test_sent_twice_it_is_done_once(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    client = enter(world.worker)
    for _time in range(2):
        response = client.post(reverse("care:needs", args=[case.id]), {**today(), **NEED, "form_token": "once"})
        assert response.status_code == 303
    assert len(queries.needs(case)) == 1


def test_a_stale_case_is_said_and_nothing_lost(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    response = post(world, "needs", case, **NEED, version=str(case.version - 1))
    assert response.status_code == 409
    assert "Nothing you typed is lost" in html(response)
    assert "სამუშაო" in html(response)


def test_late_entry_without_reason_is_refused(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    day = days_ago(30).strftime("%d.%m.%Y")
    response = post(world, "story", case, text="მოყვა", happened_on=day)
    assert response.status_code == 409
    assert "მოყვა" in html(response)


@pytest.mark.parametrize(
    ("language", "words"), [("ka", "თანხმობა რეაბილიტაციაზე"), ("en", "Consent to rehabilitation")]
)
def test_the_form_on_paper_is_in_the_language_asked_for(world: World, language: str, words: str) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    address = reverse("care:consent_form", args=[case.id, "rehabilitation"])
    page = html(enter(world.worker).get(address, {"language": language}))
    assert words in page
    assert f'<html lang="{language}"' in page
