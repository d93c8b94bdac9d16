"""Asking for pages and posting their forms."""

import re
from typing import Any

from django.test import Client


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page posts when nothing is touched."""
    body = client.get(address).content.decode()
    hidden = re.findall(r'<input type="hidden" name="(form_token|version|after)" value="([^"]*)"', body)
    return dict(hidden)


def text_of(client: Client, address: str) -> str:
    """The words of a page."""
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
