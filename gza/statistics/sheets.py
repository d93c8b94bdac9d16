"""Sheets in the shape of the international questionnaires, filled from a publication; what is not there says why.

The codes and headings are those of ``protection.codes``; where one was not read in the standard's own text, the line
says that it is to be confirmed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gza.protection import codes
from gza.protection.codes import Name
from gza.protection.model import TOTAL, YEAR, Release, Table

from .programmes import LEVEL, LISTS

SUPPRESSED = Name("დაფარულია, რომ ადამიანის ამოცნობა შეუძლებელი იყოს", "suppressed, so that nobody can be identified")
NOT_PUBLISHED = Name("ეს კვეთა არ ქვეყნდება", "this cross is not published")
NOT_COUNTED = Name("სისტემა ამას არ ითვლის", "the system does not count this")
COARSER = Name("მხოლოდ უფრო ფართო კატეგორიით ქვეყნდება", "published in a wider category only")
MERGED = Name("ნაწილი დაფარულია, ჯამი არ ქვეყნდება", "a part is suppressed, so no sum is given")


@dataclass(frozen=True)
class Entry:
    """A line of a sheet: headings of the standard, the year, the number or why there is none, whether sure."""

    table: str
    heading: str
    year: str
    value: int | None
    gap: Name | None = None
    sure: bool = True


@dataclass(frozen=True)
class Sheet:
    """A questionnaire's sheet."""

    key: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def gaps(self) -> int:
        """How many lines have no number."""
        return sum(one.value is None for one in self.entries)


def _table(release: Release, dimension: str) -> Table | None:
    names = {YEAR, dimension} if dimension else {YEAR}
    return next((one for one in release.tables if set(one.dimensions) == names), None)


def _value(table: Table, year: str, dimension: str, category: str) -> tuple[bool, int | None]:
    for cell in table.cells:
        if cell.key[YEAR] == year and (not dimension or cell.key[dimension] == category):
            return True, cell.value
    return False, None


def _sum(table: Table | None, year: str, dimension: str, keys: Iterable[str]) -> tuple[int | None, Name | None]:
    """The number for the categories that become one code of the standard, or why there is none."""
    if table is None:
        return None, NOT_PUBLISHED
    total, wanted = 0, list(keys)
    for key in wanted:
        if dimension in table.groups and table.groups[dimension].get(key) != (key,):
            return None, COARSER
        there, value = _value(table, year, dimension, key)
        if there and value is None:
            return None, SUPPRESSED if len(wanted) == 1 else MERGED
        total += value or 0
    return total, None


def _entries(release: Release, standard: str, title: str, dimension: str) -> Iterable[Entry]:
    table = _table(release, dimension)
    by_code: dict[str, list[str]] = {}
    for key in codes.codes(LISTS.get(dimension, dimension)).keys:
        said = codes.project(LISTS.get(dimension, dimension), key, standard)
        if said.code is not None:
            by_code.setdefault(said.code, []).append(key)
    unread = _unread(dimension, standard, by_code)
    for year in release.years:
        for code, keys in by_code.items():
            sure = all(codes.project(LISTS.get(dimension, dimension), key, standard).sure for key in keys)
            value, gap = _sum(table, year, dimension, keys)
            yield Entry(title, code, year, value, gap, sure and code not in unread.values())
        for code in unread:
            yield Entry(title, code, year, None, COARSER, sure=False)


def _unread(dimension: str, standard: str, by_code: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Codes of the standard that our wider groups hide, each with the code its cases are counted under."""
    if dimension not in LISTS:
        return {}
    group_of = {key: code for code, keys in by_code.items() for key in keys}
    found: dict[str, str] = {}
    for key in codes.codes(dimension).keys:
        said = codes.project(dimension, key, standard).code
        if said is not None and said not in by_code:
            found.setdefault(said, group_of.get(codes.form_broad(key), ""))
    return found


def _totals(release: Release, title: str, heading: str) -> Iterable[Entry]:
    plain = [(_table(release, ""), "")]
    table, dimension = next(
        ((one, name) for one, name in [*plain, *((_table(release, each), each) for each in LEVEL)] if one), (None, "")
    )
    for year in release.years:
        there, value = _value(table, year, dimension, TOTAL) if table else (False, None)
        gap = None if value is not None else SUPPRESSED if there else NOT_PUBLISHED
        yield Entry(title, heading, year, value, gap)


def _missing(release: Release, title: str, headings: Iterable[str]) -> Iterable[Entry]:
    for year in release.years:
        for heading in headings:
            yield Entry(title, heading, year, None, NOT_COUNTED, sure=False)


def glotip(release: Release) -> Sheet:
    """Shaped as the victims' tables of the GLOTIP questionnaire (UNODC)."""
    standard = "glotip"
    return Sheet(
        standard,
        "GLOTIP",
        (
            *_totals(release, "Detected victims", "Total"),
            *_entries(release, standard, "Detected victims by sex", "sex"),
            *_entries(release, standard, "Detected victims by age", "age"),
            *_entries(release, standard, "Detected victims by form of exploitation", "form"),
            *_entries(release, standard, "Detected victims by citizenship", "citizenship"),
            *_entries(release, standard, "Detected victims by identifying authority", "route"),
            *_missing(release, "Persons suspected, prosecuted, convicted", ["Suspected", "Prosecuted", "Convicted"]),
        ),
    )


def eurostat(release: Release) -> Sheet:
    """Shaped as Eurostat's data set on trafficking in human beings (crim_thb): registered victims."""
    standard = "eurostat"
    return Sheet(
        standard,
        "Eurostat",
        (
            *_totals(release, "Registered victims", "TOTAL"),
            *_entries(release, standard, "Registered victims by sex", "sex"),
            *_entries(release, standard, "Registered victims by age", "age"),
            *_entries(release, standard, "Registered victims by form of exploitation", "form"),
            *_entries(release, standard, "Registered victims by citizenship", "citizenship"),
            *_missing(release, "Traffickers", ["SUSP", "CNV"]),
        ),
    )


SHEETS = {"glotip": glotip, "eurostat": eurostat}
