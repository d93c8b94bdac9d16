"""The administrator's rooms."""

import pytest
from django.test import Client

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.ledger.models import Event
from tests.accounts.factories import PASSWORD, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user(Role.ADMINISTRATOR, username="admin", password=PASSWORD)
    sign_in(client, user)
    return user


NEW = {
    "username": "Lali.K",
    "full_name_ka": "ლალი კ.",
    "full_name_en": "Lali K.",
    "role": "social_worker",
    "organisation": "",
    "region": "GE-TB",
    "language": "ka",
    "form_token": "one",
}


def test_a_new_account_and_its_password_told_once(client: Client, admin: User) -> None:
    page = client.post("/accounts/new/", NEW)
    lali = User.objects.get(username="lali.k")
    assert page.headers["Location"] == f"/accounts/{lali.id}/"
    told = client.get(page.headers["Location"]).context["temporary"]
    assert len(told) == 19
    assert client.get(page.headers["Location"]).context["temporary"] == ""
    assert (lali.must_change, lali.created_by) == (True, admin.id)
    event = Event.objects.get()
    assert (event.verb, event.actor, event.subject) == ("accounts.create", admin.id, lali.id)
    assert told not in str(event.facts)


def test_the_same_form_sent_twice_makes_one_account(client: Client, admin: User) -> None:
    client.post("/accounts/new/", NEW)
    client.post("/accounts/new/", NEW)
    assert User.objects.filter(username="lali.k").count() == 1
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": "ლალი"},
        {"username": "admin"},
        {"username": "a b"},
        {"role": "king"},
        {"role": "provider", "organisation": ""},
        {"full_name_ka": "ა" * 10_000},
        {"full_name_ka": ""},
    ],
)
def test_wrong_fields_are_answered_with_what_was_typed(client: Client, admin: User, wrong: dict[str, str]) -> None:
    page = client.post("/accounts/new/", NEW | wrong)
    assert page.status_code == 422
    assert "Lali K." in page.content.decode()
    assert User.objects.count() == 1


def test_invisible_signs_are_taken_out_of_names(client: Client, admin: User) -> None:
    client.post("/accounts/new/", NEW | {"full_name_en": "Lali\u202e \u200bK."})
    assert User.objects.get(username="lali.k").full_name_en == "Lali K."


def test_the_list_is_filtered_by_the_address_and_paged(client: Client, admin: User) -> None:
    for _ in range(60):
        make_user(Role.SECRETARIAT)
    make_user(Role.COUNCIL, is_active=True, must_change=True, full_name_en="Ketevan")

    def names(query: str) -> list[str]:
        return [line["user"].username for line in client.get(f"/accounts/{query}").context["lines"]]

    first = client.get("/accounts/?role=secretariat").context["page"]
    assert len(first.rows) == 50
    assert len(names(f"?role=secretariat&after={first.after}")) == 10
    assert len(names("?state=waiting")) == 1
    assert len(names("?text=keteva")) == 1
    assert names("?text=nobody") == []
    assert names("?role=king") == names("")


def test_the_list_costs_the_same_queries_for_any_number(
    client: Client, admin: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(40):
        make_user(Role.PROVIDER)
    client.get("/accounts/")
    with django_assert_max_num_queries(4):
        client.get("/accounts/")


def test_disabling_and_letting_in_again(client: Client, admin: User) -> None:
    nino = make_user(password=PASSWORD)
    client.post(f"/accounts/{nino.id}/disable/")
    nino.refresh_from_db()
    assert (nino.is_active, nino.disabled_by) == (False, admin.id)
    page = client.post(f"/accounts/{nino.id}/enable/")
    assert client.get(page.headers["Location"]).context["temporary"]
    nino.refresh_from_db()
    assert (nino.is_active, nino.must_change, nino.disabled_at) == (True, True, None)
    assert [event.verb for event in Event.objects.order_by("seq")] == ["accounts.disable", "accounts.enable"]


def test_details_are_mended_and_the_rest_stays(client: Client, admin: User) -> None:
    nino = make_user(username="nino")
    typed = {
        "full_name_ka": "ნინო ა.",
        "full_name_en": "Nino A.",
        "region": "GE-IM",
        "organisation": "",
        "role": "director",
    }
    assert client.post(f"/accounts/{nino.id}/edit/", typed).status_code == 303
    nino.refresh_from_db()
    assert (nino.full_name_ka, nino.region, nino.role) == ("ნინო ა.", "GE-IM", "social_worker")
