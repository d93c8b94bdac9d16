"""N0.1 to N0.3: rows of the national action plan, its timelines and its indicators."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Text, Verdict, denial, flag, flagged, together


class TimelineKind(StrEnum):
    """How a timeline is meant."""

    DELIVER_WITHIN = "deliver_within"
    THROUGHOUT = "throughout"


@dataclass(frozen=True)
class Timeline:
    """A window of whole half-years, first and last day included."""

    kind: TimelineKind
    start: dt.date
    end: dt.date


class IndicatorType(StrEnum):
    """The twelve machine types of an indicator part."""

    EVENT_COUNT = "event_count"
    PARTICIPANT_SUM = "participant_sum"
    PERSON_COUNT = "person_count"
    ITEM_COUNT = "item_count"
    STOCK_COUNT = "stock_count"
    CASE_STATISTIC = "case_statistic"
    DOCUMENT = "document"
    PUBLICATION = "publication"
    MILESTONE = "milestone"
    COVERAGE_SET = "coverage_set"
    CATEGORY_SET = "category_set"
    QUALITATIVE = "qualitative"


class TargetKind(StrEnum):
    """How a target is meant. ``None`` in place of a target means there is none."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


LABELS: dict[str, Text] = {
    TimelineKind.DELIVER_WITHIN: Text("შესრულდეს ვადაში", "Deliver within"),
    TimelineKind.THROUGHOUT: Text("მთელი გეგმის განმავლობაში", "Throughout the plan"),
    IndicatorType.EVENT_COUNT: Text("ღონისძიებების რაოდენობა", "Number of events"),
    IndicatorType.PARTICIPANT_SUM: Text("მონაწილეთა ჯამი", "Sum of participants"),
    IndicatorType.PERSON_COUNT: Text("პირთა რაოდენობა", "Number of persons"),
    IndicatorType.ITEM_COUNT: Text("ერთეულების რაოდენობა", "Number of items"),
    IndicatorType.STOCK_COUNT: Text("მოქმედი რაოდენობა", "Number in being"),
    IndicatorType.CASE_STATISTIC: Text("საქმეთა სტატისტიკა", "Statistic of cases"),
    IndicatorType.DOCUMENT: Text("დოკუმენტი", "Document"),
    IndicatorType.PUBLICATION: Text("გამოქვეყნება", "Publication"),
    IndicatorType.MILESTONE: Text("ეტაპი", "Milestone"),
    IndicatorType.COVERAGE_SET: Text("დაფარვა", "Coverage"),
    IndicatorType.CATEGORY_SET: Text("კატეგორიები", "Categories"),
    IndicatorType.QUALITATIVE: Text("თვისებრივი", "Qualitative"),
    TargetKind.EXACT: Text("ზუსტად", "Exactly"),
    TargetKind.AT_LEAST: Text("არანაკლებ", "At least"),
    TargetKind.AT_MOST: Text("არაუმეტეს", "At most"),
    TargetKind.RANGE: Text("შუალედი", "Range"),
}

_NO_SOURCE = denial(
    "nap.no_source_line", "N0.1",
    "გეგმის თითოეულ სტრიქონს ახლავს, წყაროს რომელი სტრიქონიდან არის.",
    "Every row of the plan says which line of the source it comes from.",
    ("მიუთითეთ წყაროს სტრიქონის ნომერი.", "Give the number of the source line."),
)  # fmt: skip
_GUESSED = denial(
    "nap.not_marked", "N0.1",
    "რაც წყაროდან არ დგინდება, მოინიშნება „დასაზუსტებლად“: {fields}.",
    "What the source cannot settle is marked “to be confirmed”: {fields}.",
    ("მონიშნეთ ეს ველები „დასაზუსტებლად“.", "Mark these fields as to be confirmed."),
)  # fmt: skip
_WINDOW_ORDER = denial(
    "nap.window_order", "N0.3",
    "ვადა დაწყებამდე მთავრდება.",
    "The timeline ends before it begins.",
    ("შეამოწმეთ ნახევარწლები.", "Check the half-years."),
)  # fmt: skip
_HALF_YEARS = denial(
    "nap.half_years", "N0.3",
    "ვადა მთელ ნახევარწლებს მოიცავს: იანვარი–ივნისი ან ივლისი–დეკემბერი.",
    "A timeline covers whole half-years: January to June, or July to December.",
    ("შეამოწმეთ პირველი და ბოლო დღე.", "Check the first and the last day."),
)  # fmt: skip
_OUTSIDE = denial(
    "nap.outside_plan", "N0.3",
    "ვადა გეგმის პერიოდს სცდება.",
    "The timeline lies outside the period of the plan.",
    ("შეამოწმეთ წლები, ან მონიშნეთ ვადა „დასაზუსტებლად“.",
     "Check the years, or mark the timeline as to be confirmed."),
)  # fmt: skip
_NOT_WHOLE = denial(
    "nap.not_throughout", "N0.3",
    "„მთელი გეგმის განმავლობაში“ გეგმის პირველი დღიდან ბოლო დღემდეა.",
    "“Throughout” runs from the first to the last day of the plan.",
    ("აირჩიეთ „შესრულდეს ვადაში“, ან მიუთითეთ მთელი პერიოდი.",
     "Choose “deliver within”, or give the whole period."),
)  # fmt: skip
_TYPE = denial(
    "nap.indicator_type", "N0.2",
    "ინდიკატორის სახე ცნობილ თორმეტს შორის არ არის.",
    "The type of the indicator is not one of the twelve.",
    ("აირჩიეთ სახე სიიდან.", "Choose a type from the list."),
)  # fmt: skip
_TARGET = denial(
    "nap.target", "N0.2",
    "სამიზნე მაჩვენებელი მის სახეს არ შეესაბამება.",
    "The target does not fit its kind.",
    ("ზუსტად: ერთი რიცხვი; არანაკლებ: ქვედა; არაუმეტეს: ზედა; შუალედი: ორივე, ქვედა ნაკლებია.",
     "Exactly: one number; at least: the lower; at most: the upper; range: both, the lower first."),
)  # fmt: skip
_NO_NUMBER = denial(
    "nap.target_without_number", "N0.2",
    "თვისებრივ ინდიკატორს რიცხვითი სამიზნე არ აქვს.",
    "A qualitative indicator has no target in numbers.",
    ("ამოიღეთ სამიზნე ან შეცვალეთ სახე.", "Take the target out, or change the type."),
)  # fmt: skip

_STANDS = denial(
    "nap.adopted_stands", "N0.1",
    "დამტკიცებული გეგმა აღარ იცვლება, ზუსტდება მხოლოდ „დასაზუსტებლად“ მონიშნული. ფაილი ცვლის: {fields}.",
    "An adopted plan stands; only what is marked “to be confirmed” is settled. The file would change: {fields}.",
    ("დააბრუნეთ ეს უჯრები, როგორც გეგმაშია.", "Put these cells back as the plan has them."),
    ("ახალი გეგმა ჩატვირთეთ თავისი კოდით.", "Load a new plan under its own code."),
)  # fmt: skip

NOT_YET = flag(
    "nap.not_yet_expected", "N0.3",
    "ვადა ჯერ არ დაწყებულა; ჯერ არაფერია მოსალოდნელი.",
    "The window has not opened; nothing is expected yet.",
)  # fmt: skip
LATE = flag(
    "nap.late",
    "N0.3",
    "ვადა გავიდა და აქტივობა შესრულებული არ არის.",
    "The window has ended and the activity is not delivered.",
)
SILENT = flag(
    "nap.silent", "N0.3",
    "ნახევარწელი გავიდა ჩანაწერისა და ნულოვანი პასუხის გარეშე.",
    "A half-year has passed with neither an entry nor a nil return.",
)  # fmt: skip


def half_year(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of the half-year a day lies in."""
    if day.month <= 6:  # noqa: PLR2004 (June)
        return dt.date(day.year, 1, 1), dt.date(day.year, 6, 30)
    return dt.date(day.year, 7, 1), dt.date(day.year, 12, 31)


def half_years(start: dt.date, end: dt.date) -> tuple[tuple[dt.date, dt.date], ...]:
    """Every half-year that the days from ``start`` to ``end`` touch, in order."""
    found: list[tuple[dt.date, dt.date]] = []
    day = start
    while day <= end:
        found.append(half_year(day))
        day = found[-1][1] + dt.timedelta(days=1)
    return tuple(found)


@rule("N0.1")
def traceable(*, source_line: int | None) -> Verdict:
    """Every row names the line of the source it was transcribed from, counted from 1."""
    return ALLOWED if source_line is not None and source_line > 0 else _NO_SOURCE


@rule("N0.1")
def never_guessed(*, unsettled: Collection[str], to_confirm: Collection[str]) -> Verdict:
    """Each field the source cannot settle is marked as to be confirmed."""
    silent = sorted(set(unsettled) - set(to_confirm))
    return _GUESSED.filled(fields=", ".join(silent)) if silent else ALLOWED


@rule("N0.1")
def reread(*, adopted: bool, changed: Collection[str], to_confirm: Collection[str]) -> Verdict:
    """A plan once adopted stands: reading it anew may settle what is to be confirmed, and nothing else."""
    others = sorted(set(changed) - set(to_confirm))
    return _STANDS.filled(fields=", ".join(others)) if adopted and others else ALLOWED


@rule("N0.3")
def window(*, timeline: Timeline, plan_start: dt.date, plan_end: dt.date) -> Verdict:
    """A timeline is whole half-years within the plan; throughout means the whole of it."""
    if timeline.end < timeline.start:
        return _WINDOW_ORDER
    if timeline.start != half_year(timeline.start)[0] or timeline.end != half_year(timeline.end)[1]:
        return _HALF_YEARS
    if timeline.start < plan_start or timeline.end > plan_end:
        return _OUTSIDE
    whole = (timeline.start, timeline.end) == (plan_start, plan_end)
    return _NOT_WHOLE if timeline.kind == TimelineKind.THROUGHOUT and not whole else ALLOWED


@fact("N0.3")
def delivery(*, timeline: Timeline, delivered: bool, today: dt.date) -> Allowed:
    """Deliver-within is late only after its window ends; nothing is expected before a window opens."""
    if delivered:
        return ALLOWED
    if today < timeline.start:
        return flagged([NOT_YET])
    late = timeline.kind == TimelineKind.DELIVER_WITHIN and today > timeline.end
    return flagged([LATE] if late else [])


def silent_half_years(
    *, timeline: Timeline, spoke_on: Collection[dt.date], today: dt.date
) -> tuple[tuple[dt.date, dt.date], ...]:
    """Half-years of a throughout timeline that have passed with no entry and no nil return, in order."""
    if timeline.kind != TimelineKind.THROUGHOUT:
        return ()
    return tuple(
        (first, last)
        for first, last in half_years(timeline.start, timeline.end)
        if last < today and not any(first <= day <= last for day in spoke_on)
    )


@fact("N0.3")
def silence(*, timeline: Timeline, spoke_on: Collection[dt.date], today: dt.date) -> Allowed:
    """Throughout shows silent after a half-year without a word.

    ``spoke_on`` are the days that entries and nil returns are for.
    """
    return flagged([SILENT] if silent_half_years(timeline=timeline, spoke_on=spoke_on, today=today) else [])


@rule("N0.2")
def typed(*, type_: str) -> Verdict:
    """An indicator part has one of the twelve types."""
    return ALLOWED if type_ in set(IndicatorType) else _TYPE


@rule("N0.2")
def target(*, type_: str, kind: str | None, least: int | None, most: int | None) -> Verdict:
    """A target fits its kind: none has no bounds, exact one number twice, a range the lower first."""
    if kind is None:
        return ALLOWED if least is None and most is None else _TARGET
    if type_ == IndicatorType.QUALITATIVE:
        return _NO_NUMBER
    if any(bound is not None and bound < 0 for bound in (least, most)):
        return _TARGET
    fits: dict[str, bool] = {
        TargetKind.EXACT: least is not None and least == most,
        TargetKind.AT_LEAST: least is not None and most is None,
        TargetKind.AT_MOST: least is None and most is not None,
        TargetKind.RANGE: least is not None and most is not None and least < most,
    }
    return ALLOWED if fits.get(kind, False) else _TARGET


def meets(*, kind: str | None, least: int | None, most: int | None, figure: int) -> bool | None:
    """Whether a figure meets the target; None where there is none."""
    if kind is None:
        return None
    return (least is None or figure >= least) and (most is None or figure <= most)


def may_hold(
    *,
    source_line: int | None,
    unsettled: Collection[str],
    to_confirm: Collection[str],
    timeline: Timeline | None,
    plan_start: dt.date,
    plan_end: dt.date,
) -> Verdict:
    """All that stands about an activity's row; a timeline the source leaves open is None."""
    return together(
        traceable(source_line=source_line),
        never_guessed(unsettled=unsettled, to_confirm=to_confirm),
        window(timeline=timeline, plan_start=plan_start, plan_end=plan_end) if timeline else ALLOWED,
    )
