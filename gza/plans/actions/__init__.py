"""The acts on plans, a subject a file; each is one transaction and one event (see ``cases.actions``)."""

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
    "ItemInput", "agree", "correct_delivery", "correct_expenditure", "correct_report", "draft_initial_plan",
    "enter_paper_plan", "new_draft", "read_report", "record_delivery", "record_invoice", "record_payment",
    "return_with_reasons", "send_report", "set_items", "submit", "write_report",
]  # fmt: skip
