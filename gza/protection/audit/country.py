"""The unknown country an attacker reckons with: a base table of each year, and regions that are sums over it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from gza.protection.bounds import Ints
from gza.protection.model import TOTAL, YEAR, Base, Figures, Release, Table, Unit

Slot = tuple[str, int]
"""A year as it was counted: the year, and the number of its version (a revision is another version)."""


@dataclass(frozen=True)
class Published:
    """A release with the base counts it was made from; ``versions`` tells for each year which counts they were."""

    release: Release
    base: Base
    versions: Mapping[str, int]
    number: int = 0


ShownKey = tuple[Slot, tuple[str, ...]]
"""A base cell: the slot, and a category of each dimension named in ``Shown.names``."""


@dataclass(frozen=True)
class Shown:
    """Tables that whoever made the release puts forward as proof; believed only as far as they hold against every row.

    Attributes:
        names: the dimensions, in the order of the keys.
        truth: base cell -> count.
        moves: each leads from the truth to another table: base cell -> what is added or taken away.
    """

    names: tuple[str, ...]
    truth: Mapping[ShownKey, int]
    moves: Sequence[Mapping[ShownKey, int]]

    def as_json(self) -> dict[str, Any]:
        """The form in which the private ledger directory keeps it: base cells by their place in a list."""
        cells = list(dict.fromkeys(key for table in (self.truth, *self.moves) for key in table))
        place = {key: at for at, key in enumerate(cells)}
        return {
            "names": list(self.names),
            "cells": [[year, version, *rest] for (year, version), rest in cells],
            "truth": [[place[key], count] for key, count in self.truth.items()],
            "moves": [[[place[key], by] for key, by in move.items()] for move in self.moves],
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Shown":
        """What ``as_json`` gave."""
        cells = [((str(year), int(version)), tuple(map(str, rest))) for year, version, *rest in said["cells"]]
        tables = [{cells[at]: int(by) for at, by in table} for table in (said["truth"], *said["moves"])]
        return cls(tuple(map(str, said["names"])), tables[0], tables[1:])


@dataclass(frozen=True)
class Region:
    """A sum over base cells: these slots, and for each dimension named these categories (all of the others)."""

    slots: tuple[Slot, ...]
    where: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def years(self) -> tuple[str, ...]:
        """The years it covers."""
        return tuple(sorted({year for year, _ in self.slots}))


@dataclass(frozen=True)
class Known:
    """Something the attacker knows: a region's count lies between ``low`` and ``high``. ``origin`` says whence."""

    region: Region
    low: int
    high: int
    origin: str
    table: int = -1


@dataclass(frozen=True)
class Country:
    """The axes of the base table, and whose counts are true.

    ``sums`` tells slots that are reckoned as the sum of others: a revised year as the year before and what was added;
    ``counted`` every base that a slot was published from, which may differ in their dimensions.
    """

    unit: Unit
    slots: tuple[Slot, ...]
    dimensions: Mapping[str, tuple[str, ...]]
    bases: Mapping[Slot, Base]
    sums: Mapping[Slot, tuple[Slot, ...]] = field(default_factory=dict)
    counted: Mapping[Slot, tuple[Base, ...]] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, ...]:
        """Slots, then the categories of each dimension."""
        return (len(self.slots), *(len(categories) for categories in self.dimensions.values()))

    @property
    def width(self) -> int:
        """How many base cells there are."""
        return int(np.prod(self.shape))

    @cached_property
    def truth(self) -> Ints | None:
        """The true base table, flat; None when some year was counted without one of the dimensions."""
        table = np.zeros(self.shape, dtype=np.int64)
        place = {name: {one: n for n, one in enumerate(found)} for name, found in self.dimensions.items()}
        for at, slot in enumerate(self.slots):
            base = self.bases.get(slot)
            if base is None or set(base.dimensions) != set(self.dimensions):
                return None
            order = [list(base.dimensions).index(name) + 1 for name in self.dimensions]
            for key, count in base.counts.items():
                if key[0] == slot[0]:
                    index = (at, *(place[name][key[n]] for name, n in zip(self.dimensions, order, strict=True)))
                    table[index] = count
        return table.ravel()

    def columns(self, region: Region) -> Ints:
        """The base cells of a region, as places in the flat table."""
        where = dict(region.where)
        spread = [part for slot in region.slots for part in self.sums.get(slot, (slot,))]
        if len(set(spread)) < len(spread):
            raise ValueError("a year cannot be reckoned in two versions at once")
        picked: list[list[int]] = [[self._slot_place[slot] for slot in spread]]
        for name, categories in self.dimensions.items():
            wanted = where.get(name)
            picked.append([n for n, one in enumerate(categories) if wanted is None or one in wanted])
        grid = np.ix_(*[np.array(part, dtype=np.int64) for part in picked])
        return np.ravel_multi_index(np.broadcast_arrays(*grid), self.shape).ravel().astype(np.int64)

    @cached_property
    def _counted(self) -> dict[Region, int]:
        return {}

    @cached_property
    def _slot_place(self) -> dict[Slot, int]:
        return {slot: n for n, slot in enumerate(self.slots)}

    def laid_out(self, shown: Shown) -> list[Ints]:
        """The tables put forward, flat; those that name a cell which is none here are left out."""
        place = {name: {one: n for n, one in enumerate(found)} for name, found in self.dimensions.items()}
        if set(shown.names) != set(self.dimensions):
            return []
        order = [shown.names.index(name) for name in self.dimensions]

        def flat(changes: Mapping[ShownKey, int], onto: Ints) -> Ints:
            table = onto.reshape(self.shape).copy()
            for (slot, key), by in changes.items():
                inside = (place[name][key[n]] for name, n in zip(self.dimensions, order, strict=True))
                table[(self._slot_place[slot], *inside)] += by
            return table.ravel()

        try:
            start = flat(shown.truth, np.zeros(self.width, dtype=np.int64))
            return [start, *(flat(move, start) for move in shown.moves)]
        except KeyError:
            return []

    def count(self, region: Region) -> int | None:
        """The true count of a region; None when a year was counted without a dimension that the region names."""
        if self.truth is not None:
            if region not in self._counted:
                self._counted[region] = int(self.truth[self.columns(region)].sum())
            return self._counted[region]
        total = 0
        for year, version in (part for slot in region.slots for part in self.sums.get(slot, (slot,))):
            base = self.bases.get((year, version))
            if base is None or any(name not in base.dimensions for name, _ in region.where):
                return None
            total += base.count([year], dict(region.where))
        return total

    def region(self, years: Iterable[str], where: Mapping[str, Sequence[str]], versions: Mapping[str, int]) -> Region:
        """A region in its one form: dimensions that are named whole are left out."""
        kept = []
        for name, categories in self.dimensions.items():
            if name in where and set(where[name]) != set(categories):
                kept.append((name, tuple(one for one in categories if one in set(where[name]))))
        slots = tuple(sorted((year, versions.get(year, 0)) for year in years))
        return Region(slots, tuple(kept))


def country(unit: Unit, published: Sequence[Published], figures: Sequence[Figures]) -> Country:
    """The country that these releases and figures speak of."""
    dimensions: dict[str, list[str]] = {}
    bases: dict[Slot, Base] = {}
    counted: dict[Slot, list[Base]] = {}
    for one in published:
        for name, categories in one.base.dimensions.items():
            _join(dimensions, name, categories)
        for year in one.release.years:
            slot = (year, one.versions.get(year, 0))
            counted.setdefault(slot, []).append(one.base)
            if slot not in bases or len(bases[slot].dimensions) < len(one.base.dimensions):
                bases[slot] = one.base
    years = {year for year, _ in bases}
    for foreign in figures:
        for name, categories in foreign.dimensions.items():
            if name != YEAR:
                _join(dimensions, name, categories)
            else:
                bases.update({(year, 0): _NOBODY for year in categories if year not in years})
    known = {slot: base for slot, base in bases.items() if base is not _NOBODY}
    return Country(
        unit,
        tuple(sorted(bases)),
        {name: tuple(found) for name, found in dimensions.items()},
        known,
        counted={slot: tuple(found) for slot, found in counted.items()},
    )


_NOBODY = Base({}, {})


def _join(dimensions: dict[str, list[str]], name: str, categories: Iterable[str]) -> None:
    listed = dimensions.setdefault(name, [])
    listed.extend(one for one in categories if one not in listed)


def cell_region(land: Country, table: Table, key: Mapping[str, str], versions: Mapping[str, int]) -> Region:
    """The region of a table's cell."""
    years = table.years if key.get(YEAR, TOTAL) == TOTAL else (key[YEAR],)
    where = {}
    for name, category in key.items():
        if name != YEAR and category != TOTAL:
            where[name] = table.groups[name][category] if name in table.groups else (category,)
    return land.region(years, where, versions)


def key_of(land: Country, region: Region) -> dict[str, str]:
    """A region in the form of a key: joined categories with ``+`` between them."""
    where = dict(region.where)
    key = {name: "+".join(where[name]) if name in where else TOTAL for name in land.dimensions}
    years = {year for year, _ in land.slots}
    if len(years) > 1 and len(region.years) == 1:
        key[YEAR] = region.years[0]
    return key
