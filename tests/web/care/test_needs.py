"""Needs, services, help at once and stories, as they are recorded on their pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gza.cases import actions, queries
from gza.cases.enums import Place
from gza.cases.models import Need, RehabilitationService, ServiceGiven
from gza.law.stages import Stage
from tests.cases.factories import World
from tests.web.asking import enter
from tests.web.care.people import NEED, PNG, done, html, post, today, watched

pytestmark = pytest.mark.django_db


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
    assert post(world, "primary_needs", case, rows="2", summary="არაფერი სჭირდება").status_code == 303


@pytest.mark.clause("S0.1", "S7.2")
def test_primary_needs_without_consent_are_refused(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    rows = {"rows": "1", "description_0": "ექიმი", "recovery_0": "physical", "stated_by_0": "beneficiary"}
    with watched(case.id) as written:
        response = post(world, "primary_needs", case, **rows)
    assert response.status_code == 409
    assert "ექიმი" in html(response)
    assert len(written.refusals) == 1


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
    assert "იპოვა" in html(enter(world.worker).get(reverse("care:needs", args=[case.id])))


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
    page = html(enter(world.worker).get(reverse("care:services", args=[case.id])))
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
    assert post(world, "answer_service", case, row.id, **data, why="ადგილი არ არის").status_code == 303


@pytest.mark.clause("G1", "S0.1", "S0.3")
def test_a_service_given_without_consent_is_recorded_and_shown_flagged(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    data = {"service_type": "medical", "organisation": str(world.clinic.id), "place": "outside", "sessions": "1",
            "charged": "5"}  # fmt: skip
    with watched(case.id) as written:
        done(post(world, "service_given", case, **data), written, "cases.record_service_given")
    assert ServiceGiven.objects.get(case=case).charged == 500
    page = html(enter(world.worker).get(reverse("care:services", args=[case.id])))
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
    client = enter(world.worker)
    with watched(case.id) as written:
        response = client.post(reverse("care:story", args=[case.id]), {**today(), "text": "მოყვა"})
    done(response, written, "cases.record_story")


@pytest.mark.django_db(databases=["default", "transient"])
def test_what_was_typed_about_one_need_is_not_offered_for_another(world: World) -> None:
    case = world.road_to(Stage.NEEDS)
    for _each in range(2):
        assert post(world, "needs", case, **NEED).status_code == 303
    first, second = queries.needs(case)
    client = enter(world.worker)
    one, other = (reverse("care:correct_need", args=[case.id, row.id]) for row in (first, second))
    client.post(client.get(one).context["draft_address"], {"mistake": "მხოლოდ პირველზე", "form_token": "x"})
    assert client.get(one).context["draft_saved"]
    assert client.get(other).context["draft_saved"] is None
    assert "მხოლოდ პირველზე" not in html(client.get(f"{other}?draft=1"))
