"""People of the world at their pages: signed in, forms as a browser posts them, events and queries counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client

from gza.ledger.models import Event, Kind


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page posts when nothing is touched: its hidden fields."""
    response = client.get(address)
    assert response.status_code == 200, address
    body = response.content.decode()
    return dict(re.findall(r'<input type="hidden" name="(form_token|version|flag)" value="([^"]*)"', body))


def text_of(response: Any) -> str:
    """The words of an answer."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@contextmanager
def events(*expected: tuple[Kind, str]) -> Iterator[None]:
    """Exactly these events are written inside, in order."""
    last = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    yield
    found = list(Event.objects.filter(seq__gt=last).order_by("seq").values_list("kind", "verb"))
    assert found == [(str(kind), verb) for kind, verb in expected]
