"""Numbers with dates."""

import datetime as dt

import pytest

from gza.law import parameters
from gza.law.parameters import BadParameters, NotInForce, UnknownParameter, parameter, read, value
from gza.law.register import CLAUSES

pytestmark = pytest.mark.clause("G6")

DAY = dt.date(2020, 5, 4)
ROW = """
[[ceiling]]
ka = "ზღვარი"
en = "ceiling"
value = {value}
unit = "tetri"
clause = "S5.6"
from = {since}
{until}
confidence = "sourced"
source_ka = "სადღაც"
source_en = "somewhere"
"""


def row(value: object = 100, since: str = "2007-07-19", until: str = "") -> str:
    return ROW.format(value=value, since=since, until=f"to = {until}" if until else "")


def test_the_ceiling_is_two_thousand_lari_in_tetri():
    assert value("fund_ceiling", DAY) == 200_000


def test_the_numbers_of_the_strategy_are_in_force_from_its_approval():
    assert value("plan_max_months", dt.date(2007, 7, 19)) == 12
    with pytest.raises(NotInForce):
        value("plan_max_months", dt.date(2007, 7, 18))


def test_a_number_nobody_knows_is_an_error():
    with pytest.raises(UnknownParameter):
        value("no_such_number", DAY)


def test_the_value_of_the_day_applies_when_a_number_changes(monkeypatch):
    changed = read(row(100, "2007-07-19", "2020-12-31") + row(250, "2021-01-01"))
    monkeypatch.setattr(parameters, "every", lambda: changed)
    assert value("ceiling", dt.date(2020, 12, 31)) == 100
    assert value("ceiling", dt.date(2021, 1, 1)) == 250


def test_a_number_whose_time_is_over_has_no_value(monkeypatch):
    ended = read(row(100, "2007-07-19", "2010-12-31"))
    monkeypatch.setattr(parameters, "every", lambda: ended)
    with pytest.raises(NotInForce):
        value("ceiling", dt.date(2011, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        row(100) + row(200, "2015-01-01"),
        row(100, "2007-07-19", "2015-01-01") + row(200, "2015-01-01"),
        row("true"),
        row(-1),
        row('"2000"'),
        row(100, "2007-07-19", "2006-01-01"),
        row(100, "2007-07-19T00:00:00"),
        row().replace("S5.6", "S9.9"),
        row().replace('unit = "tetri"', 'unit = "euro"'),
        row().replace('source_ka = "სადღაც"', ""),
        row().replace("[[ceiling]]", "[ceiling]"),
        "ceiling = [",
    ],
    ids=[
        "an open period is followed by another", "two periods share a day", "not a number", "negative", "a text",
        "ends before it begins", "a moment for a day", "an unknown clause", "an unknown unit", "no source",
        "not a list of periods", "not TOML",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_refused(text):
    with pytest.raises(BadParameters):
        read(text)


def test_every_number_names_its_clause_and_both_titles():
    for periods in parameters.every().values():
        for one in periods:
            assert one.clause in CLAUSES
            assert one.title.ka
            assert one.title.en
            assert one.source.ka
            assert one.source.en


def test_our_own_numbers_are_marked_as_ours():
    assert parameter("fund_agreement_working_days", DAY).ours
    assert not parameter("plan_max_months", DAY).ours
