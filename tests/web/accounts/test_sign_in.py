"""The door: password and second factor, the first steps, the end of sessions."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from gza.accounts import actions, factors, steps
from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.core import clock
from gza.core.actors import SYSTEM
from gza.core.transient.models import Session
from gza.ledger.models import Event
from gza.vault import session as vault
from tests.accounts.factories import PASSWORD, code_of, make_user, principal, sign_in

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


@pytest.fixture
def nino() -> User:
    return make_user(username="nino", password=PASSWORD)


def _try(client: Client, **typed: str) -> int:
    fields = {"username": "nino", "password": PASSWORD, "code": code_of(), **typed}
    return client.post(SIGN_IN, fields).status_code


def test_password_and_code_open_the_door_and_the_keys(client: Client, nino: User) -> None:
    assert _try(client) == 303
    page = client.get("/me/")
    assert page.status_code == 200
    assert not page.wsgi_request.principal.ring.locked
    assert Event.objects.get().facts == {"way": "code"}
    assert User.objects.get(id=nino.id).seen_on == clock.today()


@pytest.mark.parametrize(
    "typed", [{"username": "lali"}, {"password": "wrong"}, {"code": "000000"}, {"code": ""}, {"password": "x" * 5000}]
)
def test_whatever_is_wrong_the_answer_is_the_same(client: Client, nino: User, typed: dict[str, str]) -> None:
    assert _try(client, **typed) == 422
    assert client.get("/me/").status_code == 302
    assert not Event.objects.exists()


def test_the_answer_does_not_tell_a_wrong_password_from_a_name_that_is_not_there(client: Client, nino: User) -> None:
    pages = []
    for name in ("nino", "nobody"):
        page = Client().post(SIGN_IN, {"username": name, "password": "wrong wrong wrong", "code": "123456"})
        pages.append(page.content.decode().replace(name, ""))
    import re

    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", pages[0]) == strip.sub("", pages[1])


def test_a_code_is_good_for_one_sign_in(nino: User) -> None:
    code = code_of()
    assert _try(Client(), code=code) == 303
    assert _try(Client(), code=code) == 422


def test_the_next_page_is_ours_or_none(client: Client, nino: User) -> None:
    for following, expected in [("/me/", "/me/"), ("https://example.com/", "/"), ("//example.com", "/"), ("", "/")]:
        fields = {"username": "nino", "password": PASSWORD, "code": code_of(), "next": following}
        with clock.pretend(clock.now()):
            factors.Spent.objects.all().delete()
        assert Client().post(SIGN_IN, fields).headers["Location"] == expected


def test_an_anonymous_person_is_sent_to_the_door_and_back(client: Client) -> None:
    page = client.get("/me/")
    assert page.status_code == 302
    assert page.headers["Location"] == "/sign-in/?next=/me/"
    assert client.get("/me/", headers={"accept": "application/json"}).status_code == 401


def test_a_recovery_code_lets_in_once(nino: User) -> None:
    code = actions.make_recovery_codes(user=nino, by=principal(nino))[3]
    fields = {"username": "nino", "password": PASSWORD, "recovery": code.lower(), "way": "recovery"}
    assert Client().post(SIGN_IN, fields).status_code == 303
    assert Client().post(SIGN_IN, fields).status_code == 422
    assert Event.objects.filter(verb="accounts.sign_in").count() == 1


def test_a_disabled_account_is_not_let_in_and_its_sessions_end_at_once(client: Client, nino: User) -> None:
    sign_in(client, nino)
    assert client.get("/me/").status_code == 200
    actions.disable(user=nino, by=principal(Role.ADMINISTRATOR))
    assert client.get("/me/").status_code == 302
    assert _try(Client()) == 422
    assert not Session.objects.filter(user=nino.id).exists()


@pytest.mark.parametrize("act", [actions.reset_password, actions.reset_second_factor, actions.end_sessions])
def test_sessions_end_on_reset(client: Client, nino: User, act: object) -> None:
    sign_in(client, nino)
    act(user=nino, by=principal(Role.ADMINISTRATOR))
    assert client.get("/me/").status_code == 302


def test_a_copied_session_cookie_is_void_after_the_end_even_if_its_row_came_back(client: Client, nino: User) -> None:
    sign_in(client, nino)
    row = Session.objects.get(user=nino.id)
    steps.end_sessions(nino)
    row.save(force_insert=False)
    assert client.get("/me/").status_code == 302


def test_signing_out_ends_the_session_and_forgets_the_keys(client: Client, nino: User) -> None:
    sign_in(client, nino)
    held = dict(client.cookies.items())
    page = client.post("/sign-out/")
    assert page.headers["Location"] == SIGN_IN
    assert page.cookies[vault.COOKIE].value == ""
    again = Client()
    again.cookies = held
    assert again.get("/me/").status_code == 302
    assert Event.objects.get().verb == "accounts.sign_out"


def test_a_session_lasts_no_longer_than_twelve_hours(client: Client, nino: User, monkeypatch: object) -> None:
    from gza.web.accounts import doors

    sign_in(client, nino)
    late = doors.now() + doors.LONGEST + 1
    monkeypatch.setattr(doors, "now", lambda: late)
    assert client.get("/me/").headers["Location"].startswith(SIGN_IN)


def test_a_new_person_first_sets_a_password_then_codes_then_gets_recovery_codes(client: Client) -> None:
    _, temporary = actions.create_account(username="Lali", role=Role.SOCIAL_WORKER, by=SYSTEM)
    fields = {"username": "lali", "password": temporary, "code": ""}
    assert client.post(SIGN_IN, fields).status_code == 303
    assert client.get("/powers/").headers["Location"] == "/me/password/"
    assert client.get("/me/password/").status_code == 200
    typed = {"password": PASSWORD, "password_again": PASSWORD}
    assert client.post("/me/password/", typed).headers["Location"] == "/me/"
    assert client.get("/powers/").headers["Location"] == "/me/codes/"
    page = client.get("/me/codes/")
    secret = page.context["secret"].replace(" ", "")
    assert client.get("/me/codes/picture/").headers["Content-Type"] == "image/svg+xml"
    assert client.post("/me/codes/", {"code": "000000"}).status_code == 422
    sheet = client.post("/me/codes/", {"code": code_of(secret)})
    assert sheet.headers["Location"] == "/me/recovery/sheet/"
    assert len(client.get("/me/recovery/sheet/").context["codes"]) == 10
    assert client.get("/me/recovery/sheet/").status_code == 302
    assert client.get("/powers/").status_code == 200
    ring = client.get("/me/").wsgi_request.principal.ring
    assert not ring.locked


def test_a_temporary_password_is_good_for_a_week(client: Client) -> None:
    _, temporary = actions.create_account(username="lali", role=Role.SOCIAL_WORKER, by=SYSTEM)
    fields = {"username": "lali", "password": temporary, "code": ""}
    with clock.pretend(clock.now() + dt.timedelta(days=7, minutes=1)):
        assert client.post(SIGN_IN, fields).status_code == 422
    assert client.post(SIGN_IN, fields).status_code == 303


def test_after_a_reset_the_old_keys_are_replaced_and_no_longer_certified(client: Client, nino: User) -> None:
    from gza.vault.models import UserKey

    temporary = actions.reset_password(user=nino, by=principal(Role.ADMINISTRATOR))
    fields = {"username": "nino", "password": temporary, "code": code_of()}
    assert client.post(SIGN_IN, fields).status_code == 303
    assert client.get("/powers/").headers["Location"] == "/me/password/"
    new = "another long sentence of words"
    assert client.post("/me/password/", {"password": new, "password_again": new}).status_code == 303
    rows = list(UserKey.objects.filter(user=nino.id).order_by("generation"))
    assert [row.ended_at is None for row in rows] == [False, True]


def test_changing_the_password_keeps_the_keys_and_ends_other_sessions(nino: User) -> None:
    here, there = sign_in(Client(), nino), sign_in(Client(), nino)
    before = here.get("/me/").wsgi_request.principal.ring.opened
    new = "another long sentence of words"
    typed = {"current": PASSWORD, "password": new, "password_again": new}
    assert here.post("/me/password/", typed | {"current": "wrong"}).status_code == 422
    assert here.post("/me/password/", typed).status_code == 303
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").wsgi_request.principal.ring.opened == before
    fields = {"username": "nino", "password": new, "code": code_of()}
    fresh = Client()
    assert fresh.post(SIGN_IN, fields).status_code == 303
    assert fresh.get("/me/").wsgi_request.principal.ring.opened == before


@pytest.mark.parametrize(
    ("new", "good"),
    [
        ("short", False),
        ("passwordpassword", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("nino-nino-nino", False),
        ("four unlike words here", True),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client: Client, nino: User, new: str, good: bool) -> None:
    sign_in(client, nino)
    typed = {"current": PASSWORD, "password": new, "password_again": new}
    assert (client.post("/me/password/", typed).status_code == 303) is good


def test_a_known_device_is_remembered_and_strangers_do_not_lock_it_out(client: Client, nino: User) -> None:
    assert _try(client) == 303
    client.post(reverse("accounts:sign_out"))
    for _ in range(30):
        Client().post(SIGN_IN, {"username": "nino", "password": "guess guess guess", "code": "1"})
    factors.Spent.objects.all().delete()
    stranger = Client().post(SIGN_IN, {"username": "nino", "password": PASSWORD, "code": code_of()})
    assert stranger.status_code == 422
    assert _try(client) == 303


def test_after_a_lost_telephone_the_password_alone_is_good_for_one_day(nino: User) -> None:
    actions.reset_second_factor(user=nino, by=principal(Role.ADMINISTRATOR))
    with clock.pretend(clock.now() + dt.timedelta(days=1, minutes=1)):
        assert _try(Client(), code="") == 422
    client = Client()
    assert _try(client, code="") == 303
    assert client.get("/powers/").headers["Location"] == "/me/codes/"
    secret = client.get("/me/codes/").context["secret"].replace(" ", "")
    assert client.post("/me/codes/", {"code": code_of(secret)}).status_code == 303
    assert User.objects.get(id=nino.id).temporary_until is None
    assert _try(Client(), code="") == 422


def test_what_one_person_left_half_way_is_nothing_to_the_next_in_this_browser(client: Client, nino: User) -> None:
    from gza.accounts.models import SecurityKey

    SecurityKey.objects.create(user=nino, name="key", credential_id=b"x", credential=_credential())
    page = client.post(SIGN_IN, {"username": "nino", "password": PASSWORD, "way": "key"})
    assert page.headers["Location"] == "/sign-in/key/"
    _, temporary = actions.create_account(username="lali", role=Role.SOCIAL_WORKER, by=SYSTEM)
    assert _try(client, username="lali", password=temporary, code="") == 303
    assert client.get("/me/password/").status_code == 200


def _credential() -> bytes:
    import json

    from gza.accounts import security_keys
    from tests.web.accounts.authenticator import Authenticator

    user = make_user()
    options, state = security_keys.begin_adding(user, "testserver")
    made = Authenticator().make(json.dumps(options))
    return bytes(security_keys.complete_adding(user, "testserver", state, json.loads(made), "key").credential)
