"""A Fund with its people, each signed in where a test asks."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.accounts import factories as accounts
from tests.cases.factories import Member, World


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def at() -> Callable[..., Client]:
    """``at(member, "ka")``: a client signed in as that member, with the member's own keys."""

    def sign_in(member: Member, language: str = "en") -> Client:
        accounts._wrappings[member.id] = member.keys.wrapping
        client = accounts.sign_in(Client(), member.user)
        client.cookies["gza_lang"] = language
        return client

    return sign_in
