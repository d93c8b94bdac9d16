"""Exact intervals for small counts, by summation of the distribution itself; no approximation, no table.

Poisson: Garwood (1936), each tail at half of what is left over. Ratio of two Poisson rates: given their sum, the first
count is binomial, so the limits of Clopper and Pearson (1934) turn into limits of the ratio.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

LEVEL = 0.95
_STEPS = 200  # halvings: far below the last digit of a float
_LARGEST = 10**7  # beyond it a summation would take seconds


class NoInterval(ValueError):
    """There is no interval for such counts: negative, fractional, or too large to sum up."""


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``, both included; ``high`` may be infinite."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high


def _count(value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise NoInterval("a count is a whole number, not negative")
    return value


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise NoInterval("a level lies between 0 and 1")
    return (1 - level) / 2


def poisson_at_most(count: int, mean: float) -> float:
    """The probability of ``count`` or fewer events where ``mean`` are expected.

    Summed from the largest term of the sum downwards, each from the one before; relative error below 1e-12.

    Raises:
        NoInterval: for a count that is none or a negative mean.
    """
    _count(count)
    if mean < 0:
        raise NoInterval("a mean is not negative")
    if mean == 0:
        return 1.0
    top = min(count, math.floor(mean))
    highest = math.exp(top * math.log(mean) - mean - math.lgamma(top + 1))
    below = _falling(highest, lambda k: k / mean, top)
    above, term = [], highest
    for k in range(top + 1, count + 1):
        term *= mean / k
        if term <= highest * 1e-18:
            break
        above.append(term)
    return min(1.0, math.fsum([*below, *above]))


def _falling(highest: float, ratio: Callable[[int], float], top: int) -> list[float]:
    terms, term = [highest], highest
    for k in range(top, 0, -1):
        term *= ratio(k)
        if term <= highest * 1e-18:
            break
        terms.append(term)
    return terms


def _solve(falling: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Where a falling function takes the value ``target``."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if falling(middle) > target else (low, middle)
    return (low + high) / 2


def poisson(count: int, *, level: float = LEVEL) -> Interval:
    """The exact interval of the mean behind a count.

    Raises:
        NoInterval: for a count that is none, or a level outside 0 and 1.
    """
    tail = _tail(level)
    reach = 2 * _count(count) + 50 - 10 * math.log(tail)
    low = 0.0 if count == 0 else _solve(lambda mean: poisson_at_most(count - 1, mean), 1 - tail, 0.0, reach)
    return Interval(low, _solve(lambda mean: poisson_at_most(count, mean), tail, 0.0, reach))


def binomial_at_most(count: int, of: int, share: float) -> float:
    """The probability of ``count`` or fewer successes in ``of`` trials with probability ``share``.

    Raises:
        NoInterval: for counts that are none, or a share outside 0 and 1.
    """
    if not 0 <= share <= 1 or _count(count) > _count(of):
        raise NoInterval("at most all trials succeed")
    if count == of or share == 0:
        return 1.0
    if share == 1:
        return 0.0
    odds = math.log(share) - math.log1p(-share)
    base = of * math.log1p(-share) + math.lgamma(of + 1)
    terms = [math.exp(base + k * odds - math.lgamma(k + 1) - math.lgamma(of - k + 1)) for k in range(count + 1)]
    return min(1.0, math.fsum(terms))


def binomial(count: int, of: int, *, level: float = LEVEL) -> Interval:
    """The exact interval of the probability behind ``count`` successes in ``of`` trials.

    Raises:
        NoInterval: for counts that are none, no trial, or a level outside 0 and 1.
    """
    tail = _tail(level)
    if _count(of) == 0 or _count(count) > of:
        raise NoInterval("at least one trial, at most all succeed")
    low = 0.0 if count == 0 else _solve(lambda share: binomial_at_most(count - 1, of, share), 1 - tail, 0.0, 1.0)
    high = 1.0 if count == of else _solve(lambda share: binomial_at_most(count, of, share), tail, 0.0, 1.0)
    return Interval(low, high)


@dataclass(frozen=True)
class Ratio:
    """A ratio of two rates with its exact conditional interval; ``value`` is None where the second count is 0."""

    value: float | None
    interval: Interval

    @property
    def differs(self) -> bool:
        """Whether the interval leaves out 1: the two rates differ beyond chance at this level."""
        return not self.interval.holds(1.0)


def ratio(first: int, second: int, *, exposure: tuple[float, float] = (1.0, 1.0), level: float = LEVEL) -> Ratio:
    """The first rate over the second.

    Args:
        first: events of the first period.
        second: events of the second.
        exposure: how long the periods are, or how many people stand behind each; both positive.
        level: of the interval.

    Raises:
        NoInterval: for counts that are none, both zero, or an exposure that is not positive.
    """
    if min(exposure) <= 0:
        raise NoInterval("an exposure is positive")
    total = _count(first) + _count(second)
    if total == 0:
        raise NoInterval("no event in either period")
    share, scale = binomial(first, total, level=level), exposure[1] / exposure[0]
    high = math.inf if share.high >= 1 else share.high / (1 - share.high) * scale
    value = first / second * scale if second else None
    return Ratio(value, Interval(share.low / (1 - share.low) * scale, high))


def peak(counts: list[int]) -> float:
    """How likely chance alone fills some season as much as the fullest of these, were all alike; an upper bound.

    The exact binomial tail of the fullest season, times the number of seasons (Bonferroni): never too small.

    Raises:
        NoInterval: for fewer than two seasons, counts that are none, or no event at all.
    """
    total, seasons = sum(map(_count, counts)), len(counts)
    if seasons < 2 or total == 0:  # noqa: PLR2004 (one season is no season)
        raise NoInterval("at least two seasons and one event")
    return min(1.0, seasons * (1 - binomial_at_most(max(counts) - 1, total, 1 / seasons)))
