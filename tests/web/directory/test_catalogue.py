"""Pages of offers and of the list of services."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gza.core import clock
from gza.directory import actions, queries
from gza.directory.facts import OfferFacts
from gza.directory.models import CatalogueEdition, EditionReceipt, Offer
from tests.accounts.factories import make_user, principal, sign_in
from tests.directory.factories import make_fund, make_offer, make_organisation, make_worker
from tests.web.asking import cost

from .asking import form_of, text_of

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.fixture
def listed() -> Offer:
    body = make_organisation(name_ka="მზის კარი", name_en="Sun Gate", phone="+995 500 11 22 33")
    offer = make_offer(body, capacity=3, conditions="=1+1", languages=("ka", "en"))
    make_offer(make_organisation("international"), "employment", kind="reintegration", regions=("GE-AJ",))
    actions.issue_edition(after=0, by=principal("coordinator"))
    return offer


@pytest.mark.clause("S4.2")
def test_the_coordinator_enters_an_offer(coordinator: Client) -> None:
    make_fund()
    body = make_organisation()
    address = reverse("directory:offer_new") + f"?organisation={body.pk}"
    assert f'<option value="{body.pk}" selected>' in coordinator.get(address).content.decode()
    posted = form_of(coordinator, address) | {
        "organisation_id": str(body.pk), "service_type_id": "medical", "kind": "rehabilitation",
        "regions": ["GE-TB"], "place": "outside", "audience": "all", "capacity": "5", "languages": ["ka"],
        "valid_from": "1.2.2020", "channel": "letter", "reference": "04/20",
    }  # fmt: skip
    response = coordinator.post(address, posted)
    offer = Offer.objects.get()
    assert response.url == reverse("directory:offer", args=[offer.pk])
    page = text_of(coordinator, response.url)
    assert "It comes on the list with the next edition." in page
    assert "letter · 04/20" in page
    wrong = form_of(coordinator, address) | posted | {"kind": "reintegration", "capacity": "0"}
    refused = coordinator.post(address, wrong | form_of(coordinator, address)).content.decode()
    assert "This type of service is rehabilitation alone." in refused
    assert "Between 1 and " in refused


@pytest.mark.clause("S4.3")
def test_an_offer_is_changed_confirmed_and_withdrawn_each_with_its_letter(coordinator: Client) -> None:
    offer = make_offer(capacity=3)
    edit = reverse("directory:offer_edit", args=[offer.pk])
    posted = form_of(coordinator, edit) | {
        "organisation_id": str(offer.organisation_id), "service_type_id": "medical", "kind": "rehabilitation",
        "regions": ["GE-TB", "GE-KA"], "place": "both", "audience": "adults", "capacity": "9", "languages": ["ka"],
        "valid_from": "15.1.2020",
    }  # fmt: skip
    assert coordinator.post(edit, posted).status_code == 303
    page = text_of(coordinator, reverse("directory:offer", args=[offer.pk]))
    assert "Persons at once: 3 → 9" in page
    assert "Regions: Tbilisi → Kakheti, Tbilisi" in page
    confirm = reverse("directory:offer_confirm", args=[offer.pk])
    stale = form_of(coordinator, confirm)
    assert coordinator.post(confirm, form_of(coordinator, confirm) | {"reference": "7/1"}).status_code == 303
    assert coordinator.post(confirm, stale).status_code == 409
    withdraw = reverse("directory:offer_withdraw", args=[offer.pk])
    assert coordinator.post(withdraw, form_of(coordinator, withdraw)).status_code == 303
    assert "Withdrawn on" in text_of(coordinator, reverse("directory:offer", args=[offer.pk]))
    assert not queries.offers(on=clock.today()).exists()


@pytest.mark.clause("S6.1", "S4.3")
def test_a_provider_reads_the_list_and_keeps_its_own_offers(client: Client, listed: Offer) -> None:
    client.cookies["gza_lang"] = "en"
    sign_in(client, make_user("provider", organisation_id=listed.organisation_id))
    assert "Sun Gate" in text_of(client, reverse("directory:catalogue"))
    confirm = reverse("directory:offer_confirm", args=[listed.pk])
    assert client.post(confirm, form_of(client, confirm)).status_code == 303
    other = Offer.objects.exclude(pk=listed.pk).get()
    for name in ("offer", "offer_edit", "offer_confirm", "offer_withdraw"):
        assert client.get(reverse(f"directory:{name}", args=[other.pk])).status_code == 404
    assert client.get(reverse("directory:offers")).status_code == 404


@pytest.mark.clause("S4.2", "S4.3")
def test_the_next_edition_is_compared_with_the_last_and_issued(coordinator: Client, listed: Offer) -> None:
    loaded = queries.offer(listed.pk)
    assert loaded
    facts = OfferFacts(**{**OfferFacts.of(loaded).values(), "capacity": 9})
    actions.alter_offer(offer_id=listed.pk, facts=facts, by=principal("coordinator"))
    address = reverse("directory:edition_new")
    page = text_of(coordinator, address)
    assert "Against edition 1: 0 new, 1 changed, 0 gone." in page
    assert "Persons at once: 3 → 9" in page
    posted = form_of(coordinator, address) | {"note": "კვარტალური განახლება"}
    response = coordinator.post(address, posted)
    assert response.url == reverse("directory:edition", args=[2])
    page = text_of(coordinator, response.url)
    assert "Edition 2 is issued." in page
    assert "კვარტალური განახლება" in page
    assert "Nothing differs from edition 2." in text_of(coordinator, address)


def test_who_is_overtaken_by_another_edition_issues_nothing(coordinator: Client, listed: Offer) -> None:
    address = reverse("directory:edition_new")
    posted = form_of(coordinator, address) | {"note": "ჩემი სიტყვა"}
    actions.issue_edition(after=1, by=principal("director"))
    response = coordinator.post(address, posted)
    assert response.status_code == 409
    body = response.content.decode()
    assert "Another edition was issued meanwhile" in body
    assert "ჩემი სიტყვა" in body
    assert CatalogueEdition.objects.count() == 2


@pytest.mark.clause("S4.4")
def test_earlier_editions_read_as_they_were(coordinator: Client, listed: Offer) -> None:
    loaded = queries.offer(listed.pk)
    assert loaded
    facts = OfferFacts(**{**OfferFacts.of(loaded).values(), "conditions": "სხვა პირობა"})
    actions.alter_offer(offer_id=listed.pk, facts=facts, by=principal("coordinator"))
    actions.issue_edition(after=1, by=principal("coordinator"))
    now = text_of(coordinator, reverse("directory:catalogue"))
    then = text_of(coordinator, reverse("directory:edition", args=[1]))
    assert "სხვა პირობა" in now
    assert "სხვა პირობა" not in then
    assert "in force is edition 2" in then
    assert "=1+1" in text_of(coordinator, reverse("directory:edition_print", args=[1]))
    editions = text_of(coordinator, reverse("directory:editions"))
    assert "Edition 1" in editions
    assert "Edition 2" in editions
    assert coordinator.get(reverse("directory:edition", args=[3])).status_code == 404
    assert coordinator.get("/catalogue/editions/99999999999999999999/").status_code == 404


def test_the_list_is_narrowed_and_the_filters_stay_in_the_address(coordinator: Client, listed: Offer) -> None:
    address = reverse("directory:catalogue")
    page = text_of(coordinator, address + "?region=GE-AJ&kind=reintegration")
    assert "1 of 2 fit." in page
    assert "Employment support" in page
    assert "Nobody offers this" in text_of(coordinator, address + "?service=medical&region=GE-AJ")
    offers = coordinator.get(reverse("directory:offers") + f"?organisation={listed.organisation_id}")
    assert f'<option value="{listed.organisation_id}" selected>' in offers.content.decode()
    assert "Nobody offers this" in text_of(coordinator, reverse("directory:offers") + "?service=cash")


@pytest.mark.clause("S4.4")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_edition_is_downloaded_without_a_formula_in_it(coordinator: Client, listed: Offer, kind: str) -> None:
    response = coordinator.get(reverse(f"directory:edition_{kind}", args=[1]))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="services-1.{kind}"'
    assert response.headers["Cache-Control"] == "no-store"
    if kind == "csv":
        text = response.content.decode("utf-8-sig")
        assert '"\'=1+1"' in text
        assert '"\'+995 500 11 22 33"' in text
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert rows[1][0] == "Medical assistance"
        assert rows[1][6] == 3
        assert rows[1][8] == "'=1+1"


@pytest.mark.clause("S4.4")
def test_each_social_worker_is_asked_to_acknowledge_once(coordinator: Client, listed: Offer) -> None:
    account = make_user("social_worker")
    worker = make_worker(user_id=account.pk, name_en="Eka Beradze")
    page = text_of(coordinator, reverse("directory:catalogue"))
    assert "Still to acknowledge: Eka Beradze" in page
    client = Client()
    client.cookies["gza_lang"] = "en"
    sign_in(client, account)
    address = reverse("directory:catalogue")
    assert "Acknowledge the receipt" in text_of(client, address)
    receipt = reverse("directory:edition_receipt", args=[1])
    assert client.post(receipt, form_of(client, address)).status_code == 303
    assert EditionReceipt.objects.get().user_id == account.pk
    assert "You acknowledged this edition on" in text_of(client, address)
    assert client.post(receipt, {}).status_code == 303
    assert EditionReceipt.objects.count() == 1
    assert "Every social worker acknowledged it" in text_of(coordinator, address)
    assert worker.name_en in coordinator.get(address).content.decode()
    assert coordinator.post(receipt, {}).status_code == 404


def test_the_list_costs_the_same_whatever_it_holds(coordinator: Client, listed: Offer) -> None:
    few = cost(coordinator, reverse("directory:catalogue")), cost(coordinator, reverse("directory:edition_new"))
    for _ in range(5):
        make_offer(make_organisation())
    actions.issue_edition(after=1, by=principal("coordinator"))
    assert (
        cost(coordinator, reverse("directory:catalogue")),
        cost(coordinator, reverse("directory:edition_new")),
    ) == few


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_page_is_drawn_in_both_languages(client: Client, listed: Offer, language: str) -> None:
    client.cookies["gza_lang"] = language
    sign_in(client, make_user("coordinator"))
    worker = make_worker()
    pages = [
        reverse(f"directory:{name}")
        for name in (
            "home", "organisation_new", "focal_persons", "workers", "worker_new", "catalogue", "offers", "offer_new",
            "editions", "edition_new",
        )
    ]  # fmt: skip
    pages += [reverse(f"directory:{name}", args=[worker.pk]) for name in ("worker", "worker_edit", "worker_end")]
    pages += [reverse(f"directory:{name}", args=[listed.pk]) for name in ("offer", "offer_edit", "offer_withdraw")]
    pages += [reverse(f"directory:{name}", args=[1]) for name in ("edition", "edition_print")]
    pages += [
        reverse(f"directory:{name}", args=[listed.organisation_id])
        for name in ("organisation", "organisation_edit", "focal_person_new", "memorandum_new")
    ]
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        body = response.content.decode()
        assert f'<html lang="{language}"' in body
        assert "style=" not in body.replace('rel="stylesheet"', "")
        for secret in (worker.name_ka, "მზის კარი"):
            title = body.split("<title>")[1].split("</title>")[0]
            assert secret not in title
