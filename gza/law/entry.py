"""G1, G2, G3: writing down what happened: when, how late, in which order, and what is mended by what."""

import datetime as dt
from collections.abc import Iterable

from . import parameters
from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Denied, Text, Verdict, denial, flag, flagged, together

_FUTURE = denial(
    "entry.future", "G2",
    "თარიღი მომავალშია; ჩაიწერება მხოლოდ ის, რაც უკვე მოხდა.",
    "The date lies in the future; only what has happened is recorded.",
    ("შეამოწმეთ დღე, თვე და წელი.", "Check day, month and year."),
)  # fmt: skip
_CENTURY = denial(
    "entry.century", "G2",
    "წელი {year} ძალიან ადრეულია; ყველაზე ადრეული, რაც მიიღება, {earliest} წელია.",
    "The year {year} is too early; the earliest accepted is {earliest}.",
    ("შეამოწმეთ წელი.", "Check the year."),
)  # fmt: skip
_LATE = denial(
    "entry.late", "G2",
    "მოხდა {days} დღის წინ. გვიან ჩანაწერს მიზეზი ახლავს.",
    "It happened {days} days ago. A late entry gives a reason.",
    ("დაწერეთ ერთი წინადადებით, რატომ იწერება ახლა.", "Write in one sentence why it is recorded now."),
)  # fmt: skip
_ORDER = denial(
    "entry.order", "G2",
    "თარიღები ერთმანეთს არ მიჰყვება: „{then}“ უფრო ადრეა, ვიდრე „{first}“.",
    "The dates do not follow each other: “{then}” is earlier than “{first}”.",
    ("შეამოწმეთ ორივე თარიღი.", "Check both dates."),
)  # fmt: skip
_NO_REASON = denial(
    "entry.correction_unexplained", "G2",
    "შესწორებას მიზეზი სჭირდება: ძველი და ახალი ჩანაწერი ორივე რჩება.",
    "A correction needs its reason: the old and the new entry both stay.",
    ("დაწერეთ, რა იყო შეცდომა.", "Write what the mistake was."),
)  # fmt: skip
_SUPERSEDED = denial(
    "entry.corrected_already", "G2",
    "ეს ჩანაწერი უკვე შესწორებულია.",
    "This entry has been corrected already.",
    ("შეასწორეთ უახლესი ჩანაწერი.", "Correct the newest entry."),
)  # fmt: skip
_NO_EVIDENCE = denial(
    "takeover.no_evidence", "G3",
    "ქაღალდზე დაწყებული საქმე თავისი მტკიცებულებით გადმოდის; დოკუმენტი მითითებული არ არის.",
    "A case that runs on paper is taken over with its evidence; no document is given.",
    ("ატვირთეთ სკანი ან მიუთითეთ, სად ინახება ქაღალდი.", "Upload a scan, or say where the paper is kept."),
)  # fmt: skip
_NO_BALANCE = denial(
    "takeover.no_balance", "G3",
    "მიუთითეთ, რამდენია უკვე გადაწყვეტილი ფონდის თანხა; თუ არაფერი, ჩაწერეთ ნული.",
    "Say how much of the Fund's money was decided already; write zero if none.",
    ("ჩაწერეთ თანხა საქმის გადმოტანის დღისთვის.", "Enter the amount as of take-over."),
)  # fmt: skip

_FIRST_DAY, _LAST_DAY = Text("პირველი დღე", "first day"), Text("ბოლო დღე", "last day")

TAKEN_OVER = flag(
    "takeover.taken_over", "G3",
    "საქმე ქაღალდიდან არის გადმოტანილი.",
    "The case was taken over from paper.",
)  # fmt: skip
OVER_CEILING = flag(
    "takeover.over_ceiling", "S5.6",
    "გადმოტანისას თანხა ზღვარს უკვე სცდებოდა.",
    "At take-over the amount exceeded the ceiling already.",
)  # fmt: skip
LATE = flag(
    "entry.recorded_late", "G2",
    "ჩანაწერი დაგვიანებით არის გაკეთებული; მიზეზი მითითებულია.",
    "The entry was made late; the reason is given.",
)  # fmt: skip


@fact("G1")
def recorded(*, verdicts: Iterable[Verdict]) -> Allowed:
    """What happened is recorded; what the law would have refused becomes a flag."""
    codes: list[str] = []
    for verdict in verdicts:
        codes.extend([verdict.code] if isinstance(verdict, Denied) else verdict.flags)
    return flagged(codes)


@rule("G2")
def not_future(*, happened_on: dt.date, today: dt.date) -> Verdict:
    """What is recorded has happened."""
    return _FUTURE if happened_on > today else ALLOWED


@rule("G2")
def sane_century(*, day: dt.date, today: dt.date) -> Verdict:
    """A date is not in an absurd century."""
    earliest = parameters.value("earliest_year", today)
    return ALLOWED if day.year >= earliest else _CENTURY.filled(year=day.year, earliest=earliest)


@rule("G2")
def lateness_explained(*, happened_on: dt.date, recorded_on: dt.date, reason: str) -> Verdict:
    """A late entry gives its reason, and is marked."""
    days = (recorded_on - happened_on).days
    if days <= parameters.value("late_entry_days", recorded_on):
        return ALLOWED
    return flagged([LATE]) if reason.strip() else _LATE.filled(days=days)


def is_late(*, happened_on: dt.date, recorded_on: dt.date) -> bool:
    """Whether an entry needs a reason for its lateness: for a form that asks for one only then."""
    return (recorded_on - happened_on).days > parameters.value("late_entry_days", recorded_on)


def lasting(*, first_on: dt.date, last_on: dt.date | None, today: dt.date) -> Verdict:
    """What lasted several days ended after it began, and has ended; ``last_on`` is None for one day."""
    if last_on is None:
        return ALLOWED
    return together(
        follows(first=_FIRST_DAY, first_on=first_on, then=_LAST_DAY, then_on=last_on),
        not_future(happened_on=last_on, today=today),
    )


def in_order(*, steps: Iterable[tuple[Text, dt.date | None]]) -> Verdict:
    """Dates follow each other: ``steps`` are names and days in due order; unknown days are passed over."""
    last: tuple[Text, dt.date] | None = None
    for name, day in steps:
        if day is None:
            continue
        if last is not None:
            verdict = follows(first=last[0], first_on=last[1], then=name, then_on=day)
            if isinstance(verdict, Denied):
                return verdict
        last = (name, day)
    return ALLOWED


@rule("G2")
def follows(*, first: Text, first_on: dt.date, then: Text, then_on: dt.date) -> Verdict:
    """The second date is not before the first."""
    if first_on <= then_on:
        return ALLOWED
    return Denied(
        _ORDER.code,
        _ORDER.clause,
        Text(
            _ORDER.message.ka.format(first=first.ka, then=then.ka),
            _ORDER.message.en.format(first=first.en, then=then.en),
        ),
        _ORDER.remedy,
    )


@rule("G2")
def correction_explained(*, reason: str) -> Verdict:
    """A mistake is mended by a correcting act that says what the mistake was."""
    return ALLOWED if reason.strip() else _NO_REASON


@rule("G2")
def newest_corrected(*, corrected_already: bool) -> Verdict:
    """The newest entry is corrected, so that a chain of corrections has no forks."""
    return _SUPERSEDED if corrected_already else ALLOWED


@rule("G3")
def evidenced(*, has_evidence: bool) -> Verdict:
    """A case is taken over with its evidence."""
    return ALLOWED if has_evidence else _NO_EVIDENCE


@rule("G3")
def balanced(*, opening_balance_tetri: int | None) -> Verdict:
    """A case is taken over with its opening balance against the ceiling, zero if there is none."""
    return _NO_BALANCE if opening_balance_tetri is None or opening_balance_tetri < 0 else ALLOWED


@fact("G3", "S5.6")
def taken_over(*, opening_balance_tetri: int, on: dt.date) -> Allowed:
    """A case taken over is marked; a balance above the ceiling is a fact, and flagged."""
    over = opening_balance_tetri > parameters.value("fund_ceiling", on)
    return flagged([TAKEN_OVER, *([OVER_CEILING] if over else [])])


@rule("G3")
def past_order(*, verdict: Verdict, happened_on: dt.date, taken_over_on: dt.date | None) -> Verdict:
    """Before take-over the rules on past order flag; after it they refuse as ever."""
    if isinstance(verdict, Allowed) or taken_over_on is None or happened_on > taken_over_on:
        return verdict
    return flagged([verdict.code])


def may_enter(*, happened_on: dt.date, today: dt.date, reason: str) -> Verdict:
    """All that stands about the date of any entry."""
    return together(
        not_future(happened_on=happened_on, today=today),
        sane_century(day=happened_on, today=today),
        lateness_explained(happened_on=happened_on, recorded_on=today, reason=reason),
    )


def may_correct(*, reason: str, corrected_already: bool) -> Verdict:
    """All that stands about a correcting act."""
    return together(correction_explained(reason=reason), newest_corrected(corrected_already=corrected_already))


def may_take_over(*, has_evidence: bool, opening_balance_tetri: int | None, on: dt.date) -> Verdict:
    """All that stands about taking a case over from paper."""
    return together(
        evidenced(has_evidence=has_evidence),
        balanced(opening_balance_tetri=opening_balance_tetri),
        taken_over(opening_balance_tetri=opening_balance_tetri or 0, on=on),
    )
