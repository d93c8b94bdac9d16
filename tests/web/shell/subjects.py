"""What the shell is asked about: a draft is the person's own, whatever its name."""

from typing import Any

from gza.accounts.models import User
from tests.web.matrix import Call, subject


@subject("shell:draft", "shell:discard")
def draft(who: User | None, own: bool) -> Call:
    """A draft of a page."""
    fields: dict[str, Any] = {"first_name": "ნინო"}
    return Call({"draft": "intake-0123456789abcdef"}, fields)
