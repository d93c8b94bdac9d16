"""Pages of organisations, focal persons and memoranda."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gza.directory import actions, queries
from gza.directory.facts import FocalPersonFacts
from gza.directory.models import FocalPerson, Memorandum, Organisation
from gza.ledger.models import Event, Kind
from tests.accounts.factories import make_user, principal, sign_in
from tests.directory.factories import DAY, make_fund, make_offer, make_organisation
from tests.web.asking import cost

from .asking import form_of, text_of

pytestmark = pytest.mark.django_db(databases=["default", "transient"])
NEW = {"name_ka": "მზის კარი", "name_en": "Sun Gate", "kind": "ngo", "phone": "+995 500 11 22 33"}


@pytest.mark.clause("S1.1")
def test_a_coordinator_enters_an_organisation_and_finds_it(coordinator: Client) -> None:
    address = reverse("directory:organisation_new")
    response = coordinator.post(address, form_of(coordinator, address) | NEW)
    made = Organisation.objects.get()
    assert response.status_code == 303
    assert response.url == reverse("directory:organisation", args=[made.pk])
    page = text_of(coordinator, response.url)
    assert "Sun Gate" in page
    assert "The organisation is entered." in page
    assert "Sun Gate" in text_of(coordinator, reverse("directory:home") + "?text=sun&kind=ngo")
    assert "No organisation fits" in text_of(coordinator, reverse("directory:home") + "?text=moon")


def test_the_same_form_twice_enters_once(coordinator: Client) -> None:
    address = reverse("directory:organisation_new")
    posted = form_of(coordinator, address) | NEW
    coordinator.post(address, posted)
    coordinator.post(address, posted)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_ka": ""}, "This is empty. Fill it in."),
        ({"kind": "sect"}, "not among those offered"),
        ({"valid_from": "2.1.2020", "valid_to": "1.1.2020"}, "The last day is before the first."),
        ({"web": "javascript:alert(1)"}, "not the address of a web page"),
        ({"email": "x"}, "not an e-mail address"),
        ({"happened_on": "1.1.2020"}, "Write in one sentence why it is entered now."),
        ({"name_en": "x" * 201}, "Too long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(coordinator: Client, wrong: dict[str, str], said: str) -> None:
    address = reverse("directory:organisation_new")
    response = coordinator.post(address, form_of(coordinator, address) | NEW | wrong)
    assert response.status_code == 422
    body = response.content.decode()
    assert said in body
    assert NEW["phone"] in body
    assert not Organisation.objects.exists()


@pytest.mark.clause("G2")
def test_a_stale_form_shows_both_versions_and_saves_what_is_chosen(coordinator: Client) -> None:
    body = make_organisation(name_ka="მზის კარი", name_en="Sun Gate")
    address = reverse("directory:organisation_edit", args=[body.pk])
    mine = form_of(coordinator, address) | NEW | {"phone": "+995 500 00 00 01"}
    other = sign_in(Client(), make_user("director"))
    theirs = form_of(other, address) | NEW | {"phone": "+995 500 00 00 02", "abbr": "SG"}
    assert other.post(address, theirs).status_code == 303
    response = coordinator.post(address, mine)
    assert response.status_code == 409
    page = response.content.decode()
    assert "+995 500 00 00 01" in page
    assert "+995 500 00 00 02" in page
    hidden = dict(re.findall(r'<input type="hidden" name="(form_token|version)" value="([^"]*)"', page))
    assert hidden["version"] == "2"
    chosen = mine | hidden | {"keep-abbr": "theirs", "theirs-abbr": "SG", "keep-phone": "mine"}
    assert coordinator.post(address, chosen).status_code == 303
    saved = Organisation.objects.get(pk=body.pk)
    assert (saved.phone, saved.abbr, saved.revision) == ("+995 500 00 00 01", "SG", 3)


def test_of_a_body_of_the_reference_data_the_contact_alone_is_changed(coordinator: Client) -> None:
    fund = make_fund()
    address = reverse("directory:organisation_edit", args=[fund.pk])
    page = text_of(coordinator, address)
    assert "come from the reference data" in page
    assert "Name in Georgian" not in page
    response = coordinator.post(address, form_of(coordinator, address) | {"phone": "116 006", "name_en": "X"})
    assert response.status_code == 303
    fund.refresh_from_db()
    assert (fund.phone, fund.name_en[:6]) == ("116 006", "Agency")


@pytest.mark.clause("S2.1")
def test_the_page_of_the_state_fund_leads_to_its_successor(coordinator: Client) -> None:
    fund = make_fund()
    old = queries.by_keys(["state_fund"])["state_fund"]
    page = coordinator.get(reverse("directory:organisation", args=[old.pk])).content.decode()
    assert reverse("directory:organisation", args=[fund.pk]) in page
    assert "In its place today: Agency for State Care" in page
    new = coordinator.get(reverse("directory:organisation", args=[fund.pk])).content.decode()
    assert reverse("directory:organisation", args=[old.pk]) in new


@pytest.mark.clause("S1.1")
def test_focal_persons_and_memoranda_are_entered_and_changed(coordinator: Client) -> None:
    body = make_organisation()
    account = make_user("provider", organisation_id=body.pk)
    address = reverse("directory:focal_person_new", args=[body.pk])
    assert account.username in coordinator.get(address).content.decode()
    person = {"name_ka": "მარიამ შონია", "email": "m@example.ge", "valid_from": "1.2.2020", "user_id": str(account.pk)}
    without = form_of(coordinator, address) | person | {"email": ""}
    assert "Neither telephone nor e-mail" in coordinator.post(address, without).content.decode()
    assert coordinator.post(address, form_of(coordinator, address) | person).status_code == 303
    row = FocalPerson.objects.get()
    assert row.user_id == account.pk
    edit = reverse("directory:focal_person_edit", args=[row.pk])
    changed = form_of(coordinator, edit) | person | {"valid_to": "1.3.2020"}
    assert coordinator.post(edit, changed).status_code == 303
    paper = reverse("directory:memorandum_new", args=[body.pk])
    posted = form_of(coordinator, paper) | {"title": "მემორანდუმი", "signed_on": "1.2.2020", "number": "7"}
    assert coordinator.post(paper, posted).status_code == 303
    edit = reverse("directory:memorandum_edit", args=[Memorandum.objects.get().pk])
    posted = form_of(coordinator, edit) | {"title": "მემორანდუმი", "signed_on": "1.2.2020", "valid_to": "1.2.2021"}
    assert coordinator.post(edit, posted).status_code == 303
    page = text_of(coordinator, reverse("directory:organisation", args=[body.pk]))
    assert "მარიამ შონია" in page
    assert "expired" in page


def test_who_speaks_for_the_organisations_today(coordinator: Client) -> None:
    body = make_organisation()
    facts = FocalPersonFacts("მარიამ შონია", DAY, name_en="Mariam Shonia", phone="1")
    actions.add_focal_person(organisation_id=body.pk, facts=facts, by=principal("coordinator"))
    assert "Mariam Shonia" in text_of(coordinator, reverse("directory:focal_persons"))


@pytest.mark.clause("S1.1")
def test_a_social_worker_reads_and_is_told_who_keeps_the_register(client: Client) -> None:
    client.cookies["gza_lang"] = "en"
    sign_in(client, make_user("social_worker"))
    body = make_organisation()
    page = client.get(reverse("directory:organisation", args=[body.pk])).content.decode()
    address = reverse("directory:organisation_edit", args=[body.pk])
    assert address not in page
    response = client.post(address, NEW)
    assert response.status_code == 409
    assert "is kept by the Fund" in response.content.decode()
    refusal = Event.objects.get(kind=Kind.REFUSAL)
    assert (refusal.clause, refusal.verb) == ("S1.1", "directory.organisation_altered")
    assert client.get(address).status_code == 409
    assert Event.objects.filter(kind=Kind.REFUSAL).count() == 1


@pytest.mark.parametrize("language", ["ka", "en"])
def test_empty_pages_teach_the_next_step(client: Client, language: str) -> None:
    client.cookies["gza_lang"] = language
    sign_in(client, make_user("coordinator"))
    for name in ("home", "focal_persons", "workers", "offers", "catalogue", "editions", "edition_new"):
        body = client.get(reverse(f"directory:{name}")).content.decode()
        assert 'class="blank"' in body, name


def test_what_is_typed_is_escaped_everywhere(coordinator: Client) -> None:
    bad = "<script>alert(1)</script>"
    body = make_organisation(name_ka=bad, name_en=bad, programmes=bad)
    offer = make_offer(body, conditions=bad)
    actions.issue_edition(after=0, by=principal("coordinator"))
    for address in (
        reverse("directory:home"),
        reverse("directory:organisation", args=[body.pk]),
        reverse("directory:offers"),
        reverse("directory:offer", args=[offer.pk]),
        reverse("directory:catalogue"),
        reverse("directory:edition_print", args=[1]),
    ):
        page = coordinator.get(address).content.decode()
        assert bad not in page, address
        assert "&lt;script&gt;" in page, address


def test_lists_cost_the_same_whatever_they_hold(coordinator: Client) -> None:
    body = make_organisation()
    make_offer(body)
    few = cost(coordinator, reverse("directory:home")), cost(coordinator, reverse("directory:offers"))
    for _ in range(4):
        make_offer(make_organisation())
    assert (cost(coordinator, reverse("directory:home")), cost(coordinator, reverse("directory:offers"))) == few
