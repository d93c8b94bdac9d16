"""S0.3, S7.2: rehabilitation: from designation on, free, in a shelter or outside, waiting for no plan."""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from . import consent
from .consent import Consent
from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Text, Verdict, denial, flag, flagged, together


class Place(StrEnum):
    """Where a service is given."""

    SHELTER = "shelter"
    OUTSIDE = "outside"


LABELS: dict[Place, Text] = {
    Place.SHELTER: Text("თავშესაფარში", "In a shelter"),
    Place.OUTSIDE: Text("თავშესაფრის გარეთ", "Outside a shelter"),
}

_COST = denial(
    "rehabilitation.cost", "S0.3",
    "რეაბილიტაცია უფასოა: ბენეფიციარს მისთვის არაფერი ეკისრება.",
    "Rehabilitation is free: nothing of it is charged to the beneficiary.",
    ("მიუთითეთ, ვინ ფარავს ხარჯს ბენეფიციარის გარდა, ან ამოიღეთ თანხა.",
     "Say who other than the beneficiary bears the cost, or take the amount out."),
)  # fmt: skip
_NO_WORKER = denial(
    "rehabilitation.no_worker", "S7.2",
    "რეაბილიტაცია სოციალური მუშაკის დანიშვნით იწყება; მუშაკი ჯერ დანიშნული არ არის.",
    "Rehabilitation starts with the designation of a social worker; none is designated yet.",
    ("სთხოვეთ კოორდინატორს, დანიშნოს სოციალური მუშაკი.", "Ask the coordinator to designate a social worker."),
    ("თუ დახმარება გადაუდებელია, ჩაწერეთ გადაუდებელი დახმარება.",
     "If help cannot wait, record emergency help."),
)  # fmt: skip
_NOT_DESIGNATED = denial(
    "rehabilitation.not_designated", "S7.2",
    "პირველად საჭიროებებს დანიშნული სოციალური მუშაკი ავლენს.",
    "The primary needs are identified by the designated social worker.",
    ("სთხოვეთ დანიშნულ სოციალურ მუშაკს.", "Ask the designated social worker."),
)  # fmt: skip
CHARGED = flag(
    "rehabilitation.charged", "S0.3",
    "ბენეფიციარმა რეაბილიტაციისთვის გადაიხადა; თანხა უნდა დაუბრუნდეს.",
    "The beneficiary paid for rehabilitation; it is to be paid back.",
)  # fmt: skip


@rule("S0.3")
def free(*, charged_tetri: int) -> Verdict:
    """A rehabilitation service is never planned or requested at a cost to the beneficiary."""
    return _COST if charged_tetri > 0 else ALLOWED


@rule("S0.3", "S7.2")
def from_designation(*, designated_on: dt.date | None, on: dt.date) -> Verdict:
    """Rehabilitation is open from the day of designation, and waits for no plan."""
    return ALLOWED if designated_on is not None and designated_on <= on else _NO_WORKER


@rule("S7.2")
def needs_by_designated(*, by_designated_worker: bool) -> Verdict:
    """The designated worker identifies the primary needs for physical and mental recovery."""
    return ALLOWED if by_designated_worker else _NOT_DESIGNATED


@fact("S0.3", "G1")
def given(*, charged_tetri: int) -> Allowed:
    """A service given at a cost to the beneficiary is recorded and flagged."""
    return flagged([CHARGED] if charged_tetri > 0 else [])


def may_request(
    *, consents: Collection[Consent], designated_on: dt.date | None, charged_tetri: int, on: dt.date
) -> Verdict:
    """All that stands about requesting or starting a rehabilitation service."""
    return together(
        from_designation(designated_on=designated_on, on=on),
        consent.rehabilitation(consents=consents, on=on),
        free(charged_tetri=charged_tetri),
    )


def may_identify_needs(
    *, consents: Collection[Consent], designated_on: dt.date | None, by_designated_worker: bool, on: dt.date
) -> Verdict:
    """All that stands about recording primary needs."""
    return together(
        from_designation(designated_on=designated_on, on=on),
        needs_by_designated(by_designated_worker=by_designated_worker),
        consent.rehabilitation(consents=consents, on=on),
    )


def may_record_given(*, consents: Collection[Consent], charged_tetri: int, on: dt.date) -> Verdict:
    """A service that was given: always recorded, with its flags (G1)."""
    return together(
        consent.service_given(consents=consents, scope=consent.Scope.REHABILITATION, on=on),
        given(charged_tetri=charged_tetri),
    )
