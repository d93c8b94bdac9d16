"""A prepared release put to the audit, what is offered instead where the audit refuses it, and its publication."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice
from pathlib import Path

import numpy as np

from . import audit as adversary
from .audit import Findings, Published
from .compose import Threshold, tables
from .ledger import Ledger, Row
from .model import Figure, Figures
from .moves import Flags
from .problem import Problem
from .release import Before, Prepared, cost_of, no_higher, refuted
from .showing import shown

AUDIT_SECONDS = 900.0
AGAIN, AGAIN_SECONDS = 120, 20.0  # how many patterns, for how long, are tried in place of one that the audit refused


class Refused(Exception):
    """The audit found an attack that succeeds; nothing was written. ``findings`` are in words, and private."""

    def __init__(self, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(self.findings[:3]))


def attacked(
    prepared: Prepared,
    before: Before,
    number: int,
    *,
    seconds: float = AUDIT_SECONDS,
    threshold: Threshold = no_higher,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Prepared, Findings]:
    """Let the adversary try the release, and others in its place where an attack succeeds.

    Args:
        prepared: the release.
        before: what was published before.
        number: row of the ledger that the release will have.
        seconds: limit of each audit; what it leaves undecided refuses.
        threshold: as for ``prepare``.
        tell: told what is being tried.

    Returns:
        The first that withstands and what was found of it; when none does, the release itself and what breaks it.
    """
    first: tuple[Prepared, Findings] | None = None
    for offered in _offers(prepared):
        proof = shown(offered.composed, offered.world, offered.outcome.pool, offered.outcome.free, number)
        found = adversary.audit(
            _published(offered, number),
            before=[Published(one.release, one.base, one.versions, one.row) for one in before.releases],
            figures=[without(one.figures, prepared.world.disputed) for one in before.figures if not one.contested],
            threshold=threshold,
            shown=proof,
            seconds=seconds,
            tell=tell,
        )
        tried = replace(offered, shown=proof, refused=_words(first[1]) if first else ()), found
        if found.withstood:
            return tried
        first = first or tried
    if first is None:
        raise AssertionError("nothing was offered")
    return first


def audited(
    prepared: Prepared,
    ledger: Ledger,
    *,
    seconds: float = AUDIT_SECONDS,
    threshold: Threshold = no_higher,
    tell: Callable[[str], None] = lambda _: None,
) -> Prepared:
    """``attacked`` for a ledger's next row; the audit's certificate goes into the release's.

    Raises:
        Refused: an attack succeeds whatever is suppressed, or could not be decided in time.
    """
    before, number = Before.of(ledger), len(ledger.rows) + 1
    made, found = attacked(prepared, before, number, seconds=seconds, threshold=threshold, tell=tell)
    if not found.withstood:
        raise Refused(_words(found))
    certificate = {**made.release.certificate, "audit": found.certificate()}
    return replace(made, release=replace(made.release, certificate=certificate))


def _published(prepared: Prepared, number: int) -> Published:
    versions = {year: version or number for year, version in prepared.versions.items()}
    return Published(prepared.release, prepared.base, versions, number)


def _words(found: Findings) -> tuple[str, ...]:
    return tuple(f"{one.attack}: {one.said}" for one in found.blocking)


def _offers(prepared: Prepared) -> Iterator[Prepared]:
    """The proposal; where the audit finds what the search did not, patterns with a cell or two more; then all cells.

    What it finds so is mostly that nothing suppressed would be small if a cell were 0, or k. More suppressed cells
    leave an attacker more tables, never fewer; with all of them he has as many as without the release.
    """
    yield prepared
    if prepared.release.certificate["method"] != "suppression":
        return
    until = time.monotonic() + AGAIN_SECONDS
    problem, free = prepared.composed.problem, prepared.outcome.free
    for more in islice(_more(problem, free), AGAIN):
        if time.monotonic() > until:
            break
        yield _suppressed(prepared, free | more)
    if (problem.cells & ~free).any():
        yield _suppressed(prepared, free | problem.cells)


def _more(problem: Problem, free: Flags) -> Iterator[Flags]:
    """Further cells to suppress, cheapest first: one, two, three."""
    printed = np.flatnonzero(problem.cells & ~free)
    printed = printed[np.argsort(problem.prices[printed], kind="stable")]
    for size in (1, 2, 3):
        for picked in combinations(printed, size):
            more = np.zeros_like(free)
            more[list(picked)] = True
            yield more


def _suppressed(prepared: Prepared, free: Flags) -> Prepared:
    """The same release with other cells suppressed."""
    release, base = prepared.release, prepared.base
    made = tables(prepared.composed, base, free, base.years, base.unit)
    lost = int(free[prepared.composed.problem.cells].sum())
    least = int(release.certificate["least"])
    certificate = {
        **release.certificate,
        "lost": lost,
        "gap": round((lost - least) / lost, 4) if lost else 0.0,
        "optimal": False,
        "hidden": [round(cost_of(table).hidden, 4) for table in made],
        "disputed": [one.as_json() for one in refuted(prepared.world, prepared.composed, free)],
    }
    return replace(
        prepared,
        release=replace(release, tables=made, certificate=certificate),
        outcome=replace(prepared.outcome, free=free, proven=False),
        costs=tuple(cost_of(table) for table in made),
    )


def without(figures: Figures, disputed: Sequence[Figure]) -> Figures:
    """The figures less those that a release left aside as contradicting its counts."""
    aside = [(one.value, one.source) for one in disputed]
    kept = tuple(one for one in figures.figures if (one.value, one.source) not in aside)
    return Figures(figures.dimensions, kept, figures.unit)


def publish(prepared: Prepared, ledger: Ledger, *, target: Path, at: str) -> Row:
    """Write an audited release into the ledger and to its target: both or neither.

    Raises:
        Refused: it was not audited.
        OSError: nothing was written.
    """
    if "audit" not in prepared.release.certificate:
        raise Refused(["the release was not audited"])
    method = prepared.release.certificate["method"]
    proof = None if prepared.shown is None else prepared.shown.as_json()
    return ledger.enter_release(
        prepared.release,
        prepared.base,
        prepared.versions,
        method=method,
        at=at,
        target=target,
        shown=proof,
        disputed=prepared.world.disputed,
    )
