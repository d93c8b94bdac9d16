"""All reads of the plans, a subject a file. No transaction; numbers of queries do not depend on numbers of rows."""

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
    "Change", "Comparison", "PlanPage", "agreed", "agreed_on", "compare", "current", "items_of", "lacking",
    "law_items", "may_begin", "months_of", "newest_needs", "pending", "plan_page", "texts_of", "versions",
]  # fmt: skip
