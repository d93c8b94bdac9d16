"""People of the world at their pages: signed in, forms as a browser posts them, events and queries counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gza.ledger.models import Event, Kind
from tests.accounts import factories as accounts
from tests.cases.factories import Member


def enter(member: Member, language: str = "en") -> Client:
    """A client signed in as that member, with the keys the member has in the world."""
    client = Client()
    accounts._wrappings[member.id] = member.keys.wrapping
    accounts.sign_in(client, member.user)
    client.cookies["gza_lang"] = language
    return client


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page posts when nothing is touched: its hidden fields."""
    response = client.get(address)
    assert response.status_code == 200, address
    body = response.content.decode()
    return dict(re.findall(r'<input type="hidden" name="(form_token|version|flag)" value="([^"]*)"', body))


def text_of(response: Any) -> str:
    """The words of an answer."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def cost(client: Client, address: str) -> int:
    """How many queries a page makes, once caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@contextmanager
def events(*expected: tuple[Kind, str]) -> Iterator[None]:
    """Exactly these events are written inside, in order."""
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    yield
    found = list(Event.objects.filter(seq__gt=last).order_by("seq").values_list("kind", "verb"))
    assert found == [(str(kind), verb) for kind, verb in expected]
