"""Triggers that hold what was submitted and agreed, on both engines (S3.4b).

A submitted version can only be decided, with the very content that was submitted; one that was returned or agreed stays
as it is (an agreed one may be superseded); items belong to drafts alone; a decision is written once.
"""

from django.db import connections

from gza.core import db

_SAME = "NEW.content = OLD.content AND NEW.fingerprint = OLD.fingerprint AND NEW.months = OLD.months"
_VERSION = (
    "OLD.state = 'draft' "
    f"OR (OLD.state = 'submitted' AND NEW.state IN ('agreed', 'returned') AND {_SAME}) "
    f"OR (OLD.state = 'agreed' AND NEW.state = 'superseded' AND {_SAME} AND NEW.decided_on = OLD.decided_on) "
    f"OR (OLD.state = 'in_force' AND NEW.state = 'ended' AND {_SAME}) "
    f"OR (OLD.state = 'to_sign' AND NEW.state = 'dropped' AND {_SAME})"
)
_ITEMS = "plans_item"
_NOT_DRAFT = "(SELECT state FROM plans_version WHERE id = {row}.plan_version_id) <> 'draft'"


def install(alias: str = "default") -> None:
    """(Re)install the triggers; idempotent. SQLite drops them whenever a migration rebuilds a table.

    Does nothing while the tables are not there: another app may be migrated first.
    """
    if not names().keys() <= set(connections[alias].introspection.table_names()):
        return
    db.append_only("plans_version", alias, allow_update_when=_VERSION)
    db.append_only("plans_decision", alias)
    for verb, rows in (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",))):
        _items(verb, rows, alias)


def names() -> dict[str, set[str]]:
    """The triggers that must stand, by table, for ``gza doctor``."""
    return {
        "plans_version": {"plans_version_no_update", "plans_version_no_delete"},
        "plans_decision": {"plans_decision_no_update", "plans_decision_no_delete"},
        _ITEMS: {f"{_ITEMS}_no_{verb}" for verb in ("insert", "update", "delete")},
    }


def _items(verb: str, rows: tuple[str, ...], alias: str) -> None:
    connection = connections[alias]
    name = f"{_ITEMS}_no_{verb}"
    refused = " OR ".join(_NOT_DRAFT.format(row=row) for row in rows)
    message = "the items of this version are frozen: append-only"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {_ITEMS} WHEN {refused} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            return
        result = "OLD" if verb == "delete" else "NEW"
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {refused} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {result}; END $$"
        )
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {_ITEMS}")
        cursor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {_ITEMS} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
