"""S7.10, S7.11, S7.12: after the end: the notice, closing a case, opening it again, a later plan."""

import datetime as dt
from collections.abc import Collection

from . import delegation
from .delegation import Delegation
from .rules import rule
from .termination import explained, not_closed_yet, reasoned
from .verdicts import ALLOWED, Verdict, denial, flag, flagged, together

_NOT_ENDED = denial(
    "closing.not_ended", "S7.12",
    "გეგმა ჯერ არ დასრულებულა.",
    "The plan has not ended yet.",
    ("ნახეთ დასრულების გვერდზე, როგორ მთავრდება გეგმა.", "See on the page of the end how a plan ends."),
)  # fmt: skip
_NOT_TOLD = denial(
    "closing.not_told", "S7.12",
    "ბენეფიციარს დასრულების შესახებ წერილობით ეცნობება; თუ ეს შეუძლებელია, ჩაიწერება, რატომ.",
    "The beneficiary is told of the end in writing; where that cannot be, it is recorded why.",
    ("გადაეცით შეტყობინება და ჩაწერეთ ეს, ან ჩაწერეთ, რატომ ვერ გადაეცა.",
     "Hand the notice over and record it, or record why it could not be."),
)  # fmt: skip
_NOTICE_EMPTY = denial(
    "closing.notice_unwritten", "S7.12",
    "შეტყობინება წერილობითია: მისი ტექსტი საქმეში რჩება.",
    "The notice is in writing: its text stays in the case.",
    ("გახსენით შეტყობინება, შეამოწმეთ ტექსტი და დაბეჭდეთ.", "Open the notice, check its text and print it."),
)  # fmt: skip
_NO_COMPLAINT = denial(
    "closing.complaint_unnamed", "S7.12",
    "შეტყობინებაში უნდა ეწეროს, როგორ გაასაჩივროს ადამიანმა: ფონდის საფოსტო მისამართი და ტელეფონი.",
    "The notice says how to complain: the Fund's postal address and its telephone.",
    ("ჩაწერეთ ფონდის მისამართი და ტელეფონი ორგანიზაციების რეესტრში.",
     "Enter the Fund's address and telephone in the register of organisations."),
)  # fmt: skip
_PLAN_OPEN = denial(
    "closing.plan_open", "S7.12",
    "საქმეს გეგმა აქვს, რომელიც არ დასრულებულა; საქმე ჯერ ვერ დაიხურება.",
    "The case has a plan that has not ended; it cannot be closed yet.",
    ("გეგმა მთავრდება ვადის გასვლით, წერილობითი მოთხოვნით ან უხეში და განმეორებითი დარღვევის გამო.",
     "A plan ends when its term expires, on a written request, or on gross and repeated violation."),
    ("გარდაცვალება, გამგზავრება ან დაკარგული კავშირი ფაქტობრივ დასრულებად ჩაიწერება.",
     "Death, departure or a person who cannot be found are recorded as an end in fact."),
)  # fmt: skip
_STILL_SERVED = denial(
    "closing.still_served", "S0.1",
    "გეგმა არ ყოფილა და თანხმობა ძალაშია: საქმის დახურვა ადამიანს დახმარების გარეშე დატოვებდა.",
    "There was no plan yet, and a consent is in force: closing would leave the person without help.",
    ("განაგრძეთ გზა ბენეფიციართან ერთად.", "Go on with the beneficiary."),
    ("თუ ბენეფიციარს აღარ სურს, ჩაწერეთ თანხმობის გამოხმობა.",
     "If the beneficiary does not want it any more, record the withdrawal of consent."),
)  # fmt: skip
_FOLLOW_UP_OPEN = denial(
    "closing.follow_up_open", "S7.11",
    "შემდგომ კავშირზე პასუხი ჯერ არ არის, ან კავშირი გრძელდება.",
    "Follow-up has no answer yet, or still goes on.",
    ("შესთავაზეთ შემდგომი კავშირი და ჩაწერეთ პასუხი, ან დაასრულეთ შეთანხმებული კავშირი.",
     "Offer follow-up and record the answer, or end the follow-up that was agreed."),
)  # fmt: skip
_NOT_CLOSED = denial(
    "closing.not_closed", "S7.11",
    "საქმე დახურული არ არის.",
    "The case is not closed.",
    ("გააგრძელეთ ღია საქმე.", "Go on with the open case."),
)  # fmt: skip
_NO_DECISION = denial(
    "closing.later_plan_undecided", "S7.10",
    "ამ ადამიანს გეგმა უკვე ჰქონდა. შემდგომ გეგმას ფონდის დასაბუთებული გადაწყვეტილება სჭირდება.",
    "This person has had a plan. A later one needs a decision of the Fund, with reasons.",
    ("სთხოვეთ დირექტორს გადაწყვეტილება შემდგომ გეგმაზე.", "Ask the director to decide on a later plan."),
)  # fmt: skip
UNTOLD = flag(
    "closing.not_told_in_person", "S7.12",
    "დასრულების შესახებ შეტყობინება ბენეფიციარს ვერ გადაეცა; მიზეზი ჩაწერილია.",
    "The notice of the end could not be handed to the beneficiary; the reason is recorded.",
)  # fmt: skip


@rule("S7.12")
def plan_ended(*, ended: bool) -> Verdict:
    """The notice, and what comes after a plan, follow its end."""
    return ALLOWED if ended else _NOT_ENDED


@rule("S7.12")
def told_in_writing(*, handed: bool, text: str, why_not: str) -> Verdict:
    """The beneficiary is told in writing; or it is recorded why that could not be."""
    if handed:
        return ALLOWED if text.strip() else _NOTICE_EMPTY
    return flagged([UNTOLD]) if why_not.strip() else _NOT_TOLD


@rule("S7.12")
def names_complaint(*, text: str, post: str, telephone: str) -> Verdict:
    """The notice says how to complain: by post and by telephone."""
    named = bool(post.strip() and telephone.strip()) and post.strip() in text and telephone.strip() in text
    return ALLOWED if named else _NO_COMPLAINT


@rule("S7.12")
def told_first(*, notified: bool) -> Verdict:
    """Before the case goes on, the beneficiary was told of the plan's end."""
    return ALLOWED if notified else _NOT_TOLD


@rule("S7.12")
def no_plan_open(*, plan_open: bool) -> Verdict:
    """A case with a plan that has not ended is not closed."""
    return _PLAN_OPEN if plan_open else ALLOWED


@rule("S0.1")
def not_left_alone(*, had_plan: bool, consent_in_force: bool, duplicate: bool) -> Verdict:
    """A case without a plan is closed only when the person wants nothing, or another case of theirs goes on."""
    return ALLOWED if had_plan or duplicate or not consent_in_force else _STILL_SERVED


@rule("S7.11")
def follow_up_settled(*, had_plan: bool, settled: bool) -> Verdict:
    """After a plan the case is closed once follow-up was declined or has ended."""
    return ALLOWED if settled or not had_plan else _FOLLOW_UP_OPEN


@rule("S7.11")
def closed(*, case_ended: bool) -> Verdict:
    """Only a closed case is opened again."""
    return ALLOWED if case_ended else _NOT_CLOSED


@rule("S7.10")
def later_decided(*, plans_ended: int, later_plans_decided: int) -> Verdict:
    """After a plan ended, another one for the same person is begun upon a decision of the Fund alone (ours)."""
    return ALLOWED if plans_ended <= later_plans_decided else _NO_DECISION


def may_tell(*, ended: bool, handed: bool, text: str, why_not: str, post: str, telephone: str) -> Verdict:
    """All that stands about the notice."""
    return together(
        plan_ended(ended=ended),
        told_in_writing(handed=handed, text=text, why_not=why_not),
        names_complaint(text=text, post=post, telephone=telephone) if handed else ALLOWED,
    )


def may_close(
    *,
    case_ended: bool,
    plan_open: bool,
    had_plan: bool,
    notified: bool,
    settled: bool,
    consent_in_force: bool,
    duplicate: bool,
    reason: str,
) -> Verdict:
    """All that stands about closing a case; ``settled``: follow-up was declined or has ended."""
    return together(
        not_closed_yet(case_ended=case_ended),
        no_plan_open(plan_open=plan_open),
        told_first(notified=notified or not had_plan),
        follow_up_settled(had_plan=had_plan, settled=settled),
        not_left_alone(had_plan=had_plan, consent_in_force=consent_in_force, duplicate=duplicate),
        explained(reason=reason),
    )


def may_reopen(*, case_ended: bool, reason: str) -> Verdict:
    """What stands about opening a closed case again; the worker's designation has its own rules."""
    return together(closed(case_ended=case_ended), explained(reason=reason))


def may_plan_again(
    *, case_ended: bool, ended: bool, notified: bool, reasons: str, delegations: Collection[Delegation], on: dt.date
) -> Verdict:
    """All that stands about the Fund's decision on a later plan."""
    return together(
        delegation.decides_for_fund(delegations=delegations, on=on),
        not_closed_yet(case_ended=case_ended),
        plan_ended(ended=ended),
        told_first(notified=notified),
        reasoned(reasons=reasons),
    )
