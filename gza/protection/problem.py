"""What the search is given and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .moves import Flags, Floats, Goal
from .pool import Pool
from .regions import Ints, Space


@dataclass(frozen=True)
class Nought:
    """The categories beside the one in which a small group lies.

    Attributes:
        columns: the unknowns of the group in all other categories.
        around: pairs of regions: a group of k or more that holds the small one, and its part in the category. Where
            both are published and equal, everybody learns it of the large group, so of the small one too.
    """

    columns: Ints
    around: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Guarded:
    """What must be kept uncertain beside the goals: for each of these sums more than one value must stay possible.

    Attributes:
        noughts: sums that are 0 and must be able to be more: else all of a small group lie in one category.
        crosses: for each cross of dimensions, the cell of it in which each unknown lies (-1: in no small one).
        shape: of the unknowns, one axis for the years and each dimension.
        k: threshold of this release.
        room: by region, the largest sum of which some single year can still be small; 0 where it is one year alone.
    """

    noughts: tuple[Nought, ...] = ()
    crosses: tuple[Ints, ...] = ()
    shape: tuple[int, ...] = ()
    k: int = 3
    room: Ints | None = None


@dataclass(frozen=True)
class Problem:
    """What is to be made safe.

    Attributes:
        base: the base space with one region for each cell, known figure and goal.
        wide: the same regions in the smaller, wider space (None: not worth it).
        known: regions whose sum nobody can doubt.
        cells: regions that are published unless suppressed.
        forced: cells that are suppressed in any case.
        prices: by region, what suppression costs (1 and a tie-break below 1).
        goals: shifts that must stay possible.
        guarded: what else must.
    """

    base: Space
    wide: Space | None
    known: Flags
    cells: Flags
    forced: Flags
    prices: Floats
    goals: tuple[Goal, ...]
    guarded: Guarded = field(default_factory=Guarded)


@dataclass
class Outcome:
    """A safe pattern.

    Attributes:
        free: by region, whether it is suppressed (regions that are not cells count as free).
        cost: what the suppressed cells cost.
        bound: no safe pattern costs less.
        proven: whether the search ended (cost and bound meet, to less than a cell).
        missed: goals that cannot be reached whatever is suppressed, each with how far one gets; so far they hold.
        pool: the witnesses.
        notes: numbers on the run (cuts, rounds, witnesses, seconds).
    """

    free: Flags
    cost: float
    bound: float
    proven: bool
    missed: tuple[tuple[Goal, int], ...]
    pool: Pool
    notes: dict[str, float] = field(default_factory=dict)


Said = Callable[[str, int, int], None]
"""Told what is being done, how many cells are suppressed so far, and how many must be at least."""


def silent(_what: str, _lost: int, _least: int) -> None:
    """Progress that nobody watches."""
