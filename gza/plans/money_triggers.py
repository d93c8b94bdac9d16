"""Triggers that hold the money, on both engines: the ceiling per person and the budget line are never passed (S5.6).

Inserting a commitment, a release or a payment moves the kept counters; the same insert is refused where it would pass
a limit. Nothing else moves them: on PostgreSQL a counter changes only within another trigger, on SQLite, which cannot
tell, only to what the rows add up to. Rows of money are written once. Which account a case counts against is said by
``plans_account_case``; to point it elsewhere moves what stands there with it (merge and unmerge of duplicate persons).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections

from gza.core import db

CEILING = "gza: the ceiling of one person would be passed"
RELEASED = "gza: more would be released than is unspent"
PAID = "gza: more would be paid than is committed"
_KEPT = "gza: this counter is kept by triggers"
_ONCE = "gza: money is written once: append-only"
_ELSEWHERE = "gza: the case counts against another account"


@dataclass(frozen=True)
class _Trigger:
    """One trigger: ``refuse`` are pairs of condition and message, ``then`` statements run where none applies.

    ``guarded`` statements must change a row: where they do not, the message that stands with them is raised.
    """

    table: str
    name: str
    event: str
    when: str = ""
    refuse: tuple[tuple[str, str], ...] = ()
    then: tuple[str, ...] = ()
    guarded: tuple[tuple[str, str, str], ...] = ()
    """statement, SQL that is true where the statement would find nothing (SQLite), message"""


_SUM_OF_ACCOUNT = (
    "(SELECT COALESCE(SUM(amount - released), 0) FROM plans_commitment WHERE account_id = NEW.id AND NOT superseded)"
)
_SUM_OF_LINE = (
    "(SELECT COALESCE(SUM(amount - released), 0) FROM plans_commitment WHERE line_id = NEW.id AND NOT superseded)"
)
_RESERVED = "(SELECT COALESCE(SUM(reserved), 0) FROM plans_consideration WHERE line_id = NEW.id AND NOT superseded)"
_RELEASED = "(SELECT COALESCE(SUM(amount), 0) FROM plans_release WHERE commitment_id = NEW.id)"
_SPENT = (
    "(SELECT COALESCE(SUM(amount), 0) FROM plans_expenditure "
    "WHERE commitment_id = NEW.id AND kind = 'payment' AND NOT superseded)"
)
_COUNTERS = {
    "plans_account": {"committed": _SUM_OF_ACCOUNT},
    "plans_budget_line": {"committed": _SUM_OF_LINE, "reserved": _RESERVED},
    "plans_commitment": {"released": _RELEASED, "spent": _SPENT},
}
_FIXED = {
    "plans_commitment": (
        "id", "case_id", "kind", "decision_id", "line_id", "origin_id", "priority", "payee_id", "amount", "ceiling",
        "happened_on", "recorded_at", "recorded_on", "recorded_by", "corrects_id", "note", "entry_reason",
    ),
    "plans_expenditure": ("id", "case_id", "commitment_id", "kind", "amount", "happened_on"),
    "plans_budget_line": ("id", "year"),
}  # fmt: skip
_CLOSED = "OLD.state IN ('open', 'deferred')"


def install(alias: str = "default") -> None:
    """(Re)install the triggers; idempotent. Does nothing while the tables are not there."""
    connection = connections[alias]
    if not names().keys() <= set(connection.introspection.table_names()):
        return
    for table in ("plans_funding_decision", "plans_release"):
        db.append_only(table, alias)
    db.append_only("plans_consideration", alias, allow_update_when=_CLOSED)
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for one in _triggers(sqlite):
            for statement in (_for_sqlite if sqlite else _for_postgres)(one):
                cursor.execute(statement)


def names() -> dict[str, set[str]]:
    """The triggers that must stand, by table, for ``gza doctor``; the same names on both engines."""
    found = {
        table: {f"{table}_no_update", f"{table}_no_delete"}
        for table in ("plans_funding_decision", "plans_release", "plans_consideration")
    }
    for sqlite in (True, False):
        for one in _triggers(sqlite):
            found.setdefault(one.table, set()).add(one.name)
    return found


def _triggers(sqlite: bool) -> Iterator[_Trigger]:
    same, differs = ("IS", "IS NOT") if sqlite else ("IS NOT DISTINCT FROM", "IS DISTINCT FROM")
    yield from _kept(sqlite, same, differs)
    for table in ("plans_account", "plans_account_case", "plans_budget_line", "plans_commitment"):
        yield _Trigger(table, f"{table}_no_delete", "BEFORE DELETE", refuse=(("1 = 1", _ONCE),))
    yield from _commitments(differs)
    yield from _givings()
    yield from _reservations()


def _kept(sqlite: bool, same: str, differs: str) -> Iterator[_Trigger]:
    """Counters begin at nothing and are moved by triggers alone; what is written once stays."""
    for table, counters in _COUNTERS.items():
        empty = " OR ".join(f"NEW.{name} <> 0" for name in counters)
        yield _Trigger(table, f"{table}_begins_empty", "BEFORE INSERT", refuse=((empty, _KEPT),))
        if sqlite:
            moved = " OR ".join(
                f"(NEW.{name} <> OLD.{name} AND NEW.{name} <> {total})" for name, total in counters.items()
            )
        else:
            changed = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in counters)
            moved = f"pg_trigger_depth() < 2 AND ({changed})"
        yield _Trigger(table, f"{table}_kept", "BEFORE UPDATE", refuse=((moved, _KEPT),))
    for table, columns in _FIXED.items():
        changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in columns)
        if table == "plans_expenditure":
            changed = f"(OLD.kind = 'payment' OR NEW.kind = 'payment') AND ({changed})"
        yield _Trigger(table, f"{table}_fixed", "BEFORE UPDATE", refuse=((changed, _ONCE),))
    yield _Trigger(
        "plans_account_case", "plans_account_case_fixed", "BEFORE UPDATE",
        refuse=(("NEW.case_id <> OLD.case_id", _ONCE),),
    )  # fmt: skip


def _commitments(differs: str) -> Iterator[_Trigger]:
    """A commitment enters its account and its line, moves with its case, and leaves when an opening one is mended."""
    here = "(SELECT account_id FROM plans_account_case WHERE case_id = NEW.case_id{lock})"
    yield _Trigger(
        "plans_commitment", "plans_commitment_enters", "AFTER INSERT",
        refuse=(
            (f"NEW.account_id {differs} {here}", _ELSEWHERE),
            ("NEW.superseded", _ONCE),
        ),
        then=(
            ("UPDATE plans_account SET committed = committed + NEW.amount "
            "WHERE id = NEW.account_id AND NEW.kind <> 'decision'"),
            "UPDATE plans_budget_line SET committed = committed + NEW.amount WHERE id = NEW.line_id",
        ),
        guarded=(
            (
                ("UPDATE plans_account SET committed = committed + NEW.amount WHERE id = NEW.account_id "
                "AND NEW.kind = 'decision' AND committed + NEW.amount <= NEW.ceiling"),
                ("NEW.kind = 'decision' AND (SELECT committed FROM plans_account WHERE id = NEW.account_id) "
                "+ NEW.amount > NEW.ceiling"),
                CEILING,
            ),
        ),
    )  # fmt: skip
    yield _Trigger(
        "plans_commitment", "plans_commitment_stays", "BEFORE UPDATE",
        refuse=(
            (f"NEW.account_id <> OLD.account_id AND NEW.account_id {differs} {here}", _ELSEWHERE),
            (
                ("(OLD.superseded AND NOT NEW.superseded) OR (NEW.superseded AND NOT OLD.superseded "
                "AND (OLD.kind <> 'opening' OR OLD.released > 0 OR OLD.spent > 0))"),
                _ONCE,
            ),
        ),
    )  # fmt: skip
    yield _Trigger(
        "plans_commitment", "plans_commitment_moves", "AFTER UPDATE",
        when="NEW.released <> OLD.released OR NEW.account_id <> OLD.account_id OR NEW.superseded <> OLD.superseded",
        then=(
            ("UPDATE plans_account SET committed = committed - (OLD.amount - OLD.released) "
            "WHERE id = OLD.account_id AND NOT OLD.superseded "
                "AND (NEW.account_id <> OLD.account_id OR NEW.superseded)"),
            ("UPDATE plans_account SET committed = committed + (NEW.amount - NEW.released) "
            "WHERE id = NEW.account_id AND NOT NEW.superseded AND NEW.account_id <> OLD.account_id"),
            ("UPDATE plans_account SET committed = committed - (NEW.released - OLD.released) "
            "WHERE id = NEW.account_id AND NOT NEW.superseded AND NEW.account_id = OLD.account_id "
            "AND NEW.released <> OLD.released"),
            ("UPDATE plans_budget_line SET committed = committed - (NEW.released - OLD.released) "
            "WHERE id = NEW.line_id AND NEW.released <> OLD.released"),
        ),
    )  # fmt: skip
    yield _Trigger(
        "plans_account_case", "plans_account_case_takes_along", "AFTER UPDATE",
        when="NEW.account_id <> OLD.account_id",
        then=("UPDATE plans_commitment SET account_id = NEW.account_id WHERE case_id = NEW.case_id",),
    )  # fmt: skip


def _givings() -> Iterator[_Trigger]:
    """Releases and payments: never more than is left of the commitment."""
    left = "(SELECT amount - released - spent FROM plans_commitment WHERE id = NEW.commitment_id AND NOT superseded)"
    for table, column, message, when in (
        ("plans_release", "released", RELEASED, ""),
        ("plans_expenditure", "spent", PAID, "NEW.kind = 'payment'"),
    ):
        yield _Trigger(
            table, f"{table}_counts", "AFTER INSERT", when=when,
            guarded=(
                (
                    (f"UPDATE plans_commitment SET {column} = {column} + NEW.amount WHERE id = NEW.commitment_id "  # noqa: S608 (names of ours)
                    "AND NOT superseded AND released + spent + NEW.amount <= amount"),
                    f"COALESCE(NEW.amount > {left}, TRUE)",
                    message,
                ),
            ),
        )  # fmt: skip
    yield _Trigger(
        "plans_expenditure", "plans_expenditure_mended", "AFTER UPDATE",
        when="NEW.kind = 'payment' AND NEW.superseded <> OLD.superseded",
        refuse=(("OLD.superseded", _ONCE),),
        then=("UPDATE plans_commitment SET spent = spent - NEW.amount WHERE id = NEW.commitment_id",),
    )  # fmt: skip


def _reservations() -> Iterator[_Trigger]:
    """What a deferral reserves stands in its line until the matter is decided or falls away."""
    yield _Trigger(
        "plans_consideration", "plans_consideration_begins", "BEFORE INSERT",
        refuse=(("NEW.reserved <> 0", _KEPT),),
    )  # fmt: skip
    yield _Trigger(
        "plans_consideration", "plans_consideration_reserves", "AFTER UPDATE",
        when="NEW.reserved <> OLD.reserved OR NEW.superseded <> OLD.superseded",
        refuse=(("NEW.superseded AND NEW.reserved <> 0", _ONCE),),
        then=(
            ("UPDATE plans_budget_line SET reserved = reserved - OLD.reserved "
            "WHERE id = OLD.line_id AND OLD.reserved <> 0"),
            ("UPDATE plans_budget_line SET reserved = reserved + NEW.reserved "
            "WHERE id = NEW.line_id AND NEW.reserved <> 0"),
        ),
    )  # fmt: skip


def _for_sqlite(one: _Trigger) -> list[str]:
    body = [
        f"SELECT RAISE(ABORT, '{message}') WHERE {condition.replace('{lock}', '')};"
        for condition, message in [*one.refuse, *((nothing, message) for _sql, nothing, message in one.guarded)]
    ]
    body += [f"{sql};" for sql, _nothing, _message in one.guarded] + [f"{sql};" for sql in one.then]
    when = f"WHEN {one.when} " if one.when else ""
    return [
        f"DROP TRIGGER IF EXISTS {one.name}",
        f"CREATE TRIGGER {one.name} {one.event} ON {one.table} {when}BEGIN {' '.join(body)} END",
    ]


def _for_postgres(one: _Trigger) -> list[str]:
    body = [
        f"IF {condition.replace('{lock}', ' FOR SHARE')} THEN RAISE EXCEPTION '{message}'; END IF;"
        for condition, message in one.refuse
    ]
    for sql, _nothing, message in one.guarded:
        applies = " NEW.kind = 'decision'" if one.table == "plans_commitment" else " TRUE"
        body.append(f"IF{applies} THEN {sql}; IF NOT FOUND THEN RAISE EXCEPTION '{message}'; END IF; END IF;")
    body += [f"{sql};" for sql in one.then]
    result = "OLD" if one.event.endswith("DELETE") else "NEW"
    when = f"WHEN ({one.when}) " if one.when else ""
    return [
        (
            f"CREATE OR REPLACE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {' '.join(body)} RETURN {result}; END $$"
        ),
        f"DROP TRIGGER IF EXISTS {one.name} ON {one.table}",
        f"CREATE TRIGGER {one.name} {one.event} ON {one.table} FOR EACH ROW {when}EXECUTE FUNCTION {one.name}()",
    ]
