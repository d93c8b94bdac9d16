"""The plans' tables, a subject a file."""

from .ending import (
    CaseEnd,
    CaseReopening,
    FollowUp,
    FollowUpContact,
    Hearing,
    LaterPlan,
    Merge,
    Notice,
    PlanEnd,
    TerminationRequest,
    Violation,
)
from .money import Account, AccountCase, BudgetLine, Commitment, Consideration, FundingDecision, Release
from .requests import ServiceRequest, SetAside
from .running import Delivery, Expenditure, MonthlyReport, ReportPart
from .signing import PlanCopy, Signature, UnmetNeed
from .versions import MONTHS, YEAR, Decision, Plan, PlanItem, PlanVersion

__all__ = [
    "MONTHS", "YEAR", "Account", "AccountCase", "BudgetLine", "CaseEnd", "CaseReopening", "Commitment",
    "Consideration", "Decision", "Delivery", "Expenditure", "FollowUp", "FollowUpContact", "FundingDecision",
    "Hearing", "LaterPlan", "Merge", "MonthlyReport", "Notice", "Plan", "PlanCopy", "PlanEnd", "PlanItem",
    "PlanVersion", "Release", "ReportPart", "ServiceRequest", "SetAside", "Signature", "TerminationRequest",
    "UnmetNeed", "Violation",
]  # fmt: skip
