"""Triggers that hold what was submitted, agreed and signed, and the longest term, on both engines (S3.4b, S7.8, S7.10).

A submitted version can only be decided, with the very content that was submitted; one that was returned or agreed stays
as it is; items belong to drafts alone; a decision is written once. A final version leaves its draft only whole: days
within its term, and for every item a positive answer, the Fund's money, or neither being needed. It comes into force
only with the signatures of both sides over its fingerprint, and no signature is kept over another one. A plan's first
day and latest end, once set, stay.
"""

from django.db import connections

from gza.core import db

_CONTENT = (
    "plan_id", "kind", "number", "base_id", "ground", "months", "starts_on", "ends_on", "latest_end", "aim", "grounds",
    "content", "fingerprint",
)  # fmt: skip
_SAME = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _CONTENT)
_DECIDED = f"{_SAME} AND NEW.decided_on IS NOT DISTINCT FROM OLD.decided_on"
_VERSION = (
    "(OLD.state = 'draft' AND NEW.state IN ('draft', 'submitted', 'to_sign', 'dropped')) "
    f"OR (OLD.state = 'submitted' AND NEW.state IN ('agreed', 'returned') AND {_SAME}) "
    f"OR (OLD.state = 'agreed' AND NEW.state IN ('superseded', 'in_force') AND {_DECIDED}) "
    f"OR (OLD.state = 'to_sign' AND NEW.state IN ('dropped', 'in_force') AND {_DECIDED}) "
    f"OR (OLD.state = 'in_force' AND NEW.state IN ('superseded', 'ended') AND {_DECIDED} "
    "AND NEW.in_force_on = OLD.in_force_on)"
)
_STATE = "(SELECT state FROM plans_version WHERE id = {row}.plan_version_id)"
_NOT_DRAFT = f"{_STATE} <> 'draft'"
_BY = (
    "EXISTS (SELECT 1 FROM plans_signature s WHERE s.plan_version_id = NEW.id AND NOT s.superseded "
    "AND s.fingerprint = NEW.fingerprint AND s.who IN ({who}))"
)
_WORKER, _THEIRS = "'worker'", "'beneficiary', 'representative'"
_UNSIGNED = (
    "NEW.state = 'in_force' AND OLD.state <> 'in_force' "
    f"AND NOT ({_BY.format(who=_WORKER)} AND {_BY.format(who=_THEIRS)})"
)
_BAD_ITEM = (
    "i.source = '' OR i.origin IS NULL "
    "OR (i.source IN ('provider', 'fund', 'free') AND (i.starts_on IS NULL OR i.service_type_id IS NULL "
    "OR i.starts_on < NEW.starts_on OR i.ends_on > NEW.ends_on)) "
    "OR (i.source = 'provider' AND NOT EXISTS (SELECT 1 FROM plans_request r WHERE r.id = i.request_id "
    "AND r.case_id = i.case_id AND r.organisation_id = i.organisation_id AND r.state IN ('accepted', 'partly') "
    "AND NOT r.superseded)) "
    "OR (i.source = 'fund' AND NOT EXISTS (SELECT 1 FROM plans_commitment c WHERE c.id = i.commitment_id "
    "AND c.case_id = i.case_id AND c.amount > c.released AND NOT c.superseded)) "
    "OR (i.source = 'unmet' AND NOT EXISTS (SELECT 1 FROM plans_unmet u WHERE u.plan_version_id = NEW.id "
    "AND u.origin_id = i.origin AND NOT u.superseded))"
)
_ANY_BAD = f"EXISTS (SELECT 1 FROM plans_item i WHERE i.plan_version_id = NEW.id AND ({_BAD_ITEM}))"  # noqa: S608 (our own words)
_NOT_WHOLE = (
    "NEW.kind = 'final' AND OLD.state = 'draft' AND NEW.state IN ('submitted', 'to_sign') "
    f"AND (NEW.starts_on IS NULL OR {_ANY_BAD})"
)
_OTHER_START = (
    "EXISTS (SELECT 1 FROM plans_plan p WHERE p.id = NEW.plan_id AND p.starts_on IS NOT NULL AND "
    "(NEW.starts_on <> p.starts_on OR NEW.latest_end <> p.latest_end))"
)
_MOVED = (
    "OLD.starts_on IS NOT NULL AND (NEW.starts_on IS DISTINCT FROM OLD.starts_on "
    "OR NEW.latest_end IS DISTINCT FROM OLD.latest_end)"
)
_OTHER_PRINT = (
    "NOT EXISTS (SELECT 1 FROM plans_version v WHERE v.id = NEW.plan_version_id AND v.fingerprint = NEW.fingerprint "
    "AND v.state IN ('agreed', 'to_sign', 'in_force'))"
)
_UNMET = (
    "plan_version_id", "origin_id", "need_id", "service_type_id", "review_on", "tried", "pursued_by", "superseded",
)  # fmt: skip
_UNMET_CHANGED = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _UNMET)
_PAST_A_YEAR = {  # the day before the anniversary; a plan begun on 29 February ends on 27 February at the latest
    "sqlite": "NEW.latest_end > date(NEW.starts_on, '+1 year', "
    "CASE WHEN strftime('%m-%d', NEW.starts_on) = '02-29' THEN '-2 days' ELSE '-1 day' END)",
    "postgresql": "NEW.latest_end > (NEW.starts_on + interval '1 year' - interval '1 day')::date",
}


def _rules(vendor: str) -> dict[str, tuple[str, str, str, str]]:
    """Name: (table, verb, condition under which the statement is refused, what is said)."""
    year, message = _PAST_A_YEAR[vendor], "the plan runs past twelve months"
    said = "the items of this version are frozen: append-only"
    made: dict[str, tuple[str, str, str, str]] = {
        "plans_item_no_insert": ("plans_item", "INSERT", _NOT_DRAFT.format(row="NEW"), said),
        "plans_item_no_update": (
            "plans_item", "UPDATE", f"{_NOT_DRAFT.format(row='OLD')} OR {_NOT_DRAFT.format(row='NEW')}", said,
        ),
        "plans_item_no_delete": ("plans_item", "DELETE", _NOT_DRAFT.format(row="OLD"), said),
        "plans_unmet_no_insert": ("plans_unmet", "INSERT", _NOT_DRAFT.format(row="NEW"), said),
        "plans_unmet_no_update": (
            "plans_unmet", "UPDATE", f"{_NOT_DRAFT.format(row='OLD')} AND ({_UNMET_CHANGED})", said,
        ),
        "plans_unmet_no_delete": ("plans_unmet", "DELETE", _NOT_DRAFT.format(row="OLD"), said),
        "plans_version_unsigned": (
            "plans_version", "UPDATE", _UNSIGNED, "a version comes into force with both signatures over its content",
        ),
        "plans_version_whole": (
            "plans_version", "UPDATE", _NOT_WHOLE, "an item of the final plan is not secured, or lies outside its term",
        ),
        "plans_plan_moved": ("plans_plan", "UPDATE", _MOVED, "the term of a plan is fixed by its first version"),
        "plans_signature_print": (
            "plans_signature", "INSERT", _OTHER_PRINT, "the signature is over another content than that of the version",
        ),
    }  # fmt: skip
    for verb in ("INSERT", "UPDATE"):
        low = verb.lower()
        made[f"plans_version_year_{low}"] = ("plans_version", verb, f"{year} OR {_OTHER_START}", message)
        made[f"plans_plan_year_{low}"] = ("plans_plan", verb, year, message)
    return made


_APPEND_ONLY = ("plans_version", "plans_decision", "plans_signature", "plans_copy")


def install(alias: str = "default") -> None:
    """(Re)install the triggers; idempotent. SQLite drops them whenever a migration rebuilds a table.

    Does nothing while the tables are not there: another app may be migrated first.
    """
    if not names().keys() <= set(connections[alias].introspection.table_names()):
        return
    for table in _APPEND_ONLY:
        db.append_only(table, alias, allow_update_when=_VERSION if table == "plans_version" else None)
    for name, rule in _rules(connections[alias].vendor).items():
        _refuse(name, *rule, alias)


def names() -> dict[str, set[str]]:
    """The triggers that must stand, by table, for ``gza doctor``."""
    found = {table: {f"{table}_no_update", f"{table}_no_delete"} for table in _APPEND_ONLY}
    for name, (table, *_rest) in _rules("sqlite").items():
        found.setdefault(table, set()).add(name)
    return found


def _refuse(name: str, table: str, verb: str, condition: str, message: str, alias: str) -> None:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            return
        result = "OLD" if verb == "DELETE" else "NEW"
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {result}; END $$"
        )
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        cursor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )  # fmt: skip
