"""Role x address x own or foreign, asked for real; an address that nobody classified fails the suite."""

import pytest
from django.test import Client
from django.urls import resolve

from gza.accounts.models import User
from tests.accounts.factories import make_user, sign_in
from tests.web import matrix
from tests.web.alike import Answer, answer, assert_alike

NAMES = sorted({name for name, _ in matrix.patterns()})
KNOWN = [name for name in NAMES if name in matrix.entries()]


def test_every_address_has_a_name() -> None:
    assert [name for name in NAMES if name.startswith("/")] == []


def test_every_address_is_classified() -> None:
    assert sorted(set(NAMES) - matrix.entries().keys()) == [], "classify them in tests/web/<app>/matrix.toml"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in KNOWN if matrix.has_subject(name)])
def test_no_address_hides_behind_another(name: str) -> None:
    assert resolve(matrix.call(name, None, own=False).path(name)).view_name == name


def test_nothing_is_classified_that_is_not_there() -> None:
    assert sorted(matrix.entries().keys() - set(NAMES)) == []


def test_every_address_about_something_has_a_subject() -> None:
    about = {name for name, pattern in matrix.patterns() if matrix.takes_arguments(pattern)}
    assert sorted(name for name in about if not matrix.has_subject(name)) == []


def _signed_in(who: str) -> tuple[Client, User | None]:
    client = Client()
    if who == matrix.ANONYMOUS:
        return client, None
    user = make_user(who)
    return sign_in(client, user), user


@pytest.mark.django_db
@pytest.mark.parametrize("name", KNOWN)
def test_each_role_gets_its_answer(name: str) -> None:
    entry, wrong = matrix.entries()[name], []
    for who in matrix.WHO:
        for own in (True, False) if matrix.has_subject(name) else (False,):
            client, user = _signed_in(who)
            call = matrix.call(name, user, own)
            status = getattr(client, entry.method)(call.path(name), call.data).status_code
            if status != entry.expected(who, own):
                wrong.append(f"{who}, {'own' if own else 'foreign'}: {status}, not {entry.expected(who, own)}")
    assert wrong == []


def _pages() -> list[str]:
    found = matrix.entries()
    return [name for name in KNOWN if found[name].reader(own=matrix.has_subject(name))]


@pytest.mark.django_db(databases=["default", "transient"])
@pytest.mark.parametrize("name", _pages())
def test_each_page_asks_as_often_as_it_says(name: str) -> None:
    entry, own = matrix.entries()[name], matrix.has_subject(name)
    client, user = _signed_in(str(entry.reader(own)))
    path = matrix.call(name, user, own).path(name)
    client.get(path)
    assert answer(client, "get", path).queries == entry.queries


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in KNOWN if matrix.has_subject(name)])
def test_not_yours_and_not_there_are_one_answer(name: str) -> None:
    entry = matrix.entries()[name]
    for who in matrix.WHO:
        if entry.expected(who, own=False) != 404:
            continue
        client, user = _signed_in(who)
        call = matrix.call(name, user, own=False)

        def ask(path: str, client: Client = client, data: dict = call.data) -> Answer:
            return answer(client, entry.method, path, data)

        assert_alike(ask, call.path(name), call.missing().path(name))
