"""Subjects of the provider's workplace: rows of one's own organisation, or of another."""

import uuid
from typing import Any

from gza.accounts.models import User
from tests.web.matrix import subject
from tests.web.requests import rows


@subject("provider:request", "provider:open", "provider:answer", "provider:given", "provider:returned")
def asked(who: User | None, own: bool) -> dict[str, Any]:
    """A request to the organisation."""
    case, item = rows.agreed(uuid.uuid4())
    return {"request_id": rows.asked(case, item, rows.body_of(who, own)).id}


@subject("provider:part", "provider:open_part")
def part(who: User | None, own: bool) -> dict[str, Any]:
    """A part of a report for the organisation."""
    case, _item = rows.agreed(uuid.uuid4())
    return {"part_id": rows.part(case, rows.body_of(who, own)).id}
