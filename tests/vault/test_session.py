"""The private keys wait in the session row under a key that only the browser holds."""

import base64
import uuid
from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse

from gza.core.transient.models import Draft
from gza.vault import session
from gza.vault.ring import Ring
from tests.vault.factories import Fund, Person

pytestmark = pytest.mark.django_db


def _request(store: SessionStore, user: uuid.UUID | None, cookies: dict[str, str] | None = None) -> HttpRequest:
    request = HttpRequest()
    request.session, request.COOKIES = store, cookies or {}
    request.user = SimpleNamespace(pk=user)
    return request


@pytest.fixture
def store() -> SessionStore:
    return SessionStore()


def _unlock(store: SessionStore, who: Person) -> str:
    response = HttpResponse()
    session.unlock(_request(store, who.id), response, who.ring.opened)
    return response.cookies["gza_key"].value


def test_row_and_cookie_together_open_the_ring(fund: Fund, store: SessionStore) -> None:
    who = fund.coordinator
    cookie = _unlock(store, who)
    request = _request(store, who.id, {"gza_key": cookie})
    ring = session.ring(request)
    assert (ring.person, ring.locked) == (who.id, False)
    assert session.ring(request) is ring
    assert ring.opened == who.ring.opened


def test_neither_alone_opens_anything(fund: Fund, store: SessionStore) -> None:
    who = fund.coordinator
    cookie = _unlock(store, who)
    wrong = base64.urlsafe_b64encode(bytes(32)).decode()
    for request in (
        _request(store, who.id),
        _request(SessionStore(), who.id, {"gza_key": cookie}),
        _request(store, who.id, {"gza_key": wrong}),
        _request(store, who.id, {"gza_key": "no base64 !"}),
        _request(store, who.id, {"gza_key": "AAAA"}),
        _request(store, fund.director.id, {"gza_key": cookie}),
        _request(store, None, {"gza_key": cookie}),
    ):
        assert session.ring(request).locked
    row = str(dict(store.items()))
    for secret in (who.ring.opened.box, who.ring.opened.sign):
        assert base64.b64encode(secret).decode() not in row
        assert secret.hex() not in row
    assert cookie not in row


def test_the_cookie_is_for_the_server_alone(fund: Fund, store: SessionStore, settings) -> None:
    settings.MODE = "production"
    response = HttpResponse()
    request = _request(store, fund.coordinator.id)
    ring = session.unlock(request, response, fund.coordinator.ring.opened)
    assert session.ring(request) is ring
    cookie = response.cookies["gza_key"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["max-age"]) == (True, "Strict", True, "")


def test_unlocking_again_makes_the_earlier_cookie_worthless(fund: Fund, store: SessionStore) -> None:
    who = fund.coordinator
    first, second = _unlock(store, who), _unlock(store, who)
    assert session.ring(_request(store, who.id, {"gza_key": first})).locked
    assert not session.ring(_request(store, who.id, {"gza_key": second})).locked


def test_locking_takes_the_keys_out_of_row_and_browser(fund: Fund, store: SessionStore) -> None:
    who = fund.coordinator
    request = _request(store, who.id, {"gza_key": _unlock(store, who)})
    assert not session.ring(request).locked
    response = HttpResponse()
    session.forget(request, response)
    assert response.cookies["gza_key"]["max-age"] == 0
    assert session.ring(request).locked
    assert "vault" not in store


def test_a_draft_opens_for_who_typed_it_on_its_own_page_only(fund: Fund) -> None:
    mine, other = fund.coordinator.ring, fund.director.ring
    for text in ('{"a": "ნინო"}', '{"a": "ნინო და მარიამ"}'):
        session.seal_draft(mine, "intake", text)
    assert session.open_draft(mine, "intake") == '{"a": "ნინო და მარიამ"}'
    assert session.open_draft(mine, "other") is None
    assert session.open_draft(other, "intake") is None
    draft = Draft.objects.get()
    assert "ნინო".encode() not in bytes(draft.sealed)
    for change in ({"form": "other"}, {"user": other.person}):
        Draft.objects.update(**change)
        assert session.open_draft(Ring(draft.user, mine.opened), str(change.get("form", "intake"))) is None
        Draft.objects.update(form="intake", user=mine.person)
    Draft.objects.update(user=other.person)
    assert session.open_draft(other, "intake") is None
    Draft.objects.update(user=mine.person)
    session.drop_draft(mine, "intake")
    assert not Draft.objects.exists()
