"""What the addresses of the statistics are about: a publication for anybody, a release that waits for the house."""

from typing import Any

from gza.accounts.models import User
from tests.statistics import factories
from tests.web.matrix import Call, subject


@subject("statistics:public_in", "statistics:method")
def language(_who: User | None, _own: bool) -> dict[str, Any]:
    return {"language": "en"}


@subject("statistics:public_number")
def publication(_who: User | None, _own: bool) -> dict[str, Any]:
    return {"language": "en", "number": factories.published().number}


@subject("statistics:download")
def download(_who: User | None, _own: bool) -> dict[str, Any]:
    return {"language": "en", "number": factories.published().number, "kind": "csv"}


@subject("statistics:sheet")
def sheet(_who: User | None, _own: bool) -> dict[str, Any]:
    return {"language": "en", "number": factories.published().number, "key": "glotip"}


@subject("statistics:release")
def release(_who: User | None, _own: bool) -> Call:
    return Call({"number": factories.waiting().number})
