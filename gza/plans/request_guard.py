"""Triggers that keep what was asked of whom as it was asked, on both engines (S5.4, S5.5)."""

from django.db import connections

from gza.core import db

_ASKED = ("case_id", "origin_id", "organisation_id", "happened_on", "month_from", "month_to", "answer_due")
_ASIDE = ("case_id", "origin_id", "organisation_id", "happened_on", "ground")


def _same(*columns: str) -> str:
    return " AND ".join(f"NEW.{column} = OLD.{column}" for column in columns)


def install(alias: str = "default") -> None:
    """(Re)install the triggers; idempotent. Does nothing while the tables are not there."""
    if not names().keys() <= set(connections[alias].introspection.table_names()):
        return
    db.append_only("plans_request", alias, allow_update_when=_same(*_ASKED))
    db.append_only("plans_set_aside", alias, allow_update_when=_same(*_ASIDE))


def names() -> dict[str, set[str]]:
    """The triggers that must stand, by table, for ``gza doctor``."""
    return {table: {f"{table}_no_update", f"{table}_no_delete"} for table in ("plans_request", "plans_set_aside")}
