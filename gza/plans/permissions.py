"""Who may do what to a plan: its case decides."""

from gza.accounts.permissions import may, permission
from gza.accounts.principals import Principal
from gza.cases.models import Case


@permission("plans.see")
def may_see(who: Principal, case: Case) -> bool:
    """A plan is seen by who sees its case."""
    return may("cases.see", who, case)


@permission("plans.write")
def may_write(who: Principal, case: Case) -> bool:
    """A plan is written and submitted by the worker who holds the case (S3.4)."""
    return may("cases.work", who, case)


@permission("plans.decide")
def may_decide(who: Principal, case: Case) -> bool:
    """The Fund's coordinator agrees or returns (S3.4b)."""
    return may("cases.coordinate", who, case)
