"""The directory's writers: each a verb, one act, one event.

``version`` is the ``revision`` the form was made from; None asks for no such check. ``entered`` says when it
happened, how the Fund learned of it, and why it is written down late.
"""

from .editions import acknowledge_edition, issue_edition
from .offers import add_offer, alter_offer, confirm_offer, withdraw_offer
from .organisations import (
    add_focal_person,
    add_memorandum,
    add_organisation,
    alter_focal_person,
    alter_memorandum,
    alter_organisation,
    sync_reference,
)
from .workers import add_training, alter_worker, end_worker, register_worker, resume_worker

__all__ = [
    "acknowledge_edition",
    "add_focal_person",
    "add_memorandum",
    "add_offer",
    "add_organisation",
    "add_training",
    "alter_focal_person",
    "alter_memorandum",
    "alter_offer",
    "alter_organisation",
    "alter_worker",
    "confirm_offer",
    "end_worker",
    "issue_edition",
    "register_worker",
    "resume_worker",
    "sync_reference",
    "withdraw_offer",
]
