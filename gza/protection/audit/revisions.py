"""Revised minus old: where records were only added to a year, or only taken out, the difference is a table of few."""

from dataclasses import replace

from gza.protection.model import Base

from .country import Country, Slot
from .findings import Finding
from .intervals import darkness
from .knowledge import Sensitive, View
from .witness import Witnesses

CHANGED = -1  # version number under which the difference is reckoned


def differences(seen: View, *, until: float) -> list[Finding]:
    """The same demand on the difference as on a table: what is small in it must be able to be 0, and to reach k.

    A year whose records were partly added and partly taken out, or recoded, gives no table of differences that an
    attacker could know to be non-negative; it is not reckoned.
    """
    if seen.current is None:
        return []
    found = []
    for slot in seen.land.slots:
        newest = seen.current.versions.get(slot[0])
        if newest is None or slot[1] in {newest, 0} or slot not in seen.land.bases:
            continue
        found += _difference(seen, slot, (slot[0], newest), until)
    return found


def _difference(seen: View, old: Slot, new: Slot, until: float) -> list[Finding]:
    land = seen.land
    before, after = land.bases[old], land.bases[new]
    if set(before.dimensions) != set(after.dimensions):
        return []
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
    shown = {one.region for one in seen.full if one.origin == "this"}
    regions = {one.region for one in seen.full if one.origin != "policy" and whole in one.region.slots} | shown
    moved = [
        Sensitive(replace(region, slots=(step,)), count, seen.current.release.k)
        for region in dict.fromkeys(replace(one, slots=(step,)) for one in regions)
        if seen.current is not None and 0 < (count := reckoned.count(region) or 0) < seen.current.release.k
    ]
    changes = View(reckoned, seen.full, seen.ground, moved, seen.current)
    if not moved:
        return []
    start = reckoned.truth
    search = Witnesses(reckoned.width, changes.rows(changes.full), until=until, start=start)
    ground = Witnesses(reckoned.width, changes.rows(changes.ground), until=until, start=start)
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
