"""Who may see a case, and who may do what to it. Pure: a case comes with ``barred`` set by the query that found it."""

from typing import Any

from gza.accounts.enums import Role
from gza.accounts.permissions import permission
from gza.accounts.principals import Principal
from gza.law.access import Part

from .models import Case


def _coordinates(who: Principal, case: Case) -> bool:
    return who.in_registry and not getattr(case, "barred", False)


def _holds(who: Principal, case: Case) -> bool:
    return who.role == Role.SOCIAL_WORKER and case.holder_id == who.id and not getattr(case, "barred", False)


@permission("cases.list")
def may_list(who: Principal, subject: Any = None) -> bool:
    """Employees of the Fund have a list of cases: their own, or all."""
    return who.in_fund


@permission("cases.overview")
def may_overview(who: Principal, subject: Any = None) -> bool:
    """The overview of stages and late things is the Fund's (S4.1)."""
    return who.in_registry


@permission("cases.receive")
def may_receive(who: Principal, subject: Any = None) -> bool:
    """Whoever works at the Fund can receive a person."""
    return who.in_fund


@permission("cases.search")
def may_search(who: Principal, subject: Any = None) -> bool:
    """Names over all cases are searched by the registry alone."""
    return who.in_registry


@permission("cases.see")
def may_see(who: Principal, case: Case) -> bool:
    """The holder sees the case, and the registry does, but those who are shut out (G4)."""
    return _holds(who, case) or _coordinates(who, case)


@permission("cases.record")
def may_record(who: Principal, case: Case) -> bool:
    """Facts are recorded by who sees the case (G1)."""
    return may_see(who, case)


@permission("cases.work", Part.WORKER)
def may_work(who: Principal, case: Case) -> bool:
    """Case work is the holder's."""
    return _holds(who, case)


@permission("cases.coordinate")
def may_coordinate(who: Principal, case: Case) -> bool:
    """Designation, shutting out, settling of flags: the registry's, on cases they may know of."""
    return _coordinates(who, case)
