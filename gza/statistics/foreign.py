"""Figures that others published of the same people: read, put beside what is known, contradictions named. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gza.protection import consistency, documents
from gza.protection.model import TOTAL, YEAR, Figure, Figures, Release, Unit, bad

from .programmes import LEVEL, categories

SECONDS = 20.0


@dataclass(frozen=True)
class Findings:
    """What figures come to, held against what is known.

    ``conflict`` is a smallest set of figures that contradict each other, with their sources; ``pinned`` are cells whose
    value the figures now force, that were not forced before.
    """

    conflict: tuple[Figure, ...] = ()
    pinned: tuple[Mapping[str, object], ...] = ()

    @property
    def consistent(self) -> bool:
        """Whether some table satisfies all of them."""
        return not self.conflict


def over(figures: Sequence[Figure]) -> Figures:
    """Figures over the dimensions they name, each with every category we count, and the years they name.

    Raises:
        BadInput: when a category is none of ours.
    """
    names = [name for name in (YEAR, *LEVEL) if any(name in one.where for one in figures)]
    dimensions: dict[str, tuple[str, ...]] = {}
    for name in names:
        said = {each for one in figures for each in one.where.get(name, ())}
        dimensions[name] = tuple(sorted(said)) if name == YEAR else categories(name)
        if strange := said - set(dimensions[name]):
            raise bad(name, "{}: no category that is counted here", ", ".join(sorted(strange)))
    return Figures(dimensions, tuple(figures), Unit.PERSON)


def parse(data: bytes) -> Figures:
    """Figures out of a file of ``gza statistics check``, over our own categories.

    Raises:
        BadInput: with every fault by its place.
    """
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise bad("file", "is not JSON in UTF-8") from error
    found = documents.figures(said)
    if strange := set(found.dimensions) - {YEAR, *LEVEL}:
        raise bad("dimensions", "{}: not counted here", ", ".join(sorted(strange)))
    if found.unit is not Unit.PERSON:
        raise bad("unit", "only persons are counted here")
    if not found.figures:
        raise bad("figures", "there are none")
    if any(YEAR not in one.where for one in found.figures):
        raise bad("figures", "each names its year")
    return over(found.figures)


def of_release(release: Release, source: str) -> list[Figure]:
    """What a release shows, as figures: suppressed cells say nothing."""
    found = []
    for table in release.tables:
        for cell in table.cells:
            if cell.value is None:
                continue
            where: dict[str, tuple[str, ...]] = {YEAR: table.years}
            for name, category in cell.key.items():
                if category != TOTAL:
                    where[name] = table.groups[name][category] if name in table.groups else (category,)
            found.append(Figure(where, cell.value, source))
    return list({(tuple(sorted(one.where.items())), one.value): one for one in found}.values())


def hold(fresh: Figures, known: Iterable[Figure]) -> Findings:
    """Hold fresh figures against known ones, over the dimensions that the fresh ones name.

    What is known by finer dimensions is joined or left out: it is asked only what the fresh figures speak of.

    Raises:
        Undecided: when it could not be found out in time.
    """
    years = set(fresh.dimensions.get(YEAR, ()))
    names = set(fresh.dimensions)
    near = [one for one in known if set(one.where) <= names and set(one.where.get(YEAR, ())) & years]
    before = consistency.check(over(near), seconds=SECONDS) if near else None
    every = over([*near, *fresh.figures])
    check = consistency.check(every, seconds=SECONDS)
    if not check.consistent:
        return Findings(tuple(every.figures[at] for at in check.conflict))
    forced = {tuple(sorted(one.key.items())) for one in before.pinned} if before else set()
    pinned = tuple(
        {"key": dict(one.key), "value": one.value}
        for one in check.pinned
        if tuple(sorted(one.key.items())) not in forced
    )
    return Findings((), pinned)
