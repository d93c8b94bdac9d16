"""All reads of the plans, a subject a file. No transaction; numbers of queries do not depend on numbers of rows."""

from .final import (
    Facts,
    Proof,
    agreed_initial,
    facts_of,
    final_going,
    in_force,
    lacking_final,
    may_amend,
    may_begin_final,
    proofs,
    reference_of,
    unmet_rows,
)
from .signing import Needed, Shown, Verification, copies, needed, opened, signatures, to_sign, verify
from .versions import (
    Change,
    Comparison,
    PlanPage,
    agreed,
    agreed_on,
    compare,
    current,
    items_of,
    lacking,
    law_items,
    may_begin,
    months_of,
    newest_needs,
    pending,
    plan_page,
    texts_of,
    versions,
)

__all__ = [
    "Change", "Comparison", "Facts", "Needed", "PlanPage", "Proof", "Shown", "Verification", "agreed",
    "agreed_initial", "agreed_on", "compare", "copies", "current", "facts_of", "final_going", "in_force", "items_of",
    "lacking", "lacking_final", "law_items", "may_amend", "may_begin", "may_begin_final", "months_of", "needed",
    "newest_needs", "opened", "pending", "plan_page", "proofs", "reference_of", "signatures", "texts_of", "to_sign",
    "unmet_rows", "verify", "versions",
]  # fmt: skip
