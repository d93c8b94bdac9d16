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
from .running import (
    correct_delivery,
    correct_expenditure,
    correct_report,
    read_report,
    record_delivery,
    record_invoice,
    record_payment,
    send_report,
    write_report,
)

__all__ = [
    "ItemInput", "agree", "ask_for_money", "correct_delivery", "correct_expenditure", "correct_report", "decide",
    "draft_initial_plan", "enter_paper_plan", "new_draft", "read_report", "record_delivery", "record_invoice",
    "record_opening_balance", "record_payment", "release", "return_with_reasons", "send_report", "set_budget_line",
    "set_items", "set_wanted_sum", "submit", "write_report",
]  # fmt: skip
