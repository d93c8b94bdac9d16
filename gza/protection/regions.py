"""Regions: which base cells a number sums, as one set of categories per axis; and the axes they are cut from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from .model import bad

Ints = NDArray[np.int64]
Region = tuple[int, ...]
"""A set of categories per axis, as bits; a region is their cross. Axis 0 holds the years."""

MOST_COLUMNS = 500_000


@dataclass(frozen=True)
class Axes:
    """The axes of the full cross. Axis 0 is the years (each in as many versions as were published)."""

    names: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]

    @property
    def everything(self) -> Region:
        """The region of all base cells."""
        return tuple((1 << len(one)) - 1 for one in self.categories)

    def region(self, where: Mapping[str, Iterable[str]]) -> Region:
        """The region that joins these categories; an axis that is not named is taken whole."""
        bits = list(self.everything)
        for name, joined in where.items():
            axis = self.names.index(name)
            bits[axis] = sum(1 << self.categories[axis].index(one) for one in set(joined))
        return tuple(bits)

    def where(self, region: Region) -> dict[str, tuple[str, ...]]:
        """The categories of a region on each axis that it does not take whole."""
        return {
            name: tuple(one for at, one in enumerate(categories) if bits >> at & 1)
            for name, categories, bits, whole in zip(self.names, self.categories, region, self.everything, strict=True)
            if bits != whole
        }


@dataclass(frozen=True)
class Classes:
    """Axes whose categories are joined where no region tells them apart: exact, and often far fewer columns.

    Attributes:
        shape: number of classes on each axis.
        class_of: per axis, the class of each category.
        masks: per axis, the bits of the categories of each class.
    """

    shape: tuple[int, ...]
    class_of: tuple[Ints, ...]
    masks: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, axes: Axes, regions: Iterable[Region]) -> "Classes":
        """The classes that these regions need."""
        seen = list(dict.fromkeys(regions))
        shape, class_of, masks = [], [], []
        for axis, categories in enumerate(axes.categories):
            cuts = sorted({region[axis] for region in seen})
            marks = [tuple(cut >> at & 1 for cut in cuts) for at in range(len(categories))]
            order = {mark: at for at, mark in enumerate(dict.fromkeys(marks))}
            numbers = [order[mark] for mark in marks]
            shape.append(len(order))
            class_of.append(np.array(numbers, dtype=np.int64))
            masks.append(tuple(sum(1 << at for at, n in enumerate(numbers) if n == one) for one in range(len(order))))
        return cls(tuple(shape), tuple(class_of), tuple(masks))

    def parts(self, region: Region) -> list[Ints]:
        """Per axis, the classes that the region takes."""
        return [
            np.array([n for n, mask in enumerate(masks) if mask & bits], dtype=np.int64)
            for masks, bits in zip(self.masks, region, strict=True)
        ]

    def counts(self, keys: Sequence[tuple[int, ...]], numbers: Sequence[int]) -> Ints:
        """Counts by class from counts by category."""
        counted = np.zeros(self.shape, dtype=np.int64)
        if keys:
            at = np.array(keys, dtype=np.int64)
            where = tuple(self.class_of[axis][at[:, axis]] for axis in range(len(self.shape)))
            np.add.at(counted, where, np.array(numbers, dtype=np.int64))
        return counted


@dataclass(frozen=True)
class Space:
    """Unknown counts, 0 or more, and the sums of them that regions are.

    Attributes:
        start: the true value of each unknown.
        members: for each region in order, the unknowns that it sums.
        links: pairs of sums of unknowns that are equal whatever is published.
        exact: whether every value of the unknowns is a table; else the space is only wider than the truth.
    """

    start: Ints
    members: tuple[Ints, ...]
    links: tuple[tuple[Ints, Ints], ...] = ()
    exact: bool = True

    @property
    def values(self) -> Ints:
        """The true value of each region."""
        return np.array([self.start[one].sum() for one in self.members], dtype=np.int64)


def _flat(parts: Sequence[Ints], shape: Sequence[int]) -> Ints:
    """The flat indexes of a cross of classes."""
    at = np.zeros(1, dtype=np.int64)
    for part, size in zip(parts, shape, strict=True):
        at = (at[:, None] * size + part[None, :]).ravel()
    return at


def base_space(classes: Classes, counts: Ints, regions: Sequence[Region]) -> Space:
    """The unknowns are the base cells: what an attacker does not know, exactly."""
    if counts.size > MOST_COLUMNS:
        raise bad("tables", f"the full cross of their dimensions has {counts.size} cells; coarsen or drop dimensions")
    members = tuple(_flat(classes.parts(region), classes.shape) for region in regions)
    return Space(counts.ravel(), members)


def table_space(classes: Classes, counts: Ints, regions: Sequence[Region]) -> Space:
    """The unknowns are the cells of the widest tables among the regions, whose shared margins agree.

    Smaller than the base space, and wider: what is unsafe here is unsafe; what is safe must be shown in the base space.
    """
    axes = range(len(classes.shape))
    parts = [classes.parts(region) for region in regions]
    cut = [frozenset(axis for axis in axes if len(part[axis]) < classes.shape[axis]) for part in parts]
    widest = [one for one in dict.fromkeys(cut) if not any(one < other for other in cut)]
    offsets, starts = [], []
    offset = 0
    for one in widest:
        summed = counts.sum(axis=tuple(axis for axis in axes if axis not in one))
        offsets.append(offset)
        starts.append(np.atleast_1d(summed).ravel())
        offset += starts[-1].size
    members = []
    for part, needed in zip(parts, cut, strict=True):
        home = next(at for at, one in enumerate(widest) if needed <= one)
        members.append(offsets[home] + _part(part, widest[home], classes.shape))
    links = []
    for (a, first), (b, second) in combinations(enumerate(widest), 2):
        shared = sorted(first & second)
        for chosen in product(*(range(classes.shape[axis]) for axis in shared)):
            whole = [np.arange(size, dtype=np.int64) for size in classes.shape]
            for axis, place in zip(shared, chosen, strict=True):
                whole[axis] = np.array([place], dtype=np.int64)
            left = offsets[a] + _part(whole, first, classes.shape)
            links.append((left, offsets[b] + _part(whole, second, classes.shape)))
    return Space(np.concatenate(starts), tuple(members), tuple(links), exact=False)


def _part(parts: Sequence[Ints], axes: frozenset[int], shape: Sequence[int]) -> Ints:
    kept = sorted(axes)
    return _flat([parts[axis] for axis in kept], [shape[axis] for axis in kept])
