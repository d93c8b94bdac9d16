"""The acts on plans, a subject a file; each is one transaction and one event (see ``cases.actions``)."""

from .amending import begin_amendment, drop_amendment, fix_amendment, meet_unmet
from .closing import (
    close_case,
    confirm_end_in_fact,
    decide_later_plan,
    record_end_in_fact,
    record_notice,
    reopen_case,
    withdraw_end_in_fact,
)
from .consent import withdraw_consent
from .ending import (
    answer_end_request,
    end_for_violation,
    expire,
    expire_due,
    hear,
    record_end_request,
    record_violation,
    warn,
)
from .final import agree_final, begin_final, return_final, rework_final, set_final, submit_final
from .final_items import FinalItem
from .followup import Agreement, agree_follow_up, decline_follow_up, end_follow_up, record_contact
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
from .merging import merge, unmerge
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
from .signing import Signed, record_copy, sign

__all__ = [
    "Agreement", "FinalItem", "ItemInput", "Signed", "account_for", "agree", "agree_final", "agree_follow_up",
    "answer_end_request", "answer_request", "ask_for_money", "ask_provider", "begin_amendment", "begin_final",
    "certify_unanswered", "close_case", "confirm_end_in_fact", "confirm_returned", "correct_delivery",
    "correct_expenditure", "correct_report", "decide", "decide_later_plan", "decline_follow_up",
    "draft_initial_plan", "drop_amendment", "end_disclosures", "end_follow_up", "end_for_violation",
    "enter_paper_plan", "expire", "expire_due", "fix_amendment", "hear", "keep_open", "meet_unmet", "merge",
    "new_draft", "packet_of", "read_report", "record_answer", "record_contact", "record_copy", "record_delivery",
    "record_end_in_fact", "record_end_request", "record_invoice", "record_notice", "record_opening_balance",
    "record_own_delivery", "record_payment", "record_violation", "release", "remind_expired", "reopen_case",
    "return_final", "return_with_reasons", "rework_final", "see_part", "see_request", "send_report",
    "set_budget_line", "set_final", "set_items", "set_offer_aside", "set_wanted_sum", "sign", "submit",
    "submit_final", "unmerge", "warn", "withdraw_consent", "withdraw_end_in_fact", "withdraw_request",
    "write_report",
]  # fmt: skip
