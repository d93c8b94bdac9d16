"""Small plans, and files made of them."""

import csv
import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

import gza.directory
from gza.nap import parsing, reading
from gza.nap.columns import KEYS

DATA = Path(parsing.__file__).parent / "data"
AGENCIES = {
    one["key"]
    for one in tomllib.loads(
        (Path(gza.directory.__file__).parent / "data" / "agencies.toml").read_text(encoding="utf-8")
    )["agency"]
}

Row = dict[str, Any]
SMALL: list[Row] = [
    {"kind": "plan", "id": "P-1", "title": "A plan", "start": "2019-01-01", "end": "2020-12-31", "source": "1"},
    {"kind": "goal", "id": "1", "title": "A goal", "source": "2"},
    {"kind": "objective", "id": "1.1", "parent": "1", "title": "An objective", "source": "2"},
    {
        "kind": "activity", "id": "1.1.1", "parent": "1.1", "title": "An activity", "leading": "mia",
        "timeline": "2019-2020", "start": "2019-01-01", "end": "2020-12-31", "timeline_kind": "throughout",
        "source": "3",
    },
    {
        "kind": "indicator", "id": "1.1.1-1", "parent": "1.1.1", "title": "Number of meetings", "printed": "1",
        "type": "event_count", "unit": "meeting", "source": "3",
    },
]  # fmt: skip
PLAN, GOAL, OBJECTIVE, ACTIVITY, INDICATOR = range(5)
"""Where each stands in ``SMALL``; in the file two rows further down."""


def small(at: int = -1, *, extra: list[Row] | None = None, **cells: Any) -> list[Row]:
    """The small plan, one row of it changed, others added."""
    rows = [dict(row) for row in SMALL] + (extra or [])
    if at >= 0:
        rows[at].update(cells)
    return rows


def table(rows: list[Row], keys: tuple[str, ...] = KEYS) -> reading.Table:
    return reading.Table("sheet", [list(keys), *[[row.get(key) for key in keys] for row in rows]])


def faults(rows: list[Row], keys: tuple[str, ...] = KEYS) -> list[tuple[int, str, str]]:
    """What is found wrong: (row, column, code)."""
    found, problems = parsing.parse([table(rows, keys)], agencies=AGENCIES)
    listed = [(one.row, one.column, one.code) for one in problems]
    assert (found is None) == bool(listed)
    return listed


def as_csv(rows: list[Row], keys: tuple[str, ...] = KEYS, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    sheet = csv.DictWriter(out, keys, delimiter=delimiter, extrasaction="ignore")
    sheet.writeheader()
    sheet.writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[Row], keys: tuple[str, ...] = KEYS) -> bytes:
    """Cells as a person would leave them: whatever type each value has."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("გეგმა")
        for number, row in enumerate([dict(zip(keys, keys, strict=True)), *rows]):
            for at, key in enumerate(keys):
                sheet.write(number, at, row.get(key))
    return out.getvalue()


def as_docx(rows: list[Row], keys: tuple[str, ...] = KEYS) -> bytes:
    document = docx.Document()
    document.add_paragraph("The plan")
    sheet = document.add_table(rows=0, cols=len(keys))
    for row in [dict(zip(keys, keys, strict=True)), *rows]:
        for cell, key in zip(sheet.add_row().cells, keys, strict=True):
            cell.text = str(row.get(key) or "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The container with parts replaced or added; a name's dots and slashes are written ``__`` and ``_in_``."""
    named = {name.replace("_in_", "/").replace("__", "."): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename not in named:
                new.writestr(one, old.read(one))
        for name, content in named.items():
            new.writestr(name, content)
    return out.getvalue()
