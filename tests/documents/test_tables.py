"""Tables as files: Georgian survives, types are kept, and no cell is ever a formula."""

import csv
import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from gza.documents import tables

HEAD = ("მომსახურება", "სულ", "დღე")
ROWS = [("თავშესაფარი", 12, dt.date(2020, 10, 15)), ("", None, None)]


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_keeps_georgian_and_says_days_in_iso() -> None:
    content = tables.to_csv(HEAD, ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert _csv(content) == [list(HEAD), ["თავშესაფარი", "12", "2020-10-15"], ["", "", ""]]


def test_xlsx_keeps_types() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(tables.to_xlsx("ნუსხა", HEAD, ROWS))).get_sheet_by_index(0)
    head, first, *_rest = sheet.to_python()
    assert head == list(HEAD)
    assert first == ["თავშესაფარი", 12, dt.date(2020, 10, 15)]


@pytest.mark.parametrize("cell", ["=1+1", "+995", "-2", "@x", "\t=1", '=HYPERLINK("http://x")'])
def test_no_text_becomes_a_formula(cell: str) -> None:
    assert _csv(tables.to_csv(["x"], [[cell]]))[1] == [f"'{cell}"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(tables.to_xlsx("x", ["x"], [[cell]]))).get_sheet_by_index(0)
    assert sheet.to_python()[1] == [f"'{cell}"]
