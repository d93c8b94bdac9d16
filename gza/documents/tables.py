"""Tables as files: CSV that a spreadsheet opens as text, XLSX with typed cells. No cell becomes a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from gza.core.text import for_cell

Cell = str | int | dt.date | None
_WIDEST = 60  # characters
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Page:
    """A sheet of a book: its name (at most 31 signs count), its head and rows, a line above them or nothing."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    above: str = ""


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read Georgian; days as ISO 8601."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in (head, *rows):
        writer.writerow([_text(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with a frozen head; numbers and days keep their type, all else is text."""
    return to_book([Page(title, head, list(rows))])


def to_book(pages: Iterable[Page]) -> bytes:
    """Several sheets, each as ``to_xlsx`` makes it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        for page in pages:
            _write(book, page)
    return out.getvalue()


def _write(book: xlsxwriter.Workbook, page: Page) -> None:
    sheet = book.add_worksheet(page.name[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
    first = 1 if page.above else 0
    if page.above:
        sheet.write_string(0, 0, _text(page.above), book.add_format({"bold": True}))
    widths = [len(name) for name in page.head]
    for column, name in enumerate(page.head):
        sheet.write_string(first, column, name, bold)
    for number, row in enumerate(page.rows, first + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, column, dt.datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 (a cell has no time zone)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell, wrapped)
            elif cell is not None:
                sheet.write_string(number, column, _text(cell), wrapped)
            widths[column] = max(widths[column], min(len(_text(cell)), _WIDEST))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    sheet.freeze_panes(first + 1, 0)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int) else for_cell(cell)
