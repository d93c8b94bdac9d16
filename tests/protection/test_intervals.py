"""Exact intervals against published values, against summation in fractions, and against their own definition."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gza.protection import intervals as exact

# Limits of the mean of a Poisson count at 95 %, as tables of vital statistics print them.
GARWOOD = [
    (0, 0.0, 3.689), (1, 0.0253, 5.572), (2, 0.242, 7.225), (3, 0.619, 8.767), (4, 1.090, 10.242), (5, 1.623, 11.668),
    (6, 2.202, 13.059), (10, 4.795, 18.390), (15, 8.395, 24.740), (20, 12.217, 30.888), (25, 16.179, 36.905),
    (30, 20.241, 42.827), (50, 37.111, 65.919), (100, 81.364, 121.627),
]  # fmt: skip


@pytest.mark.parametrize(("count", "low", "high"), GARWOOD)
def test_the_limits_of_a_count_are_those_of_the_tables(count: int, low: float, high: float) -> None:
    found = exact.poisson(count)
    assert found.low == pytest.approx(low, abs=0.0015)
    assert found.high == pytest.approx(high, abs=0.0015)


@given(st.integers(0, 400), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
@settings(max_examples=100, deadline=None)
def test_at_its_limits_a_count_is_just_as_unlikely_as_the_level_says(count: int, level: float) -> None:
    found, tail = exact.poisson(count, level=level), (1 - level) / 2
    assert exact.poisson_at_most(count, found.high) == pytest.approx(tail, rel=1e-9)
    if count:
        assert 1 - exact.poisson_at_most(count - 1, found.low) == pytest.approx(tail, rel=1e-7)
    assert found.low <= count <= found.high


@given(st.integers(0, 60), st.integers(1, 8000))
@settings(max_examples=100, deadline=None)
def test_the_sum_is_that_of_exact_fractions(count: int, hundredths: int) -> None:
    mean = Fraction(hundredths, 100)
    whole = sum(mean**k / math.factorial(k) for k in range(count + 1))
    assert exact.poisson_at_most(count, float(mean)) == pytest.approx(float(whole) * math.exp(-float(mean)), rel=1e-11)


def test_without_an_expectation_there_is_no_event() -> None:
    assert exact.poisson_at_most(0, 0) == 1
    assert exact.poisson_at_most(3, 1e6) == 0
    assert exact.poisson_at_most(2_000_000, 10.0) == 1


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.3085), (1, 10, 0.0025, 0.4450), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0),
        (4, 20, 0.0573, 0.4366),
    ],
)  # fmt: skip
def test_the_limits_of_a_share_are_those_of_clopper_and_pearson(count: int, of: int, low: float, high: float) -> None:
    found = exact.binomial(count, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 40).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), st.integers(1, 99))
@settings(max_examples=100, deadline=None)
def test_shares_are_summed_as_in_fractions(pair: tuple[int, int], percent: int) -> None:
    (count, of), share = pair, Fraction(percent, 100)
    whole = sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count + 1))
    assert exact.binomial_at_most(count, of, float(share)) == pytest.approx(float(whole), rel=1e-9)


def test_a_ratio_turns_around_with_its_periods() -> None:
    one, other = exact.ratio(20, 5), exact.ratio(5, 20)
    assert one.value == 4
    assert one.interval.low == pytest.approx(1 / other.interval.high, rel=1e-9)
    assert one.interval.high == pytest.approx(1 / other.interval.low, rel=1e-9)
    # (20 of 25: Clopper and Pearson 0.5930 to 0.9317) as odds
    assert one.interval.low == pytest.approx(0.5930 / 0.4070, abs=2e-3)
    assert one.interval.high == pytest.approx(0.9317 / 0.0683, abs=3e-2)
    assert one.differs


@pytest.mark.parametrize(("first", "second", "differs"), [(12, 3, True), (8, 3, False), (5, 0, False), (6, 0, True)])
def test_small_numbers_differ_by_chance(first: int, second: int, differs: bool) -> None:
    assert exact.ratio(first, second).differs is differs
    assert exact.ratio(second, first).differs is differs


def test_an_unbounded_ratio_says_so_and_exposure_counts() -> None:
    found = exact.ratio(7, 0)
    assert (found.value, found.interval.high) == (None, math.inf)
    assert exact.ratio(10, 10, exposure=(2.0, 1.0)).value == 0.5
    assert exact.ratio(10, 20, exposure=(1.0, 2.0)).interval.holds(1.0)


def test_the_fullest_season_is_judged_by_its_exact_tail() -> None:
    assert exact.peak([5, 5]) == 1.0
    assert exact.peak([10, 0]) == pytest.approx(2 / 1024)
    whole = sum(Fraction(math.comb(20, k) * 3 ** (20 - k), 4**20) for k in range(12, 21))
    assert exact.peak([12, 3, 3, 2]) == pytest.approx(float(4 * whole))


@pytest.mark.parametrize(
    "call",
    [
        lambda: exact.poisson(-1),
        lambda: exact.poisson(2.5),
        lambda: exact.poisson(True),
        lambda: exact.poisson(3, level=1.0),
        lambda: exact.poisson_at_most(1, -0.1),
        lambda: exact.binomial(0, 0),
        lambda: exact.binomial(3, 2),
        lambda: exact.binomial_at_most(3, 2, 0.5),
        lambda: exact.binomial_at_most(1, 2, 1.5),
        lambda: exact.ratio(0, 0),
        lambda: exact.ratio(1, 1, exposure=(0.0, 1.0)),
        lambda: exact.peak([4]),
        lambda: exact.peak([0, 0]),
    ],
)
def test_what_is_no_count_has_no_interval(call: object) -> None:
    with pytest.raises(exact.NoInterval):
        call()
