"""People for tests, and clients signed in as them.

``make_user("coordinator")`` gives an account; ``principal(user)`` the person as actions see them; ``sign_in(client,
user)`` a client whose session is open, keys included, as after a real sign-in a moment ago. With the key ceremony held
(``found()``), ``certified(fund, "social_worker")`` gives an account whose keys cases can be sealed to.
"""

import os
import uuid
from importlib import import_module
from itertools import count
from typing import Any

import pyotp
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils.translation import get_language

from gza.accounts import factors, passwords
from gza.accounts.enums import NEEDS_ORGANISATION, Role
from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.vault import queries, steps
from gza.vault.crypto.keys import Keys
from gza.web.accounts import doors, middleware
from tests.vault import factories as vault

_numbers = count(1)
PASSWORD = "nine quiet mountains above Kazbegi"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_wrappings: dict[uuid.UUID, bytes] = {}


def make_user(role: str = Role.SOCIAL_WORKER, *, password: str = "", **fields: Any) -> User:
    """An account of that role with one-time codes of ``SECRET``, stored.

    An organisation is made up where the role needs one. With ``password``, key pairs are made under it too, as after
    the first own password.
    """
    number = next(_numbers)
    fields.setdefault("username", f"{role}{number}")
    fields.setdefault("full_name_ka", f"ნინო ბერიძე {number}")
    fields.setdefault("full_name_en", f"Nino Beridze {number}")
    if role in NEEDS_ORGANISATION:
        fields.setdefault("organisation_id", uuid.uuid4())
    user = User(role=role, **fields)
    if "totp" not in fields:
        user.totp = factors.seal_secret(user.id, SECRET)
    if password:
        made = passwords.make(password)
        user.verifier = made.encoded
    user.save(force_insert=True)
    if password:
        steps.make_keys(user.id, made.wrapping)
        _wrappings[user.id] = made.wrapping
    return user


def code_of(secret: str = SECRET) -> str:
    """The one-time code of now."""
    return pyotp.TOTP(secret).now()


def keys_of(user: User) -> Keys:
    """The opened key pairs of an account; made when there are none yet."""
    if user.id not in _wrappings:
        _wrappings[user.id] = os.urandom(32)
        steps.make_keys(user.id, _wrappings[user.id])
    opened = queries.open_keys(user.id, _wrappings[user.id])
    assert opened is not None
    return opened


def principal(user: User | str = Role.SOCIAL_WORKER, *, ring: bool = False, **fields: Any) -> Principal:
    """The person (or a new one of that role) as actions see them; with their opened ring, if wanted."""
    from gza.vault.ring import Ring

    found = user if isinstance(user, User) else make_user(user, **fields)
    return Principal(found, Ring(found.id, keys_of(found)) if ring else None)


def found() -> vault.Fund:
    """Hold the key ceremony with a coordinator and a director who have accounts."""
    coordinator, director = make_user(Role.COORDINATOR), make_user(Role.DIRECTOR)
    fund = vault.fund(coordinator=coordinator.id, director=director.id)
    for who in (fund.coordinator, fund.director):
        _wrappings[who.id] = who.wrapping
    return fund


def certified(fund: vault.Fund, role: str = Role.SOCIAL_WORKER, **fields: Any) -> User:
    """An account whose keys are made and certified; a coordinator or director joins the registry."""
    user = make_user(role, **fields)
    person = fund.person(role, organisation=user.organisation_id, user=user.id)
    _wrappings[user.id] = person.wrapping
    return user


def sign_in(client: Client, user: User) -> Client:
    """The client, signed in as ``user`` a moment ago, keys opened."""
    request, response = HttpRequest(), HttpResponse()
    request.META = {"HTTP_USER_AGENT": "", "REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "testserver"}
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request.COOKIES["gza_lang"] = get_language() or "ka"
    request.user = user
    doors.come_in(request, response, user, keys_of(user))
    request.session[middleware.COMPLETE] = not user.must_change
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    for name, morsel in response.cookies.items():
        client.cookies[name] = morsel.value
    return client
