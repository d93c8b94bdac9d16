"""Reading microdata: one record a line, a column for the year and one for each dimension."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .model import SEVERAL, TOTAL, YEAR, BadInput, Base, Fault, Unit, bad, is_year

STANDARD = ("sex", "age_group", "citizenship", "form")
FORM = "form"
BETWEEN = (";", "|")
MOST_FAULTS = 100
MOST_CATEGORIES = 400
LONGEST = 200
SHOWN_EVERY = 10_000


def read(
    path: Path, needed: Sequence[str] = (), *, unit: Unit = Unit.PERSON, said: Callable[[int], None] = lambda _: None
) -> Base:
    """Base counts of a CSV file.

    Args:
        path: UTF-8 text, comma between columns, names in the first line; ``year`` and the dimensions. Several forms of
            one record are separated by ``;`` or ``|`` and counted as ``several``.
        needed: dimensions that must be there, beside whichever of the standard ones are.
        unit: what a record is.
        said: told the number of lines read now and then.

    Raises:
        BadInput: names each bad line; nothing is read then.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise bad(str(path), str(error.strerror)) from None
    except UnicodeDecodeError as error:
        raise bad(str(path), f"is not UTF-8 text (byte {error.start})") from None
    return parse(text, needed, unit=unit, said=said)


def parse(
    text: str, needed: Sequence[str] = (), *, unit: Unit = Unit.PERSON, said: Callable[[int], None] = lambda _: None
) -> Base:
    """Base counts of a CSV text; see ``read``."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        columns = _columns(head, needed)
        return _count(reader, head, columns, unit, said)
    except csv.Error as error:
        raise bad(f"line {reader.line_num}", f"is no CSV ({error})") from None


def _columns(head: list[str], needed: Iterable[str]) -> dict[str, int]:
    faults = [
        Fault("line 1", f"names the column {name!r} twice") for name, n in Counter(head).items() if n > 1 and name
    ]
    wanted = [YEAR, *(name for name in STANDARD if name in head), *(name for name in needed if name not in STANDARD)]
    wanted += [name for name in needed if name in STANDARD and name not in head]
    wanted = list(dict.fromkeys(wanted))
    faults += [Fault("line 1", f"has no column {name!r}") for name in wanted if name not in head]
    if len(wanted) == 1:
        faults.append(Fault("line 1", f"has none of the columns {', '.join(STANDARD)}"))
    if faults:
        raise BadInput(faults)
    return {name: head.index(name) for name in wanted}


def _count(reader: Any, head: list[str], columns: dict[str, int], unit: Unit, said: Callable[[int], None]) -> Base:
    faults: list[Fault] = []
    counts: Counter[tuple[str, ...]] = Counter()
    for row in reader:
        if reader.line_num % SHOWN_EVERY == 0:
            said(reader.line_num)
        if not row or (len(row) == 1 and not row[0].strip()):
            continue
        record = {name: row[at].strip() for name, at in columns.items()} if len(row) == len(head) else {}
        wrong = _wrong(record) or ([] if record else [f"has {len(row)} columns where the first line has {len(head)}"])
        faults += [Fault(f"line {reader.line_num}", one) for one in wrong]
        if not wrong:
            counts[tuple(_category(name, text) for name, text in record.items())] += 1
        if len(faults) >= MOST_FAULTS:
            faults.append(Fault("", "further lines were not looked at"))
            break
    if not faults and not counts:
        faults.append(Fault("", "there are no records: no year has anybody in it"))
    dimensions = {name: tuple(sorted({key[at] for key in counts})) for at, name in enumerate(columns) if name != YEAR}
    faults += [
        Fault(f"column {name}", f"has {len(listed)} categories; group them, at most {MOST_CATEGORIES}")
        for name, listed in dimensions.items()
        if len(listed) > MOST_CATEGORIES
    ]
    if faults:
        raise BadInput(faults)
    return Base(dimensions, dict(counts), unit)


def _wrong(record: dict[str, str]) -> list[str]:
    wrong = []
    for name, text in record.items():
        if not text:
            more = "" if name == YEAR else "; write unknown, no or not applicable, which differ"
            wrong.append(f"{name} is empty{more}")
        elif name == YEAR and not is_year(text):
            wrong.append(f"{text!r} is no year from 1900 to 2099")
        elif text == TOTAL or (name == FORM and TOTAL in _forms(text)):
            wrong.append(f"no {name} may be named {TOTAL}, which means the total")
        elif len(text) > LONGEST or not text.isprintable():
            wrong.append(f"{name} is no name of a category: {text[:40]!r}")
        elif name == FORM and not _forms(text):
            wrong.append(f"{name} is empty")
    return wrong


def _forms(text: str) -> list[str]:
    for mark in BETWEEN[1:]:
        text = text.replace(mark, BETWEEN[0])
    return list(dict.fromkeys(one.strip() for one in text.split(BETWEEN[0]) if one.strip()))


def _category(name: str, text: str) -> str:
    if name != FORM:
        return text
    forms = _forms(text)
    return forms[0] if len(forms) == 1 else SEVERAL


def widened(base: Base, listed: Mapping[str, Sequence[str]]) -> Base:
    """The base with all categories of code lists on its axes, those with no record too.

    Without code lists a table names the categories that occur, and so tells that each of them does.

    Raises:
        BadInput: a record has a category that is not on its list.
    """
    faults = [
        Fault(f"column {name}", f"{one!r} is not on the list of categories")
        for name, found in base.dimensions.items()
        for one in found
        if name in listed and one not in listed[name]
    ]
    if faults:
        raise BadInput(faults)
    dimensions = {name: tuple(listed.get(name, found)) for name, found in base.dimensions.items()}
    return Base(dimensions, base.counts, base.unit)
