"""Who may read the ledger."""

from typing import Any

from gza.accounts.enums import Role
from gza.accounts.permissions import permission
from gza.accounts.principals import Principal


@permission("shell.ledger")
def may_read_ledger(who: Principal, subject: Any) -> bool:
    """The auditor and the data protection officer verify; nobody else needs the whole record."""
    return who.is_a(Role.AUDITOR, Role.DATA_OFFICER)
