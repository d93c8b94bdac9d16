"""The acts on plans, a subject a file; each is one transaction and one event (see ``cases.actions``)."""

from .amending import begin_amendment, drop_amendment, fix_amendment, meet_unmet
from .final import agree_final, begin_final, return_final, rework_final, set_final, submit_final
from .final_items import FinalItem
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
from .signing import Signed, record_copy, sign

__all__ = [
    "FinalItem", "ItemInput", "Signed", "agree", "agree_final", "begin_amendment", "begin_final", "correct_delivery",
    "correct_expenditure", "correct_report", "draft_initial_plan", "drop_amendment", "enter_paper_plan",
    "fix_amendment", "meet_unmet", "new_draft", "read_report", "record_copy", "record_delivery", "record_invoice",
    "record_payment", "return_final", "return_with_reasons", "rework_final", "send_report", "set_final", "set_items",
    "sign", "submit", "submit_final", "write_report",
]  # fmt: skip
