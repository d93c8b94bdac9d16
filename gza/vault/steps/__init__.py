"""Writers of the vault. They run inside a caller's act and write no event of their own.

``by`` is a ring, or a principal that carries one as ``.ring``.
"""

from .bulk import Discloser, open_cases_bulk
from .cases import Rotation, grant, grant_group, open_case, reopen_to_registry, revoke, rotate, shut_out
from .disclosures import disclose, end_disclosure, end_due_disclosures, extend, reply
from .erasure import erase, on_erase, replay_erasures
from .groups import add_member, leave_groups, make_group, new_generation, share_fund_key
from .people import end_certificates, endorse, issue_certificate, make_keys, rewrap

__all__ = [
    "Discloser",
    "Rotation",
    "add_member",
    "disclose",
    "end_certificates",
    "end_disclosure",
    "end_due_disclosures",
    "endorse",
    "erase",
    "extend",
    "grant",
    "grant_group",
    "issue_certificate",
    "leave_groups",
    "make_group",
    "make_keys",
    "new_generation",
    "on_erase",
    "open_case",
    "open_cases_bulk",
    "reopen_to_registry",
    "replay_erasures",
    "reply",
    "revoke",
    "rewrap",
    "rotate",
    "share_fund_key",
    "shut_out",
]
