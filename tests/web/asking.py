"""People of a world at their pages: signed in, forms as a browser posts them, events and queries counted."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from gza.ledger.models import Event, Kind
from tests.accounts import factories as accounts
from tests.cases.factories import Member

At = Callable[..., Client]
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def enter(member: Member, language: str = "en") -> Client:
    """A client signed in as that member, with the keys the member has in the world."""
    accounts._wrappings[member.id] = member.keys.wrapping
    with translation.override(language):
        client = accounts.sign_in(Client(), member.user)
    client.cookies["gza_lang"] = language
    return client


def text(answer: Any) -> str:
    """The words of a page: of an answer, or of its bytes."""
    body = getattr(answer, "content", answer)
    plain = body.decode() if isinstance(body, bytes) else body
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain))


def token(answer: Any) -> str:
    """What guards the form of a page against being sent twice."""
    return _TOKEN.search(answer.content.decode())[1]


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What the page's form posts when nothing is touched."""
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    posted = {"form_token": token(response)}
    for bound in response.context["form"]:
        value = bound.value()
        if bound.name == "form_token" or value in {None, False, ""}:
            continue
        posted[bound.html_name] = f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)
    return posted


def post(client: Client, path: str, **changes: Any) -> Any:
    """Post the page's form, untouched but for ``changes``."""
    return client.post(path, form_of(client, path) | changes)


def acts(verb: str = "") -> int:
    """How many acts the ledger holds, or how many of one verb."""
    rows = Event.objects.filter(kind=Kind.ACT)
    return rows.filter(verb=verb).count() if verb else rows.count()


def openings(verb: str) -> int:
    """How many openings of this verb the ledger holds."""
    return Event.objects.filter(kind=Kind.OPENING, verb=verb).count()


def cost(client: Client, path: str) -> int:
    """How many queries a page makes, once caches are warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
