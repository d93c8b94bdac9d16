"""Grave acts ask for a fresh proof of who one is (G4)."""

import pytest
from django.test import Client

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.core.transient.models import Spent
from gza.web.accounts import doors
from tests.accounts.factories import PASSWORD, code_of, make_user, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("G4")]


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user(Role.ADMINISTRATOR, password=PASSWORD)
    sign_in(client, user)
    session = client.session
    session[doors.CONFIRMED] = doors.now() - 31 * 60
    session.save()
    return user


def test_an_old_proof_is_not_enough_and_a_new_one_leads_back(client: Client, admin: User) -> None:
    page = client.get("/accounts/new/")
    assert page.headers["Location"] == "/confirm/?next=/accounts/new/"
    typed = {"password": PASSWORD, "code": code_of(), "next": "/accounts/new/"}
    assert client.post("/confirm/", typed | {"code": "1"}).status_code == 422
    assert client.post("/confirm/", typed | {"password": "wrong"}).status_code == 422
    Spent.objects.all().delete()
    assert client.post("/confirm/", typed).headers["Location"] == "/accounts/new/"
    assert client.get("/accounts/new/").status_code == 200


def test_a_form_sent_too_late_is_kept_and_can_be_sent_on(client: Client, admin: User) -> None:
    other = make_user()
    page = client.post(f"/accounts/{other.id}/disable/")
    following = page.headers["Location"].removeprefix("/confirm/?next=")
    assert following.startswith("/resume/")
    client.post("/confirm/", {"password": PASSWORD, "code": code_of(), "next": following})
    kept = client.get(following).context["kept"]
    assert client.post(kept["path"], dict(kept["fields"])).status_code == 303
    assert not User.objects.get(id=other.id).is_active


def test_each_wrong_proof_is_slowed(client: Client, admin: User) -> None:
    for _ in range(8):
        client.post("/confirm/", {"password": "wrong", "code": "000000"})
    assert client.post("/confirm/", {"password": PASSWORD, "code": code_of()}).status_code == 422
