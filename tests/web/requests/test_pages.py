"""The worker's and the Fund's pages about requests, from the offers that match to the answer."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from gza.cases.models import Case
from gza.core import clock
from gza.plans import actions
from gza.plans.models import ServiceRequest, SetAside
from tests.cases.factories import PERSON, World
from tests.directory.factories import make_organisation
from tests.plans import asking
from tests.plans.asking import agreed, ask, focal_persons, item
from tests.web.asking import At, acts, cost, openings, text, token

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


def address(name: str, *args: Any) -> str:
    return reverse(f"requests:{name}", args=args)


FORM = {
    "region": "GE-IM", "place": "outside", "age": "adult", "language": "ka", "access": ["reading"], "month_from": "1",
    "month_to": "6", "note": "მეგობარმა ურჩია",
}  # fmt: skip


def filled(response: Any, **extra: Any) -> dict[str, Any]:
    return {**FORM, "form_token": token(response), "happened_on": f"{clock.today():%d.%m.%Y}", **extra}


def shown(response: Any) -> str:
    return re.search(r'name="shown" value="([^"]*)"', response.content.decode())[1]


@pytest.mark.clause("S5.4", "S6.1", "S7.5")
@pytest.mark.parametrize(
    ("language", "words"), [("en", "What the provider will see"), ("ka", "რას დაინახავს ორგანიზაცია")]
)
def test_what_is_sent_is_shown_first_and_only_that_is_sent(world: World, at: At, language: str, words: str) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    client, path = at(world.worker, language), address("ask", case.id, item(case).id, world.ngo.id)
    assert path in client.get(address("case", case.id)).content.decode()
    first = client.get(path)
    preview = client.post(path, filled(first))
    assert preview.status_code == 200
    assert words in text(preview)
    assert not ServiceRequest.objects.exists()
    changed = client.post(path, filled(preview, month_to="4", shown=shown(preview)))
    assert (changed.status_code, ServiceRequest.objects.count()) == (200, 0)  # something else than was shown
    forged = client.post(path, filled(changed, month_to="4", shown="x" * 32))
    assert ServiceRequest.objects.count() == 0
    sent = client.post(path, filled(forged, month_to="4", shown=shown(forged)))
    assert sent.url == address("case", case.id)
    row = ServiceRequest.objects.get()
    assert (row.month_to, row.state) == (4, "sent")
    assert actions.see_request(request_id=row.id, by=nino.who).seen_at


def test_a_double_click_sends_once(world: World, at: At) -> None:
    case = agreed(world)
    client, path = at(world.worker), address("ask", case.id, item(case).id, world.ngo.id)
    preview = client.post(path, filled(client.get(path)))
    data = filled(preview, shown=shown(preview))
    assert client.post(path, data).status_code == 303
    assert client.post(path, data).status_code == 303
    assert ServiceRequest.objects.count() == acts("plans.ask") == 1


@pytest.mark.clause("S6.1")
def test_name_and_telephone_are_offered_only_where_the_consent_covers_them(world: World, at: At) -> None:
    case = agreed(world)
    client, path = at(world.worker), address("ask", case.id, item(case).id, world.ngo.id)
    assert 'name="telephone"' not in client.get(path).content.decode()
    case = agreed(world, identity=True)
    path = address("ask", case.id, item(case).id, world.ngo.id)
    first = client.get(path)
    preview = client.post(path, filled(first, name="on"))
    assert f"{PERSON.first_name} {PERSON.last_name}" in text(preview)
    assert PERSON.telephone not in text(preview)
    assert openings("cases.name") == 1


@pytest.mark.clause("S0.1")
def test_a_refusal_is_shown_with_what_was_typed(world: World, at: At) -> None:
    case = agreed(world, named=False)
    client, path = at(world.worker), address("ask", case.id, item(case).id, world.ngo.id)
    preview = client.post(path, filled(client.get(path)))
    refused = client.post(path, filled(preview, shown=shown(preview)))
    assert refused.status_code == 409
    assert "მეგობარმა ურჩია" in refused.content.decode()
    assert client.post(path, filled(preview, month_to="0")).status_code == 422


@pytest.mark.clause("S5.4")
def test_an_answer_by_telephone_is_recorded(world: World, at: At) -> None:
    case = agreed(world)
    row = ask(world, case)
    client, path = at(world.worker), address("answer", case.id, row.id)
    page = client.get(address("case", case.id))
    assert path in page.content.decode()
    assert address("paper", case.id, row.id) in page.content.decode()  # no workplace: on paper
    data = {
        "form_token": token(client.get(path)), "answer": "partly", "covers_from": "1", "covers_to": "2",
        "channel": "telephone", "name": "ლია, კოორდინატორი", "words": "მხოლოდ გაზაფხულზე",
        "happened_on": f"{clock.today():%d.%m.%Y}",
    }  # fmt: skip
    assert client.post(path, {**data, "covers_to": ""}).status_code == 409
    assert client.post(path, {**data, "form_token": token(client.get(path))}).status_code == 303
    shown_ = text(client.get(address("case", case.id)))
    assert "covers months 1–2" in shown_
    assert "მხოლოდ გაზაფხულზე" in shown_
    assert "months nobody gives yet: 3–6" in shown_


@pytest.mark.clause("S5.5")
def test_an_offer_is_set_aside_and_the_fund_considers(world: World, at: At) -> None:
    case = agreed(world)
    client, path = at(world.worker), address("aside", case.id, item(case).id, world.ngo.id)
    data = {"ground": "distance", "happened_on": f"{clock.today():%d.%m.%Y}"}
    assert client.post(path, {**data, "why": "", "form_token": token(client.get(path))}).status_code == 422
    data["why"] = "ორი საათის გზაა"
    assert client.post(path, {**data, "form_token": token(client.get(path))}).status_code == 303
    assert SetAside.objects.count() == 1
    page = text(client.get(address("case", case.id)))
    assert "ორი საათის გზაა" in page
    assert "the Fund considers paying" in page


@pytest.mark.clause("S5.4")
def test_a_request_is_withdrawn_and_kept_open(world: World, at: At) -> None:
    nino, _ = focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    asking.answer(nino, row, words="კეთილი")
    client = at(world.worker)
    page = client.get(address("case", case.id))
    assert "კეთილი" in text(page)
    assert address("keep_open", case.id) in page.content.decode()
    path = address("keep_open", case.id)
    assert client.post(path, {"form_token": token(client.get(path))}).status_code == 303
    assert path not in client.get(address("case", case.id)).content.decode()
    path = address("withdraw", case.id, row.id)
    data = {"form_token": token(client.get(path)), "why": "გადაიფიქრა", "happened_on": f"{clock.today():%d.%m.%Y}"}
    assert client.post(path, data).status_code == 303
    row.refresh_from_db()
    assert row.state == "withdrawn"


@pytest.mark.clause("S5.5", "S4.1")
def test_silence_is_listed_then_certified_by_the_coordinator(world: World, at: At) -> None:
    focal_persons(world)
    case = agreed(world)
    row = ask(world, case)
    assert row.reference not in text(at(world.other).get(address("waiting")))
    assert case.code in text(at(world.coordinator).get(address("waiting")))
    with clock.pretend(clock.now() + dt.timedelta(days=(row.answer_due - clock.today()).days + 1)):
        actions.remind_expired()
        assert "A provider has not answered" in text(at(world.worker).get("/"))
        assert case.code in text(at(world.worker).get(address("waiting") + "?late=on"))
    with clock.pretend(clock.now() + dt.timedelta(days=(row.answer_due - clock.today()).days + 2)):
        client = at(world.coordinator)
        path = address("certify", case.id, row.id)
        assert path in client.get("/").content.decode()
        assert client.post(path, {"form_token": token(client.get(path))}).status_code == 303
        assert path not in client.get("/").content.decode()
    row.refresh_from_db()
    assert row.state == "unanswered"
    assert "No answer is late" in text(at(world.worker).get(address("waiting") + "?late=on"))


@pytest.mark.clause("S5.4")
@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_paper_says_what_the_screen_would(world: World, at: At, language: str) -> None:
    case = agreed(world)
    row = ask(world, case)
    page = at(world.worker, language).get(address("paper", case.id, row.id))
    assert row.reference in text(page)
    assert case.code not in text(page)


def test_the_page_costs_the_same_whatever_was_asked(world: World, at: At) -> None:
    more = [make_organisation() for _ in range(4)]
    focal_persons(world)
    case = agreed(world, world.ngo, *more)
    first = ask(world, case)
    client, path = at(world.worker), address("case", case.id)
    few, listed = cost(client, path), cost(client, address("waiting"))
    for body in more:
        ask(world, case, body)
    asking.record(world, first)
    assert cost(client, path) <= few + 1  # the name of who recorded the answer
    assert cost(client, address("waiting")) == listed
    assert few <= 40
    assert Case.objects.get(id=case.id).requests_waiting == 4
