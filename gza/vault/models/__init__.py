"""Keys, grants, sealed files, blind tokens. Users and cases are known by their ids; nothing points upward."""

from .boxes import GroupBox
from .cases import Bar, CaseKey, Disclosure, Erasure, Grant
from .files import SealedFile
from .keys import (
    Certificate,
    Endorsement,
    Fund,
    FundShare,
    Group,
    GroupKey,
    GroupMember,
    RecoveryPair,
    UserKey,
)
from .tokens import BlindToken

__all__ = [
    "Bar",
    "BlindToken",
    "CaseKey",
    "Certificate",
    "Disclosure",
    "Endorsement",
    "Erasure",
    "Fund",
    "FundShare",
    "Grant",
    "Group",
    "GroupBox",
    "GroupKey",
    "GroupMember",
    "RecoveryPair",
    "SealedFile",
    "UserKey",
]
