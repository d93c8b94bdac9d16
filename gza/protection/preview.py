"""What a release would publish, and what it costs now and for later ones; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .ledger import PastRelease
from .model import YEAR, Base, TableSpec
from .problem import Said, silent
from .release import Before, Cost, Prepared, prepare


@dataclass(frozen=True)
class Preview:
    """What a release would publish and cost; nothing is written.

    Attributes:
        prepared: the release, not yet audited.
        costs: by table, cells and part of the count lost now.
        lost: cells lost now.
        later: cells that the same tables over one year more would lose beyond what they would without this release in
            the ledger, if the new year were like the last one.
    """

    prepared: Prepared
    costs: tuple[Cost, ...]
    lost: int
    later: int


def preview(
    base: Base,
    *,
    k: int = 3,
    specs: Sequence[TableSpec] | None = None,
    before: Before | None = None,
    seconds: float | None = None,
    said: Said = silent,
) -> Preview:
    """Tell what would be published and what it costs now and later; arguments as for ``prepare``."""
    before = before or Before()
    now = prepare(base, k=k, specs=specs, before=before, seconds=seconds, said=said)
    wanted = [TableSpec(table.dimensions, table.groups, table.unit) for table in now.release.tables]
    last = base.years[-1]
    following = str(int(last) + 1)
    more = {(following, *key[1:]): n for key, n in base.counts.items() if key[0] == last}
    grown = Base(base.dimensions, {**base.counts, **more}, base.unit)
    row = max((one.row for one in before.releases), default=1) + 1
    versions = {year: version or row for year, version in now.versions.items()}
    entered = PastRelease(row, k, versions, base, now.release, "suppression")
    plain = [TableSpec(one.dimensions, _with_year(one, following), one.unit) for one in wanted]
    with_it = prepare(
        grown,
        k=k,
        specs=plain,
        before=replace(before, releases=(*before.releases, entered)),
        seconds=seconds,
        said=said,
    )
    without_it = prepare(grown, k=k, specs=plain, before=before, seconds=seconds, said=said)
    return Preview(now, now.costs, now.lost, max(0, with_it.lost - without_it.lost))


def _with_year(spec: TableSpec, following: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The groups of a table with one year more."""
    if YEAR not in spec.groups:
        return spec.groups
    return {**spec.groups, YEAR: {**spec.groups[YEAR], following: (following,)}}
