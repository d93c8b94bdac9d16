"""A smallest set of figures that cannot all be true.

Every set of figures that *can* be true together leaves out at least one figure of each contradiction. So the figures
left out, gathered one such set after another, must each be hit; a smallest set that hits them all is tried, and when it
still can be true it gives the next set to be hit. The first that cannot be true is smallest (implicit hitting sets:
Ignatiev, Previti, Liffiton and Marques-Silva, Smallest MUS Extraction with Minimal Hitting Set Dualization, 2015).
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .bounds import Answer, Programme, Row

SHARE = 0.5  # of the time is kept for the search for the smallest


@dataclass(frozen=True)
class Conflict:
    """Rows that no table satisfies together; any one left out, it can. ``proven``: there is none smaller."""

    rows: tuple[int, ...]
    proven: bool


def smallest(width: int, rows: Sequence[Row], *, seconds: float) -> Conflict:
    """Find it. When the time ends first, one from which nothing can be left out is given, not proven smallest.

    Raises:
        ValueError: when the rows do not contradict each other.
    """
    until = time.monotonic() + seconds
    search = _Search(width, rows, until)
    some = search.irreducible(list(range(len(rows))))
    while time.monotonic() < until:
        hit = search.hitting()
        if hit is None:
            break
        if len(hit) == len(some):
            return Conflict(tuple(sorted(some)), proven=True)  # none smaller hits everything
        missed = search.missed(hit)
        if missed is None:
            break
        if not missed:
            return Conflict(tuple(sorted(hit)), proven=True)
        search.left_out.append(missed)
    return Conflict(tuple(sorted(some)), proven=False)


class _Search:
    """The sets to be hit so far."""

    def __init__(self, width: int, rows: Sequence[Row], until: float) -> None:
        self.width, self.rows, self.until = width, rows, until
        self.left_out: list[list[int]] = []

    @property
    def left(self) -> float:
        return max(self.until - time.monotonic(), 0.1)

    def possible(self, chosen: Sequence[int]) -> bool:
        """Whether a table satisfies the chosen rows; unknown counts as possible."""
        answer, _ = Programme(self.width, [self.rows[n] for n in chosen]).any_table(seconds=self.left * SHARE)
        return answer is not Answer.NO

    def irreducible(self, chosen: list[int]) -> list[int]:
        """A set from which nothing can be left out: by halves (Junker, QuickXplain, 2004)."""
        if self.possible(chosen):
            raise ValueError("the figures do not contradict each other")
        return self._part([], [], chosen)

    def _part(self, base: list[int], added: list[int], chosen: list[int]) -> list[int]:
        if added and not self.possible(base):
            return []
        if len(chosen) == 1:
            return chosen
        half = len(chosen) // 2
        first, second = chosen[:half], chosen[half:]
        of_second = self._part(base + first, first, second)
        return self._part(base + of_second, of_second, first) + of_second

    def hitting(self) -> list[int] | None:
        """A smallest set of rows with one of each set to be hit; None when the time ended."""
        if not self.left_out:
            return []
        most = len(self.rows)
        programme = Programme(most, [Row(np.array(part, dtype=np.int64), 1, most) for part in self.left_out])
        reach = programme.reach(np.arange(most), largest=False, seconds=self.left)
        if not reach.closed or reach.table is None:
            return None
        return [int(n) for n in np.flatnonzero(reach.table)]

    def missed(self, kept: Sequence[int]) -> list[int] | None:
        """Rows that a table which satisfies the kept ones misses; none when there is no such table; None when unknown.

        Left out are as few as the table nearest to all rows leaves, less what can still be taken in one by one.
        """
        inside = set(kept)
        loose = [n for n in range(len(self.rows)) if n not in inside]
        answer, table = Programme(self.width, self.rows, slack=loose).nearest(seconds=self.left)
        if answer is Answer.NO:
            return []
        if table is None:
            return None
        missed = [n for n in loose if not self.rows[n].holds(table)]
        held = [n for n in range(len(self.rows)) if n not in set(missed)]
        kept_out = []
        for number in missed:
            answer, _ = Programme(self.width, [self.rows[n] for n in [*held, number]]).any_table(seconds=self.left)
            if answer is Answer.YES:
                held.append(number)
            else:
                kept_out.append(number)
        return kept_out or None
