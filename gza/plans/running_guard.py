"""Triggers that keep the year of a plan as it was told, on both engines (S7.9, G2).

A draft of a report is worked on and then sent; a report that was sent can be read and corrected, nothing else. A
payment, an invoice, a service given can only be marked as corrected. What an organisation got can only be seen.
"""

from django.db import connections

from gza.core import db

_REPORT = (
    "OLD.state = 'draft' OR (NEW.content = OLD.content AND NEW.work_done = OLD.work_done AND NEW.month = OLD.month "
    "AND NEW.plan_id = OLD.plan_id AND NEW.sent_on = OLD.sent_on AND NEW.sent_by = OLD.sent_by "
    "AND (NEW.state = OLD.state OR (OLD.state = 'sent' AND NEW.state = 'read')))"
)
_SPENT = (
    "NOT OLD.superseded AND NEW.superseded AND NEW.amount = OLD.amount AND NEW.kind = OLD.kind "
    "AND NEW.happened_on = OLD.happened_on AND NEW.over = OLD.over"
)
_GIVEN = (
    "NOT OLD.superseded AND NEW.superseded AND NEW.sessions = OLD.sessions "
    "AND NEW.service_type_id = OLD.service_type_id AND NEW.happened_on = OLD.happened_on"
)
_PART = "NEW.report_id = OLD.report_id AND NEW.organisation_id = OLD.organisation_id AND NEW.sent_on = OLD.sent_on"
TABLES = {
    "plans_report": _REPORT,
    "plans_expenditure": _SPENT,
    "plans_delivery": _GIVEN,
    "plans_report_part": _PART,
}


def install(alias: str = "default") -> None:
    """(Re)install the triggers; idempotent. Does nothing while the tables are not there."""
    if not TABLES.keys() <= set(connections[alias].introspection.table_names()):
        return
    for table, condition in TABLES.items():
        db.append_only(table, alias, allow_update_when=condition)


def names() -> dict[str, set[str]]:
    """The triggers that must stand, by table, for ``gza doctor``."""
    return {table: {f"{table}_no_update", f"{table}_no_delete"} for table in TABLES}
