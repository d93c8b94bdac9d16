"""S7.12: how a plan ends: its term expires, the beneficiary asks in writing, gross and repeated violation.

A case that ended in fact (death, a person who cannot be found ...) is no termination: one records it, another confirms.
What comes after the end is in ``closing``.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from . import delegation
from .delegation import Delegation
from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Verdict, denial, flag, flagged, together

REPEATED = 2
"""Gross violations that are at least needed: "gross *and* repeated"."""


@dataclass(frozen=True)
class Violation:
    """A violation on record: when, whether it was gross, whether the person was heard, when they were warned of it."""

    on: dt.date
    gross: bool
    heard: bool = False
    warned_on: dt.date | None = None


_NOTHING_RUNS = denial(
    "termination.nothing_runs", "S7.12",
    "ძალაში მყოფი გეგმა არ არის: დასასრულებელი არაფერია.",
    "No plan is in force: there is nothing to end.",
    ("გახსენით გეგმის გვერდი და ნახეთ, რა მდგომარეობაშია გეგმა.",
     "Open the plan's page and see where the plan stands."),
)  # fmt: skip
_TERM_RUNS = denial(
    "termination.term_runs", "S7.12",
    "გეგმის ვადა ჯერ არ გასულა: ბოლო დღეა {ends_on:%d.%m.%Y}.",
    "The plan's term has not expired yet: its last day is {ends_on.day} {ends_on:%b} {ends_on.year}.",
    ("ვადის გასვლამდე გეგმა მთავრდება წერილობითი მოთხოვნით ან უხეში და განმეორებითი დარღვევის გამო.",
     "Before that a plan ends on a written request, or on gross and repeated violation."),
)  # fmt: skip
_NOT_WRITTEN = denial(
    "termination.request_not_written", "S7.12",
    "გეგმის შეწყვეტის მოთხოვნა წერილობითია.",
    "A request to end the plan is in writing.",
    ("ატვირთეთ მოთხოვნის სკანი ან გადაწერეთ მისი ტექსტი.", "Upload a scan of the request, or copy out its text."),
    ("თუ ბენეფიციარი მხოლოდ ამბობს, რომ აღარ სურს, ჩაწერეთ თანხმობის გამოხმობა: ის ზეპირიც შეიძლება იყოს.",
     "If the person only says they do not want it any more, record a withdrawal of consent: that may be oral."),
)  # fmt: skip
_NO_CHANGE = denial(
    "termination.no_changed_need", "S7.12",
    "მოთხოვნაში ჩანს, რომელი საჭიროება შეიცვალა.",
    "The request states the need that changed.",
    ("ჰკითხეთ ბენეფიციარს და ჩაწერეთ, რა შეიცვალა.", "Ask the beneficiary and record what changed."),
)  # fmt: skip
_WAITS_ALREADY = denial(
    "termination.request_waits", "S7.12",
    "ბენეფიციარის მოთხოვნა უკვე ჩაწერილია და ფონდის პასუხს ელის.",
    "The beneficiary's request is on record already and waits for the Fund's answer.",
    ("დაელოდეთ ფონდის პასუხს.", "Wait for the Fund's answer."),
)  # fmt: skip
_RECORDED_ALREADY = denial(
    "termination.in_fact_waits", "S7.12",
    "ფაქტობრივი დასრულება უკვე ჩაწერილია და მეორე ადამიანის დადასტურებას ელის.",
    "An end in fact is on record already and waits for a second person.",
    ("სთხოვეთ სხვა თანამშრომელს, დაადასტუროს, ან გააუქმეთ ჩანაწერი.",
     "Ask a colleague to confirm it, or take the record back."),
)  # fmt: skip
_NO_REQUEST = denial(
    "termination.no_request", "S7.12",
    "ბენეფიციარის წერილობითი მოთხოვნა, რომელიც გადაწყვეტილებას ელის, არ არის.",
    "There is no written request of the beneficiary that waits for a decision.",
    ("ჯერ ჩაწერეთ ბენეფიციარის მოთხოვნა.", "First record the beneficiary's request."),
)  # fmt: skip
_NO_REASONS = denial(
    "termination.no_reasons", "S7.12",
    "ფონდის გადაწყვეტილებას მიზეზები ახლავს.",
    "A decision of the Fund comes with its reasons.",
    ("დაწერეთ მიზეზები ისე, რომ ბენეფიციარმაც გაიგოს.",
     "Write the reasons so that the beneficiary, too, understands them."),
)  # fmt: skip
_NOT_REPEATED = denial(
    "termination.not_gross_and_repeated", "S7.12",
    "გეგმა მხოლოდ უხეში და განმეორებითი დარღვევის გამო წყდება; ჩაწერილია {gross} უხეში დარღვევა.",
    "A plan is ended only for gross and repeated violation; gross violations on record: {gross}.",
    ("ჩაწერეთ ყოველი დარღვევა ცალ-ცალკე, თავისი თარიღით.", "Record each violation on its own, with its day."),
    ("თუ დარღვევა უხეში ან განმეორებითი არ არის, ესაუბრეთ ბენეფიციარს და შეცვალეთ გეგმა.",
     "If it is not gross, or not repeated, talk with the beneficiary and amend the plan."),
)  # fmt: skip
_NOT_HEARD = denial(
    "termination.not_heard", "S7.12",
    "ყოველ უხეშ დარღვევაზე ბენეფიციარი მოსმენილი უნდა იყოს.",
    "The beneficiary is heard on every gross violation.",
    ("მოუსმინეთ ბენეფიციარს და ჩაწერეთ მისი სიტყვები.", "Hear the beneficiary and record what they said."),
)  # fmt: skip
_NOT_WARNED = denial(
    "termination.not_warned", "S7.12",
    "შეწყვეტამდე საჭიროა გაფრთხილება, რომლის შემდეგაც უხეში დარღვევა განმეორდა.",
    "Before the end there is a warning, after which a gross violation happened again.",
    ("გააფრთხილეთ ბენეფიციარი და ჩაწერეთ გაფრთხილება.", "Warn the beneficiary and record the warning."),
)  # fmt: skip
_SILENT_HEARING = denial(
    "termination.hearing_empty", "S7.12",
    "მოსმენის ჩანაწერში ბენეფიციარის სიტყვებია; თუ არ მოვიდა, როგორ იყო მოწვეული და რატომ არ მოვიდა.",
    "The record of a hearing has the beneficiary's words; or, if they did not come, how they were asked and why not.",
    ("ჩაწერეთ სიტყვები, ან როგორ მოიწვიეთ.", "Record the words, or how you asked them."),
)  # fmt: skip
_WARNED_UNHEARD = denial(
    "termination.warned_unheard", "S7.12",
    "გაფრთხილებამდე ბენეფიციარს მოუსმენენ.",
    "The beneficiary is heard before a warning.",
    ("ჯერ ჩაწერეთ მოსმენა.", "First record the hearing."),
)  # fmt: skip
_WARNING_EMPTY = denial(
    "termination.warning_empty", "S7.12",
    "გაფრთხილებაში წერია, რა უნდა შეიცვალოს და რა მოჰყვება განმეორებას.",
    "A warning says what must change, and what follows if it happens again.",
    ("დაწერეთ გაფრთხილების ტექსტი.", "Write the text of the warning."),
)  # fmt: skip
_WARNED_ALREADY = denial(
    "termination.warned_already", "S7.12",
    "ამ დარღვევაზე გაფრთხილება უკვე ჩაწერილია.",
    "A warning on this violation is on record already.",
    ("თუ ჩანაწერში შეცდომაა, შეასწორეთ ის.", "If the entry is wrong, correct it."),
)  # fmt: skip
_SAME_PERSON = denial(
    "termination.same_person", "S7.12",
    "საქმის ფაქტობრივ დასრულებას ორი ადამიანი ადასტურებს: ვინც ჩაწერა, თავად ვერ დაადასტურებს.",
    "Two people stand for a case that ended in fact: who recorded it cannot confirm it.",
    ("სთხოვეთ სხვა თანამშრომელს, გადაამოწმოს და დაადასტუროს.", "Ask a colleague to check and confirm it."),
)  # fmt: skip
_NOT_WAITING = denial(
    "termination.not_waiting", "S7.12",
    "ეს ჩანაწერი დადასტურებას აღარ ელის.",
    "This record does not wait for confirmation any more.",
    ("განაახლეთ გვერდი და ნახეთ, რა ჩაიწერა.", "Load the page again and see what was recorded."),
)  # fmt: skip
_ALREADY_ENDED = denial(
    "termination.case_ended", "S7.12",
    "საქმე დახურულია.",
    "The case is closed.",
    ("თუ ადამიანი დაბრუნდა, ხელახლა გახსენით საქმე.", "If the person has come back, open the case again."),
)  # fmt: skip
_UNEXPLAINED = denial(
    "termination.unexplained", "S7.12",
    "ჩანაწერს მიზეზი სჭირდება.",
    "This needs its reason.",
    ("დაწერეთ მიზეზი ერთი-ორი წინადადებით.", "Write the reason in a sentence or two."),
)  # fmt: skip
NO_EVIDENCE = flag(
    "termination.in_fact_without_evidence", "S7.12",
    "საქმე ფაქტობრივად დასრულდა, მაგრამ მტკიცებულება არ ახლავს.",
    "The case ended in fact, but no evidence is on file.",
)  # fmt: skip
STATUS_STANDS = flag(
    "termination.status_still_stands", "S7.12",
    "საფუძვლად სტატუსის გაუქმებაა მითითებული, საქმეში კი სტატუსი ძალაშია.",
    "The ground given is that the status was annulled, yet on file a status is in force.",
)  # fmt: skip
UNSPENT = flag(
    "termination.money_unspent", "S5.6",
    "გეგმა დასრულდა და გამოყოფილი თანხა დარჩა: ოფიციალურად გაათავისუფლეთ ან აანაზღაურეთ გაწეული.",
    "The plan has ended with committed money unspent: release it formally, or pay for what was done.",
)  # fmt: skip


def is_over(*, ends_on: dt.date | None, on: dt.date) -> bool:
    """Whether a term is over on that day: for pages, before the timer has written it down."""
    return ends_on is not None and on > ends_on


@rule("S7.12")
def running(*, in_force: bool) -> Verdict:
    """Only a plan in force is ended."""
    return ALLOWED if in_force else _NOTHING_RUNS


@rule("S7.12", "S7.10")
def expired(*, ends_on: dt.date, on: dt.date) -> Verdict:
    """A term has expired once its last day is over."""
    return ALLOWED if on > ends_on else _TERM_RUNS.filled(ends_on=ends_on)


@rule("S7.12")
def written(*, has_file: bool, text: str) -> Verdict:
    """A request to end the plan is written: its scan, or its text."""
    return ALLOWED if has_file or text.strip() else _NOT_WRITTEN


@rule("S7.12")
def states_change(*, changed_need: str) -> Verdict:
    """A request to end the plan states the changed need."""
    return ALLOWED if changed_need.strip() else _NO_CHANGE


@rule("S7.12")
def asked_once(*, waits: bool) -> Verdict:
    """One request waits at a time: it is answered before another is recorded."""
    return _WAITS_ALREADY if waits else ALLOWED


@rule("S7.12")
def recorded_once(*, waits: bool) -> Verdict:
    """An end in fact that waits for a second person is not recorded again."""
    return _RECORDED_ALREADY if waits else ALLOWED


@rule("S7.12")
def asked(*, waits: bool) -> Verdict:
    """A plan is ended by request only where the beneficiary's own request waits for the decision."""
    return ALLOWED if waits else _NO_REQUEST


@rule("S7.12")
def reasoned(*, reasons: str) -> Verdict:
    """The Fund ends a plan, or keeps it against a request, with reasons."""
    return ALLOWED if reasons.strip() else _NO_REASONS


@rule("S7.12")
def gross_and_repeated(*, violations: Collection[Violation]) -> Verdict:
    """A plan is ended for violation that is gross and repeated: two gross ones at least."""
    gross = sum(one.gross for one in violations)
    return ALLOWED if gross >= REPEATED else _NOT_REPEATED.filled(gross=gross)


@rule("S7.12")
def heard(*, violations: Collection[Violation]) -> Verdict:
    """The beneficiary was heard on each gross violation."""
    return ALLOWED if all(one.heard for one in violations if one.gross) else _NOT_HEARD


@rule("S7.12")
def warned(*, violations: Collection[Violation]) -> Verdict:
    """After a warning a gross violation happened again (ours)."""
    again = any(
        one.gross and earlier.warned_on is not None and earlier.warned_on < one.on
        for one in violations
        for earlier in violations
    )
    return ALLOWED if again else _NOT_WARNED


@rule("S7.12")
def hearing(*, words: str) -> Verdict:
    """A hearing has the person's words, or says how they were asked and why they did not come."""
    return ALLOWED if words.strip() else _SILENT_HEARING


@rule("S7.12")
def warning(*, heard_before: bool, warned_before: bool, words: str) -> Verdict:
    """A warning follows the hearing, is given once, and says what must change."""
    if warned_before:
        return _WARNED_ALREADY
    if not heard_before:
        return _WARNED_UNHEARD
    return ALLOWED if words.strip() else _WARNING_EMPTY


@rule("S7.12")
def not_closed_yet(*, case_ended: bool) -> Verdict:
    """A case ends once."""
    return _ALREADY_ENDED if case_ended else ALLOWED


@rule("S7.12")
def still_waiting(*, settled: bool) -> Verdict:
    """Only a record that still waits is confirmed or withdrawn."""
    return _NOT_WAITING if settled else ALLOWED


@rule("S7.12")
def another_person(*, recorded_by_same: bool) -> Verdict:
    """What one recorded another confirms."""
    return _SAME_PERSON if recorded_by_same else ALLOWED


@fact("S7.12", "G1")
def in_fact(*, has_evidence: bool, by_annulment: bool, status_in_force: bool) -> Allowed:
    """An end in fact is always recorded; lacking evidence, or a status that still stands, is flagged."""
    found = [] if has_evidence else [NO_EVIDENCE]
    return flagged([*found, *([STATUS_STANDS] if by_annulment and status_in_force else [])])


@fact("S7.12", "S5.6", "G1")
def money_left(*, unspent_tetri: int) -> Allowed:
    """A plan that ends with money unspent is flagged, so that it is released formally, or the work done is paid."""
    return flagged([UNSPENT] if unspent_tetri > 0 else [])


@rule("S7.12")
def explained(*, reason: str) -> Verdict:
    """Closing, opening again and taking a record back come with their reason (ours)."""
    return ALLOWED if reason.strip() else _UNEXPLAINED


def may_request_end(*, in_force: bool, has_file: bool, text: str, changed_need: str) -> Verdict:
    """All that stands about recording the beneficiary's request."""
    return together(
        running(in_force=in_force),
        written(has_file=has_file, text=text),
        states_change(changed_need=changed_need),
    )


def may_decide_request(
    *, in_force: bool, waits: bool, reasons: str, delegations: Collection[Delegation], on: dt.date
) -> Verdict:
    """All that stands about the Fund's answer to the request."""
    return together(
        delegation.decides_for_fund(delegations=delegations, on=on),
        running(in_force=in_force),
        asked(waits=waits),
        reasoned(reasons=reasons),
    )


def may_end_for_violation(
    *,
    in_force: bool,
    violations: Collection[Violation],
    reasons: str,
    delegations: Collection[Delegation],
    on: dt.date,
) -> Verdict:
    """All that stands about ending a plan for violation."""
    return together(
        delegation.decides_for_fund(delegations=delegations, on=on),
        running(in_force=in_force),
        gross_and_repeated(violations=violations),
        heard(violations=violations),
        warned(violations=violations),
        reasoned(reasons=reasons),
    )
