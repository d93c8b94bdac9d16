"""The attack all others lead to: what numbers can a sensitive cell have, given everything known; and the attack's name.

An attacker who uses less finds a wider interval. So a cell that withstands everything known, in whole numbers,
withstands every attack that uses part of it; the parts are tried one after another only to give an attack that
succeeded its name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gza.protection.bounds import NEAR, Programme, Row
from gza.protection.model import UNKNOWN

from .country import Known, Region, key_of
from .findings import Finding, name
from .knowledge import Sensitive, View
from .witness import Bounds, Target, Witnesses

PARTS_OF_YEAR = {"quarter", "month", "half", "half-year", "season", "week"}


@dataclass
class Darkness:
    """What came of the sensitive cells of one view."""

    blocking: list[Finding]
    pinned: list[Finding]
    bounded: list[Finding]
    exempt: set[Region]


def darkness(seen: View, search: Witnesses, ground: Witnesses, attack: str = "") -> Darkness:
    """Every sensitive cell can be 0 and can be k or more, or is no worse off than before this release."""
    cells = [cell for cell in seen.sensitive if len(seen.columns(cell.region))]
    found = search.settle([Target(seen.columns(cell.region), 0, cell.k) for cell in cells])
    result = Darkness([], [], [], set())
    short = [
        (cell, bounds)
        for cell, bounds in zip(cells, found, strict=True)
        if bounds.low > 0 or (bounds.high is not None and bounds.high < cell.k)
    ]
    if not short:
        return result
    before = ground.settle([Target(seen.columns(cell.region), 0, cell.k) for cell, _ in short])
    for (cell, now), was in zip(short, before, strict=True):
        if not (now.closed and was.closed):
            result.blocking.append(_finding(seen, cell, now, "undecided"))
            continue
        no_worse = now.low <= was.low and capped(now.high, cell.k) >= capped(was.high, cell.k)
        if no_worse:
            result.exempt.add(cell.region)
            fixed = was.low == was.high
            (result.pinned if fixed else result.bounded).append(_finding(seen, cell, was, "known before"))
        else:
            interval = search.interval(seen.columns(cell.region))
            result.blocking.append(_finding(seen, cell, interval, attack or named(seen, cell)))
    return result


def capped(high: int | None, k: int) -> int:
    """An upper bound, as far as it matters."""
    return k if high is None else min(high, k)


def _finding(seen: View, cell: Sensitive, bounds: Bounds, attack: str) -> Finding:
    key = key_of(seen.land, cell.region)
    if bounds.low == bounds.high:
        said = f"{name(key)} can only be {bounds.low}"
    elif bounds.low > 0:
        said = f"{name(key)} is at least {bounds.low}; it must be able to be 0"
    else:
        said = f"{name(key)} is at most {bounds.high}; it must be able to be {cell.k}"
    return Finding(attack, key, cell.region.years, seen.land.unit, bounds.low, bounds.high, said)


def named(seen: View, cell: Sensitive) -> str:
    """The simplest attack that succeeds on the cell."""
    for attack, known in _parts(seen, cell):
        if _breaks(seen, seen.rows(known), cell):
            return attack
    if seen.ratios and _breaks(seen, [*seen.rows(seen.full), *seen.ratios], cell):
        return "shares turned back"
    return "whole numbers"


def _parts(seen: View, cell: Sensitive) -> Iterable[tuple[str, list[Known]]]:
    """Parts of what is known, the simplest first, each with the name of the attack that uses it."""
    policy = [one for one in seen.ground if one.origin == "policy"]
    now = [one for one in seen.full if one.origin == "this"]
    yield "same cell printed and suppressed", [one for one in now if one.region == cell.region]
    exact = [one for one in now if one.low == one.high]
    for table in sorted({one.table for one in now}):
        yield _alone(seen, cell), policy + [one for one in exact if one.table == table]
    for group in _recoded(seen):
        yield "bands recoded differently", policy + [one for one in exact if one.table in group]
    yield _alone(seen, cell, "linked tables"), policy + exact
    yield "re-rounded outputs", policy + now
    for origin in sorted({one.origin for one in seen.ground if one.origin.startswith("release")}):
        past = [one for one in seen.ground if one.origin == origin]
        attack = _of_years(seen, past)
        if any(one.low != one.high for one in past):
            attack = "re-rounded outputs"
        yield attack, policy + now + past
    past = [one for one in seen.ground if one.origin.startswith("release")]
    yield _of_years(seen, past), policy + now + past
    yield "outside sources", seen.full


def _alone(seen: View, cell: Sensitive, otherwise: str = "row and column subtraction") -> str:
    where = dict(cell.region.where)
    if any(UNKNOWN in picked for picked in where.values()):
        return "unknown by subtraction"
    parts = {dim for table in seen.current.release.tables for dim in table.dimensions} if seen.current else set()
    if parts & PARTS_OF_YEAR:
        return "quarters against the year"
    return otherwise


def _recoded(seen: View) -> list[set[int]]:
    """Pairs of tables of this release that group one dimension differently."""
    tables = seen.current.release.tables if seen.current else ()
    pairs = []
    for first, one in enumerate(tables):
        for second, other in enumerate(tables[:first]):
            shared = set(one.dimensions) & set(other.dimensions)
            if any(one.groups.get(dim) != other.groups.get(dim) for dim in shared):
                pairs.append({first, second})
    return pairs


def _of_years(seen: View, past: Sequence[Known]) -> str:
    """How the windows of earlier releases lie to this one's."""
    if not past or seen.current is None:
        return "cumulative minus previous"
    now = set(seen.current.release.years)
    then = {year for one in past for year in one.region.years}
    return "cumulative minus previous" if then <= now or now <= then else "rolling windows"


def _breaks(seen: View, rows: Sequence[Row], cell: Sensitive) -> bool:
    """Whether fractions that satisfy only these rows keep the cell from 0 or from k."""
    if not rows:
        return False
    programme = Programme(seen.land.width, rows)
    columns = seen.columns(cell.region)
    low, _ = programme.linear(columns, largest=False)
    high, _ = programme.linear(columns, largest=True)
    return low > NEAR or high < cell.k - NEAR
