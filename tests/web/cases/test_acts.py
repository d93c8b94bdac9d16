"""One act a form: done once, refused with its clause, asked again with everything that was typed."""

import datetime as dt

import pytest
from django.urls import reverse

from gza.accounts import actions as accounts
from gza.cases import queries
from gza.cases.models import Case, Designation, ShutOut, StatusDecision
from gza.core import clock
from gza.law.stages import Stage
from gza.ledger.models import Event, Kind
from gza.ui import dates
from gza.vault.models import Certificate
from tests.accounts.factories import principal
from tests.cases.factories import World, grant
from tests.web.asking import enter

from .asking import events, form_of, text_of

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def today() -> str:
    return dates.day(clock.today(), "en")


def at(name: str, case: Case) -> str:
    return reverse(f"cases:{name}", args=[case.id])


@pytest.mark.clause("S3.1")
def test_a_status_is_recorded_once_and_moves_the_case(world: World) -> None:
    case = world.road_to(Stage.STATUS)
    client, address = enter(world.coordinator), at("status", case)
    posted = form_of(client, address) | {
        "kind": "victim", "document_number": "12-34", "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    with events((Kind.ACT, "cases.record_status")):
        assert client.post(address, posted).status_code == 303
        again = client.post(address, posted, follow=True)
    assert "nothing was done twice" in text_of(again)
    case.refresh_from_db()
    assert (case.stage, StatusDecision.objects.count()) == (Stage.DESIGNATION, 1)


@pytest.mark.clause("S3.1")
def test_wrong_fields_are_said_and_what_was_typed_stays(world: World) -> None:
    case = world.road_to(Stage.STATUS)
    client, address = enter(world.coordinator), at("status", case)
    with events():
        response = client.post(
            address, form_of(client, address) | {"document_number": "12-34", "happened_on": "32.1.2020"}
        )
    assert response.status_code == 422
    assert 'value="12-34"' in response.content.decode()
    assert 'value="32.1.2020"' in response.content.decode()


@pytest.mark.clause("S3.1")
def test_the_same_status_twice_is_refused_with_its_clause(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    client, address = enter(world.coordinator), at("status", case)
    posted = form_of(client, address) | {
        "kind": "victim", "document_number": "98-76", "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    with events((Kind.REFUSAL, "cases.record_status")):
        response = client.post(address, posted)
    assert response.status_code == 409
    assert "3.1" in text_of(response)
    assert 'value="98-76"' in response.content.decode()
    refused = Event.objects.filter(kind=Kind.REFUSAL).get()
    assert refused.clause == "S3.1"


@pytest.mark.clause("S7.2", "S5.1")
def test_designation_gives_the_worker_the_case(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    client, address = enter(world.coordinator), at("designate", case)
    posted = form_of(client, address) | {
        "worker": str(world.other.id), "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    assert enter(world.other).get(at("detail", case)).status_code == 404
    with events((Kind.ACT, "cases.designate")):
        assert client.post(address, posted).status_code == 303
    assert Designation.objects.get().case_id == case.id
    assert enter(world.other).get(at("person", case)).status_code == 200
    assert enter(world.worker).get(at("detail", case)).status_code == 404


@pytest.mark.clause("S3.3")
def test_a_handover_leaves_no_day_without_a_worker(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    client, address = enter(world.coordinator), at("hand_over", case)
    posted = form_of(client, address) | {
        "worker": str(world.other.id), "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    with events((Kind.ACT, "cases.hand_over")):
        assert client.post(address, posted).status_code == 303
    case.refresh_from_db()
    assert case.worker_id == world.other.id


@pytest.mark.clause("G4")
def test_a_colleague_is_shut_out_and_let_in_again(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    client, address = enter(world.coordinator), at("shut_out", case)
    day = clock.today().strftime("%d.%m.%Y")
    posted = form_of(client, address) | {"person": str(world.director.id), "ground": "relative", "happened_on": day}
    with events((Kind.ACT, "cases.shut_out")):
        assert client.post(address, posted).status_code == 303
    assert enter(world.director).get(at("detail", case)).status_code == 404
    address = at("let_in", case)
    posted = form_of(client, address) | {"person": str(world.director.id), "words": "შემოწმდა", "happened_on": day}
    with events((Kind.ACT, "cases.let_in")):
        assert client.post(address, posted).status_code == 303
    assert ShutOut.objects.get().lifted_on == clock.today()
    assert enter(world.director).get(at("detail", case)).status_code == 200


@pytest.mark.clause("S0.2")
def test_a_circumstance_is_recorded_and_moves_nothing(world: World) -> None:
    case = world.received()
    client, address = enter(world.worker), at("circumstances", case)
    posted = form_of(client, address) | {
        "kind": "shelter", "value": "no", "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    with events((Kind.ACT, "cases.record_circumstance")):
        assert client.post(address, posted).status_code == 303
    before, stage = case.in_shelter, case.stage
    case.refresh_from_db()
    assert (before, case.in_shelter, case.stage) == (None, False, stage)


def test_a_form_of_an_older_case_is_shown_again_with_who_changed_it(world: World) -> None:
    case = world.road_to(Stage.STATUS)
    client, address = enter(world.director), at("status", case)
    posted = form_of(client, address) | {
        "kind": "statutory_victim", "document_number": "55", "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    grant(world, case.id)
    with events():
        response = client.post(address, posted)
    assert response.status_code == 409
    assert world.coordinator.user.name("en") in text_of(response)
    assert 'value="55"' in response.content.decode()


def test_a_file_that_is_none_is_refused_beside_its_field(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    case = world.road_to(Stage.STATUS)
    client, address = enter(world.coordinator), at("status", case)
    posted = form_of(client, address) | {
        "kind": "victim", "happened_on": clock.today().strftime("%d.%m.%Y"), "document_number": "1",
        "scan": SimpleUploadedFile("decision.pdf", b"MZ this is a program"),
    }  # fmt: skip
    with events():
        response = client.post(address, posted)
    assert response.status_code == 422
    assert not StatusDecision.objects.exists()


def test_what_was_typed_is_kept_and_offered_again(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    client, address = enter(world.coordinator), at("designate", case)
    page = client.get(address)
    draft = page.context["draft_address"]
    kept = client.post(draft, {"note": "დილით დაურეკეთ", "form_token": "x"})
    assert kept.content.decode().startswith("Kept")
    assert client.get(address).context["draft_saved"]
    assert "დილით დაურეკეთ" in client.get(f"{address}?draft=1").content.decode()
    posted = form_of(client, address) | {
        "worker": str(world.worker.id), "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    assert client.post(address, posted).status_code == 303
    assert client.get(address).context["draft_saved"] is None


def test_late_entry_asks_for_its_reason(world: World) -> None:
    case = world.received()
    client, address = enter(world.worker), at("status_asked", case)
    long_ago = clock.today() - dt.timedelta(days=40)
    posted = form_of(client, address) | {"happened_on": long_ago.strftime("%d.%m.%Y")}
    assert client.post(address, posted).status_code == 409


@pytest.mark.clause("G4", "S7.2")
def test_a_designation_to_a_key_that_is_not_certified_is_refused_with_what_was_typed(world: World) -> None:
    case = world.road_to(Stage.DESIGNATION)
    client, address = enter(world.coordinator), at("designate", case)
    day = clock.today().strftime("%d.%m.%Y")
    posted = form_of(client, address) | {"worker": str(world.other.id), "happened_on": day, "note": "იჩქარეთ"}
    accounts.reset_password(user=world.other.user, by=principal("administrator"))
    page = client.get(address)
    assert str(world.other.id) not in page.content.decode()
    assert "whose key nobody has certified yet" in text_of(page)
    with events((Kind.REFUSAL, "cases.designate")):
        response = client.post(address, posted)
    assert response.status_code == 409
    assert "is not certified yet" in text_of(response)
    assert "იჩქარეთ" in response.content.decode()
    assert f'value="{world.other.id}" selected' in response.content.decode()
    assert Event.objects.filter(kind=Kind.REFUSAL).get().clause == "G4"


@pytest.mark.clause("G4", "S3.3")
def test_a_handover_to_a_key_that_is_not_certified_is_refused(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    client, address = enter(world.coordinator), at("hand_over", case)
    posted = form_of(client, address) | {
        "worker": str(world.other.id), "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    accounts.disable(user=world.other.user, by=principal("administrator"))
    with events((Kind.REFUSAL, "cases.hand_over")):
        response = client.post(address, posted)
    assert (response.status_code, "cannot sign in any more" in text_of(response)) == (409, True)
    case.refresh_from_db()
    assert case.worker_id == world.worker.id


@pytest.mark.clause("G4", "S3.1")
def test_who_waits_for_certification_is_told_so_and_keeps_what_was_typed(world: World) -> None:
    client, address = enter(world.other), reverse("cases:new")
    assert "waits for certification" not in text_of(client.get("/"))
    posted = form_of(client, address) | {
        "first_name": "ნინო", "sex": "female", "citizenship": "GE", "living_in": "GE-IM", "spoken": "ka",
        "country": "unknown", "presumed": "presumed", "office": "GE-IM", "representative_kind": "",
        "happened_on": clock.today().strftime("%d.%m.%Y"),
    }  # fmt: skip
    Certificate.objects.filter(user=world.other.id).update(ended_at=int(clock.now().timestamp()) - 1)
    assert "Your key waits for certification" in text_of(client.get("/"))
    response = client.post(address, posted)
    assert (response.status_code, "is not certified yet" in text_of(response)) == (409, True)
    assert 'value="ნინო"' in response.content.decode()
    assert Event.objects.filter(kind=Kind.REFUSAL).get().clause == "G4"


@pytest.mark.clause("G2")
def test_an_older_page_does_not_wipe_what_another_saved_of_the_identity(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    client, address = enter(world.worker), at("correct_person", case)
    row = queries.person_of(case)
    typed = {"first_name": "ლია", "happened_on": row.happened_on.strftime("%d.%m.%Y"), "why": "შეცდომა"}
    older = form_of(client, address) | typed | {"address": "რუსთავი"}
    quicker = form_of(client, address) | typed | {"telephone": "599 00 11 22"}
    assert client.post(address, quicker).status_code == 303
    with events((Kind.OPENING, "cases.person")):
        stale = client.post(address, older)
    assert stale.status_code == 409
    assert "599 00 11 22" in stale.content.decode()
    assert "რუსთავი" in stale.content.decode()
    present = queries.person_of(case)
    both = older | {"form_token": "another", "version": str(present.id), "keep-telephone": "theirs",
                    "theirs-telephone": "599 00 11 22"}  # fmt: skip
    assert client.post(address, both).status_code == 303
    page = client.get(at("person", case)).content.decode()
    assert "599 00 11 22" in page
    assert "რუსთავი" in page


@pytest.mark.clause("G2")
def test_an_older_page_does_not_wipe_what_another_saved_of_the_profile(world: World) -> None:
    case = world.road_to(Stage.REHABILITATION_CONSENT)
    client, address = enter(world.worker), at("correct_profile", case)
    row = queries.profile_of(case)
    form = client.get(address).context["form"]
    blank = {name: form.initial[name] for name in ("sex", "citizenship", "country", "living_in", "spoken")}
    labour = form.fields["exploitation"].choices[1][0]
    typed = blank | {"happened_on": row.happened_on.strftime("%d.%m.%Y"), "why": "შეცდომა"}
    older = form_of(client, address) | typed | {"sex": "other"}
    quicker = form_of(client, address) | typed | {"exploitation": [labour]}
    answer = client.post(address, quicker)
    assert answer.status_code == 303, text_of(answer)
    kept = queries.profile_of(case).id
    with events((Kind.OPENING, "cases.profile")):
        stale = client.post(address, older)
    assert stale.status_code == 409
    assert f'name="theirs-exploitation" value="{labour}"' in stale.content.decode()
    assert queries.profile_of(case).id == kept


@pytest.mark.clause("G1")
def test_a_flag_that_another_settled_meanwhile_keeps_what_was_typed(world: World) -> None:
    world.received()
    case = world.received()
    flag = queries.flags(case)[0]
    client, address = enter(world.coordinator), at("flags", case)
    one, other = (form_of(client, address) | {"flag": str(flag.id)} for _each in range(2))
    with events((Kind.ACT, "cases.resolve_flag")):
        assert client.post(address, one | {"how": "იგივე ადამიანია"}).status_code == 303
    late = client.post(address, other | {"how": "ორი სხვადასხვა ადამიანია"})
    assert late.status_code == 409
    assert "ორი სხვადასხვა ადამიანია" in late.content.decode()
    unknown = client.post(address, other | {"flag": str(case.id), "how": "x"})
    assert unknown.status_code == 404
