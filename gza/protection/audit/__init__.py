"""The adversary: tries every known attack on a release before it is published, and refuses it when one succeeds.

Written apart from the code that protects: the two share the data model and nothing else. ``audit`` is pure; the command
and the product call it before anything is written or published.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gza.protection.bounds import ANY_SECONDS, Answer
from gza.protection.model import Figures, canonical, fingerprint

from . import people, structure
from .country import Country, Published, Region, Shown, country
from .findings import ATTACKS, Finding, Findings
from .intervals import darkness
from .knowledge import Ratio, Threshold, View, no_more, ratio_rows, view
from .revisions import differences
from .witness import Witnesses

__all__ = ["ATTACKS", "Finding", "Findings", "Published", "Ratio", "Shown", "audit"]

Told = Callable[[str], None]


def audit(
    current: Published,
    *,
    before: Sequence[Published] = (),
    figures: Sequence[Figures] = (),
    said: Mapping[str, Any] | None = None,
    ratios: Sequence[Ratio] = (),
    groups: Sequence[Mapping[tuple[str, ...], int]] = (),
    threshold: Threshold = no_more,
    shown: Shown | None = None,
    seconds: float = ANY_SECONDS,
    tell: Told = lambda _: None,
) -> Findings:
    """Try every attack of ``ATTACKS`` on a release.

    Args:
        current: the release with the base counts it was made from.
        before: the releases published earlier, of whatever unit.
        figures: figures published by others that can be true together with ours.
        said: the release file as it stands, when there is one; else its own form.
        ratios: shares and means that are shown beside the tables.
        groups: people of one case: base cell key (year, then a category of each dimension) -> how many of them.
        threshold: k of a region where it is higher than the release's.
        shown: tables that whoever made the release puts forward; each is held against every row here before it counts.
        seconds: how long may be searched; what is undecided then refuses the release.
        tell: told what is being tried.
    """
    until = time.monotonic() + seconds
    unit = current.base.unit
    same = [one for one in before if one.base.unit is unit]
    other = [one for one in before if one.base.unit is not unit]
    about = [one for one in figures if one.unit is unit]
    land = country(unit, [*same, current], about)
    tell("holding the printed values against the base counts")
    written = current.release.as_json() if said is None else said
    blocking = structure.marks(written, current) + structure.false_figures(land, current)
    if any(finding.attack == "false figure" and finding.low is None and not finding.key for finding in blocking):
        return _findings(blocking, written)
    blocking += structure.printed_and_suppressed(land, current)
    seen = view(land, current, same, about, other, threshold)
    seen.ratios = ratio_rows(seen, ratios, current.versions)
    search = Witnesses(land.width, seen.rows(seen.full) + seen.ratios, until=until, start=land.truth)
    ground = Witnesses(land.width, seen.rows(seen.ground), until=until, start=land.truth)
    if shown is not None:
        tables = land.laid_out(shown)
        search.offer(tables)
        ground.offer(tables)
    if search.possible() is not Answer.YES:
        said_so = "no table of whole numbers satisfies what is printed and what was known before"
        blocking.append(Finding("false figure", {}, current.release.years, unit, None, None, said_so))
        return _findings(blocking, written)
    ground.tables.extend(search.tables[:1])
    return _findings(blocking, written, _attacks(seen, search, ground, groups, until, tell, other))


@dataclass(frozen=True)
class _Outcome:
    """What the attacks gave."""

    blocking: list[Finding]
    pinned: list[Finding]
    bounded: list[Finding]
    whole: list[Finding]


def _attacks(
    seen: View,
    search: Witnesses,
    ground: Witnesses,
    groups: Sequence[Mapping[tuple[str, ...], int]],
    until: float,
    tell: Told,
    other: Sequence[Published],
) -> _Outcome:
    tell("bounds of every sensitive cell, in whole numbers")
    dark = darkness(seen, search, ground)
    blocking = list(dark.blocking)
    tell("small groups, unpublished crosses")
    blocking += people.group_disclosure(seen, search, ground, dark)
    blocking += people.unpublished_crosses(seen, search, ground)
    tell("insiders and coalitions")
    knowers = [(one,) for one in people.insiders(seen)]
    blocking += people.learned(seen, search, ground, dark, knowers, "insider")
    named = [{_base_region(seen.land, key): count for key, count in group.items()} for group in groups]
    blocking += people.learned(seen, search, ground, dark, people.coalitions(seen, named), "coalition")
    tell("an attacker who knows how the tables are made")
    blocking += people.knows_the_optimiser(seen, search, ground, dark)
    tell("revised minus old, tables of other units")
    blocking += differences(seen, until=until)
    blocking += _other_units(seen, other, until)
    return _Outcome(blocking, dark.pinned, dark.bounded, people.whole_groups(seen))


def _base_region(land: Country, key: tuple[str, ...]) -> Region:
    """The base cell of a key: year, then a category of each dimension in order."""
    where = {dim: (one,) for dim, one in zip(land.dimensions, key[1:], strict=True)}
    versions = dict(land.slots)
    return land.region([key[0]], where, versions)


def _other_units(seen: View, other: Sequence[Published], until: float) -> list[Finding]:
    """What this release tells of the cells of earlier releases that counted something else."""
    if seen.current is None:
        return []
    found = []
    for unit in dict.fromkeys(one.base.unit for one in other):
        theirs = [one for one in other if one.base.unit is unit]
        land = country(unit, theirs, ())
        before = view(land, None, theirs, (), [one for one in other if one.base.unit is not unit])
        now = view(land, None, theirs, (), [*[one for one in other if one.base.unit is not unit], seen.current])
        both = View(land, now.full, before.full, now.sensitive, None)
        search = Witnesses(land.width, both.rows(both.full), until=until, start=land.truth)
        ground = Witnesses(land.width, both.rows(both.ground), until=until, start=land.truth)
        if search.possible() is Answer.YES and ground.possible() is Answer.YES:
            found += darkness(both, search, ground, "linked unit").blocking
    return found


def _findings(blocking: Sequence[Finding], written: Mapping[str, Any], out: _Outcome | None = None) -> Findings:
    prints = {"tables": fingerprint(canonical(written.get("tables", [])))}
    if out is None:
        return Findings(tuple(blocking), (), (), (), prints, tuple(ATTACKS))
    found = (*blocking, *out.blocking)
    return Findings(found, tuple(out.pinned), tuple(out.bounded), tuple(out.whole), prints, tuple(ATTACKS))
