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

__all__ = [
    "ItemInput", "agree", "draft_initial_plan", "enter_paper_plan", "new_draft", "return_with_reasons", "set_items",
    "submit",
]  # fmt: skip
