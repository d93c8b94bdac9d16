"""Accounts: no password of Django's, an organisation where the role needs one, sessions that can be voided."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.core import clock
from tests.accounts.factories import make_user

pytestmark = pytest.mark.django_db


def test_there_is_no_password_column() -> None:
    assert "password" not in {field.name for field in User._meta.get_fields()}
    with pytest.raises(NotImplementedError):
        make_user().set_password("x")


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.AGENCY])
def test_a_focal_person_has_an_organisation(role: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="a", role=role)
    assert make_user(role, organisation_id=uuid.uuid4()).organisation_id


def test_a_disabled_account_says_since_when() -> None:
    user = make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(id=user.id).update(is_active=False)
    User.objects.filter(id=user.id).update(is_active=False, disabled_at=clock.now())


def test_a_session_is_void_once_the_epoch_has_moved() -> None:
    user = make_user()
    held = user.get_session_auth_hash()
    assert user.holds(held)
    user.epoch += 1
    assert not user.holds(held)
    user.epoch -= 1
    user.is_active = False
    assert not user.holds(held)


def test_a_name_falls_back_on_the_other_language_and_then_on_the_account() -> None:
    assert User(username="n", full_name_ka="ნინო").name("en") == "ნინო"
    assert User(username="n", full_name_en="Nino").name("ka") == "Nino"
    assert User(username="n").name() == "n"
