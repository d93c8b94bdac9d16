"""Who may do what with statistics: pure predicates, entered into the permission map."""

from typing import Any

from gza.accounts.enums import Role
from gza.accounts.permissions import permission
from gza.accounts.principals import Principal


@permission("statistics.see")
def may_see(who: Principal, _subject: Any) -> bool:
    """Releases before publication are seen by who prepares and by who decides."""
    return who.role in {Role.STATISTICS, Role.DIRECTOR} or who.directs


@permission("statistics.prepare")
def may_prepare(who: Principal, _subject: Any) -> bool:
    """Extracts are made and releases prepared by the statistics officer."""
    return who.role == Role.STATISTICS


@permission("statistics.approve")
def may_approve(who: Principal, _subject: Any) -> bool:
    """Case statistics are approved, and programmes adopted, by who holds the director's powers today (G5).

    The director is one who may know of them; without a delegation in force the law refuses, with its clause.
    """
    return who.role == Role.DIRECTOR or who.directs


@permission("statistics.record_foreign")
def may_record_foreign(who: Principal, _subject: Any) -> bool:
    """Figures that others published are entered by the statistics officer."""
    return who.role == Role.STATISTICS
