"""What the addresses of the plan are about: one plan, nobody's own."""

from typing import Any

from gza.accounts.models import User
from gza.core.actors import SYSTEM
from gza.nap import actions, parsing
from tests.nap.files import AGENCIES, small, table
from tests.web.matrix import subject


def small_plan(**cells: Any) -> str:
    """Load the small plan (its own row changed by ``cells``); gives its code."""
    found, _ = parsing.parse([table(small(0, **cells))], agencies=AGENCIES)
    assert found
    return actions.import_plan(found, by=SYSTEM).code


@subject("nap:plan")
def plan(_who: User | None, _own: bool) -> dict[str, Any]:
    return {"code": small_plan()}


@subject("nap:activity")
def activity(_who: User | None, _own: bool) -> dict[str, Any]:
    return {"code": small_plan(), "number": "1.1.1"}


@subject("nap:download")
def download(_who: User | None, _own: bool) -> dict[str, Any]:
    return {"code": small_plan(), "kind": "json"}
