"""Forms of the plan pages, a subject a file."""

from .initial import COLUMNS, MOST_ROWS, BeginForm, DecideForm, PlanForm, Row, SubmitForm, plan_form

__all__ = ["COLUMNS", "MOST_ROWS", "BeginForm", "DecideForm", "PlanForm", "Row", "SubmitForm", "plan_form"]
