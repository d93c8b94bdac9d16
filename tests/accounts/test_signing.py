"""A name that is not there costs the same as one that is: the same queries, one Argon2id pass at the same price."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from gza.accounts import factors, passwords, signing
from gza.vault.crypto import kdf
from tests.accounts.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def passes() -> Iterator[mock.Mock]:
    """Every Argon2id pass that is made."""
    with mock.patch.object(kdf, "hash_secret_raw", wraps=kdf.hash_secret_raw) as made:
        yield made


def _cost(username: str, address: str, cookie: str, passes: mock.Mock) -> tuple[list[str], list[tuple[object, ...]]]:
    passes.reset_mock()
    captured = [CaptureQueriesContext(connections[name]) for name in ("default", "transient")]
    with captured[0], captured[1], pytest.raises(signing.NoMatch):
        signing.password(username, "wrong wrong wrong", address=address, cookie=cookie)
    shapes = [query["sql"][:24] for each in captured for query in each if "SAVEPOINT" not in query["sql"]]
    return shapes, [call.args[2:] for call in passes.call_args_list]


@pytest.mark.parametrize("cookie", ["", "made.up"])
def test_an_unknown_name_costs_the_same_work(passes: mock.Mock, cookie: str) -> None:
    make_user(username="nino", password=PASSWORD)
    known = _cost("nino", "203.0.113.7", cookie, passes)
    assert known == _cost("nobody", "203.0.113.8", cookie, passes)
    assert len(known[1]) == 1
    assert known[1][0][:3] == passwords.cost()


def test_an_account_without_a_password_lets_nobody_in_and_costs_the_same(passes: mock.Mock) -> None:
    make_user(username="empty")
    for typed in ("", "A" * 43):
        with pytest.raises(signing.NoMatch):
            signing.password("empty", typed, address="203.0.113.7")
    assert passes.call_count == 2


def test_an_early_attempt_costs_no_pass_at_all(passes: mock.Mock) -> None:
    make_user(username="nino", password=PASSWORD)
    for _ in range(5):
        with pytest.raises(signing.NoMatch):
            signing.password("nino", "wrong", address="203.0.113.7")
    passes.reset_mock()
    with pytest.raises(signing.MustWait) as raised:
        signing.password("nino", PASSWORD, address="203.0.113.7")
    assert raised.value.seconds >= 1
    assert not passes.called


def test_the_cookie_of_another_account_makes_no_device_known() -> None:
    nino, other = make_user(username="nino", password=PASSWORD), make_user()
    passed = signing.password("nino", PASSWORD, address="x", cookie=factors.device_cookie(other.id))
    assert len(passed.buckets.own) == 2
    passed = signing.password("nino", PASSWORD, address="x", cookie=factors.device_cookie(nino.id))
    assert len(passed.buckets.own) == 1
    assert PASSWORD not in repr(passed)
    assert "wrapping" not in repr(passed)
