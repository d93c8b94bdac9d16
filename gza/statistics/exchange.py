"""The ledger of published figures in the form of the command line's private directory, and back.

The directory holds true counts and the ledger's secret in clear: what ``dump`` gives is for the machine on which the
command line runs, in the hands of a member of the statistics group, and is written nowhere by the product itself.
"""

import json
from collections.abc import Mapping
from typing import Any

from gza.accounts.permissions import require
from gza.accounts.principals import Principal
from gza.law import statistics as rules
from gza.ledger import work
from gza.protection.ledger import ROWS, SECRET
from gza.protection.model import bad, canonical, fingerprint
from gza.vault import boxes

from . import queries, steps
from .enums import BASE_BOX, SECRET_BOX, RowKind
from .models import LedgerRow

_COLUMNS = ("number", "kind", "at", "previous", "body", "hash")


def dump(*, by: Principal) -> dict[str, bytes]:
    """Every file of the directory by its name; empty when nothing was published. Recorded as an opening.

    Raises:
        vault.errors.Locked, NoGrant: when ``by`` cannot open the true counts.
    """
    require("statistics.prepare", by)
    rows = list(LedgerRow.objects.order_by("number").select_related("publication"))
    if not rows:
        return {}
    held = queries.bases_held(rows)
    opened = boxes.read_many(BASE_BOX, held.values(), by)
    files = {SECRET: boxes.read(SECRET_BOX, rows[0].id, by)}
    for row in rows:
        if row.kind != RowKind.OPENED:
            files[row.body["file"]] = row.content.encode()
        if row.kind == RowKind.RELEASE:
            files[row.body["base"]] = opened[held[row.number]]
    files[ROWS] = b"".join(canonical(_said(row)) + b"\n" for row in rows)
    work.opening("statistics.ledger_dumped", by=by, section="statistics", rows=len(rows))
    return files


def _said(row: LedgerRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COLUMNS}


def load(*, files: Mapping[str, bytes], by: Principal) -> int:
    """Take over a directory of the command line into an empty ledger; how many rows.

    Raises:
        BadInput: when the directory is not whole, or something was published here already.
        Refused: when a row was changed by hand.
    """
    require("statistics.prepare", by)
    try:
        rows = [json.loads(line) for line in files[ROWS].splitlines()]
        made = [LedgerRow(**{name: row[name] for name in _COLUMNS}, recorded_by=by.id) for row in rows]
        if not made or fingerprint(files[SECRET]) != made[0].body["secret"]:
            raise bad(SECRET, "is not the secret that the ledger was founded with")
        for row in made[1:]:
            row.content = files[row.body["file"]].decode()
            if row.kind == RowKind.RELEASE and fingerprint(files[row.body["base"]]) != row.body["base_sha256"]:
                raise bad(row.body["base"], "was changed")
    except (KeyError, ValueError, TypeError) as error:
        raise bad("ledger", f"is not a whole ledger directory ({error})") from None
    with work.act("statistics.ledger_loaded", by=by, clause="N4.3", rows=len(made)):
        if LedgerRow.objects.exists():
            raise bad("ledger", "something was published here already")
        for row in made:
            row.save(force_insert=True)
            if row.kind == RowKind.RELEASE:
                steps.seal(BASE_BOX, row.id, files[row.body["base"]], by=by)
        steps.seal(SECRET_BOX, made[0].id, files[SECRET], by=by)
        work.require(rules.ledger_whole(whole=not queries.broken_rows()))
    return len(made)
