"""What was known before a release, as regions: earlier releases with their counts, annual totals, figures of others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .fill import fill
from .ledger import PastFigures, PastRelease
from .model import TOTAL, YEAR, Base, Figure, Figures, Table, TableSpec, bad, regions
from .programme import ladder
from .regions import Axes, Region

THIS = 0  # the version of a year that no earlier release has
OUTSIDE = -1  # the version of a year of which only others have published


@dataclass(frozen=True)
class Revision:
    """A year whose counts are not those of an earlier release."""

    year: str
    row: int
    before: int
    now: int


@dataclass(frozen=True)
class Contradiction:
    """A figure of others that is not true by our counts, and what it speaks of; None where that is no part of them."""

    figure: Figure
    region: Region | None


@dataclass
class World:
    """The full cross of everything that is or was published about one unit, and what is true in it.

    Attributes:
        axes: axis 0 holds each year in each of its versions, named ``2021#4`` (4: the row that first held it).
        truth: category numbers on each axis -> count.
        known: regions whose sum everybody knows, with the sum.
        annual: the regions of whole years among them.
        counted: the dimensions that we counted ourselves.
        sensitive: regions that must stay protected from before, with the threshold of their release.
        contradictions: figures of others that are not true by our counts.
        revised: the years that differ from an earlier release.
        versions: of the years of this release.
    """

    axes: Axes
    truth: dict[tuple[int, ...], int]
    known: dict[Region, int] = field(default_factory=dict)
    annual: dict[Region, int] = field(default_factory=dict)
    sensitive: dict[Region, int] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    contradictions: tuple[Contradiction, ...] = ()
    revised: tuple[Revision, ...] = ()
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def disputed(self) -> tuple[Figure, ...]:
        """The figures that are not true by our counts; nobody outside may know which they are."""
        return tuple(one.figure for one in self.contradictions)

    def count(self, region: Region) -> int:
        """The true sum of a region."""
        return sum(
            n for at, n in self.truth.items() if all(bits >> one & 1 for bits, one in zip(region, at, strict=True))
        )


def label(year: str, version: int) -> str:
    """The name of a version of a year on axis 0."""
    return f"{year}#{version}"


def _share(base: Base, names: Sequence[str], year: str) -> Counter[tuple[str, ...]]:
    """Counts of one year over some of the dimensions."""
    at = [list(base.dimensions).index(name) + 1 for name in names]
    counted: Counter[tuple[str, ...]] = Counter()
    for key, n in base.counts.items():
        if key[0] == year:
            counted[tuple(key[one] for one in at)] += n
    return counted


def _versions(base: Base, past: Sequence[PastRelease]) -> tuple[dict[str, int], tuple[Revision, ...]]:
    """For each year the newest row that counted the same, or ``THIS``; and what differs from the newest with it."""
    versions, revised = {}, []
    for year in base.years:
        versions[year] = THIS
        newest = next((one for one in reversed(past) if year in one.versions), None)
        if newest is None:
            continue
        names = [name for name in base.dimensions if name in newest.base.dimensions]
        if _share(base, names, year) == _share(newest.base, names, year):
            versions[year] = newest.versions[year]
        else:
            revised.append(Revision(year, newest.row, newest.base.total([year]), base.total([year])))
    return versions, tuple(revised)


Counted = Counter[tuple[str, ...]]


def _coupled(parts: Sequence[tuple[tuple[str, ...], Counted]], names: Sequence[str]) -> Counted:
    """One count over all dimensions whose margins are the given counts over some of them, which agree where they meet.

    Where dimensions were never counted together any joint count with these margins serves: no region asks for it.
    """
    have, joint = parts[0]
    for more, counts in parts[1:]:
        new = tuple(name for name in more if name not in have)
        if new:
            shared = [name for name in more if name in have]
            own = [have.index(name) for name in shared]
            joint = _widened(joint, own, counts, [more.index(name) for name in shared], [more.index(n) for n in new])
            have = (*have, *new)
    order = [have.index(name) if name in have else -1 for name in names]
    done: Counted = Counter()
    for key, n in joint.items():
        done[tuple(key[at] if at >= 0 else "" for at in order)] += n
    return done


def _widened(joint: Counted, own: Sequence[int], counts: Counted, shared: Sequence[int], new: Sequence[int]) -> Counted:
    """Deal counts over new dimensions out over the joint count; ``own`` and ``shared`` are where they meet."""
    waiting: dict[tuple[str, ...], list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for key, n in sorted(counts.items(), reverse=True):
        waiting[tuple(key[at] for at in shared)].append((tuple(key[at] for at in new), n))
    wider: Counted = Counter()
    for key, n in sorted(joint.items()):
        queue, left = waiting[tuple(key[at] for at in own)], n
        while left:
            added, there = queue.pop()
            taken = min(left, there)
            wider[(*key, *added)] += taken
            left -= taken
            if there > taken:
                queue.append((added, there - taken))
    return wider


def world(base: Base, past: Sequence[PastRelease], others: Sequence[PastFigures]) -> World:
    """Put everything that is known about the unit of ``base`` on one cross.

    Raises:
        BadInput: when figures of others leave out the year.
    """
    past = [one for one in past if one.base.unit == base.unit]
    heard = [one.figures for one in others if one.figures.unit == base.unit and not one.contested]
    versions, revised = _versions(base, past)
    held: dict[tuple[str, int], list[Base]] = defaultdict(list)
    for year in base.years:
        held[year, versions[year]].append(base)
    for one in past:
        for year, version in one.versions.items():
            held[year, version].append(one.base)
    newest = {year: version for one in past for year, version in one.versions.items()} | versions
    categories: dict[str, dict[str, None]] = {}
    for dimensions in (base.dimensions, *(one.base.dimensions for one in past)):
        for name, listed in dimensions.items():
            categories.setdefault(name, {}).update(dict.fromkeys(listed))
    counted = frozenset(categories)
    joined = [(said, _resolved(said.figures, categories)) for said in heard]
    for said, figures in joined:
        _widen(said, figures, categories, newest)
    for year, version in newest.items():
        held.setdefault((year, version), [])
    names = list(categories)
    years = tuple(label(*one) for one in sorted(held))
    axes = Axes((YEAR, *names), (years, *(tuple(categories[name]) for name in names)))
    made = World(axes, _truth(axes, held, names), counted=counted, revised=revised, versions=versions)
    _add_totals(made, base, past)
    for release in past:
        _add_past(made, release)
    _add_figures(made, joined, newest)
    for release in past:
        tabled = {name for table in release.release.tables for name in table.dimensions}
        _add_absent(made, {n: one for n, one in release.base.dimensions.items() if n in tabled}, release.versions)
    _add_absent(made, base.dimensions, versions)
    return made


def _add_absent(said: World, dimensions: Mapping[str, tuple[str, ...]], versions: Mapping[str, int]) -> None:
    """A table lists its categories, which add up to its totals: in those that it does not list there is nobody."""
    window = [label(year, version) for year, version in versions.items()]
    for name, listed in dimensions.items():
        absent = [one for one in said.axes.categories[said.axes.names.index(name)] if one not in listed]
        region = said.axes.region({YEAR: window, name: absent})
        if absent and said.count(region) == 0:
            said.known[region] = 0


def _widen(
    said: Figures, figures: Sequence[Figure], categories: dict[str, dict[str, None]], newest: dict[str, int]
) -> None:
    """Make room on the cross for the categories and years that only others speak of."""
    for name, listed in said.dimensions.items():
        if name != YEAR and (name not in categories or any(name in one.where for one in figures)):
            known = categories.setdefault(name, {})
            known.update(dict.fromkeys(one for one in listed if not _stands_for(name, one, known)))
    for figure in figures:
        for year in figure.where.get(YEAR, said.dimensions.get(YEAR, ())):
            newest.setdefault(year, OUTSIDE)


def _truth(
    axes: Axes, held: Mapping[tuple[str, int], Sequence[Base]], names: Sequence[str]
) -> dict[tuple[int, ...], int]:
    place = [{one: at for at, one in enumerate(listed)} for listed in axes.categories]
    truth: dict[tuple[int, ...], int] = {}
    for (year, version), bases in held.items():
        if not bases:
            continue
        parts = [(tuple(one.dimensions), _share(one, list(one.dimensions), year)) for one in bases]
        for key, n in _coupled(parts, names).items():
            rest = (place[axis][one] if one else 0 for axis, one in enumerate(key, 1))
            at = (place[0][label(year, version)], *rest)
            truth[at] = truth.get(at, 0) + n
    return truth


def _add_totals(said: World, base: Base, past: Sequence[PastRelease]) -> None:
    versions = {label(year, version): base.total([year]) for year, version in said.versions.items()}
    for one in past:
        versions |= {label(year, version): one.base.total([year]) for year, version in one.versions.items()}
    for name, total in versions.items():
        said.annual[said.axes.region({YEAR: [name]})] = total


def table_regions(
    axes: Axes, spec: TableSpec | Table, base: Base, versions: Mapping[str, int]
) -> Iterable[tuple[dict[str, str], Region]]:
    """Each key of a table with its region; the whole window stands for ``*`` of the year."""
    years = tuple(sorted(versions))
    plain = TableSpec(spec.dimensions, spec.groups, spec.unit)
    listed = {name: plain.categories(name, base, years) for name in spec.dimensions}
    window = [label(year, versions[year]) for year in years]
    for key in regions({name: tuple(one) for name, one in listed.items()}):
        where: dict[str, Sequence[str]] = {YEAR: window}
        for name, category in key:
            if category == TOTAL:
                continue
            joined = listed[name][category]
            where[name] = [label(year, versions[year]) for year in joined] if name == YEAR else joined
        yield dict(key), axes.region(where)


def singled(axes: Axes, region: Region) -> list[Region]:
    """The region over every single year in it."""
    bits = [1 << at for at in range(len(axes.categories[0])) if region[0] >> at & 1]
    return [(one, *region[1:]) for one in bits]


def _add_past(said: World, past: PastRelease) -> None:
    for table in past.release.tables:
        values = {tuple(cell.key.items()): cell.value for cell in table.cells}
        for key, region in table_regions(said.axes, table, past.base, past.versions):
            value = values[tuple(key.items())]
            if value is not None and past.method == "suppression":
                said.known[region] = value
            for one in (region, *singled(said.axes, region)):
                said.sensitive[one] = max(past.k, said.sensitive.get(one, 0))


def _stands_for(name: str, category: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known categories that a coarser one joins; empty when it is none of the coarser ones, or is known itself."""
    groups = ladder(name, list(known)) or {}
    return tuple(groups.get(category, ())) if category not in set(known) else ()


def _resolved(figures: Sequence[Figure], categories: Mapping[str, Iterable[str]]) -> list[Figure]:
    """Figures whose coarser categories (child, foreign) are replaced by those that they join."""
    resolved = []
    for figure in figures:
        where = {}
        for name, joined in figure.where.items():
            known = list(categories.get(name, ()))
            where[name] = tuple(
                dict.fromkeys(fine for one in joined for fine in (_stands_for(name, one, known) or (one,)))
            )
        resolved.append(Figure(where, figure.value, figure.source))
    return resolved


def _add_figures(said: World, joined: Sequence[tuple[Figures, Sequence[Figure]]], newest: Mapping[str, int]) -> None:
    """What others published: known where it is true of our counts, or can be true of what only they counted."""
    disputed: list[Contradiction] = []
    beyond: dict[Region, Figure] = {}
    outside = {label(year, version) for year, version in newest.items() if version == OUTSIDE}
    foreign = [axis for axis, name in enumerate(said.axes.names) if axis and name not in said.counted]
    whole = said.axes.everything
    for heard, figures in joined:
        for figure in figures:
            years = figure.where.get(YEAR) or heard.dimensions.get(YEAR)
            if not years:
                raise bad("figures of others", f"a figure of {figure.source or 'others'} names no year")
            where: dict[str, Sequence[str]] = {name: list(c) for name, c in figure.where.items() if name != YEAR}
            where[YEAR] = [label(year, newest[year]) for year in years]
            region = said.axes.region(where)
            if outside & set(where[YEAR]) or any(region[axis] != whole[axis] for axis in foreign):
                if beyond.setdefault(region, figure).value != figure.value:
                    disputed.append(Contradiction(figure, None))
            elif said.count(region) != figure.value:
                disputed.append(Contradiction(figure, region))
            else:
                said.known[region] = figure.value
    if beyond:
        bits = sum(1 << at for at, name in enumerate(said.axes.categories[0]) if name in outside)
        values = {region: figure.value for region, figure in beyond.items()}
        filled = fill(said.axes, said.truth, foreign, bits, values)
        if filled is None:
            disputed += [Contradiction(one, None) for one in beyond.values()]
        else:
            said.truth = filled
            said.known |= values
    said.contradictions = tuple(disputed)
