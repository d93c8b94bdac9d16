"""S5.1, S7.2, S3.3: who can be designated, when, and how a case passes from one worker to the next."""

import datetime as dt
from dataclasses import dataclass

from . import access, parameters
from .rules import fact, rule
from .status import StatusKind
from .verdicts import ALLOWED, Allowed, Denied, Verdict, denial, flag, flagged, together


@dataclass(frozen=True)
class Worker:
    """A person as the register of social workers knows them (S7.1); ``active_to`` is the last day or None."""

    registered: bool
    fund_employee: bool
    active_from: dt.date | None = None
    active_to: dt.date | None = None


_REMEDY = (
    "აირჩიეთ მოქმედი სოციალური მუშაკი ფონდის ბაზიდან.",
    "Choose a worker from the Fund's register who is active.",
)

_NOT_REGISTERED = denial(
    "designation.not_registered", "S5.1",
    "ეს ადამიანი სოციალურ მუშაკთა ბაზაში არ არის, ამიტომ მისი დანიშვნა არ შეიძლება.",
    "This person is not in the database of social workers, so they cannot be designated.",
    _REMEDY,
    ("ან ჯერ შეიტანეთ ბაზაში.", "Or enter them in the database first."),
)  # fmt: skip
_NOT_EMPLOYED = denial(
    "designation.not_employed", "S5.1",
    "სოციალური მუშაკი ფონდის თანამშრომელია; ეს ადამიანი ფონდში არ მუშაობს.",
    "A social worker is an employee of the Fund; this person is not employed by it.",
    _REMEDY,
)  # fmt: skip
_NOT_ACTIVE = denial(
    "designation.not_active", "S5.1",
    "ამ დღეს სოციალური მუშაკი ბაზაში მოქმედი არ არის.",
    "On that day the social worker is not active in the database.",
    _REMEDY,
    ("ან შეამოწმეთ დანიშვნის თარიღი.", "Or check the date of the designation."),
)  # fmt: skip
_BEFORE_STATUS = denial(
    "designation.before_status", "S7.2",
    "სოციალურ მუშაკს ფონდი სტატუსის მინიჭების შემდეგ ნიშნავს.",
    "The Fund designates a social worker after the status is granted.",
    ("ჯერ ჩაწერეთ სტატუსის გადაწყვეტილება.", "Record the status decision first."),
    ("მანამდე ჩაწერეთ გადაუდებელი დახმარება.", "Until then, record emergency help."),
)  # fmt: skip
_ALREADY = denial(
    "designation.already", "S3.3",
    "საქმეს სოციალური მუშაკი უკვე ჰყავს.",
    "The case has a social worker already.",
    ("გამოიყენეთ გადაბარება: ერთი ქმედება, შუალედის გარეშე.", "Use the handover: one act, without a gap."),
)  # fmt: skip
_GAP = denial(
    "designation.gap", "S3.3",
    "გადაბარებისას ბენეფიციარი ერთი დღითაც არ რჩება სოციალური მუშაკის გარეშე.",
    "In a handover the beneficiary is not left without a social worker even for a day.",
    ("ახალი მუშაკი იმ დღიდან დანიშნეთ, როცა წინა ამთავრებს.",
     "Let the new worker begin on the day the former one ends."),
)  # fmt: skip
_NOBODY = denial(
    "designation.no_successor", "S3.3",
    "ღია საქმე სოციალური მუშაკის გარეშე ვერ დარჩება.",
    "An open case cannot be left without a social worker.",
    ("აირჩიეთ, ვის გადააბარებთ საქმეს.", "Choose to whom the case is handed over."),
)  # fmt: skip
_SAME = denial(
    "designation.same_worker", "S3.3",
    "საქმე უკვე ამ სოციალურ მუშაკს აბარია.",
    "The case is with this social worker already.",
    ("აირჩიეთ სხვა სოციალური მუშაკი.", "Choose another social worker."),
)  # fmt: skip

TOO_FEW_HOLDERS = flag(
    "access.too_few_holders", "G4",
    "საქმის გახსნა ძალიან ცოტა ადამიანს შეუძლია: მიეცით წვდომა კიდევ ერთს.",
    "Too few people can open the case: grant it to one more.",
)  # fmt: skip
OVERLOADED = flag(
    "designation.caseload", "S7.1",
    "სოციალურ მუშაკს უკვე ბევრი საქმე აქვს.",
    "The social worker has many cases already.",
)  # fmt: skip


@rule("S5.1")
def eligible(*, worker: Worker, on: dt.date) -> Verdict:
    """Only an employee of the Fund, active in the register on that day, can be designated."""
    if not worker.registered:
        return _NOT_REGISTERED
    if not worker.fund_employee:
        return _NOT_EMPLOYED
    begun = worker.active_from is not None and worker.active_from <= on
    ended = worker.active_to is not None and worker.active_to < on
    return ALLOWED if begun and not ended else _NOT_ACTIVE


@rule("S7.2")
def after_status(*, kind: StatusKind, status_on: dt.date | None, on: dt.date) -> Verdict:
    """The Fund designates a worker after the status, on the same day at the earliest."""
    granted = kind != StatusKind.PRESUMED and status_on is not None and status_on <= on
    return ALLOWED if granted else _BEFORE_STATUS


@rule("S3.3")
def vacant(*, has_worker: bool) -> Verdict:
    """A case that has a worker is handed over, not designated again."""
    return _ALREADY if has_worker else ALLOWED


@rule("S3.3")
def no_gap(*, leaves_on: dt.date, begins_on: dt.date) -> Verdict:
    """A handover leaves no gap: the new worker begins on the day the former one leaves, or before."""
    return ALLOWED if begins_on <= leaves_on else _GAP


@rule("S3.3")
def someone_follows(*, case_open: bool, has_successor: bool) -> Verdict:
    """A worker leaves an open case only to a successor."""
    return ALLOWED if has_successor or not case_open else _NOBODY


@rule("S3.3")
def to_another(*, same_worker: bool) -> Verdict:
    """A handover is to another worker."""
    return _SAME if same_worker else ALLOWED


@fact("G4", "S3.3")
def enough_holders(*, humans: int, on: dt.date) -> Allowed:
    """Too few people who can open a case raise an alarm; they are never a bar to taking access away."""
    return flagged([TOO_FEW_HOLDERS] if humans < parameters.value("case_holders_at_least", on) else [])


@fact("S7.1")
def workload(*, open_cases: int, on: dt.date) -> Allowed:
    """A heavy caseload is shown to who designates; it is no bar."""
    return flagged([OVERLOADED] if open_cases >= parameters.value("caseload_limit", on) else [])


def may_designate(
    *,
    worker: Worker,
    kind: StatusKind,
    status_on: dt.date | None,
    has_worker: bool,
    shut_out: bool,
    open_cases: int,
    on: dt.date,
) -> Verdict:
    """All that stands about a first designation. ``shut_out``: the chosen worker is shut out of the case."""
    return together(
        after_status(kind=kind, status_on=status_on, on=on),
        vacant(has_worker=has_worker),
        eligible(worker=worker, on=on),
        access.not_shut_out(shut_out=shut_out),
        workload(open_cases=open_cases, on=on),
    )


def may_hand_over(
    *,
    worker: Worker,
    same_worker: bool,
    shut_out: bool,
    leaves_on: dt.date,
    begins_on: dt.date,
    open_cases: int,
) -> Verdict:
    """All that stands about a handover to ``worker``."""
    return together(
        to_another(same_worker=same_worker),
        eligible(worker=worker, on=begins_on),
        access.not_shut_out(shut_out=shut_out),
        no_gap(leaves_on=leaves_on, begins_on=begins_on),
        workload(open_cases=open_cases, on=begins_on),
    )


def lacking(*, worker: Worker, on: dt.date) -> Denied | None:
    """Why a worker cannot be designated on that day, for a list of workers; None if they can."""
    verdict = eligible(worker=worker, on=on)
    return verdict if isinstance(verdict, Denied) else None
