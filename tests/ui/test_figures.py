"""Figures: geometry in percent, right at the edges."""

import datetime as dt
import re

import pytest
from django.utils import translation

from gza.ui import figures, road

WINDOW = figures.Window(dt.date(2020, 6, 1))
TODAY = dt.date(2020, 10, 15)


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(1, 3, "33.33%"), (1, 2, "50%"), (0, 0, "0%"), (3, 2, "100%"), (-1, 2, "0%")]
)
def test_a_share_is_written_with_a_point_in_every_language(part, whole, shown):
    with translation.override("ka"):
        assert figures.percent(part, whole) == shown


def test_a_window_places_days_by_months():
    assert WINDOW.place(dt.date(2020, 6, 1)) == 0
    assert WINDOW.place(dt.date(2021, 6, 1)) == 100
    assert round(WINDOW.place(TODAY), 1) == 37.1
    assert [name for name, now in WINDOW.heads(TODAY) if now] == ["ოქტ"]


def test_a_bar_past_the_window_is_cut_and_one_outside_is_not_drawn():
    bar = figures.months_bar(WINDOW, dt.date(2020, 1, 1), dt.date(2022, 1, 1), label="x", today=TODAY)
    assert '<rect class="f-open" x="0%" y="6" width="100%" height="14"/>' in bar
    outside = figures.months_bar(WINDOW, dt.date(2019, 1, 1), dt.date(2019, 2, 1), label="x", today=TODAY)
    assert "<rect" not in outside


def test_time_to_come_is_open_and_time_past_is_filled():
    bar = figures.months_bar(WINDOW, dt.date(2020, 12, 1), dt.date(2020, 12, 31), label="x", today=TODAY)
    assert "f-open" in bar
    assert 'class="f1"' not in bar


def test_labels_are_escaped():
    assert "<b>" not in figures.months_bar(WINDOW, TODAY, TODAY, label='"><b>')


def test_half_years_within_end_in_a_post():
    bar = figures.halfyears_bar(["done", "none", "none", "none"], label="x", within=True)
    assert bar.count('class="f1"') == 2
    assert "M-1 0h3v16h-3z" in bar
    assert "M-1 0h3v16h-3z" not in figures.halfyears_bar(["done", "missed"], label="x")


def test_a_ceiling_shows_spent_decided_and_free():
    bar = figures.ceiling_bar(910_00, 1340_00, 2000_00, label="x")
    assert re.findall(r'x="([\d.]+%)" y="4" width="([\d.]+%)"', bar) == [
        ("0%", "100%"),
        ("45.5%", "21.5%"),
        ("0%", "45.5%"),
    ]


def test_bars_are_drawn_against_the_longest():
    drawn = figures.bars([figures.Bar("a", 6, 3), figures.Bar("b", 3), figures.Bar("c", 0)])
    assert [each.width for each in drawn] == ["100%", "50%", "0%"]
    assert figures.bars([]) == []


def test_today_lies_within_a_plan_or_not_at_all():
    start, end = dt.date(2019, 1, 1), dt.date(2020, 12, 31)
    assert figures.share_of_year(start, start, end) == 0
    assert figures.share_of_year(dt.date(2021, 1, 1), start, end) is None


def test_the_road_knows_where_the_case_stands():
    stops = [road.Stop("a", road.At.PASSED), road.Stop("b", road.At.HERE), road.Stop("c")]
    assert road.here(stops) == road.Here(2, stops[1], stops[2])
    assert road.here(stops[:1]) is None
    assert [stop.mark for stop in stops] == ["done", "now", "todo"]
