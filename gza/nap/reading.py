"""From the bytes of a CSV, XLSX or DOCX file to tables of cells. What the cells mean is ``parsing``'s affair."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from . import archive, workbook
from .problems import Unreadable

MOST_BYTES = 5 * archive.MEGABYTE
MOST_ROWS = 5000
MOST_COLUMNS = 60
KINDS = (".csv", ".xlsx", ".docx")


@dataclass
class Table:
    """A sheet. ``rows[0]`` is row ``first`` of the file; cells are text, numbers, dates, booleans or None.

    ``faults`` are cells that say nothing by themselves, (row, column from 0) to the code of the problem.
    """

    name: str
    rows: list[list[Any]]
    first: int = 1
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def read(name: str, data: bytes) -> list[Table]:
    """The tables of the file, empty ones left out.

    Args:
        name: the file's name; only its ending is used, and it must fit the content.
        data: the whole file.

    Raises:
        Unreadable: with the one problem for which nothing of it is read.
    """
    ending = PurePath(name).suffix.lower()
    if not data.strip():
        raise Unreadable("empty_file")
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big", limit=MOST_BYTES // archive.MEGABYTE)
    if ending not in KINDS or (ending == ".csv") == data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise Unreadable("wrong_extension", ending or name)
    if ending == ".csv":
        tables = [_csv(data)]
    else:
        found = archive.parts(data)
        main = "xl/workbook.xml" if ending == ".xlsx" else "word/document.xml"
        if main not in found:
            raise Unreadable("wrong_extension", ending)
        tables = _xlsx(found) if ending == ".xlsx" else _docx(found)
    tables = [table for table in tables if any(any(filled(cell) for cell in row) for row in table.rows)]
    if not tables:
        raise Unreadable("no_table")
    for table in tables:
        _measure(table)
    return tables


def filled(cell: Any) -> bool:
    """Whether anything stands in the cell."""
    return cell is not None and str(cell).strip() != ""


def _measure(table: Table) -> None:
    if len(table.rows) > MOST_ROWS:
        raise Unreadable("too_many_rows", limit=MOST_ROWS)
    if max(map(len, table.rows), default=0) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", limit=MOST_COLUMNS)


def _csv(data: bytes) -> Table:
    try:
        string = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("not_utf8") from error
    if "\0" in string:
        raise Unreadable("wrong_extension", ".csv")
    heading = string.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        rows: list[list[Any]] = []
        for row in csv.reader(io.StringIO(string, newline=""), delimiter=delimiter, strict=True):
            rows.append([_unguarded(cell) for cell in row])
            if len(rows) > MOST_ROWS:
                raise Unreadable("too_many_rows", limit=MOST_ROWS)
    except csv.Error as error:
        raise Unreadable("unreadable") from error
    table = Table("csv", rows)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.startswith("="):
                table.faults[at, column] = "formula"
    return table


def _unguarded(cell: str) -> str:
    # The apostrophe that our own export puts before what a spreadsheet would calculate.
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"+", "-", "@", "\t", "\r", "="} else cell


def _xlsx(found: dict[str, bytes]) -> list[Table]:
    import python_calamine

    found = workbook.needed(found)
    sheets = workbook.survey(found, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(archive.pack(found)) as book:
            tables = []
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                tables.append(Table(name, [list(row) for row in rows]))
    except (python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError, OSError) as error:
        raise Unreadable("unreadable") from error
    for table in tables:
        table.faults = dict.fromkeys(sheets.get(table.name, ()), "formula")
    return tables


def _docx(found: dict[str, bytes]) -> list[Table]:
    import docx
    from docx.oxml.ns import qn

    try:
        document = docx.Document(archive.pack(found))
        tables = []
        for number, source in enumerate(document.element.body.iter(qn("w:tbl")), start=1):
            table = Table(f"table {number}", [])
            for at, row in enumerate(source.tr_lst):
                table.rows.append([_docx_text(cell, qn) for cell in row.tc_lst])
                merged = [n for n, cell in enumerate(row.tc_lst) if cell.grid_span > 1 or cell.vMerge]
                table.faults.update({(at, column): "merged" for column in merged})
            tables.append(table)
    except Unreadable:
        raise
    except Exception as error:  # python-docx answers a damaged file with whatever broke first
        raise Unreadable("unreadable") from error
    return tables


def _docx_text(cell: Any, qn: Any) -> str:
    paragraphs = ("".join(run.text or "" for run in one.iter(qn("w:t"))) for one in cell.iter(qn("w:p")))
    return " ".join(part for part in paragraphs if part.strip())
