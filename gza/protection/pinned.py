"""Sensitive cells that were fixed or bounded before a release, and the words for them."""

from typing import Any

from .compose import Composed
from .knowledge import World
from .model import YEAR
from .problem import Outcome
from .regions import Region


def unreachable(
    composed: Composed, outcome: Outcome, known: World
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The sensitive cells that were fixed before (to be told to everybody), and those that were bounded (to nobody)."""
    reached: dict[int, dict[bool, int]] = {}
    for goal, size in outcome.missed:
        reached.setdefault(goal.region, {})[goal.by > 0] = size
    wanted: dict[int, set[bool]] = {}
    for goal in composed.problem.goals:
        wanted.setdefault(goal.region, set()).add(goal.by > 0)
    fixed = {
        composed.regions[at]
        for at, sides in reached.items()
        if set(sides) == wanted[at] and not any(sides.values()) and len(sides) == len(wanted[at])
    }
    pinned, bounded = [], []
    for one in composed.sensitive:
        whole = one.region[1:] == known.axes.everything[1:]
        if whole or one.region in known.known or one.region in fixed:
            pinned.append({"key": _key(known, one.region), "value": one.count})
    for at, sides in reached.items():
        if composed.regions[at] not in fixed:
            bounded.append(
                {
                    "key": _key(known, composed.regions[at]),
                    "down": sides.get(False),
                    "up": sides.get(True),
                }
            )
    return pinned, bounded


def _key(known: World, region: Region) -> dict[str, Any]:
    """A region in words: one category as a text, several as a list."""
    where = {
        name: [one.split("#")[0] for one in joined] if name == YEAR else list(joined)
        for name, joined in ({YEAR: _labels(known, region)} | known.axes.where(region)).items()
    }
    return {name: joined[0] if len(joined) == 1 else joined for name, joined in where.items()}


def _labels(known: World, region: Region) -> tuple[str, ...]:
    return tuple(one for at, one in enumerate(known.axes.categories[0]) if region[0] >> at & 1)
