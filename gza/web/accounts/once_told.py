"""What is told once and kept nowhere: temporary passwords, recovery codes.

Between the act and the page that shows it, it waits in the session, sealed to the person who asked for it.
"""

import base64
import json
from typing import Any

from django.http import HttpRequest

from gza.vault.errors import Tampered

_ENTRY = "told:"


def tell(request: HttpRequest, name: str, value: Any) -> None:
    """Keep ``value`` (JSON-ready) for the next page.

    Raises:
        Locked: when the session's keys are not open.
    """
    sealed = request.principal.ring.wrap(json.dumps(value).encode(), "told", name)
    request.session[_ENTRY + name] = base64.b64encode(sealed).decode()


def told(request: HttpRequest, name: str) -> Any:
    """What was kept, once; None when there is nothing, or nothing that these keys open."""
    sealed = request.session.pop(_ENTRY + name, None)
    if sealed is None:
        return None
    try:
        ring = request.principal.ring
        return json.loads(ring.unwrap(base64.b64decode(sealed), "told", name))
    except Tampered:
        return None
