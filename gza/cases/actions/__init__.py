"""The acts of the cases: the only writers.

Each is one transaction and one event. Arguments are keyword-only, ``by`` (a ``Principal``) last. Common ones:
``happened_on`` (None: today), ``reason`` (why it is entered late), ``seen`` (the version of the case the form was made
from), ``scan`` (an uploaded file, checked by ``vault.files.check`` before the act). Each raises
``ledger.work.Refused`` where the law refuses, ``Http404`` for what one may not know of, ``errors.Stale`` where the
form is stale, and what the vault raises where a key is missing.
"""

from .access import let_in, open_outside_work, shut_out
from .consent import decline_consent, give_consent, record_explanation
from .corrections import correct, resolve_flag
from .designation import designate, hand_over
from .intake import open_case, take_over
from .needs import drop_need, record_need, record_primary_needs
from .people import add_representative, check_representative, end_representative, record_story
from .search import check_duplicates, search_names, search_own
from .services import (
    record_emergency_help,
    record_provider_answer,
    record_service_given,
    request_rehabilitation_service,
)
from .status import annul_status, ask_status, record_circumstance, record_status

__all__ = [
    "add_representative",
    "annul_status",
    "ask_status",
    "check_duplicates",
    "check_representative",
    "correct",
    "decline_consent",
    "designate",
    "drop_need",
    "end_representative",
    "give_consent",
    "hand_over",
    "let_in",
    "open_case",
    "open_outside_work",
    "record_circumstance",
    "record_emergency_help",
    "record_explanation",
    "record_need",
    "record_primary_needs",
    "record_provider_answer",
    "record_service_given",
    "record_status",
    "record_story",
    "request_rehabilitation_service",
    "resolve_flag",
    "search_names",
    "search_own",
    "shut_out",
    "take_over",
]
