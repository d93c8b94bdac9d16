"""Rows, timelines and indicators of the national action plan."""

import datetime as dt

import pytest

from gza.law import nap
from gza.law.nap import IndicatorType, Timeline, TimelineKind, half_years, meets, silent_half_years

START, END = dt.date(2019, 1, 1), dt.date(2020, 12, 31)
PLAN = {"plan_start": START, "plan_end": END}
WHOLE = Timeline(TimelineKind.THROUGHOUT, START, END)
SECOND_2019 = Timeline(TimelineKind.DELIVER_WITHIN, dt.date(2019, 7, 1), dt.date(2019, 12, 31))
DAY = dt.timedelta(days=1)


@pytest.mark.clause("N0.1")
def test_every_row_names_its_source_line():
    assert nap.traceable(source_line=1)
    for line in (None, 0, -3):
        assert nap.traceable(source_line=line).code == "nap.no_source_line"


@pytest.mark.clause("N0.1")
def test_what_the_source_cannot_settle_is_marked_never_guessed():
    assert nap.never_guessed(unsettled=[], to_confirm=[])
    assert nap.never_guessed(unsettled=["leading"], to_confirm=["leading", "timeline"])
    verdict = nap.never_guessed(unsettled=["timeline", "leading"], to_confirm=["timeline"])
    assert "leading" in verdict.message.en
    assert "timeline" not in verdict.message.en


@pytest.mark.clause("N0.1")
def test_an_adopted_plan_stands_and_only_what_is_to_be_confirmed_is_settled():
    changed, marked = ["1.1.1 leading", "2.1.4 timeline"], ["1.1.1 leading"]
    assert nap.reread(adopted=False, changed=changed, to_confirm=[])
    assert nap.reread(adopted=True, changed=marked, to_confirm=marked)
    verdict = nap.reread(adopted=True, changed=changed, to_confirm=marked)
    assert verdict.code == "nap.adopted_stands"
    assert "2.1.4 timeline" in verdict.message.en
    assert "1.1.1 leading" not in verdict.message.en


@pytest.mark.clause("N0.3")
def test_a_timeline_is_whole_half_years_within_the_plan():
    assert nap.window(timeline=SECOND_2019, **PLAN)
    assert nap.window(timeline=WHOLE, **PLAN)
    assert nap.window(timeline=Timeline(TimelineKind.DELIVER_WITHIN, START, END), **PLAN)


@pytest.mark.clause("N0.3")
@pytest.mark.parametrize(
    ("timeline", "code"),
    [
        (Timeline(TimelineKind.DELIVER_WITHIN, dt.date(2020, 1, 1), dt.date(2019, 6, 30)), "nap.window_order"),
        (Timeline(TimelineKind.DELIVER_WITHIN, dt.date(2019, 2, 1), dt.date(2019, 6, 30)), "nap.half_years"),
        (Timeline(TimelineKind.DELIVER_WITHIN, dt.date(2019, 1, 1), dt.date(2019, 9, 30)), "nap.half_years"),
        (Timeline(TimelineKind.DELIVER_WITHIN, dt.date(2017, 1, 1), END), "nap.outside_plan"),
        (Timeline(TimelineKind.DELIVER_WITHIN, START, dt.date(2021, 6, 30)), "nap.outside_plan"),
        (Timeline(TimelineKind.THROUGHOUT, START, dt.date(2019, 12, 31)), "nap.not_throughout"),
    ],
)
def test_any_other_timeline_is_refused(timeline, code):
    assert nap.window(timeline=timeline, **PLAN).code == code


@pytest.mark.clause("N0.3")
def test_deliver_within_is_late_only_after_its_window_ends():
    for today, flags in (
        (SECOND_2019.start - DAY, ("nap.not_yet_expected",)),
        (SECOND_2019.start, ()),
        (SECOND_2019.end, ()),
        (SECOND_2019.end + DAY, ("nap.late",)),
    ):
        assert nap.delivery(timeline=SECOND_2019, delivered=False, today=today).flags == flags
        assert nap.delivery(timeline=SECOND_2019, delivered=True, today=today).flags == ()


@pytest.mark.clause("N0.3")
def test_throughout_is_never_late():
    assert nap.delivery(timeline=WHOLE, delivered=False, today=END + DAY).flags == ()


@pytest.mark.clause("N0.3")
def test_throughout_is_silent_after_a_half_year_with_neither_entry_nor_nil_return():
    today = dt.date(2020, 1, 1)
    assert nap.silence(timeline=WHOLE, spoke_on=[], today=dt.date(2019, 6, 30)).flags == ()
    assert nap.silence(timeline=WHOLE, spoke_on=[dt.date(2019, 3, 1)], today=today).flags == ("nap.silent",)
    assert nap.silence(timeline=WHOLE, spoke_on=[dt.date(2019, 1, 1), dt.date(2019, 12, 31)], today=today).flags == ()
    assert silent_half_years(timeline=WHOLE, spoke_on=[dt.date(2019, 3, 1)], today=today) == (
        (dt.date(2019, 7, 1), dt.date(2019, 12, 31)),
    )


@pytest.mark.clause("N0.3")
def test_deliver_within_is_never_silent():
    assert nap.silence(timeline=SECOND_2019, spoke_on=[], today=END).flags == ()


@pytest.mark.clause("N0.3")
def test_a_plan_of_two_years_has_four_half_years():
    found = half_years(START, END)
    assert [first.isoformat() for first, _ in found] == ["2019-01-01", "2019-07-01", "2020-01-01", "2020-07-01"]


@pytest.mark.clause("N0.2")
def test_an_indicator_has_one_of_twelve_types():
    assert len(IndicatorType) == 12
    for one in IndicatorType:
        assert nap.typed(type_=one)
    assert nap.typed(type_="number").code == "nap.indicator_type"


@pytest.mark.clause("N0.2")
@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [(None, None, None), ("exact", 3, 3), ("at_least", 1, None), ("at_most", None, 0), ("range", 24, 40)],
)
def test_a_target_that_fits_its_kind_is_accepted(kind, least, most):
    assert nap.target(type_="event_count", kind=kind, least=least, most=most)


@pytest.mark.clause("N0.2")
@pytest.mark.parametrize(
    ("type_", "kind", "least", "most", "code"),
    [
        ("event_count", None, 3, None, "nap.target"),
        ("event_count", "exact", 3, 4, "nap.target"),
        ("event_count", "exact", None, None, "nap.target"),
        ("event_count", "at_least", None, 3, "nap.target"),
        ("event_count", "at_most", 3, None, "nap.target"),
        ("event_count", "range", 40, 24, "nap.target"),
        ("event_count", "range", 24, None, "nap.target"),
        ("event_count", "at_least", -1, None, "nap.target"),
        ("event_count", "about", 3, 3, "nap.target"),
        ("qualitative", "exact", 1, 1, "nap.target_without_number"),
    ],
)
def test_a_target_that_does_not_fit_is_refused(type_, kind, least, most, code):
    assert nap.target(type_=type_, kind=kind, least=least, most=most).code == code


@pytest.mark.clause("N0.2")
def test_a_figure_meets_its_target_within_both_bounds():
    assert [meets(kind="range", least=24, most=40, figure=n) for n in (23, 24, 40, 41)] == [False, True, True, False]
    assert meets(kind="at_least", least=1, most=None, figure=0) is False
    assert meets(kind=None, least=None, most=None, figure=7) is None


@pytest.mark.clause("N0.1", "N0.3")
def test_a_row_asks_every_rule_of_it():
    row = {"source_line": 9, "unsettled": [], "to_confirm": [], "timeline": SECOND_2019, **PLAN}
    assert nap.may_hold(**row)
    assert nap.may_hold(**{**row, "timeline": None})
    assert nap.may_hold(**{**row, "source_line": None}).code == "nap.no_source_line"
    assert nap.may_hold(**{**row, "unsettled": ["timeline"]}).code == "nap.not_marked"
    outside = Timeline(TimelineKind.DELIVER_WITHIN, dt.date(2017, 1, 1), END)
    assert nap.may_hold(**{**row, "timeline": outside}).code == "nap.outside_plan"
