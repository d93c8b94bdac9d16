"""All reads of the plans, a subject a file. No transaction; numbers of queries do not depend on numbers of rows."""

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
from .search import Search, search, standing_items
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
    "Change", "Comparison", "Money", "MoneyPage", "PlanPage", "Search", "account_of", "agreed", "agreed_on", "askable",
    "budget_line", "budget_lines", "commitment", "compare", "consideration", "current", "funding_queue", "items_of",
    "lacking", "law_delegations", "law_items", "law_line", "matter", "may_begin", "money", "money_page", "months_of",
    "newest_needs", "opening_balance", "pending", "plan_page", "search", "standing", "standing_items", "texts_of",
    "to_decide", "to_work_out", "tried", "versions",
]  # fmt: skip
