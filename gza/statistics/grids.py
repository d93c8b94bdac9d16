"""Published tables as grids to be drawn or written: rows, columns, numbers, gaps. Pure; nothing but protected cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from gza.protection.codes import Name
from gza.protection.model import TOTAL, YEAR, Release, Table
from gza.protection.trends import Series

from . import programmes
from .programmes import Programme, TableOf

ALL = Name("სულ", "all")


@dataclass(frozen=True)
class Line:
    """A row of a grid; ``cells`` are None where suppressed. ``key`` is the category, ``*`` for the total."""

    key: str
    label: str
    cells: tuple[int | None, ...]

    @property
    def total(self) -> bool:
        """Whether it is the total."""
        return self.key == TOTAL


@dataclass(frozen=True)
class Grid:
    """A table in the reader's language. ``columns`` are keys, ``heads`` their names; the last is the total."""

    key: str
    title: str
    unit: str
    row_title: str
    column_title: str
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return sum(len(line.cells) for line in self.lines)

    @property
    def gaps(self) -> int:
        """How many of them are suppressed."""
        return sum(value is None for line in self.lines for value in line.cells)


@dataclass(frozen=True)
class Reader:
    """Reads the tables of a release by the programme it was made from, in one language."""

    release: Release
    programme: Programme
    language: str

    @cached_property
    def window(self) -> str:
        """The years together: ``2022–2025``, or the one year."""
        first, last = self.release.years[0], self.release.years[-1]
        return first if first == last else f"{first}–{last}"

    def of(self, table: Table) -> TableOf | None:
        """The programme's entry for a table."""
        return next((one for one in self.programme.tables if set(one.named) == set(table.dimensions)), None)

    def label(self, table: Table, dimension: str, category: str) -> str:
        """What a category of a table is called."""
        if category == TOTAL:
            if dimension == YEAR:
                return self.window
            return "სულ" if self.language == "ka" else "total"
        if dimension == YEAR:
            return category
        joined = table.groups.get(dimension)
        return self.programme.label(dimension, category, None if joined is None else tuple(joined), self.language)

    def categories(self, table: Table, dimension: str) -> list[str]:
        """The categories of a table in the order of the lists, the total last."""
        there = {cell.key[dimension] for cell in table.cells}
        if dimension == YEAR:
            return [*(year for year in table.years if year in there), TOTAL]
        order = tuple(table.groups.get(dimension) or programmes.categories(dimension))
        return [*(one for one in order if one in there), TOTAL]

    def grid(self, table: Table) -> Grid:
        """A table of one or two dimensions, the year among them, as a grid; years are columns.

        Raises:
            ValueError: for a table of another shape.
        """
        names = [name for name in table.dimensions if name != YEAR]
        column = YEAR if YEAR in table.dimensions else (names.pop() if len(names) > 1 else "")
        row = names[0] if names else ""
        if len(names) > 1:
            raise ValueError("a table of more than two dimensions is no grid")
        values = {tuple(sorted(cell.key.items())): cell.value for cell in table.cells}
        columns = self.categories(table, column) if column else [TOTAL]
        rows = self.categories(table, row) if row else [TOTAL]
        kept = self._shown(values, rows, columns, row, column)
        if column == YEAR and len(columns) == 2:  # noqa: PLR2004 (one year and the same as the window)
            columns = [columns[0]]
        columns = columns if column in {"", YEAR} else self._shown(values, columns, rows, column, row)
        lines = tuple(
            Line(each, self.label(table, row, each) if row else self._all(), tuple(values[_key(row, each, column, at)]
                 for at in columns)) for each in kept
        )  # fmt: skip
        found = self.of(table)
        return Grid(
            found.key if found else "-".join(table.dimensions),
            found.say(self.language) if found else " × ".join(self._title(name) for name in table.dimensions),
            programmes.codes.label("unit", table.unit.value, self.language),
            self._title(row) if row else self._all(), self._title(column), tuple(columns),
            tuple(self.label(table, column, at) if column else self._all() for at in columns), lines,
        )  # fmt: skip

    @staticmethod
    def _shown(
        values: Mapping[tuple[tuple[str, str], ...], int | None],
        rows: list[str],
        columns: list[str],
        row: str,
        column: str,
    ) -> list[str]:
        """The categories but those that are 0 throughout: nobody of the kind was counted, and the page says so."""
        return [
            each for each in rows
            if each == TOTAL or any(values[_key(row, each, column, at)] != 0 for at in columns)
        ]  # fmt: skip

    def _all(self) -> str:
        return ALL.say(self.language)

    def _title(self, dimension: str) -> str:
        return programmes.title(dimension, self.language) if dimension else ""

    def grids(self) -> list[Grid]:
        """Every table, in the order of the release."""
        return [self.grid(table) for table in self.release.tables]

    def series(self) -> list[Series]:
        """Each row of each table by single years as a series over the years, the total first and once."""
        found: dict[tuple[str, str], Series] = {}
        for table in self.release.tables:
            names = [name for name in table.dimensions if name != YEAR]
            if YEAR not in table.dimensions or len(names) > 1:
                continue
            name = names[0] if names else ""
            for category in self.categories(table, name) if name else [TOTAL]:
                key = (name if category != TOTAL else "", category)
                found.setdefault(key, self._series(table, name, category))
        return sorted(found.values(), key=lambda one: one.of != ALL)

    def _series(self, table: Table, name: str, category: str) -> Series:
        values = {
            int(cell.key[YEAR]): cell.value
            for cell in table.cells
            if cell.key[YEAR] != TOTAL and (not name or cell.key[name] == category)
        }
        if category == TOTAL:
            return Series(ALL, values)
        joined = table.groups.get(name)
        groups = None if joined is None else tuple(joined)
        ka, en = (self.programme.label(name, category, groups, language) for language in ("ka", "en"))
        return Series(Name(ka, en), values)


def _key(row: str, each: str, column: str, at: str) -> tuple[tuple[str, str], ...]:
    pairs = ([(row, each)] if row else []) + ([(column, at)] if column else [])
    return tuple(sorted(pairs))


def suppressed(release: Release) -> tuple[int, int]:
    """How many cells of a release are suppressed, and of how many."""
    cells = [cell for table in release.tables for cell in table.cells]
    return sum(cell.value is None for cell in cells), len(cells)


def flat(release: Release) -> Iterable[dict[str, object]]:
    """Every cell as a record: table, unit, years, key, value: what CSV and JSON hold."""
    for number, table in enumerate(release.tables, 1):
        for cell in table.cells:
            yield {
                "table": number, "unit": table.unit.value, "years": f"{table.years[0]}-{table.years[-1]}",
                "key": dict(cell.key), "value": cell.value,
            }  # fmt: skip
