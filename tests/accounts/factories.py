"""People for tests, and clients signed in as them."""

import uuid
from itertools import count
from typing import Any

from django.test import Client

from gza.accounts.enums import NEEDS_ORGANISATION, Role
from gza.accounts.models import User
from gza.accounts.principals import Principal

_numbers = count(1)
PASSWORD = "nine quiet mountains above Kazbegi"


def make_user(role: str = Role.SOCIAL_WORKER, **fields: Any) -> User:
    """An account of that role, stored; an organisation is made up where the role needs one."""
    number = next(_numbers)
    fields.setdefault("username", f"{role}{number}")
    fields.setdefault("full_name_ka", f"ნინო ბერიძე {number}")
    fields.setdefault("full_name_en", f"Nino Beridze {number}")
    if role in NEEDS_ORGANISATION:
        fields.setdefault("organisation_id", uuid.uuid4())
    return User.objects.create(role=role, **fields)


def principal(user: User | str = Role.SOCIAL_WORKER, **fields: Any) -> Principal:
    """The person (or a new one of that role) as actions see them, without a ring."""
    return Principal(user if isinstance(user, User) else make_user(user, **fields))


def sign_in(client: Client, user: User) -> Client:
    """The client, signed in as ``user``."""
    client.force_login(user)
    return client
