"""The provider's workplace: read, answer, record what was given, return what was told; nothing of anybody else."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gza.core import clock
from gza.ledger.models import Event, Kind
from gza.plans import actions
from gza.plans.models import Delivery, ServiceRequest
from tests.cases.factories import World
from tests.plans.asking import agreed, ask, focal_persons
from tests.web.asking import At, cost, text, token

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def address(name: str, *args: Any) -> str:
    return reverse(f"provider:{name}", args=args)


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(path, {"form_token": token(client.get(path)), **data})


@pytest.mark.clause("S5.4", "S6.1")
@pytest.mark.parametrize(("language", "words"), [("en", "outside a shelter"), ("ka", "თავშესაფრის გარეთ")])
def test_a_request_is_read_then_answered(world: World, at: At, language: str, words: str) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    client = at(nino, language)
    assert address("request", row.id) in client.get("/").content.decode()
    before = client.get(address("request", row.id))
    assert ("answer . Please answer by" if language == "en" else "პასუხს ელის . გთხოვთ") in text(before)
    assert words not in text(before)
    assert post(client, address("open", row.id)).url == address("request", row.id)
    page = client.get(address("request", row.id))
    assert words in text(page)
    assert case.code not in page.content.decode()
    assert str(case.id) not in page.content.decode()
    assert Event.objects.filter(kind=Kind.OPENING, verb="plans.request", subject=row.id).count() == 1
    path = address("answer", row.id)
    assert post(client, path, answer="partly").status_code == 422
    assert post(client, path, answer="declined").status_code == 409
    assert post(client, path, answer="accepted", words="ორშაბათიდან").status_code == 303
    row.refresh_from_db()
    assert (row.state, row.answered_by) == ("accepted", nino.id)
    assert "ორშაბათიდან" in text(client.get(address("request", row.id)))
    assert row.reference in text(client.get(address("list") + "?state=accepted"))
    assert row.reference not in text(client.get(address("list") + "?state=declined"))


def test_a_double_click_answers_once(world: World, at: At) -> None:
    nino, _ = focal_persons(world)
    row = ask(world, agreed(world))
    client, path = at(nino), address("answer", row.id)
    once = token(client.get(path))
    for _again in range(2):
        assert client.post(path, {"form_token": once, "answer": "accepted"}).status_code == 303
    assert Event.objects.filter(verb="plans.answer", kind=Kind.ACT).count() == 1


@pytest.mark.clause("S6.1")
def test_another_organisations_person_finds_nothing(world: World, at: At) -> None:
    focal_persons(world)
    stranger, _ = focal_persons(world, world.clinic)
    row = ask(world, agreed(world))
    client = at(stranger)
    for name in ("request", "open", "answer", "given", "returned"):
        assert client.get(address(name, row.id)).status_code == 404
        assert client.post(address(name, row.id), {"answer": "accepted"}).status_code in {404, 405}
    assert row.reference not in text(client.get(address("list")))
    assert address("request", row.id) not in client.get("/").content.decode()
    row.refresh_from_db()
    assert (row.state, row.seen_at) == ("sent", None)


@pytest.mark.clause("S6.1")
def test_an_expired_disclosure_opens_no_more(world: World, at: At) -> None:
    nino, _ = focal_persons(world)
    row = ask(world, agreed(world))
    actions.see_request(request_id=row.id, by=nino.who)
    days = (row.answer_due - clock.today()).days + 15
    with clock.pretend(clock.now() + dt.timedelta(days=days)):
        client = at(nino)
        page = client.get(address("request", row.id))
        assert "opens no more" in text(page)
        assert "outside a shelter" not in text(page)
        assert post(client, address("answer", row.id), answer="accepted").status_code == 409


@pytest.mark.clause("S5.5")
def test_a_reminder_is_seen(world: World, at: At) -> None:
    nino, _ = focal_persons(world)
    row = ask(world, agreed(world))
    with clock.pretend(clock.now() + dt.timedelta(days=(row.answer_due - clock.today()).days + 1)):
        actions.remind_expired()
        client = at(nino)
        assert "A reminder: please answer this request" in text(client.get("/"))
        assert "Reminder of" in text(client.get(address("request", row.id)))


@pytest.mark.clause("S7.9", "S0.1")
def test_what_was_given_is_recorded_and_what_was_told_returned(world: World, at: At) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    client = at(nino)
    actions.see_request(request_id=row.id, by=nino.who)
    post(client, address("answer", row.id), answer="accepted")
    today = f"{clock.today():%d.%m.%Y}"
    path = address("given", row.id)
    assert post(client, path, happened_on=today, sessions="0").status_code == 422
    assert post(client, path, happened_on=today, sessions="2", note="გაკვეთილი").status_code == 303
    assert Delivery.objects.get(request=row).sessions == 2
    assert "გაკვეთილი" in text(client.get(address("request", row.id)))
    assert post(client, address("returned", row.id)).status_code == 409
    actions.withdraw_request(case_id=case.id, request_id=row.id, by=world.worker.who)
    page = client.get(address("request", row.id))
    assert address("returned", row.id) in page.content.decode()
    assert "Return or delete what you were told" in text(client.get("/"))
    assert post(client, address("returned", row.id)).status_code == 303
    row.refresh_from_db()
    assert row.returned_by == nino.id


def test_the_list_costs_the_same_at_any_length(world: World, at: At) -> None:
    nino, _ = focal_persons(world)
    row = ask(world, agreed(world))
    client = at(nino)
    few, desk = cost(client, address("list")), cost(client, "/")
    same = ServiceRequest.objects.get(id=row.id)
    for _copy in range(60):
        copy = ServiceRequest.objects.get(id=row.id)
        copy.pk, copy._state.adding = None, True
        copy.id, copy.state = ServiceRequest().id, "declined"
        copy.answered_on, copy.answered_at, copy.answered_by = clock.today(), clock.now(), nino.id
        copy.channel, copy.disclosure_id = "letter", None
        copy.save(force_insert=True)
    assert cost(client, address("list")) == few
    assert cost(client, "/") == desk
    first = client.get(address("list")).context["page"]
    assert len(first.rows) == 50
    assert client.get(address("list") + f"?after={first.after}").context["page"].rows
    assert same.state == "sent"
