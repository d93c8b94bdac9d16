"""Who may do what to a plan: its case decides."""

from typing import Any

from gza.accounts.enums import Role
from gza.accounts.permissions import may, permission
from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.law import directory
from gza.law.access import Part
from gza.plans.models import ReportPart, ServiceRequest


@permission("plans.see")
def may_see(who: Principal, case: Case) -> bool:
    """A plan is seen by who sees its case."""
    return may("cases.see", who, case)


@permission("plans.write", Part.WORKER)
def may_write(who: Principal, case: Case) -> bool:
    """A plan is written and submitted by the worker who holds the case (S3.4)."""
    return may("cases.work", who, case)


@permission("plans.decide")
def may_decide(who: Principal, case: Case) -> bool:
    """The Fund's coordinator agrees or returns (S3.4b)."""
    return may("cases.coordinate", who, case)


@permission("plans.certify")
def may_certify(who: Principal, case: Case) -> bool:
    """That a provider did not answer is certified by the registry (S5.5)."""
    return may("cases.coordinate", who, case)


@permission("plans.requests")
def may_list_requests(who: Principal, subject: Any = None) -> bool:
    """The list of requests that wait is the Fund's."""
    return who.in_fund


@permission("plans.workplace")
def may_enter_workplace(who: Principal, subject: Any = None) -> bool:
    """The provider's workplace is for who speaks for an organisation (S6.1)."""
    return who.role == Role.PROVIDER and who.organisation_id is not None


@permission("plans.own_request")
def may_own_request(who: Principal, subject: ServiceRequest) -> bool:
    """A provider opens and answers its own requests, nothing else (S6.1)."""
    own = may_enter_workplace(who) and subject.organisation_id == who.organisation_id
    return bool(directory.own_alone(own_organisation=own))


@permission("plans.own_part")
def may_own_part(who: Principal, subject: ReportPart) -> bool:
    """A provider opens its own part of a report (S7.9)."""
    own = may_enter_workplace(who) and subject.organisation_id == who.organisation_id
    return bool(directory.own_alone(own_organisation=own))


@permission("plans.work_out", Part.WORKER)
def may_work_out(who: Principal, case: Case) -> bool:
    """What an item costs is worked out by whoever works on the case, the Fund's coordinators included."""
    return may("cases.see", who, case)


@permission("plans.fund", Part.DIRECTOR)
def may_fund(who: Principal, case: Case) -> bool:
    """Money is decided in the registry; whether one decides for the Fund, the delegation says (G5)."""
    return may("cases.coordinate", who, case)


@permission("plans.budget")
def may_budget(who: Principal, subject: Any = None) -> bool:
    """Budget lines are the Fund's; who sets them, the delegation says (G5)."""
    return who.in_registry


@permission("plans.spend")
def may_spend(who: Principal, case: Case) -> bool:
    """The worker answers for the funds (S7.9); the registry, whose money it is, records payments as well."""
    return may("cases.work", who, case) or may("cases.coordinate", who, case)


@permission("plans.read_reports")
def may_read_reports(who: Principal, subject: object = None) -> bool:
    """The list of unread reports is the Fund's registry's (S4.1)."""
    return who.in_registry
