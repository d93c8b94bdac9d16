"""Files as people send them, and files made to do harm."""

import contextlib
import datetime as dt
import io
import random
import zipfile

import pytest

from gza.nap import archive, parsing, reading
from gza.nap.columns import KEYS
from gza.nap.document import Plan
from gza.nap.problems import Unreadable

from .files import ACTIVITY, AGENCIES, GOAL, INDICATOR, as_csv, as_docx, as_xlsx, repacked, small

pytestmark = pytest.mark.clause("N0.1")
SHEET = "xl_in_worksheets_in_sheet1__xml"


def read(name: str, data: bytes) -> Plan:
    found, problems = parsing.read(name, data, agencies=AGENCIES)
    assert found, [(one.cell, one.code, one.value) for one in problems]
    return found


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        parsing.read(name, data, agencies=AGENCIES)
    return caught.value.problem.code


@pytest.fixture(scope="module")
def expected() -> Plan:
    return read("plan.csv", as_csv(small()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_as_spreadsheets_write_it(delimiter: str, encoding: str, expected: Plan) -> None:
    assert read("plan.CSV", as_csv(small(), delimiter=delimiter, encoding=encoding)) == expected


def test_xlsx_and_docx_say_the_same(expected: Plan) -> None:
    assert read("plan.xlsx", as_xlsx(small())) == expected
    assert read("plan.docx", as_docx(small())) == expected


def test_a_plan_over_several_tables(expected: Plan) -> None:
    data = as_xlsx(small())
    tables = reading.read("plan.xlsx", data)
    head, *rows = tables[0].rows
    halves = [reading.Table("one", [head, *rows[:3]]), reading.Table("two", [head, *rows[3:]])]
    assert parsing.parse(halves, agencies=AGENCIES)[0] == expected


def test_dates_and_numbers_in_cells_of_a_workbook(expected: Plan) -> None:
    rows = small(ACTIVITY, start=dt.date(2019, 1, 1))
    rows[GOAL]["id"], rows[INDICATOR]["printed"] = 1, 1
    assert read("plan.xlsx", as_xlsx(rows)) == expected


def test_formulas_are_reported_not_read() -> None:
    found, problems = parsing.read("p.xlsx", as_xlsx(small(GOAL, title="=1+1")), agencies=AGENCIES)
    assert found is None
    assert [(one.sheet, one.row, one.column, one.code) for one in problems] == [("გეგმა", 3, "title", "formula")]
    _, problems = parsing.read("p.csv", as_csv(small(GOAL, title="=HYPERLINK(1)")), agencies=AGENCIES)
    assert [(one.row, one.column, one.code) for one in problems] == [(3, "title", "formula")]


def test_merged_cells_of_a_document_are_reported() -> None:
    import docx

    document = docx.Document(io.BytesIO(as_docx(small())))
    row = document.tables[0].rows[2]
    row.cells[3].merge(row.cells[4])
    out = io.BytesIO()
    document.save(out)
    _, problems = parsing.read("p.docx", out.getvalue(), agencies=AGENCIES)
    assert (3, "merged") in [(one.row, one.code) for one in problems]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("p.csv", b"", "empty_file"),
        ("p.csv", b"  \n ", "empty_file"),
        ("p.csv", b"\xff\xfe" + "kind,id".encode("utf-16-le"), "not_utf8"),
        ("p.csv", b"kind,id,title\0", "wrong_extension"),
        ("p.csv", b'kind,id,title\n"goal,1,x', "unreadable"),
        ("p.csv", b"kind,id,title\n" + b"x" * 200_000, "unreadable"),
        ("p.csv", b"x" * (reading.MOST_BYTES + 1), "too_big"),
        ("p.csv", b"kind,id,title\n" + b"goal,1,x\n" * 6000, "too_many_rows"),
        ("p.csv", b"," * 100 + b"x", "too_many_columns"),
        ("p.csv", b",,,", "no_table"),
        ("p.xlsx", b"kind,id,title", "wrong_extension"),
        ("p.pdf", b"%PDF-1.7", "wrong_extension"),
        ("p", b"kind,id,title", "wrong_extension"),
        ("p.xlsx", b"PK\x03\x04 and nothing behind it", "unreadable"),
    ],
)
def test_what_is_not_read_at_all(name: str, data: bytes, code: str) -> None:
    assert refused(name, data) == code


def test_an_ending_that_lies() -> None:
    assert refused("plan.docx", as_xlsx(small())) == "wrong_extension"
    assert refused("plan.xlsx", as_docx(small())) == "wrong_extension"
    assert refused("plan.csv", as_xlsx(small())) == "wrong_extension"


def test_a_bomb_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"<workbook/>")
        with bomb.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(b" " * archive.MEGABYTE)
    assert len(out.getvalue()) < archive.MEGABYTE
    assert refused("p.xlsx", out.getvalue()) == "bomb"


def test_a_bomb_that_lies_about_its_size_is_not_opened() -> None:
    data = bytearray(repacked(as_xlsx(small()), xl_in_media_in_x=b"\0" * (20 * archive.MEGABYTE)))
    at = data.rindex(b"PK\x01\x02")  # the last entry of the directory: sizes at 20 and 24
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert refused("p.xlsx", bytes(data)) in {"bomb", "unreadable"}


def test_a_dense_bomb_under_the_size_limit_is_found_by_its_ratio() -> None:
    data = repacked(as_xlsx(small()), xl_in_media_in_x=b"\0" * (20 * archive.MEGABYTE))
    assert refused("p.xlsx", data) == "bomb"


def test_many_parts() -> None:
    parts = {f"xl_in_media_in_{n}": b"x" for n in range(archive.MOST_PARTS)}
    assert refused("p.xlsx", repacked(as_xlsx(small()), **parts)) == "bomb"


def sheet(content: str) -> bytes:
    head = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return f"{head}<sheetData>{content}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<row r="1"><c r="A1"/></row><row r="1048576"><c r="A1048576"/></row>', "too_many_rows"),
        ("<row><c r = 'XFD9'><v>1</v></c></row>", "too_many_columns"),
        ('<row r="1"><c r="A1"/><c r="no"/></row>', "unreadable"),
        ('<row r="1"><c r="A1"', "unreadable"),
        ("<row/>" * 6000, "too_many_rows"),
    ],
)
def test_a_sheet_that_claims_more_than_it_has(content: str, code: str) -> None:
    assert refused("p.xlsx", repacked(as_xlsx(small()), **{SHEET: sheet(content)})) == code


def test_one_long_text_named_many_times() -> None:
    noise = random.Random(1).randbytes(300_000).hex()
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{noise}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100))
    data = repacked(as_xlsx(small()), **{SHEET: sheet(cells), "xl_in_sharedStrings__xml": strings.encode()})
    assert refused("p.xlsx", data) == "bomb"


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert refused("p.xlsx", repacked(as_xlsx(small()), **{SHEET: bomb})) == "unreadable"
    assert refused("p.docx", repacked(as_docx(small()), word_in_document__xml=bomb)) == "unreadable"


def test_what_is_damaged_anywhere_is_refused_not_broken_on(plan_file: bytes) -> None:
    chance = random.Random(7)
    for name, data in (("p.xlsx", as_xlsx(small())), ("p.docx", as_docx(small())), ("p.csv", plan_file)):
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(chance.randint(1, 6)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            with contextlib.suppress(Unreadable):
                parsing.read(name, bytes(broken), agencies=AGENCIES)


def test_a_title_of_ten_thousand_letters_is_one_fault() -> None:
    for name, data in (
        ("p.xlsx", as_xlsx(small(GOAL, title="ა" * 10_000))),
        ("p.csv", as_csv(small(GOAL, title="ა" * 10_000))),
    ):
        found, problems = parsing.read(name, data, agencies=AGENCIES)
        assert found is None
        assert [(one.row, one.column, one.code) for one in problems] == [(3, "title", "too_long")]


def test_columns_in_any_order(expected: Plan) -> None:
    assert read("p.csv", as_csv(small(), keys=tuple(reversed(KEYS)))) == expected
