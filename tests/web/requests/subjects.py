"""Subjects of the pages about requests."""

import uuid
from typing import Any

from gza.accounts.models import User
from tests.directory.factories import make_organisation
from tests.web.matrix import subject
from tests.web.requests import rows


def _made(who: User | None, own: bool) -> tuple[Any, Any]:
    return rows.agreed(who.id if own and who else uuid.uuid4())


@subject("requests:case", "requests:keep_open")
def case(who: User | None, own: bool) -> dict[str, Any]:
    """A case at its requests, kept by ``who`` or by another."""
    return {"case_id": _made(who, own)[0].id}


@subject("requests:ask", "requests:aside")
def offer(who: User | None, own: bool) -> dict[str, Any]:
    """An item and an organisation."""
    found, item = _made(who, own)
    return {"case_id": found.id, "origin_id": item.id, "organisation_id": make_organisation().id}


@subject("requests:nobody")
def item(who: User | None, own: bool) -> dict[str, Any]:
    """An item."""
    found, row = _made(who, own)
    return {"case_id": found.id, "origin_id": row.id}


@subject("requests:answer", "requests:withdraw", "requests:certify", "requests:paper")
def asked(who: User | None, own: bool) -> dict[str, Any]:
    """A request of the case."""
    found, row = _made(who, own)
    return {"case_id": found.id, "request_id": rows.asked(found, row, make_organisation()).id}
