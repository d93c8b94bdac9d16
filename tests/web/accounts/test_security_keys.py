"""A security key as second factor: made, asked at sign-in and on confirming, taken away; copies and replays fail."""

import pytest
from django.test import Client

from gza.accounts.models import SecurityKey, User
from gza.ledger.models import Event, Kind
from gza.web.accounts import doors
from tests.accounts.factories import PASSWORD, code_of, make_user, sign_in
from tests.web.accounts.authenticator import Authenticator

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


@pytest.fixture
def nino() -> User:
    return make_user(username="nino", password=PASSWORD)


@pytest.fixture
def device(nino: User) -> Authenticator:
    """A key that nino has added."""
    client, made = sign_in(Client(), nino), Authenticator()
    options = client.get("/me/keys/add/").context["options"]
    page = client.post("/me/keys/add/", {"name": "blue", "answer": made.make(options)})
    assert page.headers["Location"] == "/me/"
    return made


def _half(client: Client, way: str = "key") -> str:
    page = client.post(SIGN_IN, {"username": "nino", "password": PASSWORD, "way": way, "next": "/me/"})
    assert page.headers["Location"] == "/sign-in/key/?next=/me/"
    return client.get("/sign-in/key/").context["options"]


def test_a_key_lets_in_with_the_password_and_opens_the_keys(client: Client, device: Authenticator) -> None:
    options = _half(client)
    assert client.get("/me/").status_code == 302
    page = client.post("/sign-in/key/", {"answer": device.answer(options), "next": "/me/"})
    assert page.headers["Location"] == "/me/"
    assert not client.get("/me/").wsgi_request.principal.ring.locked
    assert SecurityKey.objects.get().used_at is not None


def test_an_answer_is_good_for_its_own_question_once(device: Authenticator) -> None:
    client, other = Client(), Client()
    answer = device.answer(_half(client))
    _half(other)
    assert other.post("/sign-in/key/", {"answer": answer}).status_code == 422
    assert client.post("/sign-in/key/", {"answer": answer}).status_code == 303


def test_a_copy_of_the_key_is_noticed_by_its_counter(client: Client, device: Authenticator) -> None:
    SecurityKey.objects.update(counter=100)
    answer = device.answer(_half(client))
    assert client.post("/sign-in/key/", {"answer": answer}).status_code == 422


@pytest.mark.parametrize("answer", ["", "{}", "[]", "nonsense", '{"id": "x", "rawId": "y"}'])
def test_what_is_no_answer_is_no_answer(client: Client, device: Authenticator, answer: str) -> None:
    _half(client)
    assert client.post("/sign-in/key/", {"answer": answer}).status_code == 422


def test_a_strange_key_or_origin_does_not_let_in(client: Client, device: Authenticator) -> None:
    stranger = Authenticator()
    stranger.id = device.id
    assert client.post("/sign-in/key/", {"answer": stranger.answer(_half(client))}).status_code == 422
    device.origin = "https://testserver.example.com"
    assert client.post("/sign-in/key/", {"answer": device.answer(_half(client))}).status_code == 422


def test_the_second_step_is_good_for_five_minutes(
    client: Client, device: Authenticator, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = _half(client)
    late = doors.now() + 301
    monkeypatch.setattr(doors, "now", lambda: late)
    page = client.post("/sign-in/key/", {"answer": device.answer(options)})
    assert page.headers["Location"] == SIGN_IN


def test_without_a_key_the_way_is_closed_and_tells_nothing(client: Client, nino: User) -> None:
    page = client.post(SIGN_IN, {"username": "nino", "password": PASSWORD, "way": "key"})
    assert page.status_code == 422


def test_who_has_only_a_key_confirms_with_it(client: Client, nino: User, device: Authenticator) -> None:
    User.objects.filter(id=nino.id).update(totp=b"")
    nino.refresh_from_db()
    sign_in(client, nino)
    options = client.get("/confirm/").context["options"]
    typed = {"password": PASSWORD, "answer": device.answer(options), "next": "/me/"}
    assert client.post("/confirm/", typed).headers["Location"] == "/me/"


@pytest.mark.clause("G4")
def test_the_last_second_factor_is_not_taken_away(client: Client, nino: User, device: Authenticator) -> None:
    key = SecurityKey.objects.get()
    User.objects.filter(id=nino.id).update(totp=b"")
    nino.refresh_from_db()
    sign_in(client, nino)
    page = client.post(f"/me/keys/{key.id}/remove/", follow=True)
    assert "ერთადერთი მეორე ფაქტორია" in page.content.decode()
    assert SecurityKey.objects.exists()
    assert Event.objects.filter(kind=Kind.REFUSAL, verb="accounts.remove_security_key").exists()


def test_with_codes_as_well_the_key_can_go(client: Client, nino: User, device: Authenticator) -> None:
    sign_in(client, nino)
    client.post(f"/me/keys/{SecurityKey.objects.get().id}/remove/")
    assert not SecurityKey.objects.exists()
    assert code_of()
