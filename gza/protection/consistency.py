"""Whether published figures can all be true, which of them contradict each other, and what they give away together.

The tables considered are those of non-negative whole numbers over the full cross of the dimensions. Cells that no
figure tells apart are one unknown, so that many categories cost nothing where few figures speak of them.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from .bounds import ANY_SECONDS, NEAR, Answer, Ints, Programme, exactly
from .conflicts import smallest
from .model import Figures, bad

MOST_MARKS = 60_000_000  # blocks times figures that are held in memory at once
MOST_CELLS = 1_000_000
ROUNDS, HALF = 12, 0.5
FEW, WORTH, A_WHILE = 8, 0.95, 5.0  # as long as a search for one table that clears many cells clears a twentieth


class Undecided(RuntimeError):
    """The time ended before it was known."""


@dataclass(frozen=True)
class Pinned:
    """A cell of the full cross that can have one value only."""

    key: dict[str, str]
    value: int


@dataclass(frozen=True)
class Check:
    """What was found.

    ``conflict`` are the places, counted from 0, of a smallest set of figures that no table satisfies together;
    ``proven`` tells that none smaller exists, else only that none of them can be left out.
    """

    consistent: bool
    conflict: tuple[int, ...] = ()
    pinned: tuple[Pinned, ...] = ()
    proven: bool = True


@dataclass(frozen=True)
class Blocks:
    """The unknowns: cells of the full cross that stand in the same figures. ``size`` is how many cells each has."""

    figures: Figures
    of_atoms: Ints  # the unknown of each block of categories, -1 where no figure speaks of it
    atoms: tuple[tuple[tuple[str, ...], ...], ...]  # per dimension, its categories grouped
    size: Ints
    members: tuple[Ints, ...]  # per figure its unknowns

    def cells(self, wanted: frozenset[int]) -> Iterator[tuple[dict[str, str], int]]:
        """The cells of the full cross in the ``wanted`` unknowns, each with its unknown."""
        names = list(self.figures.dimensions)
        chosen = {
            name: {category: n for n, atom in enumerate(atoms) for category in atom} for name, atoms in self._named()
        }
        shape = tuple(len(atoms) for atoms in self.atoms)
        for combination in product(*self.figures.dimensions.values()):
            place = tuple(chosen[name][category] for name, category in zip(names, combination, strict=True))
            unknown = int(self.of_atoms[np.ravel_multi_index(place, shape)])
            if unknown in wanted:
                yield dict(zip(names, combination, strict=True)), unknown

    def _named(self) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
        return zip(self.figures.dimensions, self.atoms, strict=True)


def check(figures: Figures, *, seconds: float = ANY_SECONDS) -> Check:
    """Hold the figures against each other.

    Raises:
        BadInput: when there are too many of them to be held at once.
        Undecided: when ``seconds`` did not suffice.
    """
    if math.prod(len(categories) for categories in figures.dimensions.values()) > MOST_CELLS:
        raise bad("dimensions", f"their full cross has more than {MOST_CELLS:,} cells")
    until = time.monotonic() + seconds
    blocks = unknowns(figures)
    rows = [exactly(members, figure.value) for members, figure in zip(blocks.members, figures.figures, strict=True)]
    programme = Programme(len(blocks.size), rows)
    answer, table = programme.any_table(seconds=seconds)
    if answer is Answer.OPEN:
        raise Undecided("It could not be found out in time whether the figures can all be true.")
    if table is None:
        conflict = smallest(len(blocks.size), rows, seconds=until - time.monotonic())
        return Check(False, conflict.rows, (), conflict.proven)
    fixed = forced(programme, blocks.size, table, until=until)
    pinned = tuple(Pinned(key, fixed[unknown]) for key, unknown in blocks.cells(frozenset(fixed)))
    return Check(True, (), pinned)


def unknowns(figures: Figures) -> Blocks:
    """Gather cells that no figure tells apart.

    Raises:
        BadInput: when there are too many figures over too many cells.
    """
    atoms, marks = [], []
    for name, categories in figures.dimensions.items():
        inside = [frozenset(figure.where.get(name, categories)) for figure in figures.figures]
        groups: dict[tuple[bool, ...], list[str]] = {}
        for category in categories:
            groups.setdefault(tuple(category in block for block in inside), []).append(category)
        atoms.append(tuple(tuple(group) for group in groups.values()))
        marks.append(np.array(list(groups), dtype=bool))
    count = math.prod(len(part) for part in atoms)
    if count * len(figures.figures) > MOST_MARKS:
        raise bad("figures", "are too many, over too many cells, to be held against each other at once")
    covered = np.ones((1, len(figures.figures)), dtype=bool)
    sizes = np.ones(1, dtype=np.int64)
    for groups_of, mark in zip(atoms, marks, strict=True):
        covered = (covered[:, None, :] & mark[None, :, :]).reshape(-1, mark.shape[1])
        sizes = np.multiply.outer(sizes, np.array([len(group) for group in groups_of], dtype=np.int64)).ravel()
    packed = np.packbits(covered, axis=1)
    _, first, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    which = which.ravel()
    spoken = covered[first].any(axis=1)
    number = np.where(spoken, np.cumsum(spoken) - 1, -1)
    size = np.bincount(which, weights=sizes).astype(np.int64)[spoken]
    held = covered[first][spoken]
    members = tuple(np.flatnonzero(held[:, n]) for n in range(held.shape[1]))
    return Blocks(figures, number[which], tuple(atoms), size, members)


def forced(programme: Programme, size: Ints, table: Ints, *, until: float) -> dict[int, int]:
    """The unknowns with one possible value each, and that value per cell.

    An unknown of several cells fixes them only when it is nought. Every answer "not forced" rests on a second table
    that was found; "forced" on the solver's proof that there is none.

    Raises:
        Undecided: when the time ended.
    """
    fixed = naught(programme, table, until=until)
    open_ones = {int(n) for n in np.flatnonzero((table > 0) & (size == 1))}
    chance = np.random.default_rng(0)
    for _ in range(ROUNDS):
        if not open_ones:
            break
        listed = sorted(open_ones)
        half = [n for n in listed if chance.random() < HALF] or listed
        for largest in (True, False):
            found = _reach(programme, half, largest=largest, until=until)
            if found is not None:
                open_ones -= {n for n in listed if found[n] != table[n]}
    for unknown in sorted(open_ones):
        value = int(table[unknown])
        column = np.array([unknown], dtype=np.int64)
        span = [programme.linear(column, largest=largest)[0] for largest in (False, True)]
        if span[0] > value - 1 + NEAR and span[1] < value + 1 - NEAR:
            fixed[unknown] = value
            continue
        tables = (_reach(programme, [unknown], largest=largest, until=until, enough=value) for largest in (True, False))
        if all(found is not None and found[unknown] == value for found in tables):
            fixed[unknown] = value
    return fixed


def naught(programme: Programme, table: Ints, *, until: float) -> dict[int, int]:
    """The unknowns that are nought in every table.

    Raises:
        Undecided: when the time ended.
    """
    candidates = np.flatnonzero(table == 0)
    if not len(candidates):
        return {}
    possible = programme.positive(candidates, seconds=until - time.monotonic())
    fixed = dict.fromkeys(sorted({int(n) for n in candidates} - set(possible)), 0)
    while len(possible) > FEW:
        found = programme.many(np.array(possible, dtype=np.int64), seconds=min(until - time.monotonic(), A_WHILE))
        left = possible if found is None else [n for n in possible if found[n] == 0]
        if len(left) > len(possible) * WORTH:
            break
        possible = left
    while possible:
        found = _reach(programme, possible, largest=True, until=until)
        if found is not None and not found[possible].any():
            return {**fixed, **dict.fromkeys(possible, 0)}
        possible = [] if found is None else [n for n in possible if found[n] == 0]
    return fixed


def _reach(
    programme: Programme, picked: Sequence[int], *, largest: bool, until: float, enough: int | None = None
) -> Ints | None:
    """The table in which the picked unknowns are most or fewest together; None when nothing bounds them."""
    target = None if enough is None else (enough + 1 if largest else enough - 1)
    reach = programme.reach(
        np.array(picked, dtype=np.int64), largest=largest, seconds=until - time.monotonic(), enough=target
    )
    if math.isinf(reach.limit):
        return None
    if reach.table is None or (enough is not None and not reach.closed and reach.table[picked[0]] == enough):
        raise Undecided("It could not be found out in time which cells the figures give away.")
    return reach.table
