"""All reads of the plans, a subject a file. No transaction; numbers of queries do not depend on numbers of rows."""

from .final import (
    Facts,
    Proof,
    agreed_initial,
    facts_of,
    facts_on,
    final_going,
    first_items,
    in_force,
    lacking_final,
    may_amend,
    may_begin_final,
    proofs,
    reference_of,
)
from .funding import (
    Money,
    MoneyPage,
    account_of,
    askable,
    budget_line,
    budget_lines,
    commitment,
    consideration,
    funding_queue,
    law_delegations,
    law_line,
    matter,
    money,
    money_page,
    opening_balance,
    standing,
    to_decide,
    to_work_out,
    tried,
)
from .search import standing_items
from .signing import Needed, Shown, Verification, copies, needed, opened, signatures, to_sign, verify
from .unmet import Gap, amendments_to_sign, final_pending, gaps, is_unmet, unmet_page, unmet_to_review
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
    "Change", "Comparison", "Facts", "Gap", "Money", "MoneyPage", "Needed", "PlanPage", "Proof", "Shown",
    "Verification", "account_of", "agreed", "agreed_initial", "agreed_on", "amendments_to_sign", "askable",
    "budget_line", "budget_lines", "commitment", "compare", "consideration", "copies", "current", "facts_of",
    "facts_on", "final_going", "final_pending", "first_items", "funding_queue", "gaps", "in_force", "is_unmet",
    "items_of", "lacking", "lacking_final", "law_delegations", "law_items", "law_line", "matter", "may_amend",
    "may_begin", "may_begin_final", "money", "money_page", "months_of", "needed", "newest_needs", "opened",
    "opening_balance", "pending", "plan_page", "proofs", "reference_of", "signatures", "standing", "standing_items",
    "texts_of", "to_decide", "to_sign", "to_work_out", "tried", "unmet_page", "unmet_to_review", "verify", "versions",
]  # fmt: skip
