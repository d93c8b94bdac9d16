"""Revised minus old: where records were only added to a year, or only taken out, the difference is a table of few."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gza.protection.bounds import Answer
from gza.protection.model import Base

from .country import Country, Slot, cell_region
from .findings import Finding
from .intervals import darkness
from .knowledge import Sensitive, View
from .witness import Witnesses

CHANGED = -1  # version number under which the difference is reckoned


def differences(seen: View, *, until: float) -> list[Finding]:
    """The same demand on the difference as on a table: what is small in it must be able to be 0, and to reach k.

    Every version of a year that was published is held against the one of this release, over the dimensions in which
    both were counted. A year whose records were partly added and partly taken out, or recoded, gives no table of
    differences that an attacker could know to be non-negative; it is not reckoned.
    """
    if seen.current is None:
        return []
    found: list[Finding] = []
    for slot in seen.land.slots:
        newest = seen.current.versions.get(slot[0])
        if newest is None or slot[1] in {newest, 0}:
            continue
        new = (slot[0], newest)
        pairs = {
            tuple(sorted(set(before.dimensions) & set(after.dimensions))): (before, after)
            for before in seen.land.counted.get(slot, ())
            for after in seen.land.counted.get(new, ())
        }
        for names, (before, after) in pairs.items():
            if not any(set(names) < set(others) for others in pairs):
                found += _difference(seen, (slot, _over(before, names)), (new, _over(after, names)), until)
    return found


def _over(base: Base, names: Sequence[str]) -> Base:
    """The counts over some of the dimensions."""
    at = [list(base.dimensions).index(name) + 1 for name in names]
    counts: Counter[tuple[str, ...]] = Counter()
    for key, count in base.counts.items():
        counts[key[0], *(key[place] for place in at)] += count
    return Base({name: base.dimensions[name] for name in names}, dict(counts), base.unit)


def _difference(seen: View, older: tuple[Slot, Base], newer: tuple[Slot, Base], until: float) -> list[Finding]:
    if seen.current is None:
        return []
    land, k = seen.land, seen.current.release.k
    (old, before), (new, after) = older, newer
    more, fewer = _less(after, before, new[0]), _less(before, after, new[0])
    if bool(more.counts) == bool(fewer.counts):
        return []
    rest, changed, whole = (old, more, new) if more.counts else (new, fewer, old)
    step = (new[0], CHANGED)
    slots = tuple(slot for slot in land.slots if slot != whole)
    reckoned = Country(
        land.unit,
        tuple(sorted((*slots, step))),
        land.dimensions,
        {**{slot: base for slot, base in land.bases.items() if slot != whole}, step: changed},
        {whole: (rest, step)},
    )
    asked = {
        cell_region(land, table, cell.key, seen.current.versions)
        for table in seen.current.release.tables
        for cell in table.cells
    }
    asked |= {one.region for one in seen.full if one.origin != "policy" and whole in one.region.slots}
    moved = [
        Sensitive(region, count, k)
        for region in dict.fromkeys(replace(one, slots=(step,)) for one in sorted(asked, key=str))
        if 0 < (count := reckoned.count(region) or 0) < k
    ]
    # that nobody was taken out, or added, tells of the whole cells too
    changes = View(reckoned, seen.full, seen.ground, [*moved, *seen.sensitive], seen.current)
    start = reckoned.truth
    search = Witnesses(reckoned.width, changes.rows(changes.full), until=until, start=start)
    ground = Witnesses(reckoned.width, changes.rows(changes.ground), until=until, start=start)
    answers = {search.possible(), ground.possible()}
    if Answer.OPEN in answers:
        said = (
            f"it could not be found out in time what row {older[0][1]} and this release tell of those added to {new[0]}"
        )
        return [Finding("undecided", {}, (new[0],), land.unit, None, None, said)]
    if answers != {Answer.YES}:  # not only added, or taken out, where the two were counted by different dimensions
        return []
    return darkness(changes, search, ground, "revised minus old").blocking


def _less(one: Base, other: Base, year: str) -> Base:
    """What one has more than the other in a year."""
    order = [list(other.dimensions).index(name) + 1 for name in one.dimensions]
    counts = {}
    for key, count in one.counts.items():
        if key[0] != year:
            continue
        same = [""] * len(order)
        for place, at in enumerate(order):
            same[at - 1] = key[place + 1]
        left = count - other.counts.get((year, *same), 0)
        if left > 0:
            counts[key] = left
    return Base(one.dimensions, counts, one.unit)
