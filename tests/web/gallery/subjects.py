"""Subjects of the gallery."""

from typing import Any

from gza.accounts.models import User
from tests.web.matrix import subject


@subject("gallery:error")
def error(who: User | None, own: bool) -> dict[str, Any]:
    return {"status": 409}
