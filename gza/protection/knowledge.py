"""What was known before a release: earlier releases with their true counts, annual totals, figures of others, as regions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .ledger import PastFigures, PastRelease
from .fill import fill
from .model import TOTAL, YEAR, Base, Figure, Table, TableSpec, bad, regions
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
        disputed: figures of others that are not true by our counts.
        revised: the years that differ from an earlier release.
        versions: of the years of this release.
    """

    axes: Axes
    truth: dict[tuple[int, ...], int]
    known: dict[Region, int] = field(default_factory=dict)
    annual: dict[Region, int] = field(default_factory=dict)
    sensitive: dict[Region, int] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    disputed: tuple[Figure, ...] = ()
    revised: tuple[Revision, ...] = ()
    versions: dict[str, int] = field(default_factory=dict)

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
    """For each year the newest row that counted the same, or ``THIS``; and what differs from the newest that held it."""
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


def _coupled(parts: Sequence[tuple[tuple[str, ...], Mapping[tuple[str, ...], int]]], names: Sequence[str]) -> Counter[tuple[str, ...]]:
    """One count over all dimensions whose margins are the given counts over some of them, which agree where they meet.

    Where dimensions were never counted together any joint count with these margins serves: no region asks for it.
    """
    have, joint = parts[0][0], Counter(dict(parts[0][1]))
    for more, counts in parts[1:]:
        new = tuple(name for name in more if name not in have)
        if not new:
            continue
        shared = [name for name in more if name in have]
        waiting: dict[tuple[str, ...], list[list[object]]] = defaultdict(list)
        for key, n in sorted(counts.items()):
            known = dict(zip(more, key, strict=True))
            waiting[tuple(known[name] for name in shared)].append([tuple(known[name] for name in new), n])
        wider: Counter[tuple[str, ...]] = Counter()
        for key, n in sorted(joint.items()):
            known = dict(zip(have, key, strict=True))
            queue = waiting[tuple(known[name] for name in shared)]
            while n:
                added, left = queue[0]
                taken = min(n, int(str(left)))
                wider[(*key, *added)] += taken  # type: ignore[misc]
                n -= taken
                queue[0][1] = int(str(left)) - taken
                if not queue[0][1]:
                    queue.pop(0)
        have, joint = (*have, *new), wider
    order = [have.index(name) if name in have else -1 for name in names]
    done: Counter[tuple[str, ...]] = Counter()
    for key, n in joint.items():
        done[tuple(key[at] if at >= 0 else "" for at in order)] += n
    return done


def world(
    base: Base, past: Sequence[PastRelease], others: Sequence[PastFigures]
) -> World:
    """Put everything that is known about the unit of ``base`` on one cross.

    Raises:
        BadInput: when figures of others leave out the year.
    """
    past = [one for one in past if one.base.unit == base.unit]
    others = [one for one in others if one.figures.unit == base.unit and not one.contested]
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
    joined = [_resolved(one.figures.figures, categories) for one in others]
    for one, figures in zip(others, joined, strict=True):
        for name, listed in one.figures.dimensions.items():
            if name != YEAR and (name not in categories or _used(name, figures)):
                known = categories.setdefault(name, {})
                known.update(dict.fromkeys(c for c in listed if not _stands_for(name, c, known)))
        for figure in figures:
            for year in figure.where.get(YEAR, one.figures.dimensions.get(YEAR, ())):
                if year not in newest:
                    newest[year] = OUTSIDE
                    held[year, OUTSIDE] = []
    names = list(categories)
    years = sorted(held)
    axes = Axes((YEAR, *names), (tuple(label(*one) for one in years), *(tuple(categories[name]) for name in names)))
    truth = _truth(axes, held, names)
    counted = frozenset(base.dimensions).union(*(one.base.dimensions for one in past))
    said = World(axes, truth, counted=counted, revised=revised, versions=versions)
    _add_totals(said, base, past)
    for release in past:
        _add_past(said, release)
    _add_figures(said, joined, newest, others)
    return said


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
            at = (place[0][label(year, version)],)
            at += tuple(place[axis][one] if one else 0 for axis, one in enumerate(key, 1))
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


def _used(name: str, figures: Sequence[Figure]) -> bool:
    return any(name in figure.where for figure in figures)


def _add_figures(
    said: World, joined: Sequence[Sequence[Figure]], newest: Mapping[str, int], others: Sequence[PastFigures]
) -> None:
    disputed: list[Figure] = []
    open_: dict[Region, Figure] = {}
    outside = {label(year, version) for year, version in newest.items() if version == OUTSIDE}
    foreign = [axis for axis, name in enumerate(said.axes.names) if axis and name not in said.counted]
    for one, figures in zip(others, joined, strict=True):
        for figure in figures:
            years = figure.where.get(YEAR) or one.figures.dimensions.get(YEAR)
            if not years:
                raise bad(f"ledger row {one.row}", f"a figure of {figure.source or 'others'} names no year")
            where: dict[str, Sequence[str]] = {name: list(c) for name, c in figure.where.items() if name != YEAR}
            where[YEAR] = [label(year, newest[year]) for year in years]
            region = said.axes.region(where)
            whole = said.axes.everything
            if outside & set(where[YEAR]) or any(region[axis] != whole[axis] for axis in foreign):
                if open_.setdefault(region, figure).value != figure.value:
                    disputed.append(figure)
            elif said.count(region) != figure.value:
                disputed.append(figure)
            else:
                said.known[region] = figure.value
    if open_:
        bits = sum(1 << at for at, name in enumerate(said.axes.categories[0]) if name in outside)
        values = {region: figure.value for region, figure in open_.items()}
        filled = fill(said.axes, said.truth, foreign, bits, values)
        if filled is None:
            disputed += open_.values()
        else:
            said.truth = filled
            said.known |= values
    said.disputed = tuple(disputed)
