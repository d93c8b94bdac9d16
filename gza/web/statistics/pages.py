"""What the public page shows, put together from one publication. No query is made here; nothing but protected cells."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gza.core import places
from gza.protection import documents
from gza.protection.intervals import poisson
from gza.protection.model import TOTAL, YEAR, Release
from gza.statistics import telling
from gza.statistics.grids import ALL, Grid, Reader, suppressed
from gza.statistics.models import Publication
from gza.statistics.programmes import read
from gza.ui.figures import Count, Tile

# Where each region stands on the tile map: column, row, roughly from west to east.
PLACES = {
    "GE-AB": (1, 1), "GE-SZ": (2, 1), "GE-RL": (3, 1), "GE-SK": (4, 1), "GE-MM": (5, 1), "GE-GU": (2, 2),
    "GE-IM": (3, 2), "GE-TB": (5, 2), "GE-KA": (6, 2), "GE-AJ": (2, 3), "GE-SJ": (4, 3), "GE-KK": (5, 3),
}  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """A small chart: a heading, its bars."""

    heading: str
    rows: tuple[Count, ...]


@dataclass(frozen=True)
class Part:
    """A table of the page with its charts and map."""

    grid: Grid
    charts: tuple[Chart, ...]
    tiles: tuple[Tile, ...]
    elsewhere: tuple[Count, ...]


@dataclass(frozen=True)
class Page:
    """A publication in one language."""

    publication: Publication
    language: str

    @cached_property
    def release(self) -> Release:
        """Its tables."""
        return documents.release(json.loads(self.publication.content))

    @cached_property
    def reader(self) -> Reader:
        """Reads them by the programme they were made from."""
        return Reader(self.release, read(self.publication.release.programme.content), self.language)

    @property
    def window(self) -> str:
        """The years together."""
        return self.reader.window

    @property
    def k(self) -> int:
        """The threshold."""
        return self.release.k

    @cached_property
    def gaps(self) -> int:
        """How many cells are suppressed."""
        return suppressed(self.release)[0]

    @cached_property
    def cells(self) -> int:
        """How many cells there are."""
        return suppressed(self.release)[1]

    @cached_property
    def told(self) -> telling.Told:
        """What may be said."""
        return telling.tell(self.reader.series(), self.language)

    @property
    def sentences(self) -> list[str]:
        """The statements in the reader's language."""
        return [one.say(self.language) for one in self.told.statements]

    @property
    def steady(self) -> str:
        """The parts that did not change beyond chance."""
        return ", ".join(self.told.steady)

    @property
    def last_two(self) -> tuple[str, ...]:
        """The years that are compared."""
        return self.release.years[-2:]

    @property
    def silent(self) -> list[dict[str, Any]]:
        """Why nothing is said of other cells."""
        return [{"why": why.say(self.language), "of": ", ".join(names)} for why, names in self.told.silent]

    @property
    def total(self) -> int | None:
        """How many over the whole window, where a table says it."""
        for table in self.release.tables:
            for cell in table.cells:
                if set(cell.key.values()) <= {TOTAL}:
                    return cell.value
        return None

    @cached_property
    def years(self) -> tuple[Count, ...]:
        """The annual totals with the exact interval of each."""
        found = next((one for one in self.reader.series() if one.of == ALL), None)
        rows = []
        for year in found.years if found else ():
            value = found.values[year] if found else None
            around = poisson(value) if value is not None else None
            rows.append(Count(str(year), value, around.low if around else None, around.high if around else None))
        return tuple(rows)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every table that says more than the totals."""
        return tuple(
            Part(grid, *self._drawn(grid, table.dimensions))
            for table, grid in zip(self.release.tables, self.reader.grids(), strict=True)
            if set(table.dimensions) != {YEAR}
        )

    def _drawn(
        self, grid: Grid, dimensions: tuple[str, ...]
    ) -> tuple[tuple[Chart, ...], tuple[Tile, ...], tuple[Count, ...]]:
        if dimensions == ("region",):
            return ((), *self._map(grid))
        lines = [line for line in grid.lines if not line.total]
        if YEAR in dimensions:
            columns = [year for year in grid.columns if year != TOTAL]
            charts = tuple(
                Chart(line.label, tuple(Count(year, line.cells[at]) for at, year in enumerate(columns)))
                for line in lines
            )
        else:
            heads = grid.heads[:-1] or grid.heads
            charts = tuple(
                Chart(line.label, tuple(Count(head, line.cells[at]) for at, head in enumerate(heads))) for line in lines
            )
        return charts, (), ()

    def _map(self, grid: Grid) -> tuple[tuple[Tile, ...], tuple[Count, ...]]:
        values = {line.key: line.cells[-1] for line in grid.lines if not line.total}
        hidden = _("not shown")
        tiles = tuple(
            Tile(places.region_name(key, self.language), column, row, values.get(key, 0), hidden)
            for key, (column, row) in PLACES.items()
        )
        return tiles, tuple(
            Count(line.label, line.cells[-1]) for line in grid.lines if not line.total and line.key not in PLACES
        )
