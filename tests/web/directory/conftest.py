"""People at the pages of the directory, reading English."""

import pytest
from django.test import Client

from tests.accounts.factories import make_user, sign_in


@pytest.fixture
def coordinator(client: Client) -> Client:
    """A signed-in coordinator."""
    client.cookies["gza_lang"] = "en"
    return sign_in(client, make_user("coordinator"))


@pytest.fixture
def social_worker() -> Client:
    """A signed-in social worker."""
    client = Client()
    client.cookies["gza_lang"] = "en"
    return sign_in(client, make_user("social_worker"))
