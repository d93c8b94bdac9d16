"""Days and moments as people write and read them."""

import datetime as dt

import pytest
from django.utils import translation

from gza.ui import dates

DAY = dt.date(2020, 10, 15)


@pytest.mark.parametrize(
    "typed",
    [
        "15.10.2020", "15/10/2020", "15-10-2020", "2020-10-15", " 15. 10. 2020 ", "15 ოქტომბერი 2020",
        "15 ოქტომბერს, 2020",
        "15 ოქტომბრის 2020", "15 ოქტ. 2020", "15 October 2020", "15 oct 2020", "15\u00a0Oct\u00a02020", "15.10.2020 წ.",
    ],
)  # fmt: skip
def test_a_day_is_understood(typed):
    assert dates.parse_day(typed) == DAY


@pytest.mark.parametrize(
    "typed", ["", "31.02.2020", "10/15/2020", "15.13.2020", "soon", "15 მაგიდა 2020", "0.0.0000", "1" * 500]
)
def test_a_day_is_not_guessed(typed):
    with pytest.raises(ValueError):  # noqa: PT011 (what matters is that it is refused)
        dates.parse_day(typed)


def test_a_century_is_not_guessed():
    with pytest.raises(dates.YearTooShort):
        dates.parse_day("15.10.20")


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_understood_in_both_languages(number):
    for names in dates.MONTHS.values():
        assert dates.month_number(names[number - 1]) == number
        assert dates.month_number(names[number - 1][:3]) == number


@pytest.mark.parametrize("typed", ["10.2020", "10/2020", "2020-10", "ოქტომბერი 2020", "Oct 2020"])
def test_a_month_is_understood(typed):
    assert dates.parse_month(typed) == dt.date(2020, 10, 1)


@pytest.mark.parametrize("typed", ["", "2020", "13.2020", "x 2020"])
def test_a_month_is_not_guessed(typed):
    with pytest.raises(ValueError):  # noqa: PT011 (what matters is that it is refused)
        dates.parse_month(typed)


def test_days_are_shown_in_each_language():
    assert dates.day(DAY, "ka") == "15.10.2020"
    assert dates.day(DAY, "en") == "15\u00a0Oct\u00a02020"
    assert dates.long_day(DAY, "ka") == "ხუთშაბათი, 15\u00a0ოქტომბერი 2020"
    assert dates.long_day(DAY, "en") == "Thursday, 15\u00a0October 2020"
    assert dates.month(DAY, "ka") == "ოქტომბერი\u00a02020"
    assert dates.short_month(10, "ka") == "ოქტ"


def test_a_moment_is_shown_on_the_clock_of_tbilisi():
    assert dates.moment(dt.datetime(2020, 10, 15, 21, 30, tzinfo=dt.UTC), "ka") == "16.10.2020, 01:30"


@pytest.mark.parametrize(
    ("days", "ka", "en"),
    [
        (0, "დღეს", "today"), (1, "ხვალ", "tomorrow"), (-1, "გუშინ", "yesterday"), (4, "ორშაბათი", "Monday"),
        (12, "12 დღეში", "in 12 days"), (-12, "12 დღის წინ", "12 days ago"),
    ],
)  # fmt: skip
def test_a_day_is_told_from_today(days, ka, en):
    for language, said in (("ka", ka), ("en", en)):
        with translation.override(language):
            assert dates.relative(DAY + dt.timedelta(days=days), language, DAY) == said


@pytest.mark.parametrize(
    ("days", "ka", "en"), [(1, "1 დღით გვიან", "1 day late"), (5, "5 დღით გვიან", "5 days late"), (0, "", "")]
)
def test_lateness_is_said_in_days(days, ka, en):
    for language, said in (("ka", ka), ("en", en)):
        with translation.override(language):
            assert dates.late(DAY - dt.timedelta(days=days), DAY) == said
