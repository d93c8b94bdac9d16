"""What a faulty cell is told: the right cell, the right fault, in both languages; and no row is guessed."""

import datetime as dt
from typing import Any

import pytest

from gza.nap import parsing
from gza.nap.columns import COLUMNS, KEYS
from gza.nap.document import Plan
from gza.nap.problems import MOST

from .files import ACTIVITY, AGENCIES, GOAL, INDICATOR, OBJECTIVE, PLAN, Row, faults, small, table

pytestmark = pytest.mark.clause("N0.1")


def read(rows: list[Row]) -> Plan:
    found, problems = parsing.parse([table(rows)], agencies=AGENCIES)
    assert found, [(one.cell, one.code) for one in problems]
    return found


def test_a_sound_plan_has_no_faults() -> None:
    assert faults(small()) == []


@pytest.mark.parametrize(
    ("at", "column", "value", "code"),
    [
        (GOAL, "kind", "gaol", "unknown_kind"),
        (GOAL, "title", "", "needed"),
        (GOAL, "id", "one/two", "bad_id"),
        (GOAL, "id", "", "needed"),
        (GOAL, "leading", "mia", "not_here"),
        (GOAL, "title", "x" * 10_000, "too_long"),
        (OBJECTIVE, "parent", "7", "orphan"),
        (OBJECTIVE, "parent", "", "needed"),
        (OBJECTIVE, "parent", "P-1", "wrong_parent"),
        (OBJECTIVE, "parent", "1.1", "cycle"),
        (OBJECTIVE, "parent", 1.1, "id_as_number"),
        (ACTIVITY, "id", 5.1, "id_as_number"),
        (ACTIVITY, "id", dt.date(2019, 1, 1), "id_as_number"),
        (ACTIVITY, "leading", "fbi", "unknown_agency"),
        (ACTIVITY, "leading", "moj (psda, fbi)", "unknown_agency"),
        (ACTIVITY, "supporting", "moj (psda", "bad_agency"),
        (ACTIVITY, "supporting", "mia; gpo; mia", "double_agency"),
        (ACTIVITY, "partners", "ngos; nobody", "unknown_agency"),
        (ACTIVITY, "partners", "ngos; ngos", "double_agency"),
        (ACTIVITY, "start", "2019-02-30", "bad_date"),
        (ACTIVITY, "start", "soon", "bad_date"),
        (ACTIVITY, "start", "1919-01-01", "far_date"),
        (ACTIVITY, "end", "2018-12-31", "nap.window_order"),
        (ACTIVITY, "end", "", "needed"),
        (ACTIVITY, "timeline_kind", "whenever", "not_in_list"),
        (ACTIVITY, "to_confirm", "colour", "not_confirmable"),
        (ACTIVITY, "source", "page 4", "bad_source"),
        (GOAL, "source", "", "nap.no_source_line"),
        (ACTIVITY, "carried_from", "the one before", "bad_carry"),
        (ACTIVITY, "note", "#REF!", "broken_error"),
        (INDICATOR, "type", "count", "nap.indicator_type"),
        (INDICATOR, "printed", "one", "bad_number"),
        (INDICATOR, "printed", "2", "printed_gap"),
        (INDICATOR, "target", "2-4", "bad_target"),
        (INDICATOR, "target", "40 to 24", "nap.target"),
        (INDICATOR, "unit", "", "needed"),
        (PLAN, "language", "fr", "not_in_list"),
        (PLAN, "adopted_on", "31.02.2018", "bad_date"),
    ],
)
def test_a_fault_is_reported_at_its_cell(at: int, column: str, value: Any, code: str) -> None:
    assert (at + 2, column, code) in faults(small(at, **{column: value}))


@pytest.mark.clause("N0.3")
@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"start": "2019-02-01"}, "start"),
        ({"end": "2020-11-30"}, "end"),
        ({"end": "2021-06-30", "timeline_kind": "deliver_within"}, "end"),
        ({"start": "2018-07-01", "timeline_kind": "deliver_within"}, "start"),
        ({"end": "2019-12-31"}, "timeline_kind"),
    ],
)
def test_a_timeline_is_whole_half_years_within_the_plan(cells: Row, column: str) -> None:
    assert [(row, name) for row, name, _ in faults(small(ACTIVITY, **cells))] == [(ACTIVITY + 2, column)]


@pytest.mark.clause("N0.2")
def test_an_indicator_in_words_has_no_number_to_reach() -> None:
    assert faults(small(INDICATOR, type="qualitative", target="at least 3")) == [
        (INDICATOR + 2, "target", "nap.target_without_number")
    ]


def test_who_leads_is_named_or_marked() -> None:
    assert faults(small(ACTIVITY, leading="")) == [(ACTIVITY + 2, "to_confirm", "nap.not_marked")]
    assert faults(small(ACTIVITY, leading="", to_confirm="leading")) == []


def test_an_activity_has_an_indicator_or_a_mark() -> None:
    assert faults(small()[:-1]) == [(ACTIVITY + 2, "to_confirm", "nap.not_marked")]
    assert read(small(ACTIVITY, to_confirm="indicators")[:-1]).activities[0].indicators == ()


def test_an_id_stands_once() -> None:
    twin = dict(small()[GOAL], title="The other")
    assert faults(small(extra=[twin])) == [(7, "id", "double_id")]


def test_a_circle_of_several_is_found_and_named() -> None:
    rows = small(OBJECTIVE, parent="1.2", extra=[dict(small()[OBJECTIVE], id="1.2", parent="1.1")])
    found = faults(rows)
    assert {(4, "parent", "cycle"), (7, "parent", "cycle")} <= set(found)


@pytest.mark.parametrize("count", [0, 2])
def test_there_is_one_plan(count: int) -> None:
    rows = [dict(small()[PLAN], id=f"P-{n}") for n in range(count)] + small()[1:]
    assert next(code for _, _, code in faults(rows)) == "plan_rows"


@pytest.mark.parametrize("column", ["kind", "id", "title", "leading", "end", "type"])
def test_a_missing_column_is_one_fault(column: str) -> None:
    keys = tuple(key for key in KEYS if key != column)
    found = faults(small(), keys)
    assert [one for one in found if one[2] == "missing_column"] == [(1, column, "missing_column")]


def test_unknown_and_double_columns() -> None:
    keys = (*KEYS, "colour", "title")
    assert faults(small(), keys) == [(1, "colour", "unknown_column"), (1, "title", "double_column")]


def test_georgian_headings_and_kinds() -> None:
    georgian = {
        "plan": "გეგმა",
        "goal": "მიზანი",
        "objective": "ამოცანა",
        "activity": "აქტივობა",
        "indicator": "ინდიკატორი",
    }
    rows = [row | {"kind": georgian[row["kind"]]} for row in small()]
    sheet = table(rows)
    sheet.rows[0] = [column.ka for column in COLUMNS]
    assert parsing.parse([sheet], agencies=AGENCIES)[0] == read(small())


@pytest.mark.clause("N0.2")
def test_targets() -> None:
    for written, bounds in {
        "exactly 2": ("exact", 2, 2),
        "At least 5": ("at_least", 5, None),
        "at most 3": ("at_most", None, 3),
        "24 to 40": ("range", 24, 40),
    }.items():
        target = read(small(INDICATOR, target=written)).activities[0].indicators[0].target
        assert target
        assert (target.kind, target.min, target.max) == bounds


def test_dates_by_hand_and_from_a_spreadsheet() -> None:
    for written in ("01.01.2019", "2019-1-1", dt.date(2019, 1, 1), dt.datetime(2019, 1, 1)):  # noqa: DTZ001 (as a sheet holds it)
        assert read(small(PLAN, start=written)).start == dt.date(2019, 1, 1)


def test_invisible_characters_are_taken_out() -> None:
    found = read(small(GOAL, title=" A\u200b \u202egoal\n twice "))
    assert found.goals[0].title == "A goal twice"


def test_order_is_that_of_the_tree_whatever_the_file() -> None:
    assert read(small()[::-1]) == read(small())


def test_past_the_limit_faults_are_counted() -> None:
    rows = small(extra=[{"kind": "goal", "id": f"g{n}", "source": "2"} for n in range(MOST + 1)])
    found = faults(rows)
    assert len(found) == MOST + 1
    assert found[-1][2] == "more"


def test_every_fault_speaks_both_languages() -> None:
    _, problems = parsing.parse([table(small(GOAL, title=""))], agencies=AGENCIES)
    (one,) = problems
    assert one.cell == "sheet!3 title"
    assert one.text.ka == "უჯრა ცარიელია. შეავსეთ „დასახელება“."
    assert one.text.en == "The cell is empty. Fill in “title”."
