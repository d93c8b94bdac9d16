"""S3.4, S7.3, S7.5, S7.7, S7.10: the reintegration plan, from the needs to the Fund's agreement."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from . import consent, needs, parameters, status
from .consent import Consent
from .lifecycles import PLAN_VERSION, PlanState
from .rules import fact, rule
from .status import StatusKind
from .terms import last_day
from .verdicts import ALLOWED, Allowed, Denied, Verdict, denial, flag, flagged, together


@dataclass(frozen=True)
class Item:
    """One item of a plan as its rules see it; months are counted from 1, the plan's first month."""

    priority: str | None
    has_reason: bool
    has_need: bool
    first_month: int | None
    last_month: int | None


_NO_NEEDS = denial(
    "plan.no_needs", "S7.3",
    "პირველადი გეგმა საჭიროებებიდან იქმნება; რეინტეგრაციის საჭიროებები ჯერ არ ჩაწერილა.",
    "The initial plan is designed from the needs; no reintegration need is recorded yet.",
    ("გამოავლინეთ საჭიროებები ბენეფიციართან ერთად.", "Identify the needs together with the beneficiary."),
)  # fmt: skip
_NO_ITEMS = denial(
    "plan.no_items", "S7.3",
    "გეგმა ცარიელია.",
    "The plan is empty.",
    ("დაამატეთ ერთი პუნქტი მაინც.", "Add at least one item."),
)  # fmt: skip
_NO_NEED = denial(
    "plan.item_without_need", "S7.3",
    "გეგმის პუნქტი ჩაწერილ საჭიროებას პასუხობს.",
    "An item of the plan answers a recorded need.",
    ("აირჩიეთ საჭიროება, ან ჯერ ჩაწერეთ ის.", "Choose the need, or record it first."),
)  # fmt: skip
_NO_MONTHS = denial(
    "plan.no_timetable", "S7.7",
    "გეგმის თითოეულ პუნქტს თავისი დრო აქვს: პირველი და ბოლო თვე.",
    "Each item of the plan has its time: first and last month.",
    ("მიუთითეთ პირველი და ბოლო თვე.", "Give the first and the last month."),
)  # fmt: skip
_MONTHS_BACKWARDS = denial(
    "plan.timetable_backwards", "S7.7",
    "პუნქტი დაწყებამდე მთავრდება: ბოლო თვე პირველზე ადრეა.",
    "The item ends before it begins: its last month is earlier than its first.",
    ("შეამოწმეთ ორივე თვე.", "Check both months."),
)  # fmt: skip
_BEYOND = denial(
    "plan.item_beyond_term", "S7.10",
    "გეგმა {most} თვეზე მეტხანს არ გრძელდება; ეს პუნქტი მე‑{last} თვეში მთავრდება.",
    "The plan does not run past {most} months; this item ends in month {last}.",
    ("დაასრულეთ პუნქტი გეგმის ვადაში.", "Let the item end within the plan's term."),
)  # fmt: skip
_TOO_LONG = denial(
    "plan.too_long", "S7.10",
    "გეგმის ვადა არაუმეტეს {most} თვისაა; მითითებულია {months}.",
    "The term of a plan is {most} months at most; {months} are given.",
    ("შეამცირეთ ვადა.", "Shorten the term."),
)  # fmt: skip
_NO_TERM = denial(
    "plan.no_term", "S7.10",
    "გეგმას ვადა აქვს: ერთი თვე მაინც.",
    "A plan has a term: one month at least.",
    ("მიუთითეთ თვეების რაოდენობა.", "Give the number of months."),
)  # fmt: skip
_ENDS_LATE = denial(
    "plan.ends_late", "S7.10",
    "გეგმა ყველაზე გვიან {latest:%d.%m.%Y}‑ს უნდა დასრულდეს.",
    "The plan ends on {latest.day} {latest:%b} {latest.year} at the latest.",
    ("აირჩიეთ უფრო ადრეული დღე.", "Choose an earlier day."),
)  # fmt: skip
_ENDS_EARLY = denial(
    "plan.ends_before_start", "S7.10",
    "გეგმა დაწყებამდე მთავრდება.",
    "The plan ends before it begins.",
    ("შეამოწმეთ ორივე თარიღი.", "Check both dates."),
)  # fmt: skip
_FROZEN = denial(
    "plan.frozen", "S3.4b",
    "შეთანხმებული გეგმა აღარ იცვლება.",
    "What was agreed is not changed any more.",
    ("შეადგინეთ ახალი ვერსია.", "Draw up a new version."),
)  # fmt: skip
_WITH_FUND = denial(
    "plan.with_fund", "S3.4b",
    "გეგმა ფონდისთვის არის წარდგენილი და ახლა არ იცვლება.",
    "The plan lies with the Fund and is not changed now.",
    ("დაელოდეთ პასუხს, ან სთხოვეთ კოორდინატორს გეგმის დაბრუნება.",
     "Wait for the answer, or ask the coordinator to return the plan."),
)  # fmt: skip
_NOT_DRAFT = denial(
    "plan.not_draft", "S3.4b",
    "ფონდს მონახაზი ან დაბრუნებული გეგმა წარედგინება; ეს ვერსია უკვე წარდგენილია.",
    "A draft or a returned plan is submitted to the Fund; this version was submitted already.",
    ("დაელოდეთ ფონდის პასუხს.", "Wait for the Fund's answer."),
)  # fmt: skip
_NOT_PENDING = denial(
    "plan.not_pending", "S3.4b",
    "ფონდი პასუხობს მხოლოდ წარდგენილ გეგმას, რომელიც პასუხს ელის.",
    "The Fund answers only a submitted plan that waits for its answer.",
    ("სთხოვეთ სოციალურ მუშაკს გეგმის წარდგენა.", "Ask the social worker to submit the plan."),
)  # fmt: skip
_NO_REASONS = denial(
    "plan.no_reasons", "S3.4b",
    "დაბრუნებულ გეგმას მიზეზები ახლავს.",
    "A plan is returned with reasons.",
    ("დაწერეთ, რა უნდა შეიცვალოს და რატომ.", "Write what should change, and why."),
)  # fmt: skip
_FINAL_FIRST = denial(
    "plan.final_before_initial", "S3.4a",
    "საბოლოო გეგმა შეთანხმებული პირველადი გეგმიდან იქმნება.",
    "The final plan is designed from an agreed initial one.",
    ("ჯერ შეათანხმეთ პირველადი გეგმა ფონდთან.", "First have the initial plan agreed by the Fund."),
)  # fmt: skip
_SECOND_OPEN = denial(
    "plan.open_version", "S3.4a",
    "საქმეს უკვე აქვს გეგმის ვერსია, რომელზეც მუშაობა გრძელდება.",
    "The case already has a version of the plan that is being worked on.",
    ("განაგრძეთ არსებული ვერსია.", "Go on with that version."),
)  # fmt: skip
_REQUEST_EARLY = denial(
    "plan.request_before_agreement", "S7.5",
    "რეინტეგრაციის მომსახურებას ორგანიზაციებს მხოლოდ მას შემდეგ სთხოვთ, რაც ფონდი პირველად "
    "გეგმას დაეთანხმება.",
    "Reintegration services are requested only after the Fund has agreed to the initial plan.",
    ("წარუდგინეთ პირველადი გეგმა ფონდს.", "Submit the initial plan to the Fund."),
    ("რეაბილიტაცია გეგმას არ ელოდება: ის ახლავე შეგიძლიათ მოითხოვოთ.",
     "Rehabilitation does not wait for the plan: you can request it now."),
)  # fmt: skip
NECESSARY_LEFT_OUT = flag(
    "plan.necessary_left_out", "S5.2",
    "აუცილებელი საჭიროება გეგმაში არ არის.",
    "A necessary need is not in the plan.",
)  # fmt: skip
SUSPENDED = flag(
    "plan.suspended", "S0.1",
    "გეგმა შეჩერებულია: რეინტეგრაციაზე თანხმობა ძალაში არ არის.",
    "The plan is suspended: consent to reintegration is not in force.",
)  # fmt: skip


@rule("S7.3")
def from_needs(*, needs: int) -> Verdict:
    """The initial plan is designed upon identified needs: there is at least one."""
    return ALLOWED if needs > 0 else _NO_NEEDS


@rule("S7.3")
def not_empty(*, items: int) -> Verdict:
    """A plan has items."""
    return ALLOWED if items > 0 else _NO_ITEMS


@rule("S7.3")
def answers_need(*, has_need: bool) -> Verdict:
    """Every item answers a recorded need."""
    return ALLOWED if has_need else _NO_NEED


@rule("S7.7")
def timetabled(*, first_month: int | None, last_month: int | None) -> Verdict:
    """Every item has its first and last month, in order, counted from 1."""
    if first_month is None or last_month is None or first_month < 1:
        return _NO_MONTHS
    return ALLOWED if first_month <= last_month else _MONTHS_BACKWARDS


@rule("S7.7", "S7.10")
def within_term(*, last_month: int | None, months: int | None, on: dt.date) -> Verdict:
    """No item runs past the plan's own term, nor past the longest a plan may have."""
    most = parameters.value("plan_max_months", on)
    most = most if months is None else min(most, months)
    return ALLOWED if last_month is None or last_month <= most else _BEYOND.filled(most=most, last=last_month)


@rule("S7.10")
def term(*, months: int, on: dt.date) -> Verdict:
    """The term of a plan is at least one and at most twelve months."""
    most = parameters.value("plan_max_months", on)
    if months < 1:
        return _NO_TERM
    return ALLOWED if months <= most else _TOO_LONG.filled(most=most, months=months)


@rule("S7.10")
def ends_in_time(*, starts_on: dt.date, ends_on: dt.date) -> Verdict:
    """A plan ends at the latest on its start + 12 months - 1 day."""
    if ends_on < starts_on:
        return _ENDS_EARLY
    latest = last_day(starts_on, parameters.value("plan_max_months", starts_on))
    return ALLOWED if ends_on <= latest else _ENDS_LATE.filled(latest=latest)


@rule("S3.4b")
def editable(*, state: PlanState) -> Verdict:
    """A draft or a returned plan is worked on; what lies with the Fund waits, what is agreed is frozen."""
    if PLAN_VERSION.find(state, "edit"):
        return ALLOWED
    return _WITH_FUND if state == PlanState.SUBMITTED else _FROZEN


@rule("S3.4b")
def submittable(*, state: PlanState) -> Verdict:
    """A draft or a returned plan is submitted, once."""
    return ALLOWED if PLAN_VERSION.find(state, "submit") else _NOT_DRAFT


@rule("S3.4b")
def pending(*, state: PlanState) -> Verdict:
    """The Fund agrees to, or returns, only what is pending."""
    return ALLOWED if PLAN_VERSION.find(state, "agree") else _NOT_PENDING


@rule("S3.4b")
def reasons_given(*, reasons: str) -> Verdict:
    """The Fund returns a plan with reasons."""
    return ALLOWED if reasons.strip() else _NO_REASONS


@rule("S3.4a")
def initial_first(*, initial_agreed: bool) -> Verdict:
    """The final plan is made from an initial plan to which the Fund agreed."""
    return ALLOWED if initial_agreed else _FINAL_FIRST


@rule("S3.4a")
def one_at_a_time(*, has_open_version: bool) -> Verdict:
    """A plan goes through its stages one version at a time."""
    return _SECOND_OPEN if has_open_version else ALLOWED


@rule("S7.5")
def first_to_fund(*, initial_agreed: bool) -> Verdict:
    """No reintegration service is requested before the Fund agreed to the initial plan."""
    return ALLOWED if initial_agreed else _REQUEST_EARLY


@fact("S5.2")
def necessary_covered(*, necessary_without_item: int) -> Allowed:
    """A necessary need that is not in the plan is shown to the Fund with the submission."""
    return flagged([NECESSARY_LEFT_OUT] if necessary_without_item > 0 else [])


@fact("S0.1")
def standing(*, has_plan: bool, consent_in_force: bool) -> Allowed:
    """A plan whose consent was withdrawn is suspended, not terminated."""
    return flagged([SUSPENDED] if has_plan and not consent_in_force else [])


def on_the_way(*, kind: StatusKind, consents: Collection[Consent], on: dt.date) -> Verdict:
    """What stands before every act towards a reintegration plan, needs included: status and consent."""
    return together(status.reintegration_open(kind=kind), consent.reintegration(consents=consents, on=on))


def may_begin(
    *, kind: StatusKind, consents: Collection[Consent], needs: int, has_open_version: bool, on: dt.date
) -> Verdict:
    """All that stands about beginning an initial plan."""
    return together(
        on_the_way(kind=kind, consents=consents, on=on),
        from_needs(needs=needs),
        one_at_a_time(has_open_version=has_open_version),
    )


def may_hold(*, item: Item, months: int | None, on: dt.date) -> Verdict:
    """All that stands about one item of a plan of ``months`` (None: not yet said)."""
    return together(
        answers_need(has_need=item.has_need),
        needs.prioritised(priority=item.priority),
        needs.reasoned(reason="x" if item.has_reason else ""),
        timetabled(first_month=item.first_month, last_month=item.last_month),
        within_term(last_month=item.last_month, months=months, on=on),
    )


def may_edit(*, kind: StatusKind, consents: Collection[Consent], state: PlanState, on: dt.date) -> Verdict:
    """All that stands about changing a version of a plan (its items: ``may_hold``)."""
    return together(editable(state=state), on_the_way(kind=kind, consents=consents, on=on))


def may_submit(
    *,
    kind: StatusKind,
    consents: Collection[Consent],
    state: PlanState,
    needs: int,
    items: Collection[Item],
    months: int,
    necessary_without_item: int,
    on: dt.date,
) -> Verdict:
    """All that stands about submitting a version to the Fund."""
    return together(
        submittable(state=state),
        on_the_way(kind=kind, consents=consents, on=on),
        from_needs(needs=needs),
        not_empty(items=len(items)),
        term(months=months, on=on),
        *(may_hold(item=one, months=months, on=on) for one in items),
        necessary_covered(necessary_without_item=necessary_without_item),
    )


def may_agree(*, kind: StatusKind, consents: Collection[Consent], state: PlanState, on: dt.date) -> Verdict:
    """All that stands about the Fund's agreement; a plan whose consent is gone is returned, not agreed."""
    return together(pending(state=state), on_the_way(kind=kind, consents=consents, on=on))


def may_return(*, state: PlanState, reasons: str) -> Verdict:
    """All that stands about the Fund's returning a plan: possible also after a withdrawal of consent."""
    return together(pending(state=state), reasons_given(reasons=reasons))


def may_request_reintegration(
    *, kind: StatusKind, consents: Collection[Consent], initial_agreed: bool, organisation: str, on: dt.date
) -> Verdict:
    """All that stands about asking an organisation for a reintegration service."""
    return together(
        on_the_way(kind=kind, consents=consents, on=on),
        first_to_fund(initial_agreed=initial_agreed),
        consent.disclosure(consents=consents, organisation=organisation, on=on),
    )


def may_begin_final(*, kind: StatusKind, consents: Collection[Consent], initial_agreed: bool, on: dt.date) -> Verdict:
    """What stands about beginning a final plan, as far as it rests on the initial one."""
    return together(
        on_the_way(kind=kind, consents=consents, on=on),
        initial_first(initial_agreed=initial_agreed),
    )


def problems(*, items: Collection[Item], months: int | None, on: dt.date) -> tuple[Denied, ...]:
    """Every refusal about the items, each once, for the page that shows what a plan still lacks."""
    found = {
        verdict.code: verdict
        for one in items
        if isinstance(verdict := may_hold(item=one, months=months, on=on), Denied)
    }
    return tuple(found.values())
