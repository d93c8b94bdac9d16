"""The acts on plans, a subject a file; each is one transaction and one event (see ``cases.actions``)."""

from .funding import (
    ask_for_money,
    decide,
    record_opening_balance,
    release,
    set_budget_line,
    set_wanted_sum,
)
from .initial import (
    ItemInput,
    agree,
    draft_initial_plan,
    enter_paper_plan,
    new_draft,
    return_with_reasons,
    set_items,
    submit,
)

__all__ = [
    "ItemInput", "agree", "ask_for_money", "decide", "draft_initial_plan", "enter_paper_plan", "new_draft",
    "record_opening_balance", "release", "return_with_reasons", "set_budget_line", "set_items", "set_wanted_sum",
    "submit",
]  # fmt: skip
