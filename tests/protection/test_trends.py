"""Trends from publishable cells: a rise is claimed when chance does not explain it, never from a suppressed cell."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gza.protection import trends
from gza.protection.codes import Name
from gza.protection.trends import Kind, Series

ALL = Name("სულ", "all")
QUARTERS = [Name(f"{n} კვარტალი", f"quarter {n}") for n in range(1, 5)]


def series(*values: int | None, first: int = 2020, of: Name = ALL, **more: object) -> Series:
    return Series(of, {first + at: value for at, value in enumerate(values)}, **more)


@pytest.mark.clause("N1.1")
@pytest.mark.parametrize(
    ("before", "after", "kind", "words"),
    [
        (5, 30, Kind.CHANGE, "more"), (30, 5, Kind.CHANGE, "fewer"), (5, 9, Kind.NO_CHANGE, "within chance"),
        (0, 0, Kind.NO_CHANGE, "none"),
    ],
)  # fmt: skip
def test_a_change_is_claimed_beyond_chance_only(before: int, after: int, kind: Kind, words: str) -> None:
    found = trends.change(series(before, after), 2020, 2021)
    assert found.kind == kind
    assert words in found.text.en
    assert found.shown
    assert found.rests_on == (("all", 2020), ("all", 2021))


@pytest.mark.clause("N1.1")
@pytest.mark.parametrize("values", [(None, 30), (30, None), (None, None)])
def test_nothing_is_claimed_from_a_suppressed_cell(values: tuple[int | None, int | None]) -> None:
    found = trends.change(series(*values), 2020, 2021)
    assert (found.kind, found.shown, found.rests_on) == (Kind.SILENT, False, ())
    assert "30" not in found.text.en + found.text.ka


def test_a_year_that_is_not_there_is_silent() -> None:
    assert trends.change(series(3, 4), 2019, 2021).kind == Kind.SILENT
    assert trends.level_of(series()).kind == Kind.SILENT


@pytest.mark.clause("N1.1")
@given(st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_every_number_of_a_statement_comes_from_cells_that_are_shown(values: list[int | None]) -> None:
    one = series(*values)
    for found in trends.statements([one]):
        assert found.shown is (found.kind != Kind.SILENT)
        assert all(one.values[year] is not None for _, year in found.rests_on)
        told = re.findall(r"(\d+)(?: persons?)? in (\d{4})", found.text.en)
        assert all(one.values[int(year)] == int(count) for count, year in told)
        assert found.shown or not re.search(r"\d", found.text.en + found.text.ka)


def test_points_leave_suppressed_years_out() -> None:
    found = trends.points(series(4, None, 9))
    assert [(one.year, one.count) for one in found] == [(2020, 4), (2022, 9)]
    assert found[0].interval.holds(4)


def test_the_level_says_what_is_counted_in_both_languages() -> None:
    one, many = trends.level_of(series(1)), trends.level_of(series(1, 12))
    assert "1 person in 2020" in one.say("en")
    assert "12 persons in 2021" in many.say("en")
    assert "12 ადამიანი" in many.say("ka")
    accused = trends.level_of(series(4, counted=trends.PERPETRATORS))
    assert "4 accused persons" in accused.say("en")


@pytest.mark.clause("N1.1")
def test_a_season_is_named_only_where_the_data_bear_it() -> None:
    whole = series(40, 40, 40)
    summer = [series(1, 1, 1), series(2, 2, 2), series(35, 35, 35), series(2, 2, 2)]
    found = trends.season(whole, summer, QUARTERS)
    assert found.kind == Kind.SEASON
    assert "quarter 3" in found.text.en
    even = [series(10, 10, 10) for _ in range(4)]
    assert trends.season(whole, even, QUARTERS).kind == Kind.NO_CHANGE


@pytest.mark.clause("N1.1")
@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        (series(9, 9), [series(6, 6), series(3, 3)]),  # two years
        (series(1, 1, 1), [series(1, 1, 1), series(0, 0, 0)]),  # too few
        (series(9, 9, 9), [series(6, None, 6), series(3, 3, 3)]),  # one is suppressed
        (series(9, 9, 9), [series(9, 9, 9)]),  # one part is no season
        (series(9, 9, 9), [series(6, 6, 6, first=2019), series(3, 3, 3)]),  # other years
    ],
)
def test_else_nothing_is_said_of_seasons(whole: Series, parts: list[Series]) -> None:
    found = trends.season(whole, parts, QUARTERS[: len(parts)])
    assert (found.kind, found.shown) == (Kind.SILENT, False)


def test_a_share_is_two_counts_and_no_percentage() -> None:
    part, whole = series(4, None, of=Name("ბავშვი", "child")), series(12, 9)
    found = trends.share(part, whole, 2020)
    assert found.text.en == "Child: 4 of 12 in 2020."
    assert "%" not in found.text.en
    assert found.rests_on == (("child", 2020), ("all", 2020))
    assert trends.share(part, whole, 2021).kind == Kind.SILENT
    assert trends.share(part, series(0, 0), 2020).kind == Kind.SILENT
