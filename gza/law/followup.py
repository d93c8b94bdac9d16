"""S7.11: regular contact after the plan, in the form, at the time and by the method agreed; confidential."""

import datetime as dt

from . import parameters, plausible
from .lifecycles import FOLLOW_UP, FollowUpState
from .rules import fact, rule
from .terms import add_months
from .verdicts import ALLOWED, Allowed, Verdict, denial, flag, flagged, together

_INCOMPLETE = denial(
    "followup.incomplete", "S7.11",
    "შეთანხმებაში ჩანს კავშირის ფორმა, დრო და მეთოდი.",
    "What was agreed names the form, the time and the method of contact.",
    ("ჩაწერეთ, როგორ, რამდენ დღეში ერთხელ და როგორ უსაფრთხოდ დაუკავშირდებით.",
     "Record how, how often, and in what safe way you will make contact."),
)  # fmt: skip
_HOURS = denial(
    "followup.hours_backwards", "S7.11",
    "კავშირის საათები ერთმანეთს არ მიჰყვება.",
    "The hours of contact do not follow each other.",
    ("შეამოწმეთ ორივე საათი.", "Check both hours."),
)  # fmt: skip
_NO_REVIEW = denial(
    "followup.no_review", "S7.11",
    "შემდგომ კავშირს გადახედვის თარიღი აქვს: შეთანხმების შემდეგ, არაუგვიანეს {latest:%d.%m.%Y}‑სა.",
    "Follow-up has a day of review: after the agreement, by {latest.day} {latest:%b} {latest.year} at the latest.",
    ("აირჩიეთ დღე, როცა ერთად გადახედავთ.", "Choose the day on which you will look at it together."),
)  # fmt: skip
_OUTSIDE = denial(
    "followup.outside_unexplained", "S7.11",
    "ეს არ არის ის გზა, რომელზეც შეთანხმდით. შეიძლება ადამიანს საფრთხე შეუქმნას.",
    "This is not the way that was agreed. It may put the person in danger.",
    ("დაუკავშირდით შეთანხმებული გზით.", "Make contact in the agreed way."),
    ("თუ უკვე დაუკავშირდით ან სხვაგვარად არ შეიძლება, დაწერეთ მიზეზი.",
     "If you have done so already, or there is no other way, write the reason."),
)  # fmt: skip
OUTSIDE = flag(
    "followup.outside_agreed", "S7.11",
    "კავშირი შეთანხმებული გზის გარეთ შედგა.",
    "Contact was made outside the agreed way.",
)  # fmt: skip


@rule("S7.11")
def whole(*, way: str, method: str, every_days: int | None) -> Verdict:
    """An agreement names form, time and method."""
    return ALLOWED if way.strip() and method.strip() and every_days else _INCOMPLETE


@rule("S7.11")
def hours(*, hour_from: int | None, hour_to: int | None) -> Verdict:
    """The hours agreed, if any, follow each other within a day."""
    if hour_from is None and hour_to is None:
        return ALLOWED
    known = hour_from is not None and hour_to is not None
    return ALLOWED if known and 0 <= (hour_from or 0) < (hour_to or 0) <= 24 else _HOURS  # noqa: PLR2004 (hours a day)


@rule("S7.11")
def reviewed(*, review_on: dt.date | None, on: dt.date) -> Verdict:
    """Follow-up has a day of review, ahead and not too far (ours)."""
    latest = add_months(on, parameters.value("follow_up_review_months", on))
    return ALLOWED if review_on is not None and on < review_on <= latest else _NO_REVIEW.filled(latest=latest)


def is_agreed(
    *, state: str, way: str, agreed_way: str, hour: int | None, hour_from: int | None, hour_to: int | None
) -> bool:
    """Whether a contact keeps to what was agreed; nothing does where nothing was agreed."""
    if state != FollowUpState.AGREED or way != agreed_way:
        return False
    return hour_from is None or hour_to is None or hour is None or hour_from <= hour < hour_to


@rule("S7.11")
def outside_explained(*, incoming: bool, agreed: bool, reason: str) -> Verdict:
    """Contact outside the agreed way gives its reason; who contacts us is never turned away."""
    return ALLOWED if incoming or agreed or reason.strip() else _OUTSIDE


@fact("S7.11", "G1")
def contact(*, incoming: bool, agreed: bool) -> Allowed:
    """A contact that took place is recorded; one of ours outside the agreed way is flagged."""
    return flagged([] if incoming or agreed else [OUTSIDE])


def may_agree(
    *,
    state: str,
    way: str,
    method: str,
    every_days: int | None,
    hour_from: int | None,
    hour_to: int | None,
    review_on: dt.date | None,
    on: dt.date,
) -> Verdict:
    """All that stands about agreeing to follow-up, or changing what was agreed; ``state`` as it stands now."""
    act = "change" if state == FollowUpState.AGREED else "agree"
    return together(
        FOLLOW_UP.verdict(state or FollowUpState.OFFERED, act),
        whole(way=way, method=method, every_days=every_days),
        plausible.number(value=every_days, bounds=plausible.CONTACT_DAYS),
        hours(hour_from=hour_from, hour_to=hour_to),
        reviewed(review_on=review_on, on=on),
    )


def may_record_contact(*, incoming: bool, agreed: bool, hour: int | None, reason: str) -> Verdict:
    """All that stands about recording a contact."""
    return together(
        plausible.number(value=hour, bounds=plausible.HOUR),
        outside_explained(incoming=incoming, agreed=agreed, reason=reason),
        contact(incoming=incoming, agreed=agreed),
    )


def next_contact(*, state: str, every_days: int | None, last: dt.date) -> dt.date | None:
    """The day the next contact falls due, counted from the last one or from the agreement; None where none does."""
    return last + dt.timedelta(days=every_days) if state == FollowUpState.AGREED and every_days else None
