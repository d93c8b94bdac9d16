"""Trends and profiles (N1.1) from publishable cells alone: nothing here ever sees a suppressed count.

A ``Series`` holds what a release shows of one cell over the years: a number, or None where it is suppressed.
Statements are sentences in both languages, each with the cells it rests on; whoever publishes asks the law which may
stand. What is counted (victims now, perpetrators of the criminal-case register later) is a word of the series.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .codes import Name
from .intervals import LEVEL, Interval, NoInterval, Ratio, peak, poisson, ratio

LEAST_A_SEASON = 5
YEARS_FOR_SEASONS = 3
EVIDENT = 0.05


class Kind(StrEnum):
    """What a statement claims."""

    LEVEL = "level"
    CHANGE = "change"
    NO_CHANGE = "no_change"
    SEASON = "season"
    SHARE = "share"
    SILENT = "silent"


@dataclass(frozen=True)
class Counted:
    """What is counted, in words: ``many`` after a number in Georgian (one form), in English singular and plural."""

    ka: str
    one: str
    more: str

    def en(self, count: int) -> str:
        """The English word after a number."""
        return self.one if count == 1 else self.more


VICTIMS = Counted("ადამიანი", "person", "persons")
PERPETRATORS = Counted("ბრალდებული", "accused person", "accused persons")


@dataclass(frozen=True)
class Series:
    """One cell over whole years: ``values`` by year, None where it is suppressed. ``of`` says which cell it is."""

    of: Name
    values: Mapping[int, int | None]
    counted: Counted = VICTIMS

    @property
    def years(self) -> tuple[int, ...]:
        """The years in order."""
        return tuple(sorted(self.values))

    @property
    def whole(self) -> bool:
        """Whether every value is shown."""
        return all(value is not None for value in self.values.values())


@dataclass(frozen=True)
class Point:
    """A shown count with the exact interval of the mean behind it."""

    year: int
    count: int
    interval: Interval


@dataclass(frozen=True)
class Statement:
    """A sentence in both languages. ``rests_on`` names the cells (series, year), all of them shown."""

    kind: Kind
    text: Name
    rests_on: tuple[tuple[str, int], ...] = ()
    ratio: Ratio | None = None
    shown: bool = True

    def say(self, language: str) -> str:
        """The sentence."""
        return self.text.say(language)


def points(series: Series, *, level: float = LEVEL) -> tuple[Point, ...]:
    """The shown counts with their intervals; suppressed years are left out, never filled in."""
    return tuple(
        Point(year, value, poisson(value, level=level))
        for year in series.years
        if (value := series.values[year]) is not None
    )


def _first(words: str) -> str:
    """As a sentence begins; Georgian has no capitals."""
    return words if "ა" <= words[:1] <= "ჰ" else words[:1].upper() + words[1:]


def _cells(series: Series, *years: int) -> tuple[tuple[str, int], ...]:
    return tuple((series.of.en, year) for year in years)


def level_of(series: Series) -> Statement:
    """How many in the last year shown, with the exact interval; silent when the last year is suppressed."""
    last = series.years[-1] if series.years else None
    value = series.values[last] if last is not None else None
    if last is None or value is None:
        return _silent(series)
    found, counted = poisson(value), series.counted
    low, high = f"{found.low:.1f}", f"{found.high:.1f}"
    ka_low, ka_high = low.replace(".", ","), high.replace(".", ",")
    return Statement(
        Kind.LEVEL,
        Name(
            f"{_first(series.of.ka)}: {last} წელს {value} {counted.ka}. ასეთი რიცხვი შემთხვევითაც იცვლება: "
            f"მის უკან მდგომი დონე, 95%‑იანი სანდოობით, {ka_low}‑დან {ka_high}‑მდეა.",
            f"{_first(series.of.en)}: {value} {counted.en(value)} in {last}. Such a number varies by chance: "
            f"the level behind it lies, with 95% confidence, between {low} and {high}.",
        ),
        _cells(series, last),
    )


def change(series: Series, first: int, last: int) -> Statement:
    """Whether two years differ beyond chance; silent when either is suppressed or not there, or both are zero."""
    before, after = series.values.get(first), series.values.get(last)
    if before is None or after is None:
        return _silent(series)
    try:
        found = ratio(after, before)
    except NoInterval:
        return Statement(
            Kind.NO_CHANGE,
            Name(
                f"{_first(series.of.ka)}: {first} და {last} წლებში არც ერთი შემთხვევა არ ყოფილა.",
                f"{_first(series.of.en)}: none in {first} and none in {last}.",
            ),
            _cells(series, first, last),
        )
    low, high = _number(found.interval.low), _number(found.interval.high)
    if not found.differs:
        text = Name(
            f"{_first(series.of.ka)}: {first} წელს {before}, {last} წელს {after}. სხვაობა შემთხვევითობის ფარგლებშია "
            f"(შეფარდება {low.ka}‑დან {high.ka}‑მდე, 95%); ზრდა ან კლება არ მტკიცდება.",
            f"{_first(series.of.en)}: {before} in {first}, {after} in {last}. The difference is within chance "
            f"(ratio {low.en} to {high.en}, 95%); neither a rise nor a fall is claimed.",
        )
        return Statement(Kind.NO_CHANGE, text, _cells(series, first, last), found)
    more = after > before
    text = Name(
        f"{_first(series.of.ka)}: {first} წელს {before}, {last} წელს {after}: {'მეტია' if more else 'ნაკლებია'}, ვიდრე "
        f"შემთხვევითობა ხსნის (შეფარდება {low.ka}‑დან {high.ka}‑მდე, 95%). "
        "ეს გამოვლენილ შემთხვევებს ეხება და არა მათ ნამდვილ რაოდენობას.",
        f"{_first(series.of.en)}: {before} in {first}, {after} in {last}: "
        f"{'more' if more else 'fewer'} than chance explains (ratio {low.en} to {high.en}, 95%). "
        "This is about what was detected, not about how much there is.",
    )
    return Statement(Kind.CHANGE, text, _cells(series, first, last), found)


def season(series: Series, seasons: Sequence[Series], names: Sequence[Name]) -> Statement:
    """Whether the year has a season, where the data bear the question.

    That is: ``YEARS_FOR_SEASONS`` whole years or more, every seasonal count shown, ``LEAST_A_SEASON`` expected in each.

    Args:
        series: the cell over the years.
        seasons: the same cell, a series for each part of the year, over the same years.
        names: of the parts, in order.
    """
    bearing = (
        len(series.years) >= YEARS_FOR_SEASONS
        and len(seasons) == len(names) > 1
        and all(one.whole and one.years == series.years for one in seasons)
    )
    counts = [sum(value or 0 for value in one.values.values()) for one in seasons] if bearing else []
    if not bearing or sum(counts) < LEAST_A_SEASON * len(counts):
        return _silent(series, season=True)
    chance = peak(counts)
    cells = tuple((one.of.en, year) for one in seasons for year in one.years)
    if chance >= EVIDENT:
        text = Name(
            f"{_first(series.of.ka)}: წლის დროზე დამოკიდებულება არ ჩანს.",
            f"{_first(series.of.en)}: no dependence on the time of the year is seen.",
        )
        return Statement(Kind.NO_CHANGE, text, cells)
    top = names[counts.index(max(counts))]
    text = Name(
        f"{_first(series.of.ka)}: თანაბარი განაწილება ნაკლებად სავარაუდოა; ყველაზე მეტია: {top.ka}.",
        f"{_first(series.of.en)}: an even spread over the year is unlikely; most fall in {top.en}.",
    )
    return Statement(Kind.SEASON, text, cells)


def share(part: Series, whole: Series, year: int) -> Statement:
    """How many of the whole, as the two counts: a percentage could be turned back into more than is shown."""
    value, total = part.values.get(year), whole.values.get(year)
    if value is None or total is None or total == 0:
        return _silent(part)
    text = Name(
        f"{_first(part.of.ka)}: {year} წელს {total}‑დან {value}.",
        f"{_first(part.of.en)}: {value} of {total} in {year}.",
    )
    return Statement(Kind.SHARE, text, (*_cells(part, year), *_cells(whole, year)))


def _silent(series: Series, *, season: bool = False) -> Statement:
    if season:
        text = Name(
            f"{_first(series.of.ka)}: წლის დროის შესახებ დასკვნისთვის მონაცემები არ კმარა.",
            f"{_first(series.of.en)}: the data do not bear a statement about the time of the year.",
        )
    else:
        text = Name(
            f"{_first(series.of.ka)}: რიცხვი დაფარულია, ამიტომ დასკვნა არ კეთდება.",
            f"{_first(series.of.en)}: the number is suppressed, so nothing is claimed.",
        )
    return Statement(Kind.SILENT, text, shown=False)


def _number(value: float) -> Name:
    if value == float("inf"):
        return Name("უსასრულო", "infinity")
    text = f"{value:.2f}"
    return Name(text.replace(".", ","), text)


def statements(series: Sequence[Series]) -> tuple[Statement, ...]:
    """What can be said of each series: its level, and whether the last year differs from the one before."""
    found = []
    for one in series:
        found.append(level_of(one))
        if len(one.years) > 1:
            found.append(change(one, one.years[-2], one.years[-1]))
    return tuple(found)
