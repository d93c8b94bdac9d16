"""The lock: idle time is kept by the server, the keys are gone, the password brings all back, nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from gza.accounts.models import User
from gza.core.transient.models import Draft, Session
from gza.vault import session as vault
from gza.web.accounts import doors
from tests.accounts.factories import PASSWORD, make_user, sign_in

pytestmark = pytest.mark.django_db
SCRIPT = {"accept": "*/*"}
Later = Callable[[int], None]


@pytest.fixture
def nino() -> User:
    return make_user(username="nino", password=PASSWORD)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let so many seconds pass."""
    start, passed = doors.now(), 0

    def pass_(seconds: int) -> None:
        nonlocal passed
        passed += seconds
        monkeypatch.setattr(doors, "now", lambda: start + passed)

    return pass_


IDLE = settings.GZA_IDLE_MINUTES * 60 + doors.GRACE + 60  # signing in takes a while on a busy machine


def test_after_the_idle_minutes_every_page_asks_for_the_password(client: Client, nino: User, later: Later) -> None:
    sign_in(client, nino)
    later(IDLE)
    page = client.get("/powers/")
    assert page.headers["Location"] == "/lock/?next=/powers/"
    assert client.get("/lock/?next=/powers/").status_code == 200


def test_activity_keeps_the_session_open(client: Client, nino: User, later: Later) -> None:
    sign_in(client, nino)
    for _ in range(10):
        later(IDLE // 2)
        assert client.get("/me/").status_code == 200


def test_a_locked_session_holds_no_keys_and_no_cookie_opens_it(client: Client, nino: User) -> None:
    sign_in(client, nino)
    cookie = client.cookies[vault.COOKIE].value
    assert client.post("/lock/", headers=SCRIPT).status_code == 204
    row = Session.objects.get(user=nino.id)
    assert vault.ENTRY not in row.get_decoded()
    client.cookies[vault.COOKIE] = cookie
    assert client.get("/me/").status_code == 302


def test_the_password_alone_opens_it_again(client: Client, nino: User) -> None:
    sign_in(client, nino)
    client.post("/lock/")
    assert client.post("/lock/", {"password": "wrong"}).status_code == 422
    page = client.post("/lock/", {"password": PASSWORD, "next": "/powers/"})
    assert page.headers["Location"] == "/powers/"
    assert not client.get("/me/").wsgi_request.principal.ring.locked


def test_by_script_it_answers_without_pages(client: Client, nino: User) -> None:
    sign_in(client, nino)
    client.post("/lock/", headers=SCRIPT)
    assert client.get("/me/", headers=SCRIPT).status_code == 423
    wrong = client.post("/lock/", {"password": "wrong"}, headers=SCRIPT)
    assert (wrong.status_code, wrong.headers["Content-Type"]) == (422, "text/plain; charset=utf-8")
    right = client.post("/lock/", {"password": PASSWORD}, headers=SCRIPT)
    assert right.status_code == 204
    assert right.headers["X-Form-Key"]


def test_a_form_on_the_page_still_counts_after_unlocking(nino: User) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), nino)
    token = client.get("/me/password/").context["csrf_token"]
    typed = {"csrfmiddlewaretoken": str(token)}
    assert client.post("/lock/", typed, headers=SCRIPT).status_code == 204
    assert client.post("/lock/", {**typed, "password": PASSWORD}, headers=SCRIPT).status_code == 204
    assert client.post("/me/language/", {**typed, "language": "en"}).status_code == 303


def test_a_form_sent_to_a_locked_session_is_kept_sealed_and_can_be_sent_on(client: Client, nino: User) -> None:
    sign_in(client, nino)
    client.post("/lock/")
    typed = {"language": "en", "note": "ძვირფასი სიტყვები", "password": "secret words"}
    asked = client.post("/me/language/?a=b", typed)
    following = asked.headers["Location"].removeprefix("/lock/?next=")
    assert following.startswith("/resume/")
    sealed = bytes(Draft.objects.get().sealed)
    assert b"language" not in sealed
    assert nino.language == "ka"
    client.post("/lock/", {"password": PASSWORD, "next": following})
    page = client.get(following)
    assert page.context["kept"]["path"] == "/me/language/?a=b"
    fields = dict(page.context["kept"]["fields"])
    assert fields == {"language": "en", "note": "ძვირფასი სიტყვები"}
    assert client.post(page.context["kept"]["path"], fields).status_code == 303
    assert User.objects.get(id=nino.id).language == "en"


def test_what_was_kept_is_the_persons_own(client: Client, nino: User) -> None:
    sign_in(client, nino)
    client.post("/lock/")
    following = client.post("/me/language/", {"language": "en"}).headers["Location"].removeprefix("/lock/?next=")
    assert sign_in(Client(), make_user()).get(following).status_code == 404


def test_guessing_at_the_lock_is_slowed(client: Client, nino: User) -> None:
    sign_in(client, nino)
    client.post("/lock/")
    for _ in range(8):
        client.post("/lock/", {"password": "wrong"})
    assert client.post("/lock/", {"password": PASSWORD}).status_code == 422


def test_one_can_always_leave(client: Client, nino: User) -> None:
    sign_in(client, nino)
    client.post("/lock/")
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert not Session.objects.filter(user=nino.id).exists()


def test_a_session_whose_key_cookie_is_gone_counts_as_locked(client: Client, nino: User) -> None:
    sign_in(client, nino)
    del client.cookies[vault.COOKIE]
    assert client.get("/me/").headers["Location"] == "/lock/?next=/me/"
