"""The search's witnesses as tables of base cells, for the audit to hold against its own rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from .audit.country import Shown, ShownKey
from .compose import Composed, Sensitive
from .knowledge import OUTSIDE, THIS, World
from .moves import Flags
from .pool import Pool
from .regions import Classes, Ints

MOST = 2000


def shown(composed: Composed, known: World, pool: Pool, free: Flags, number: int) -> Shown:
    """The truth and the moves to tables that publish the same.

    Args:
        composed: the problem.
        known: the full cross.
        pool: the witnesses.
        free: the pattern that they must hold under.
        number: row of the ledger that the release will have.
    """
    classes = Classes.of(known.axes, composed.regions)
    homes: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for key in known.truth:
        at = [int(of[one]) for of, one in zip(classes.class_of, key, strict=True)]
        homes[int(np.ravel_multi_index(at, classes.shape))].append(key)
    slots = [_slot(name, number) for name in known.axes.categories[0]]

    def named(key: tuple[int, ...]) -> ShownKey:
        return slots[key[0]], tuple(known.axes.categories[axis][one] for axis, one in enumerate(key[1:], 1))

    moves = []
    for witness in pool.usable(free)[-MOST:]:
        steps = _fine(classes, known, homes, *pool.move(int(witness)))
        moves.append({named(key): by for key, by in steps.items() if by})
    dealt = islice(_dealt(composed, known, classes), MOST)
    moves += [{named(key): by for key, by in steps.items() if by} for steps in dealt]
    truth = {named(key): n for key, n in known.truth.items()}
    return Shown(known.axes.names[1:], truth, moves)


Key = tuple[int, ...]


def _dealt(composed: Composed, known: World, classes: Classes) -> Iterator[Counter[Key]]:
    """Tables in which records of an atom have changed years: for the small cells of single years, and one by one.

    Within an atom nothing but the annual totals is known, and two records that change places leave these as they are.
    The search need not look for such tables; an audit that is not handed them looks for each by itself.
    """
    for mask in classes.masks[0]:
        if mask.bit_count() == 1:
            continue
        people = [(key, n) for key, n in known.truth.items() if n and mask >> key[0] & 1]
        for one in composed.sensitive:
            if one.region[0].bit_count() == 1 and one.region[0] & mask:
                year = one.region[0].bit_length() - 1
                yield from _emptied_and_filled(people, year, one)
        for at, (key, _) in enumerate(people):
            other = next((each for each, _ in (people[at:] + people[:at])[::-1] if _differ(key, each)), None)
            if other is not None:
                yield _swapped([key], [other])


def _differ(one: Key, other: Key) -> bool:
    return one[0] != other[0] and one[1:] != other[1:]


def _emptied_and_filled(people: Sequence[tuple[Key, int]], year: int, cell: Sensitive) -> Iterator[Counter[Key]]:
    """The small cell of one year as 0, and as k, where the other years of the atom can do with it."""

    def some(*, mine: bool, inside: bool) -> list[Key]:
        found = []
        for key, n in people:
            lies = all(bits >> at & 1 for bits, at in zip(cell.region[1:], key[1:], strict=True))
            if (key[0] == year) is mine and lies is inside:
                found += [key] * min(n, cell.k)
        return found

    here, away = some(mine=True, inside=True), some(mine=False, inside=False)
    if len(here) <= len(away):
        yield _swapped(here, away)
    more = cell.k - cell.count
    here, away = some(mine=True, inside=False), some(mine=False, inside=True)
    if more <= min(len(here), len(away)):
        yield _swapped(here[:more], away)


def _swapped(some: Sequence[Key], others: Sequence[Key]) -> Counter[Key]:
    """Each of the first with one of the others, in the other's year."""
    steps: Counter[Key] = Counter()
    for one, other in zip(some, others, strict=False):
        steps[one] -= 1
        steps[other] -= 1
        steps[(other[0], *one[1:])] += 1
        steps[(one[0], *other[1:])] += 1
    return steps


def _slot(name: str, number: int) -> tuple[str, int]:
    """The audit's name of a version of a year: this release's own has its row, a year of others alone has 0."""
    year, _, version = name.partition("#")
    return year, {THIS: number, OUTSIDE: 0}.get(int(version), int(version))


def _fine(
    classes: Classes, known: World, homes: dict[int, list[tuple[int, ...]]], at: Ints, by: Ints
) -> Counter[tuple[int, ...]]:
    """A move of classes as one of base cells: who leaves goes elsewhere in the same year, so annual totals stay."""
    steps: Counter[tuple[int, ...]] = Counter()
    years: dict[int, list[int]] = defaultdict(list)
    for column, step in zip(at, by, strict=True):
        left = -int(step)
        for key in homes[int(column)] if left > 0 else ():
            taken = min(left, known.truth[key])
            steps[key] -= taken
            left -= taken
            years[int(classes.class_of[0][key[0]])] += [key[0]] * taken
            if not left:
                break
    first = [
        [int(np.flatnonzero(of == one)[0]) for one in range(size)]
        for of, size in zip(classes.class_of, classes.shape, strict=True)
    ]
    for column, step in zip(at, by, strict=True):
        where = [int(one) for one in np.unravel_index(int(column), classes.shape)]
        rest = tuple(first[axis][one] for axis, one in enumerate(where[1:], 1))
        for _ in range(int(step)):
            waiting = years[where[0]]
            steps[(waiting.pop() if waiting else first[0][where[0]], *rest)] += 1
    return steps
