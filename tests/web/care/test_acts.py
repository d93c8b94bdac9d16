"""Each act done through its page: one event; refused with its clause and nothing lost; wrong fields answer 422."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gza.cases import actions, queries
from gza.cases.enums import Place, Scope, SignatureForm
from gza.cases.inputs import PersonInput
from gza.cases.models import Case, ConsentScope, Need, RehabilitationService, Representative, ServiceGiven
from gza.core import clock
from gza.law.stages import Stage
from gza.vault import files
from tests.cases.factories import World, days_ago
from tests.web.care.people import client_of, html, watched

pytestmark = pytest.mark.django_db
TODAY = {"happened_on": "", "reason": ""}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090"
    "7753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def today() -> dict[str, str]:
    return {"happened_on": clock.today().strftime("%d.%m.%Y"), "reason": ""}


def post(world: World, page: str, case: Case, /, *more: Any, **data: Any) -> Any:
    return client_of(world.worker).post(reverse(f"care:{page}", args=[case.id, *more]), {**today(), **data})


def signed(**data: Any) -> dict[str, Any]:
    return {"language": "ka", "text": "ka", "told": "on", "form": "screen", "signature": "M1 1L9 9",
            "signer": "beneficiary", **data}  # fmt: skip


def done(response: Any, written: Any, verb: str) -> None:
    assert response.status_code == 302, html(response)
    assert [event.verb for event in written.acts] == [verb]
    assert written.refusals == []


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
    page = html(client_of(world.worker).get(reverse("care:consent", args=[case.id, row.id])))
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
        answer = client_of(world.worker).get(reverse("care:file", args=[case.id, row.file_id]))
        content = b"".join(answer)
    assert content.startswith(b"\x89PNG")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="document.png"'
    assert [event.verb for event in written.openings] == ["care.file"]
    assert client_of(world.other).get(reverse("care:file", args=[case.id, row.file_id])).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_said_so(world: World) -> None:
    case = world.road_to(Stage.REINTEGRATION_CONSENT)
    scan = SimpleUploadedFile("scan.png", PNG, "image/png")
    post(world, "consent_reintegration", case, **signed(form="paper", signature="", scan=scan))
    row = queries.consents(case)[0]
    sealed = queries.file_of(queries.case_for(world.worker.who, case.id), row.file_id)
    assert sealed is not None
    files.path_of(sealed.place).unlink()
    with watched(case.id) as written:
        answer = client_of(world.worker).get(reverse("care:file", args=[case.id, row.file_id]))
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
    assert post(world, "consent_rehabilitation", case, **signed(form="mark", witness="ლია")).status_code == 302


@pytest.mark.clause("S7.8", "S0.1")
def test_for_a_minor_the_checked_representative_signs(world: World) -> None:
    young = PersonInput(first_name="ლუკა", last_name="მაისურაძე", birth_date=days_ago(365 * 12))
    case = world.road_to(Stage.REHABILITATION_CONSENT, person=young)
    page = html(client_of(world.worker).get(reverse("care:consent_rehabilitation", args=[case.id])))
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
    assert post(world, "consent_rehabilitation", case, **by).status_code == 302
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
    page = html(client_of(world.worker).get(reverse("care:consents", args=[case.id])))
    assert "the person said no" in page


@pytest.mark.clause("S0.1")
def test_a_withdrawal_shows_what_follows_before_it_is_recorded(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    actions.request_rehabilitation_service(
        case_id=case.id, service_type="medical", organisation_id=world.ngo.id, place=Place.OUTSIDE, by=world.worker.who
    )
    scope = queries.scopes_in_force(case)[0]
    client = client_of(world.worker)
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


@pytest.mark.clause("S7.2")
def test_several_primary_needs_are_recorded_at_once(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    rows = {
        "rows": "3", "description_0": "ექიმი", "recovery_0": "physical", "urgent_0": "on", "stated_by_0": "beneficiary",
        "description_1": "ძილი", "recovery_1": "mental", "stated_by_1": ["beneficiary", "worker"], "summary": "",
    }  # fmt: skip
    with watched(case.id) as written:
        response = post(world, "primary_needs", case, **rows)
    done(response, written, "cases.record_primary_needs")
    assert [(row.recovery, row.urgent) for row in queries.primary_needs(case)] == [
        ("physical", True),
        ("mental", False),
    ]


def test_one_more_row_keeps_what_was_typed_and_records_nothing(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    with watched(case.id) as written:
        response = post(world, "primary_needs", case, rows="2", description_0="ექიმი", more="1")
    page = html(response)
    assert response.status_code == 200
    assert "ექიმი" in page
    assert "description_2" in page
    assert "description_3" not in page
    assert written.acts == []


def test_a_need_without_its_kind_answers_422(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    response = post(world, "primary_needs", case, rows="2", description_1="ექიმი", stated_by_1="worker")
    assert response.status_code == 422
    assert "ექიმი" in html(response)
    assert post(world, "primary_needs", case, rows="2").status_code == 422, "nothing at all says nothing"
    assert post(world, "primary_needs", case, rows="2", summary="არაფერი სჭირდება").status_code == 302


@pytest.mark.clause("S0.1", "S7.2")
def test_primary_needs_without_consent_are_refused(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    rows = {"rows": "1", "description_0": "ექიმი", "recovery_0": "physical", "stated_by_0": "beneficiary"}
    with watched(case.id) as written:
        response = post(world, "primary_needs", case, **rows)
    assert response.status_code == 409
    assert "ექიმი" in html(response)
    assert len(written.refusals) == 1


NEED = {"domain": "work", "description": "სამუშაო", "stated_by": "beneficiary", "priority": "necessary",
        "why": "შემოსავალი არ აქვს"}  # fmt: skip


@pytest.mark.clause("S5.2", "S7.4")
def test_a_need_is_recorded_corrected_and_dropped(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    with watched(case.id) as written:
        done(post(world, "needs", case, **NEED), written, "cases.record_need")
    row = queries.needs(case)[0]
    mended = {**NEED, "priority": "desired", "mistake": "სურვილია", "version": str(row.id)}
    with watched(case.id) as written:
        done(post(world, "correct_need", case, row.id, **mended), written, "cases.correct")
    new = queries.needs(case)[0]
    assert (new.priority, new.corrects_id) == ("desired", row.id)
    stale = post(world, "correct_need", case, row.id, **mended)
    assert stale.status_code == 409
    assert "Nothing you typed is lost" in html(stale)
    assert str(new.id) in html(stale)
    with watched(case.id) as written:
        done(post(world, "drop_need", case, new.id, why="იპოვა"), written, "cases.drop_need")
    assert queries.needs(case) == []
    assert "იპოვა" in html(client_of(world.worker).get(reverse("care:needs", args=[case.id])))


@pytest.mark.clause("S5.2")
def test_a_need_without_its_reason_is_refused(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    with watched(case.id) as written:
        response = post(world, "needs", case, **{**NEED, "why": ""})
    assert response.status_code == 409
    assert "სამუშაო" in html(response)
    assert [event.clause for event in written.refusals] == ["S5.2"]
    assert not Need.objects.filter(case=case).exists()


def test_a_need_without_domain_answers_422(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    response = post(world, "needs", case, **{**NEED, "domain": ""})
    assert response.status_code == 422
    assert "სამუშაო" in html(response)


@pytest.mark.clause("S0.3")
def test_a_service_is_asked_for_answered_and_given(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    need = queries.primary_needs(case)[0]
    data = {"offer": "", "service_type": "medical", "organisation": str(world.clinic.id), "place": "outside",
            "need": str(need.id), "purpose": "თაბაშირი"}  # fmt: skip
    with watched(case.id) as written:
        done(post(world, "request_service", case, **data), written, "cases.request_rehabilitation")
    row = RehabilitationService.objects.get(case=case)
    assert (row.need_id, row.organisation_id) == (need.id, world.clinic.id)
    answer = {"answer": "accepted", "form": "letter", "name": "გია, ექიმი", "why": "",
              "scan": SimpleUploadedFile("letter.png", PNG, "image/png")}  # fmt: skip
    with watched(case.id) as written:
        done(post(world, "answer_service", case, row.id, **answer), written, "cases.record_provider_answer")
    with watched(case.id) as written:
        response = post(world, "given_on_request", case, row.id, place="outside", sessions="2", finished="on")
    done(response, written, "cases.record_service_given")
    row.refresh_from_db()
    assert row.state == "done"
    page = html(client_of(world.worker).get(reverse("care:services", args=[case.id])))
    assert "გია, ექიმი" in page
    assert reverse("care:file", args=[case.id, row.answer_file_id]) in page


@pytest.mark.clause("S0.3")
def test_a_service_that_costs_the_person_is_refused(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    data = {"service_type": "medical", "organisation": str(world.clinic.id), "place": "outside", "purpose": "თაბაშირი"}
    response = post(world, "request_service", case, **data, charged="20")
    assert response.status_code == 409
    assert "თაბაშირი" in html(response)
    assert post(world, "request_service", case, place="outside").status_code == 422


def test_a_refusal_of_a_provider_has_its_reason(world: World) -> None:
    case = world.road_to(Stage.EXPLANATION)
    actions.request_rehabilitation_service(
        case_id=case.id, service_type="medical", organisation_id=world.ngo.id, place=Place.OUTSIDE, by=world.worker.who
    )
    row = RehabilitationService.objects.get(case=case)
    data = {"answer": "declined", "form": "telephone", "name": "გია"}
    assert post(world, "answer_service", case, row.id, **data).status_code == 422
    assert post(world, "answer_service", case, row.id, **data, why="ადგილი არ არის").status_code == 302


@pytest.mark.clause("G1", "S0.1", "S0.3")
def test_a_service_given_without_consent_is_recorded_and_shown_flagged(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    data = {"service_type": "medical", "organisation": str(world.clinic.id), "place": "outside", "sessions": "1",
            "charged": "5"}  # fmt: skip
    with watched(case.id) as written:
        done(post(world, "service_given", case, **data), written, "cases.record_service_given")
    assert ServiceGiven.objects.get(case=case).charged == 500
    page = html(client_of(world.worker).get(reverse("care:services", args=[case.id])))
    assert "A service was given while no consent was in force on file that day." in page


@pytest.mark.clause("S0.1", "G1")
def test_emergency_help_asks_no_consent(world: World) -> None:
    case = world.received()
    data = {"ground": "health", "kind": "medical", "given_by": "ექიმი", "hour": "00:00", "description": "სასწრაფო"}
    with watched(case.id) as written:
        done(post(world, "emergency", case, **data), written, "cases.record_emergency_help")
    assert post(world, "emergency", case, **{**data, "hour": "25:10"}).status_code == 422


def test_a_story_is_kept(world: World) -> None:
    case = world.received()
    client = client_of(world.worker)
    with watched(case.id) as written:
        response = client.post(reverse("care:story", args=[case.id]), {**today(), "text": "მოყვა"})
    done(response, written, "cases.record_story")


def test_sent_twice_it_is_done_once(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    client = client_of(world.worker)
    for _time in range(2):
        response = client.post(reverse("care:needs", args=[case.id]), {**today(), **NEED, "form_token": "once"})
        assert response.status_code == 302
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
    page = html(client_of(world.worker).get(address, {"language": language}))
    assert words in page
    assert f'<html lang="{language}"' in page
