"""What the pages of a case show, to whom, at what cost; a name is shown on asking, and that is recorded."""

import pytest
from django.test import Client
from django.urls import reverse

from gza.accounts.enums import Role
from gza.cases.models import Case
from gza.core.places import region_name
from gza.law.stages import Stage
from gza.ledger.models import Kind
from gza.web.shell import today
from gza.web.shell.today import Waits
from tests.cases.factories import PERSON, World, days_ago
from tests.web.asking import cost, enter
from tests.web.cases.subjects import stranger

from .asking import events, form_of, text_of

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
CASE = ("detail", "history", "access", "flags", "status", "status_asked", "status_annul", "circumstances", "open")
OF_WORKER = (*CASE, "person", "correct_person", "correct_profile")
OF_COORDINATOR = (*CASE, "designate", "hand_over", "shut_out", "let_in")


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("stage", [Stage.STATUS, Stage.PRIMARY_NEEDS])
def test_every_page_of_a_case_opens(world: World, stage: Stage, language: str) -> None:
    case = world.road_to(stage)
    for member, names in ((world.worker, OF_WORKER), (world.coordinator, OF_COORDINATOR)):
        client = enter(member, language)
        for name in names:
            response = client.get(reverse(f"cases:{name}", args=[case.id]))
            assert response.status_code == 200, name
            assert case.code not in response.content.decode().split("</title>")[0], name


def test_lists_show_what_one_may_know_of(world: World) -> None:
    case = world.received()
    assert case.code in text_of(enter(world.worker).get(reverse("cases:list")))
    assert case.code not in text_of(enter(world.other).get(reverse("cases:list")))
    assert case.code in text_of(enter(world.coordinator).get(f"{reverse('cases:list')}?stage=presumed"))
    assert case.code not in text_of(enter(world.coordinator).get(f"{reverse('cases:list')}?stage=needs"))
    assert region_name(case.region, "en") in text_of(enter(world.director).get(reverse("cases:overview")))


@pytest.mark.clause("G4")
def test_a_name_is_shown_on_asking_and_once_recorded(world: World) -> None:
    case, client = world.received(), enter(world.worker)
    assert PERSON.first_name not in client.get(reverse("cases:detail", args=[case.id])).content.decode()
    with events((Kind.OPENING, "cases.name")):
        shown = client.post(reverse("cases:name", args=[case.id]), headers={"hx-request": "true"})
    assert PERSON.last_name in shown.content.decode()
    with events((Kind.OPENING, "cases.names")):
        listed = client.post(reverse("cases:list"))
    assert PERSON.last_name in listed.content.decode()


@pytest.mark.clause("G4")
def test_outside_ones_own_work_a_reason_comes_first(world: World) -> None:
    case, client = world.road_to(Stage.PRIMARY_NEEDS), enter(world.coordinator)
    person, reason = (reverse(f"cases:{name}", args=[case.id]) for name in ("person", "open"))
    asked = client.get(person)
    assert asked.url == f"{reason}?next={person}"
    assert client.post(reason, form_of(client, reason)).status_code == 422
    posted = form_of(client, asked.url) | {"why": "საჩივარი შემოვიდა"}
    with events((Kind.ACT, "cases.open_outside_work")):
        assert client.post(asked.url, posted).url == person
    with events((Kind.OPENING, "cases.person")):
        assert PERSON.last_name in client.get(person).content.decode()


@pytest.mark.clause("G4")
def test_without_a_key_there_is_no_such_case(world: World) -> None:
    from tests.accounts.factories import make_user, sign_in

    case = world.received()
    Case.objects.filter(pk=case.pk).update(open_flags=1)
    client = sign_in(Client(), make_user("coordinator"))
    assert client.get(reverse("cases:person", args=[case.id])).status_code == 404


@pytest.mark.clause("S3.1", "G2")
def test_a_person_is_received_and_a_known_one_is_shown_first(world: World) -> None:
    client, address = enter(world.coordinator), reverse("cases:new")
    posted = form_of(client, address) | {
        "first_name": "ნინო", "last_name": "წიკლაური", "sex": "female", "citizenship": "GE", "living_in": "GE-IM",
        "spoken": "ka", "country": "unknown", "presumed": "presumed", "office": "GE-IM", "representative_kind": "",
        "happened_on": "1.1.2020", "reason": "ქაღალდზე იყო ჩაწერილი",
    }  # fmt: skip
    assert client.post(address, posted).status_code == 303
    again = posted | form_of(client, address)
    seen = client.post(address, again)
    assert seen.status_code == 200
    assert "There may be a case already" in text_of(seen)
    assert Case.objects.count() == 1
    again = again | form_of(client, address) | {"checked": "1"}
    assert client.post(address, again).status_code == 303
    assert Case.objects.count() == 2


def test_a_search_finds_other_scripts_and_is_recorded_without_the_name(world: World) -> None:
    case, client = world.received(), enter(world.coordinator)
    address = reverse("cases:search")
    with events((Kind.OPENING, "cases.search")):
        found = client.post(address, form_of(client, address) | {"text": "Nino Tsiklauri"})
    assert case.code in text_of(found)
    assert client.post(address, form_of(client, address) | {"text": ""}).status_code == 422


def test_today_counts_every_row_that_it_shows_as_late(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case, client = world.road_to(Stage.INITIAL_PLAN), enter(world.worker)
    # Late, and with the Fund: not the worker's own act.
    Case.objects.filter(id=case.id).update(stage="agreed", stage_since=days_ago(60))
    rows = [Waits("Late", "/", day=days_ago(2), due=True), Waits("Long ago", "/", day=days_ago(2)), Waits("None", "/")]
    monkeypatch.setitem(today._also, str(Role.SOCIAL_WORKER), [lambda _who: rows])
    body = client.get(reverse("shell:today")).content.decode()
    assert body.count("delta is-late") == 2
    assert "<strong>2</strong> things are overdue" in body
    monkeypatch.setitem(today._also, str(Role.SOCIAL_WORKER), [])
    Case.objects.filter(id=case.id).update(stage_since=days_ago(0))
    assert "overdue." not in client.get(reverse("shell:today")).content.decode().replace("Nothing is overdue.", "")


def test_an_opening_is_told_once_in_the_history(world: World) -> None:
    case, client = world.received(), enter(world.worker)
    client.get(reverse("cases:person", args=[case.id]))
    said = text_of(client.get(reverse("cases:history", args=[case.id])))
    assert "The page of the person was opened" in said
    assert "was opened opened" not in said


def test_pages_cost_the_same_however_many_cases_there_are(world: World) -> None:
    case = world.road_to(Stage.PRIMARY_NEEDS)
    addresses = [reverse("shell:today"), reverse("cases:list"), reverse("cases:overview")]
    client = enter(world.coordinator)
    once = [cost(client, address) for address in addresses]
    for _ in range(4):
        world.received(person=stranger())
    assert [cost(client, address) for address in addresses] == once
    assert (cost(client, reverse("cases:detail", args=[case.id])), *once) == (14, 22, 3, 6)
