"""Models of the cases, one subject a file."""

from .case import Case, Caseload, StageCount
from .consent import Consent, ConsentScope, Declined, Explanation, Withdrawal
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
    "ConsentScope",
    "Declined",
    "Designation",
    "EmergencyHelp",
    "Explanation",
    "Flag",
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
