"""From the officer's choice to protected tables: the pure engine, fed from the database.

No true count is written anywhere but into sealed boxes: the private ledger, a directory for the command line, is put
together in memory here, and the protector and its adversary are handed values.
"""

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gza.accounts.principals import Principal
from gza.core import clock
from gza.law import parameters
from gza.protection import documents
from gza.protection import release as protector
from gza.protection.assurance import attacked
from gza.protection.audit import Findings
from gza.protection.ledger import Ledger, PastFigures, PastRelease
from gza.protection.model import TOTAL, YEAR, BadInput, Base, Release, TableSpec
from gza.vault import boxes

from . import bases, queries
from .enums import BASE_BOX, SECRET_BOX, RowKind
from .models import LedgerRow
from .models import Release as ReleaseRow

if TYPE_CHECKING:
    from .actions import Plan

SECONDS = 8.0
AUDIT_SECONDS = 60.0
METHOD = "suppression"
_SALT = 32


@dataclass(frozen=True)
class Made:
    """A protected release. ``content`` is its file, ``base`` the true counts as they are sealed, salted.

    ``cost`` is what the officer sees: ``cells`` and how many ``suppressed``, ``lost`` per cent of the persons in inner
    cells, ``later`` the same for a next year like the last, ``gap`` how many fewer might do where it was not proven.
    ``audit`` is the private report, ``findings`` how many attacks succeed.
    """

    release: Release
    content: str
    base: bytes
    versions: dict[str, int]
    k: int
    cost: dict[str, Any]
    audit: dict[str, Any]
    findings: int


def written(said: Any) -> str:
    """JSON as the private ledger directory writes its files."""
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


# What is known from before


def before(by: Principal) -> protector.Before:
    """All that was published, by us with the true counts behind it and by others; opens sealed counts.

    Raises:
        vault.errors.Locked, NoGrant: when ``by`` cannot open them.
    """
    rows = list(LedgerRow.objects.order_by("number").select_related("publication"))
    if not rows:
        return protector.Before()
    held = queries.bases_held(rows)
    opened = boxes.read_many(BASE_BOX, held.values(), by)
    releases = tuple(
        PastRelease(
            row.number, row.body["k"], row.body["versions"],
            Base.from_json(json.loads(opened[held[row.number]])["base"]),
            documents.release(json.loads(row.content)), row.body["method"],
        )
        for row in rows if row.kind == RowKind.RELEASE
    )  # fmt: skip
    figures = tuple(
        PastFigures(row.number, documents.figures(json.loads(row.content)), bool(row.body["contested"]))
        for row in rows
        if row.kind == RowKind.FIGURES
    )
    secret = bytes.fromhex(boxes.read(SECRET_BOX, rows[0].id, by).decode().strip())
    return protector.Before(releases, figures, rows[-1].hash, Ledger(Path(), rows=(), secret=secret).keyed)


def base_of(plan: "Plan", known: protector.Before) -> Base:
    """The base counts of a release, over the dimensions its tables have; a year with nobody in it is a year of noughts.

    A year counts as when it was last published, where that was over all of these dimensions; else as it is counted now,
    and so for every later release.
    """
    fresh = bases.base_of(plan.counts, plan.content.used(plan.choice))
    nobody = tuple(categories[0] for categories in fresh.dimensions.values())
    counts: Counter[tuple[str, ...]] = Counter()
    for year in map(str, plan.years):
        counts[(year, *nobody)] = 0
        past = fresh if plan.anew else _last(year, fresh, known)
        at = [list(past.dimensions).index(name) + 1 for name in fresh.dimensions]
        for key, count in past.counts.items():
            if key[0] == year:
                counts[(year, *(key[place] for place in at))] += count
    return replace(fresh, counts=dict(counts))


def _last(year: str, fresh: Base, known: protector.Before) -> Base:
    """The newest version of a year, from a release over all of these dimensions; the fresh counts if there was none."""
    mine = [one for one in known.releases if year in one.versions and one.base.unit is fresh.unit]
    same = [one.base for one in mine if one.versions[year] == mine[-1].versions[year]]
    return next((base for base in reversed(same) if set(base.dimensions) >= set(fresh.dimensions)), fresh)


# Protection and audit


def protect(plan: "Plan", by: Principal, *, seconds: float = SECONDS) -> Made:
    """Protect the chosen tables against everything that was published before, and attack what came of it.

    Args:
        plan: what was chosen.
        by: the officer, unlocked.
        seconds: how long the cheapest pattern is looked for; what is found is safe whether or not it is proven so.

    Raises:
        Nobody: when nobody was counted in these years.
    """
    known, number = before(by), queries.next_number()
    base = base_of(plan, known)
    if not base.total():
        raise Nobody
    k = parameters.value("small_cell_threshold", clock.today())
    specs = plan.content.specs(plan.choice)
    prepared = _prepare(base, specs, known, k, seconds)
    prepared, found = attacked(prepared, known, number, seconds=AUDIT_SECONDS, threshold=threshold)
    if found.withstood:
        certificate = {**prepared.release.certificate, "audit": found.certificate()}
        prepared = replace(prepared, release=replace(prepared.release, certificate=certificate))
    versions = {year: version or number for year, version in prepared.versions.items()}
    content = written(prepared.release.as_json())
    disputed = [one.as_json() for one in prepared.world.disputed]
    sealed = written({"salt": os.urandom(_SALT).hex(), "base": base.as_json(), "disputed": disputed})
    cost = _cost(prepared) | {"later": _later(prepared, versions, specs, known, k, number, seconds / 2)}
    return Made(prepared.release, content, sealed.encode(), versions, k, cost, _report(found), len(found.blocking))


class Nobody(Exception):
    """Nobody was counted in the years of a release."""


def _prepare(
    base: Base, specs: Sequence[TableSpec], known: protector.Before, k: int, seconds: float
) -> protector.Prepared:
    return protector.prepare(
        base, k=k, specs=specs, before=known, seconds=seconds, revision=True, contested=True, threshold=threshold
    )


def threshold(where: Mapping[str, tuple[str, ...]]) -> int:
    """Children by form have a higher k than the rest."""
    if where.get("age") == ("child",) and "form" in where:
        return parameters.value("small_cell_threshold_children", clock.today())
    return 0


def _report(found: Findings) -> dict[str, Any]:
    """What stands in clear: the names of the attacks, and which of them succeeded; no cell."""
    return {"attacks": list(found.attacks), "succeeded": sorted({one.attack for one in found.blocking})}


def _cost(prepared: protector.Prepared) -> dict[str, Any]:
    said = prepared.release.certificate
    hidden = [one.hidden for one in prepared.costs]
    return {
        "cells": said["cells"],
        "suppressed": said["lost"],
        "lost": round(100 * sum(hidden) / len(hidden)) if hidden else 0,
        "gap": said["lost"] - said["least"],
        "disputed": len(prepared.world.disputed),
        "pinned": len(said["pinned"]),
    }


def _later(
    prepared: protector.Prepared, versions: Mapping[str, int], specs: Sequence[TableSpec], known: protector.Before,
    k: int, number: int, seconds: float,
) -> dict[str, int] | None:  # fmt: skip
    """What the same tables would lose a year later, were the next year like the last and this release published."""
    base = prepared.base
    last = base.years[-1]
    ahead = str(int(last) + 1)
    more = {(ahead, *key[1:]): count for key, count in base.counts.items() if key[0] == last}
    past = PastRelease(number, k, versions, base, prepared.release, METHOD)
    after = replace(known, releases=(*known.releases, past))
    try:
        found = _prepare(replace(base, counts={**base.counts, **more}), specs, after, k, seconds)
    except BadInput:
        return None
    return {"cells": found.release.certificate["cells"], "suppressed": found.release.certificate["lost"]}


# The ledger's row


def body(row: ReleaseRow) -> dict[str, Any]:
    """What a release's row of the ledger says, in the form of the private directory."""
    made = documents.release(json.loads(row.content))
    number = queries.next_number()
    return {
        "k": row.k,
        "unit": made.tables[0].unit.value,
        "method": METHOD,
        "years": list(made.years),
        "totals": dict(made.certificate["totals"]),
        "versions": row.versions,
        "file": f"releases/{number:04}.json",
        "sha256": queries.fingerprint(row.content.encode()),
        "base": f"base/{number:04}.json",
        "base_sha256": row.base_sha256,
    }


def years_of(content: str) -> list[tuple[str, int, bool]]:
    """Of each year of a release: the total, and whether any part of the year is shown."""
    made = documents.release(json.loads(content))
    parts = {
        cell.key[YEAR]
        for table in made.tables if YEAR in table.dimensions
        for cell in table.cells
        if cell.value is not None and cell.key[YEAR] != TOTAL
        and any(category != TOTAL for name, category in cell.key.items() if name != YEAR)
    }  # fmt: skip
    return [(year, total, year in parts) for year, total in made.certificate["totals"].items()]
