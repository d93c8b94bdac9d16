"""Base counts of the cases: how a person is classed, how counts are kept (sealed) and put together. Pure.

A year stands in one source: in the counts of what was published of it before, else in the register of the years before
this system, else in the profiles. So a profile that is corrected or erased later changes no published year, and
nobody is counted twice.
"""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gza.cases.queries.profiles import Recognised
from gza.core import clock
from gza.protection import codes
from gza.protection.model import Base, Unit, is_year

from .programmes import LEVEL, categories

Class = tuple[str, ...]
"""Year, then one category of each dimension of ``LEVEL``."""
MOST_LINES = 100_000
MOST_BYTES = 8 * 1024 * 1024
_SALT = 32


@dataclass(frozen=True)
class BadLine:
    """A line of a register that cannot be used: its number (the heading is 1), the column, what stands there."""

    line: int
    column: str
    value: str


class BadRegister(ValueError):
    """A register cannot be used. ``lines`` says where; empty when the whole file is not readable."""

    def __init__(self, said: str, lines: Iterable[BadLine] = ()) -> None:
        super().__init__(said)
        self.lines = tuple(lines)


def classify(who: Recognised) -> Class:
    """The class of a person: year of the first status, age reached in it."""
    coded, year = who.coded, who.first_on.year
    born = coded.year_of_birth if coded.year_of_birth is None or coded.year_of_birth <= year else None
    return (
        str(year),
        coded.sex,
        codes.age(codes.age_group(born, year)),
        codes.citizenship(coded.citizenship),
        codes.form_broad(codes.form(coded.forms)),
        codes.route(who.kinds),
        coded.region,
    )


def write(counts: Mapping[Class, int]) -> bytes:
    """Counts as they are sealed: canonical JSON with a fresh salt of 32 bytes, so that no fingerprint tells of them."""
    rows = [[*key, count] for key, count in sorted(counts.items())]
    return json.dumps({"level": LEVEL, "salt": os.urandom(_SALT).hex(), "counts": rows}, ensure_ascii=False).encode()


def read(text: bytes) -> Counter[Class]:
    """Counts out of what ``write`` made.

    Raises:
        ValueError: when they were kept at another level.
    """
    said = json.loads(text)
    if tuple(said["level"]) != LEVEL:
        raise ValueError("counted at another level")
    return Counter({tuple(row[:-1]): row[-1] for row in said["counts"]})


def base_of(counts: Mapping[Class, int], used: tuple[str, ...]) -> Base:
    """Base counts over the dimensions that are used; every category of each, whether anybody falls into it or not."""
    at = [0, *(LEVEL.index(name) + 1 for name in used)]
    found: Counter[Class] = Counter()
    for key, count in counts.items():
        if count:
            found[tuple(key[place] for place in at)] += count
    return Base({name: tuple(sorted(categories(name))) for name in used}, dict(found), Unit.PERSON)


def together(*sources: Mapping[Class, int]) -> Counter[Class]:
    """Counts of several sources; each year from the first source that has it."""
    found: Counter[Class] = Counter()
    taken: set[str] = set()
    for source in sources:
        years = {key[0] for key, count in source.items() if count} - taken
        for key, count in source.items():
            if key[0] in years:
                found[key] += count
        taken |= years
    return found


def years(counts: Mapping[Class, int]) -> tuple[int, ...]:
    """The years with anybody in them, in order."""
    return tuple(sorted({int(key[0]) for key, count in counts.items() if count}))


def by_year(counts: Mapping[Class, int]) -> dict[int, int]:
    """How many persons each year has."""
    found: Counter[int] = Counter()
    for key, count in counts.items():
        found[int(key[0])] += count
    return dict(found)


def parse(data: bytes) -> Counter[Class]:
    """The register of the years before this system: CSV with ``year`` and the columns of ``LEVEL``, one person a line.

    A column that is not there, or a cell that is empty, is *unknown* where the dimension knows that; forms may be those
    of the full list. Years are over.

    Raises:
        BadRegister: with every line that is wrong.
    """
    if len(data) > MOST_BYTES:
        raise BadRegister("too large")
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadRegister("not a CSV file in UTF-8") from error
    if not rows or "year" not in rows[0] or len(rows) > MOST_LINES:
        raise BadRegister("no column year, no line, or too many lines")
    faults: list[BadLine] = []
    counts: Counter[Class] = Counter()
    for number, row in enumerate(rows, 2):
        found = _line(number, row, faults)
        if found:
            counts[found] += 1
    if faults:
        raise BadRegister("lines that cannot be used", faults)
    return counts


def _line(number: int, row: Mapping[str, Any], faults: list[BadLine]) -> Class | None:
    year, before = (row.get("year") or "").strip(), len(faults)
    if not is_year(year) or int(year) >= clock.today().year:
        faults.append(BadLine(number, "year", year))
    found = [year]
    for name in LEVEL:
        value = (row.get(name) or "").strip() or codes.UNKNOWN
        if name == "form" and value in codes.codes("form").keys:
            value = codes.form_broad(value)
        if value not in categories(name):
            faults.append(BadLine(number, name, "" if value == codes.UNKNOWN else value))
        found.append(value)
    return tuple(found) if len(faults) == before else None
