"""What is written out is read back the same; nothing in a cell is taken for a formula."""

import csv
import io
import json
import zipfile

import pytest

from gza.nap import parsing, writing
from gza.nap.document import Plan

from .files import ACTIVITY, AGENCIES, GOAL, as_docx, small, table

pytestmark = pytest.mark.clause("N0.1")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_there_and_back(plan: Plan, kind: str) -> None:
    written = writing.FORMATS[kind](plan)
    again, problems = parsing.read(f"plan.{kind}", written, agencies=AGENCIES)
    assert not problems
    assert again == plan
    assert again.fingerprint() == plan.fingerprint()
    assert writing.to_json(again) == writing.to_json(plan)


def test_there_and_back_as_a_document(plan: Plan) -> None:
    again, problems = parsing.read("plan.docx", as_docx(list(writing.rows(plan))), agencies=AGENCIES)
    assert not problems
    assert again == plan


def test_the_shipped_file_is_what_would_be_written(plan: Plan, plan_file: bytes) -> None:
    written = writing.to_csv(plan).decode("utf-8-sig")
    assert written.replace("\r\n", "\n") == plan_file.decode()


def test_the_exchange_structure_key_by_key(plan: Plan) -> None:
    told = json.loads(writing.to_json(plan))
    assert list(told) == ["plan", "goals", "objectives", "activities"]
    assert told["plan"] == {
        "code": "NAP-2019-2020",
        "title": "2019-2020 National Action Plan on Combating Trafficking in Persons",
        "adopted_on": "2018-12-24",
        "start": "2019-01-01",
        "end": "2020-12-31",
    }
    assert told["goals"][0] == {"id": "1", "title": "Development of the policy on combating trafficking in persons"}
    assert set(told["objectives"][0]) == {"id", "goal", "title"}
    by_id = {one["id"]: one for one in told["activities"]}
    assert by_id["2.1.7"] == {
        "id": "2.1.7",
        "objective": "2.1",
        "title": "Organizing of annual moot court competition on TIP in higher education institutions",
        "leading": [{"agency": "tip_council", "via": ["moj"]}, {"agency": "tcj", "via": []}],
        "supporting": [{"agency": key, "via": []} for key in ("state_fund", "gpo", "mia")],
        "partners": ["icmpd"],
        "timeline": {"text": "2019-2020", "start": "2019-01-01", "end": "2020-12-31", "kind": "throughout"},
        "indicators": [
            {
                "code": "2.1.7-1",
                "printed": 1,
                "text": "The Moot Court is organized (two rounds)",
                "type": "event_count",
                "unit": "round",
                "target": {"kind": "exact", "min": 2, "max": 2},
            },
            {
                "code": "2.1.7-2",
                "printed": 2,
                "text": "Number of participating students (min: 24 and max: 40)",
                "type": "participant_sum",
                "unit": "student",
                "target": {"kind": "range", "min": 24, "max": 40},
            },
        ],
        "to_confirm": [],
    }
    assert by_id["1.1.1"]["indicators"][0]["target"] is None
    assert by_id["2.2.5"]["leading"] == []
    assert by_id["6.1.1"]["supporting"][0] == {"agency": "moj", "via": ["psda", "tcj", "cpc", "psh"]}


@pytest.mark.parametrize("text", ["+1 call", "-2", "@SUM(A1)", "-"])
def test_a_text_that_looks_like_a_formula_goes_out_harmless_and_comes_back(text: str) -> None:
    plan, _ = parsing.parse([table(small(GOAL, title=text))], agencies=AGENCIES)
    assert plan
    rows = list(csv.reader(io.StringIO(writing.to_csv(plan).decode("utf-8-sig"))))
    assert rows[2][3] == f"'{text}"
    for kind in ("csv", "xlsx"):
        again, _ = parsing.read(f"p.{kind}", writing.FORMATS[kind](plan), agencies=AGENCIES)
        assert again == plan


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    plan, _ = parsing.parse([table(small(ACTIVITY, note="https://example.org", partners="+x; -y"))], agencies=AGENCIES)
    assert plan
    with zipfile.ZipFile(io.BytesIO(writing.to_xlsx(plan))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
