"""S3.4a, S7.6, S7.10: the final plan, from answers and money to the Fund's agreement (items: ``final_items``)."""

import datetime as dt
from collections.abc import Collection

from . import plan
from .consent import Consent
from .final_items import FinalItem, Term, counted, may_hold, still_secured, unmet_of
from .lifecycles import PLAN_VERSION, PlanState
from .rules import fact, rule
from .status import StatusKind
from .terms import add_months
from .verdicts import ALLOWED, Allowed, Denied, Verdict, denial, flag, flagged, together

_UNSOUGHT = denial(
    "final.unsought", "S7.6",
    "საბოლოო გეგმა პასუხებისა და გადაწყვეტილებების შემდეგ იქმნება; ზოგი პუნქტი ჯერ არავისთვის უთხოვიათ.",
    "The final plan is made after answers and decisions; some items were not asked of anybody yet.",
    ("გაგზავნეთ მოთხოვნები, ან ახსენით, რატომ არ იგზავნება.", "Send the requests, or say why none is sent."),
)  # fmt: skip
_UNANSWERED = denial(
    "final.unanswered", "S7.6",
    "საბოლოო გეგმა პასუხების შემდეგ იქმნება; ზოგი მოთხოვნა ჯერ პასუხს ელის.",
    "The final plan is made after the answers; some requests still wait for theirs.",
    ("დაელოდეთ პასუხს. თუ ვადა გავიდა, კოორდინატორი უპასუხობას ადასტურებს.",
     "Wait for the answer. When its date has passed, the coordinator certifies that none came."),
)  # fmt: skip
_UNDECIDED = denial(
    "final.undecided", "S7.6",
    "საბოლოო გეგმა დაფინანსების გადაწყვეტილების შემდეგ იქმნება; გადასაწყვეტი ჯერ დარჩა.",
    "The final plan is made after the decisions on money; something is still to be decided.",
    ("დაელოდეთ ფონდის გადაწყვეტილებას.", "Wait for the Fund's decision."),
)  # fmt: skip
_DISAPPEARED = denial(
    "final.item_missing", "S3.4a",
    "წინა ვერსიის პუნქტი უკვალოდ არ ქრება.",
    "No item of the version before disappears without a trace.",
    ("დააბრუნეთ პუნქტი, ან მონიშნეთ ამოღებულად და მიუთითეთ მიზეზი.",
     "Put the item back, or mark it as left out and say why."),
)  # fmt: skip
_NO_TERM = denial(
    "final.no_term", "S7.10",
    "გეგმას პირველი და ბოლო დღე აქვს.",
    "A plan has its first and its last day.",
    ("მიუთითეთ ორივე დღე.", "Give both days."),
)  # fmt: skip
_PAST_LATEST = denial(
    "final.past_latest_end", "S7.10",
    "გეგმა {starts:%d.%m.%Y}‑ს დაიწყო და ცვლილებითაც {latest:%d.%m.%Y}‑ზე გვიან ვერ დასრულდება.",
    "The plan began on {starts:%d.%m.%Y}; no amendment takes it past {latest:%d.%m.%Y}.",
    ("აირჩიეთ უფრო ადრეული დღე.", "Choose an earlier day."),
    ("შემდგომ გეგმაზე ფონდი ცალკე გადაწყვეტილებას იღებს, დასაბუთებით.",
     "A later plan is a decision of its own by the Fund, with reasons."),
)  # fmt: skip
_STARTS_PAST = denial(
    "final.starts_before_submission", "S7.8",
    "გეგმა ხელმოწერამდე არ იწყება: პირველი დღე წარდგენის დღეზე ადრე ვერ იქნება.",
    "A plan does not begin before it is signed: its first day is not before the day it is submitted.",
    ("აირჩიეთ უფრო გვიანი პირველი დღე.", "Choose a later first day."),
)  # fmt: skip
_NO_WORDS = denial(
    "final.unmet_without_reasons", "S7.6",
    "გეგმაში დაუკმაყოფილებელი აუცილებელი საჭიროებაა; ფონდი თანხმობას დასაბუთებით აძლევს.",
    "The plan carries a necessary need unmet; the Fund agrees to that with reasons.",
    ("დაწერეთ, რატომ ეთანხმება ფონდი და რა გაკეთდება.", "Write why the Fund agrees, and what will be done."),
)  # fmt: skip
_NOT_AGREED_UNSIGNED = denial(
    "final.not_to_rework", "S3.4a",
    "გადასამუშავებლად ბრუნდება მხოლოდ შეთანხმებული და ჯერ ძალაში არშესული საბოლოო გეგმა.",
    "Only a final plan that was agreed and is not yet in force is taken back to be reworked.",
    ("მოქმედი გეგმა ცვლილებით იცვლება.", "A plan in force is changed by an amendment."),
)  # fmt: skip
UNMET_SINCE = flag(
    "final.unmet_in_amendment", "S7.6",
    "ცვლილებით აუცილებელი საჭიროება დაუკმაყოფილებელი დარჩა; ფონდი ამას განიხილავს.",
    "By an amendment a necessary need became unmet; the Fund looks at it.",
)  # fmt: skip


@rule("S7.6", "S7.5")
def sought_and_answered(*, unsought: int, waiting: int, undecided: int) -> Verdict:
    """The final plan is made after every item was sought, every answer came and every question of money is decided."""
    if unsought:
        return _UNSOUGHT
    if waiting:
        return _UNANSWERED
    return _UNDECIDED if undecided else ALLOWED


@rule("S7.6")
def unmet_agreed(*, unmet: int, words: str) -> Verdict:
    """The Fund agrees to an unmet necessary need with reasons."""
    return _NO_WORDS if unmet and not words.strip() else ALLOWED


@fact("S7.6", "G1")
def unmet_in_amendment(*, unmet_before: int, unmet: int) -> Allowed:
    """An amendment needs no agreement; a need that becomes unmet by it is shown to the Fund."""
    return flagged([UNMET_SINCE] if unmet > unmet_before else [])


@rule("S3.4a")
def accounted(*, missing: int) -> Verdict:
    """Every item of the version before is still there, or left out with its reason."""
    return _DISAPPEARED if missing else ALLOWED


@rule("S7.10")
def has_days(*, starts_on: dt.date | None, ends_on: dt.date | None) -> Verdict:
    """A final plan has its first and its last day."""
    return _NO_TERM if starts_on is None or ends_on is None else ALLOWED


@rule("S7.10", "S3.5")
def not_past_latest(*, starts_on: dt.date, ends_on: dt.date, latest_end: dt.date | None) -> Verdict:
    """No amendment takes the plan past the twelve months counted from its first day."""
    late = latest_end is not None and ends_on > latest_end
    return _PAST_LATEST.filled(starts=starts_on, latest=latest_end) if late else ALLOWED


@rule("S7.8")
def starts_ahead(*, starts_on: dt.date, on: dt.date) -> Verdict:
    """A plan is submitted on its first day at the latest: nothing of it begins unsigned."""
    return ALLOWED if on <= starts_on else _STARTS_PAST


@rule("S3.4a")
def to_rework(*, state: PlanState, amendment: bool) -> Verdict:
    """An agreed final plan that is not yet in force can be taken back and reworked."""
    agreed = PLAN_VERSION.find(state, "supersede") and state == PlanState.AGREED
    return ALLOWED if agreed and not amendment else _NOT_AGREED_UNSIGNED


def term(*, term: Term) -> Verdict:
    """All that stands about the days of a final plan."""
    first, last = term.starts_on, term.ends_on
    known = has_days(starts_on=first, ends_on=last)
    if first is None or last is None:
        return known
    return together(
        known,
        not_past_latest(starts_on=first, ends_on=last, latest_end=term.latest_end),
        plan.ends_in_time(starts_on=first, ends_on=last),
    )


def may_begin(
    *,
    kind: StatusKind,
    consents: Collection[Consent],
    initial_agreed: bool,
    unsought: int,
    waiting: int,
    undecided: int,
    has_open_version: bool,
    on: dt.date,
) -> Verdict:
    """All that stands about beginning a final plan."""
    return together(
        plan.may_begin_final(kind=kind, consents=consents, initial_agreed=initial_agreed, on=on),
        plan.one_at_a_time(has_open_version=has_open_version),
        sought_and_answered(unsought=unsought, waiting=waiting, undecided=undecided),
    )


def whole(*, items: Collection[FinalItem], missing: int, term_: Term) -> Verdict:
    """All that stands about the content of a final plan, be it submitted or fixed for signature."""
    return together(
        term(term=term_),
        accounted(missing=missing),
        *(may_hold(item=one, term=term_) for one in items),
        plan.not_empty(items=counted(items)),
    )


def may_submit(
    *,
    kind: StatusKind,
    consents: Collection[Consent],
    state: PlanState,
    items: Collection[FinalItem],
    missing: int,
    term_: Term,
    on: dt.date,
) -> Verdict:
    """All that stands about submitting a final plan to the Fund."""
    starts = term_.starts_on
    return together(
        plan.submittable(state=state),
        plan.on_the_way(kind=kind, consents=consents, on=on),
        whole(items=items, missing=missing, term_=term_),
        starts_ahead(starts_on=starts, on=on) if starts else ALLOWED,
    )


def may_agree(
    *,
    kind: StatusKind,
    consents: Collection[Consent],
    state: PlanState,
    items: Collection[FinalItem],
    words: str,
    on: dt.date,
) -> Verdict:
    """All that stands about the Fund's agreement to a final plan: what secures its items must still stand."""
    return together(
        plan.may_agree(kind=kind, consents=consents, state=state, on=on),
        still_secured(items=items),
        unmet_agreed(unmet=unmet_of(items), words=words),
    )


def problems(*, items: Collection[FinalItem], missing: int, term_: Term) -> tuple[Denied, ...]:
    """Every refusal about the content, each once, for the page that shows what a plan still lacks."""
    found: dict[str, Denied] = {}
    verdicts = [
        term(term=term_), plan.not_empty(items=counted(items)), accounted(missing=missing),
        *(may_hold(item=one, term=term_) for one in items),
    ]  # fmt: skip
    for verdict in verdicts:
        if isinstance(verdict, Denied):
            found.setdefault(verdict.code, verdict)
    return tuple(found.values())


def days_of(starts_on: dt.date, month_from: int, month_to: int) -> tuple[dt.date, dt.date]:
    """The first and last day of a stretch of months of a plan that begins on ``starts_on``."""
    return add_months(starts_on, month_from - 1), add_months(starts_on, month_to) - dt.timedelta(days=1)


def month_of(starts_on: dt.date, day: dt.date) -> int:
    """The month of the plan in which a day lies, counted from 1; days before the first count as its first month."""
    month = 1
    while add_months(starts_on, month) <= day:
        month += 1
    return month
