"""Models of the cases, one subject a file."""

from .case import Case, Caseload, StageCount
from .consent import Consent, Covered, Explanation, NamedOrganisation, Withdrawal
from .designation import Designation, OutsideOpening, ShutOut
from .flags import Flag
from .needs import Need, PrimaryAssessment, PrimaryNeed
from .person import CircumstanceFact, Person, Profile, Representative, Story
from .services import EmergencyHelp, RehabilitationService, ServiceGiven
from .status import StatusDecision
from .takeover import TakeOver

__all__ = [
    "Case",
    "Caseload",
    "CircumstanceFact",
    "Consent",
    "Covered",
    "Designation",
    "EmergencyHelp",
    "Explanation",
    "Flag",
    "NamedOrganisation",
    "Need",
    "OutsideOpening",
    "Person",
    "PrimaryAssessment",
    "PrimaryNeed",
    "Profile",
    "RehabilitationService",
    "Representative",
    "ServiceGiven",
    "ShutOut",
    "StageCount",
    "StatusDecision",
    "Story",
    "TakeOver",
    "Withdrawal",
]
