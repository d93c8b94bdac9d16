"""Ids, clock, money, text, calendar: the ground under everything."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gza.core import calendar, clock, ids, money, text


def test_ids_are_version_seven_and_sort_by_the_time_of_making(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for second in range(1, 50):
        monkeypatch.setattr("gza.core.ids.time.time_ns", lambda second=second: second * 10**9)
        made.append(ids.uuid7())
    assert made == sorted(made)
    assert {value.version for value in made} == {7}
    assert {value.variant for value in made} == {uuid.RFC_4122}


def test_a_case_code_can_be_read_over_the_telephone() -> None:
    codes = {ids.case_code() for _ in range(500)}
    assert len(codes) > 490
    assert all(ids.CODE.fullmatch(code) for code in codes)
    assert not set("".join(codes)) & set("ILOU")


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["ka", "en"]))
def test_money_that_is_shown_can_be_typed_again(tetri: int, language: str) -> None:
    shown = money.show(tetri, language)
    assert money.parse(shown if "." in shown or language == "ka" else shown.replace(",", "")) == tetri


@pytest.mark.parametrize("typed", ["", "-5", "1,234", "1,23.50", "12.345", "many", "1e3", "٣"])
def test_money_that_is_no_amount_is_said_so(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        money.parse(typed)


def test_thousands_are_parted_by_the_other_mark() -> None:
    assert money.parse("GEL 1,340.50") == money.parse("1.340,5") == money.parse("1 340.50") == 134050


@pytest.mark.parametrize(
    ("typed", "tetri"),
    [("2,000", 200_000), ("GEL 2,000", 200_000), ("12,345,678", 1_234_567_800), ("2,5", 250), ("2,50", 250)],
)
def test_a_comma_may_part_thousands_where_they_are_written_so(typed: str, tetri: int) -> None:
    assert money.parse(typed, comma_parts=True) == tetri


@pytest.mark.parametrize("typed", ["0,500", "2000,000", "2,0000", "2.000", "12,34,567"])
def test_what_may_be_either_is_no_amount(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        money.parse(typed, comma_parts=True)


def test_money_is_shown_as_people_write_it() -> None:
    assert money.show(134050, "ka") == "1\u00a0340,50\u00a0₾"
    assert money.show(134050, "en") == "GEL\u00a01,340.50"
    assert money.show(200000, "ka") == "2\u00a0000\u00a0₾"


def test_invisible_and_bidirectional_characters_are_taken_out() -> None:
    assert text.clean("ნი\u200bნო\u202e \u2066x\u2069\x00") == "ნინო x"
    assert text.clean_line("  ნინო \n\t ბერიძე ") == "ნინო ბერიძე"
    assert text.for_cell("=1+1") == "'=1+1"


@pytest.mark.parametrize(
    ("said", "number"),
    [("0", 0), ("042", 42), ("999", 999), *((said, None) for said in ("1000", "-1", "", "²", "٣", "1 "))],
)
def test_a_number_from_outside_is_digits_and_not_too_many(said: str, number: int | None) -> None:
    assert text.whole(said, digits=3) == number


@given(st.text())
def test_cleaning_twice_is_cleaning_once(value: str) -> None:
    assert text.clean(text.clean(value)) == text.clean(value)


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2100, 1, 1)), st.integers(1, 12))
def test_a_term_never_passes_its_anniversary(start: dt.date, months: int) -> None:
    end = calendar.last_day(start, months)
    assert start <= end < calendar.add_months(start, months)
    assert end + dt.timedelta(days=1) == calendar.add_months(start, months)


def test_february_is_computed_once_and_in_python() -> None:
    assert calendar.last_day(dt.date(2020, 2, 29), 12) == dt.date(2021, 2, 27)
    assert calendar.last_day(dt.date(2020, 1, 31), 1) == dt.date(2020, 2, 28)
    assert calendar.last_day(dt.date(2020, 1, 1), 12) == dt.date(2020, 12, 31)


def test_orthodox_easter_is_no_working_day() -> None:
    assert not calendar.is_working_day(dt.date(2021, 4, 30))  # Good Friday
    assert not calendar.is_working_day(dt.date(2021, 5, 3))  # Easter Monday
    assert calendar.add_working_days(dt.date(2021, 4, 29), 1) == dt.date(2021, 5, 4)


def test_a_day_begins_in_tbilisi() -> None:
    with clock.pretend(dt.datetime(2020, 12, 31, 20, 30, tzinfo=dt.UTC)):
        assert clock.today() == dt.date(2021, 1, 1)
    with pytest.raises(ValueError, match="time zone"), clock.pretend(dt.datetime(2020, 1, 1)):  # noqa: DTZ001 (what is refused)
        pass
