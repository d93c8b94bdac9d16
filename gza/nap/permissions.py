"""Who may do what with plans: pure predicates, entered into the permission map."""

from typing import Any

from gza.accounts.enums import Role
from gza.accounts.permissions import permission
from gza.accounts.principals import Principal


@permission("nap.read")
def may_read(_who: Principal, _subject: Any) -> bool:
    """The plan is a public document of the State: whoever is signed in may read it."""
    return True


@permission("nap.load")
def may_load(who: Principal, _subject: Any) -> bool:
    """The Secretariat runs the plan."""
    return who.role == Role.SECRETARIAT
