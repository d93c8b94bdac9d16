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
from .provider import answer_request, confirm_returned, record_own_delivery, see_part, see_request
from .requests import (
    account_for,
    ask_provider,
    certify_unanswered,
    end_disclosures,
    keep_open,
    packet_of,
    record_answer,
    remind_expired,
    set_offer_aside,
    withdraw_request,
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
    "ItemInput", "account_for", "agree", "answer_request", "ask_provider", "certify_unanswered", "confirm_returned",
    "correct_delivery", "correct_expenditure", "correct_report", "draft_initial_plan", "end_disclosures",
    "enter_paper_plan", "keep_open", "new_draft", "packet_of", "read_report", "record_answer", "record_delivery",
    "record_invoice", "record_own_delivery", "record_payment", "remind_expired", "return_with_reasons", "see_part",
    "see_request", "send_report", "set_items", "set_offer_aside", "submit", "withdraw_request", "write_report",
]  # fmt: skip
