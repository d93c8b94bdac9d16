"""What may be published of the cases' figures, and what may be claimed from it."""

import datetime as dt

import pytest

from gza.law import parameters, statistics

TODAY = dt.date(2026, 6, 1)


@pytest.mark.clause("N4.3")
@pytest.mark.parametrize(
    ("years", "allowed"), [((2024, 2025), True), ((2025, 2026), False), ((2027,), False), ((), False)]
)
def test_a_year_is_published_when_it_is_over(years, allowed):
    verdict = statistics.years_over(years=years, today=TODAY)
    assert bool(verdict) is allowed
    assert allowed or verdict.code == "statistics.year_not_over"


@pytest.mark.clause("N4.3")
@pytest.mark.parametrize(
    ("tables", "allowed"), [(["sex", "form"], True), (["sex"], True), (["sex", "by hand"], False), ([], False)]
)
def test_a_table_made_by_hand_is_never_published(tables, allowed):
    assert bool(statistics.in_programme(tables=tables, registered=["sex", "form", "age"])) is allowed


@pytest.mark.clause("N4.3")
def test_an_extract_is_finished_and_whole():
    assert statistics.extract_done(done=True)
    assert statistics.extract_done(done=False).code == "statistics.extract_unfinished"
    assert statistics.anybody(counted=True)
    assert statistics.anybody(counted=False).code == "statistics.nobody"
    assert statistics.extract_whole(unopened=0)
    assert statistics.extract_whole(unopened=1).code == "statistics.profiles_missing"


@pytest.mark.clause("N4.3")
def test_nothing_is_published_over_a_ledger_changed_by_hand_or_moved_on():
    assert statistics.ledger_whole(whole=True)
    assert statistics.ledger_whole(whole=False).code == "statistics.ledger_broken"
    assert statistics.ledger_unmoved(prepared_at="ab", now="ab")
    assert statistics.ledger_unmoved(prepared_at="ab", now="cd").code == "statistics.ledger_moved"


@pytest.mark.clause("N4.3")
def test_one_prepares_and_another_approves():
    assert statistics.by_two(same_person=False)
    refused = statistics.by_two(same_person=True)
    assert (refused.code, refused.clause) == ("statistics.approved_by_oneself", "N4.3")
    assert refused.remedy


@pytest.mark.clause("N4.3")
def test_a_release_is_audited_and_any_finding_stops_it():
    assert statistics.audited(held=True)
    assert statistics.audited(held=False).code == "statistics.not_audited"
    assert statistics.withstands(findings=0)
    assert statistics.withstands(findings=1).code == "statistics.audit_found"


@pytest.mark.clause("N4.3")
@pytest.mark.parametrize(
    ("total", "shown", "allowed"),
    [(0, True, True), (1, True, False), (2, True, False), (2, False, True), (3, True, True)],
)
def test_a_small_year_gives_its_total_alone(total, shown, allowed):
    assert parameters.value("small_cell_threshold", TODAY) == 3
    assert bool(statistics.small_year_alone(total=total, shown_parts=shown, on=TODAY)) is allowed


@pytest.mark.clause("N1.1")
def test_nothing_is_claimed_from_a_suppressed_cell():
    assert statistics.claim_from_shown(suppressed=0)
    assert statistics.claim_from_shown(suppressed=1).clause == "N1.1"


@pytest.mark.clause("N1.1")
@pytest.mark.parametrize(
    ("claims", "differs", "allowed"),
    [(True, True, True), (True, False, False), (False, False, True), (False, True, True)],
)
def test_a_trend_is_claimed_beyond_chance_only(claims, differs, allowed):
    assert bool(statistics.claim_beyond_chance(claims_change=claims, differs=differs)) is allowed


@pytest.mark.clause("N4.3")
def test_what_others_published_is_recorded_and_flagged():
    assert statistics.foreign_figure(consistent=True, pinned=0).flags == ()
    assert statistics.foreign_figure(consistent=False, pinned=2).flags == (statistics.CONTRADICTS, statistics.PINNED)


@pytest.mark.clause("N4.3")
def test_figures_enter_once_it_is_known_whether_they_contradict_others():
    assert statistics.figures_decided(decided=True)
    assert statistics.figures_decided(decided=False).code == "statistics.figures_undecided"


@pytest.mark.clause("N4.3")
def test_a_year_is_counted_whole():
    assert statistics.extract_after(begun_on=dt.date(2026, 1, 1), last_year=2025)
    assert statistics.extract_after(begun_on=dt.date(2025, 12, 31), last_year=2025).code == (
        "statistics.extract_too_early"
    )
    assert statistics.register_whole(register={2020: 4, 2021: 0}, profiles={2020: 4, 2024: 9})
    assert statistics.register_whole(register={2020: 4}, profiles={2020: 5}).code == "statistics.register_thin"


@pytest.mark.clause("N4.3")
def test_a_release_covers_no_more_years_than_were_signed_for():
    assert statistics.window(years=10, most=10)
    assert statistics.window(years=11, most=10).code == "statistics.window_too_wide"


@pytest.mark.clause("N4.3", "G6")
def test_published_is_what_was_prepared_under_the_threshold_of_the_day():
    assert statistics.unchanged(same=True)
    assert statistics.unchanged(same=False).code == "statistics.release_changed"
    today = dt.date(2026, 6, 1)
    k = parameters.value("small_cell_threshold", today)
    assert statistics.threshold_held(k=k, on=today)
    assert statistics.threshold_held(k=k - 1, on=today).code == "statistics.threshold_rose"
