"""A release from microdata and what was published before: what would be published, what it costs, its certificate."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .audit import Shown
from .compose import Composed, Threshold, compose, tables
from .knowledge import World, world
from .ledger import Ledger, PastFigures, PastRelease
from .model import (
    SMALLEST_K,
    TOTAL,
    BadInput,
    Base,
    Fault,
    Figure,
    Release,
    Table,
    TableSpec,
    bad,
    canonical,
)
from .moves import Flags
from .pinned import unreachable
from .problem import Outcome, Said, silent
from .programme import TOO_DEAR, coarser, standard
from .regions import Region
from .search import Search

SECONDS = 45.0
QUICK, FEW = 10.0, 2_000  # seconds for a problem of fewer unknowns
LARGEST_K = 100
RUNGS = 8


def no_higher(_where: Mapping[str, tuple[str, ...]]) -> int:
    """No region has a higher k than the release."""
    return 0


@dataclass(frozen=True)
class Before:
    """What was published before, and a keyed fingerprint: of an opened ledger, or of nothing."""

    releases: tuple[PastRelease, ...] = ()
    figures: tuple[PastFigures, ...] = ()
    head: str = ""
    keyed: Callable[[bytes, str], str] | None = None

    @classmethod
    def of(cls, ledger: Ledger) -> "Before":
        """All that the ledger holds."""
        return cls(ledger.releases, ledger.figures, ledger.head, ledger.keyed)


class Disputed(BadInput):
    """Figures of others are not true by our counts; nobody can hold both."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = tuple(figures)
        super().__init__(
            Fault(f"figure of {one.source or 'others'}", f"{_words(one.where)} = {one.value} contradicts the microdata")
            for one in figures
        )


class Revised(BadInput):
    """Years of an earlier release have other counts now, and the release was not said to be a revision."""

    def __init__(self, said: World) -> None:
        self.years = tuple(one.year for one in said.revised)
        super().__init__(
            Fault(
                f"year {one.year}",
                f"differs from the release in row {one.row} of the ledger ({one.before} counted then, {one.now} now)",
            )
            for one in said.revised
        )


def _words(where: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(f"{name} {'/'.join(joined)}" for name, joined in where.items()) or "the total"


@dataclass(frozen=True)
class Cost:
    """What a table loses: cells, and the part of its detailed count that is no longer to be seen."""

    dimensions: tuple[str, ...]
    cells: int
    lost: int
    hidden: float


@dataclass(frozen=True)
class Prepared:
    """A release that is ready, and what nobody outside may see of how it came about.

    Attributes:
        release: what would be published.
        base: true counts.
        versions: of its years, for the ledger.
        costs: by table.
        bounded: sensitive regions that were bounded or pinned before, with how far they can still shift (down, up).
        outcome: of the search.
        composed: the problem.
        world: what is known and true.
        shown: the tables put forward to the audit, once it was asked.
        refused: what the audit found against the first proposal, where it let another pattern pass; private.
    """

    release: Release
    base: Base
    versions: Mapping[str, int]
    costs: tuple[Cost, ...]
    bounded: tuple[Mapping[str, Any], ...]
    outcome: Outcome
    composed: Composed
    world: World = field(repr=False)
    shown: Shown | None = field(default=None, repr=False)
    refused: tuple[str, ...] = field(default=(), repr=False)

    @property
    def lost(self) -> int:
        """How many cells are suppressed; one that stands in several tables counts once."""
        return int(self.outcome.free[self.composed.problem.cells].sum())


def prepare(
    base: Base,
    *,
    k: int = 3,
    specs: Sequence[TableSpec] | None = None,
    before: Before | None = None,
    seconds: float | None = None,
    revision: bool = False,
    contested: bool = False,
    threshold: Threshold = no_higher,
    said: Said = silent,
) -> Prepared:
    """Find what may be published.

    Args:
        base: true counts of every year of the release.
        k: counts from 1 to k - 1 are small.
        specs: tables; None takes the standard programme and coarsens what costs too much.
        before: what was published before.
        seconds: limit of the search; a safe pattern is finished even when it takes longer, for as long again or 15
            seconds, then everything not proven is suppressed. None: 10 for a small problem, 45 for a large one.
        revision: other counts for years published before are meant as a revision.
        contested: figures of others that contradict the microdata are left aside.
        threshold: k of a region where it is higher than ``k`` (children by form).
        said: told how far the search is.

    Raises:
        Disputed, Revised, BadInput: the release is not made.
    """
    if not SMALLEST_K <= k <= LARGEST_K:
        raise bad("k", f"{k} is not between {SMALLEST_K} and {LARGEST_K}")
    before = before or Before()
    base = _listed(base, before, k)
    _same_method(before, base)
    known = world(base, before.releases, before.figures)
    if known.disputed and not contested:
        raise Disputed(known.disputed)
    if known.revised and not revision:
        raise Revised(known)
    wanted = list(specs) if specs is not None else standard(base)
    ties = _ties(before)
    for _ in range(RUNGS):
        composed = compose(known, base, wanted, k, threshold, ties)
        limit = seconds or (QUICK if len(composed.problem.base.start) < FEW else SECONDS)
        outcome = Search(composed.problem, limit, said).run()
        made = tables(composed, base, outcome.free, base.years, base.unit)
        costs = [cost_of(table) for table in made]
        rungs = [
            (coarser(spec, base, base.years) if cost.hidden > TOO_DEAR else None) or spec
            for spec, cost in zip(wanted, costs, strict=True)
        ]
        if specs is not None or rungs == wanted:
            break
        wanted = _distinct(rungs)
    pinned, bounded = unreachable(composed, outcome, known)
    certificate = _certificate(base, before, known, composed, outcome, made, pinned, k)
    release = Release(k, base.years, made, certificate)
    return Prepared(release, base, known.versions, tuple(costs), tuple(bounded), outcome, composed, known)


def _listed(base: Base, before: Before, k: int) -> Base:
    """With every category that an earlier release listed: one that is left out now would be known to be empty.

    Where fewer than k are counted, and all alike, a list of one category would say so of each; it gets a second.
    """
    known: dict[str, set[str]] = {name: set(listed) for name, listed in base.dimensions.items()}
    for one in before.releases:
        if one.base.unit is base.unit:
            for name in known.keys() & one.base.dimensions.keys():
                known[name] |= set(one.base.dimensions[name])
    for listed in known.values() if base.total() < k else ():
        if len(listed) == 1:
            listed.add("other" if "unknown" in listed else "unknown")
    return replace(base, dimensions={name: tuple(sorted(listed)) for name, listed in known.items()})


def _distinct(specs: Sequence[TableSpec]) -> list[TableSpec]:
    kept: list[TableSpec] = []
    for one in specs:
        if one not in kept:
            kept.append(one)
    return kept


def _same_method(before: Before, base: Base) -> None:
    rounded = [
        one.row for one in before.releases if one.method != "suppression" and set(one.versions) & set(base.years)
    ]
    if rounded:
        raise bad(
            f"ledger row {rounded[0]}",
            "published rounded numbers of these years; a suppressed release over the same cells would undo both",
        )


def _ties(before: Before) -> Callable[[Region], float]:
    """Ties between patterns: detail goes before totals, then by a secret, so that nobody can repeat the choice."""

    def tie(region: Region) -> float:
        mark = canonical([str(bits) for bits in region])
        drawn = int(before.keyed(mark, "tie")[:12], 16) / 16**12 if before.keyed is not None else 0.5
        return 0.5 * drawn + 0.5 * math.log1p(math.prod(bits.bit_count() for bits in region)) / 40.0

    return tie


def cost_of(table: Table) -> Cost:
    """Read off the published table alone, so that telling it tells nothing."""
    lost = sum(cell.value is None for cell in table.cells)
    detail = [cell for cell in table.cells if TOTAL not in cell.key.values()]
    total = next(cell.value for cell in table.cells if set(cell.key.values()) == {TOTAL}) or 0
    seen = sum(cell.value or 0 for cell in detail)
    return Cost(table.dimensions, len(table.cells), lost, 1.0 - seen / total if total else 0.0)


def _certificate(
    base: Base,
    before: Before,
    known: World,
    composed: Composed,
    outcome: Outcome,
    made: Sequence[Table],
    pinned: Sequence[Mapping[str, Any]],
    k: int,
) -> dict[str, Any]:
    problem = composed.problem
    lost = int(outcome.free[problem.cells].sum())
    least = lost if outcome.proven else min(lost, math.ceil(outcome.bound - 0.5 - 1e-6))
    shown = {region for _, keys in composed.layout for _, region in keys}
    said: dict[str, Any] = {
        "method": "suppression",
        "k": k,
        "unit": base.unit.value,
        "policy": {"annual_totals": "exact"},
        "totals": {year: base.total([year]) for year in base.years},
        "tables": [list(table.dimensions) for table in made],
        "cells": len(shown),
        "lost": lost,
        "least": least,
        "gap": round((lost - least) / lost, 4) if lost else 0.0,
        "optimal": outcome.proven,
        "pinned": list(pinned),
        "thin_years": list(composed.thin),
        "disputed": [one.as_json() for one in refuted(known, composed, outcome.free)],
        "revised": [{"year": one.year, "row": one.row} for one in known.revised],
        "hidden": [round(cost_of(table).hidden, 4) for table in made],
    }
    return {**said, **fingerprints(base, before)}


def refuted(known: World, composed: Composed, free: Flags) -> list[Figure]:
    """The figures of others that everybody can see to be untrue: what they speak of is printed with another number.

    Of the others it is not told, since it would be an oracle on suppressed cells: "0" that is not true is somebody.
    """
    hidden = {region for region, at in composed.index.items() if free[at] and composed.problem.cells[at]}
    printed = {region for _, keys in composed.layout for _, region in keys} - hidden
    return [one.figure for one in known.contradictions if one.region in printed or one.region in known.known]


def fingerprints(base: Base, before: Before) -> dict[str, str]:
    """What a release was made from, keyed so that nobody without the ledger can find it by trying."""
    if before.keyed is None:
        return {}
    return {"microdata": before.keyed(canonical(base.as_json()), "microdata"), "ledger": before.head}
