"""The pages of money and services given in a month."""

import pytest

from gza.plans.models import Delivery, Expenditure
from tests.cases.factories import World
from tests.plans.second_half import Running
from tests.web.asking import At, acts, form_of, openings, text
from tests.web.running.year import address

pytestmark = pytest.mark.django_db(databases=["default", "transient"])


@pytest.mark.clause("S7.9")
def test_a_payment_is_recorded_and_one_tetri_too_much_refused(world: World, at: At, made: Running) -> None:
    client, before = at(world.worker), acts()
    choice = str(made.commitments[0].id)
    posted = form_of(client, address("pay", made)) | {"commitment": choice, "amount": "500,01", "what": "კურსი"}
    response = client.post(address("pay", made), posted)
    assert response.status_code == 409
    assert "500.01" in response.content.decode()
    posted = form_of(client, address("pay", made)) | {"commitment": choice, "amount": "500", "document": "AB-7"}
    assert client.post(address("pay", made), posted).url == address("money", made)
    assert acts() == before + 1
    assert Expenditure.objects.get().amount == 500_00
    opened = openings("plans.money")
    page = client.get(address("money", made)).content.decode()
    assert "AB-7" in page
    assert openings("plans.money") == opened + 1


@pytest.mark.clause("S7.9", "G1")
@pytest.mark.parametrize("language", ["en", "ka"])
def test_an_invoice_is_recorded_flagged_and_corrected(world: World, at: At, made: Running, language: str) -> None:
    client = at(world.worker, language)
    posted = form_of(client, address("invoice", made)) | {"amount": "700", "payee": str(world.ngo.id)}
    assert client.post(address("invoice", made), posted).status_code == 303
    row = Expenditure.objects.get()
    page = client.get(address("money", made)).content.decode()
    assert ("no money" if language == "en" else "თანხა არ გადაუწყვეტია") in page
    path = address("correct_money", made, row.id)
    posted = form_of(client, path) | {"amount": "0", "why": "სხვისი იყო"}
    assert client.post(path, posted).status_code == 303
    page = text(client.get(address("money", made)).content)
    assert ("did not take place" if language == "en" else "არ მომხდარა") in page
    assert client.get(path).status_code == 404


@pytest.mark.clause("S7.9", "G1")
@pytest.mark.parametrize("language", ["en", "ka"])
def test_services_are_recorded_in_and_outside_the_plan_and_corrected(
    world: World, at: At, made: Running, language: str
) -> None:
    client = at(world.worker, language)
    posted = form_of(client, address("deliver", made)) | {"item": str(made.items[1].id), "sessions": "3"}
    assert client.post(address("deliver", made), posted).url == address("given", made)
    row = Delivery.objects.get()
    assert (row.organisation_id, row.sessions, made.fresh().open_flags) == (world.clinic.id, 3, 0)
    posted = form_of(client, address("deliver", made)) | {"service_type": "education"}
    assert client.post(address("deliver", made), posted).status_code == 303
    page = client.get(address("given", made)).content.decode()
    assert ("is not in the plan" if language == "en" else "გეგმაში არ არის") in page
    path = address("correct_given", made, row.id)
    posted = form_of(client, path) | {"sessions": "0", "why": "არ მომხდარა"}
    assert client.post(path, posted).status_code == 303
    assert ("was not given" if language == "en" else "არ გაწეულა") in text(client.get(address("given", made)).content)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "Choose an item of the plan"),
        ({"service_type": "education", "until": "01.01.2001"}, "before the first"),
        ({"service_type": "education", "sessions": "0"}, "Between 1 and 999"),
    ],
)
def test_what_is_wrong_with_a_service_is_said(world: World, at: At, made: Running, wrong: dict, said: str) -> None:
    client = at(world.worker)
    response = client.post(address("deliver", made), form_of(client, address("deliver", made)) | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
