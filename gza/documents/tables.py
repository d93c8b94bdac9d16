"""Tables as files: CSV that a spreadsheet opens as text, XLSX with typed cells. No cell becomes a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from gza.core.text import for_cell

Cell = str | int | dt.date | None
_WIDEST = 60  # characters


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read Georgian; days as ISO 8601."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in (head, *rows):
        writer.writerow([_text(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with a frozen head; numbers and days keep their type, all else is text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
        widths = [len(name) for name in head]
        for column, name in enumerate(head):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, 1):
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
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int) else for_cell(cell)
