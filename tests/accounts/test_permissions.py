"""The permission map: pure predicates, one name each; not yours and not there are one answer."""

import uuid

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from gza.accounts import permissions
from gza.accounts.enums import Role
from gza.accounts.models import User
from tests.accounts.factories import make_user, principal

pytestmark = pytest.mark.django_db


def test_a_misspelt_permission_is_an_error_and_not_a_yes() -> None:
    with pytest.raises(KeyError):
        permissions.may("accounts.admnister", principal(Role.ADMINISTRATOR))


def test_a_name_is_entered_once() -> None:
    with pytest.raises(ValueError, match="there already"):
        permissions.permission("accounts.administer")(lambda who, subject: True)


def test_nobody_may_do_anything_unless_signed_in_and_active() -> None:
    assert not permissions.may("accounts.administer", None)
    who = principal(Role.ADMINISTRATOR)
    assert permissions.may("accounts.administer", who)
    who.user.is_active = False
    assert not permissions.may("accounts.administer", who)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_accounts_are_the_administrators_affair(role: str) -> None:
    assert not permissions.may("accounts.administer", principal(role))


def test_nobody_disables_resets_or_certifies_themselves() -> None:
    for role, verb in [
        (Role.ADMINISTRATOR, "disable"),
        (Role.ADMINISTRATOR, "reset"),
        (Role.COORDINATOR, "certify"),
    ]:
        who, other = principal(role), make_user()
        assert permissions.may(f"accounts.{verb}", who, other)
        assert not permissions.may(f"accounts.{verb}", who, who.user)


def test_missing_and_forbidden_cost_the_same_queries() -> None:
    who, other = principal(), make_user()
    counts = []
    for lookup in (other.id, uuid.uuid4()):
        with CaptureQueriesContext(connection) as queries, pytest.raises(Http404) as raised:
            permissions.find("accounts.own", who, User.objects.all(), id=lookup)
        counts.append((len(queries), str(raised.value)))
    assert counts[0] == counts[1]
    assert permissions.find("accounts.own", who, User.objects.all(), id=who.id) == who.user
