"""Who signs for a minor (S7.8, as far as consent needs it), and who must not."""

import datetime as dt

from . import parameters
from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Verdict, denial, flag, flagged, together

_ABSENT = denial(
    "representative.absent", "S7.8",
    "არასრულწლოვნის ნაცვლად თანხმობას კანონიერი წარმომადგენელი აძლევს; საქმეში ის მითითებული არ არის.",
    "A legal representative consents for a minor; none is on file.",
    ("ჩაწერეთ კანონიერი წარმომადგენელი.", "Record the legal representative."),
    ("თუ წარმომადგენელი არ არის, მიმართეთ მეურვეობისა და მზრუნველობის ორგანოს.",
     "If there is none, turn to the guardianship body."),
)  # fmt: skip
_UNCHECKED = denial(
    "representative.unchecked", "S7.8",
    "წარმომადგენლის ინტერესთა შეუთავსებლობა ჯერ არ შემოწმებულა.",
    "The representative's conflict of interest has not been checked yet.",
    ("შეამოწმეთ, ხომ არ არის წარმომადგენელი დაკავშირებული ექსპლუატაციასთან, და ჩაწერეთ შედეგი.",
     "Check whether the representative is connected with the exploitation, and record what you found."),
)  # fmt: skip
_CONFLICT = denial(
    "representative.conflict", "S7.8",
    "წარმომადგენელს ინტერესთა შეუთავსებლობა აქვს და ბავშვის ნაცვლად ხელს ვერ მოაწერს.",
    "The representative has a conflict of interest and cannot sign for the child.",
    ("მიმართეთ მეურვეობისა და მზრუნველობის ორგანოს: ის ცვლის წარმომადგენელს.",
     "Turn to the guardianship body: it replaces the representative."),
)  # fmt: skip
_ADULT = denial(
    "representative.adult", "S7.8",
    "სრულწლოვანი თვითონ აწერს ხელს; სხვა მის ნაცვლად ვერ მოაწერს, თუ სასამართლოს გადაწყვეტილება არ არის.",
    "An adult signs for themselves; nobody signs in their place without a court's decision.",
    ("სთხოვეთ ხელმოწერა ბენეფიციარს. წერა თუ არ შეუძლია, ნიშანს დასვამს მოწმის თანდასწრებით.",
     "Ask the beneficiary to sign. Who cannot write makes a mark before a witness."),
)  # fmt: skip
ASSENT_MISSING = flag(
    "representative.assent_missing", "S7.8",
    "ბავშვის საკუთარი დასტური არ ჩაწერილა.",
    "The child's own assent was not recorded.",
)  # fmt: skip


def age(*, born: dt.date, on: dt.date) -> int:
    """Completed years on that day; born on 29 February counts as 1 March in a year without one."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_minor(*, born: dt.date, on: dt.date) -> bool:
    """Whether the person is under age on that day."""
    return age(born=born, on=on) < parameters.value("age_of_majority", on)


def could_be_minor(*, birth_year: int, on: dt.date) -> bool:
    """Whether the person may be under age when only the year of birth is known: doubt protects the child."""
    return is_minor(born=dt.date(birth_year, 12, 31), on=on)


@rule("S7.8", "S0.1")
def present(*, minor: bool, represented: bool) -> Verdict:
    """For a minor, a legal representative consents."""
    return _ABSENT if minor and not represented else ALLOWED


@rule("S7.8")
def unconflicted(*, represented: bool, guardianship_body: bool, checked: bool, conflict: bool) -> Verdict:
    """A representative is checked for conflict of interest; with one, the guardianship body replaces them."""
    if not represented or guardianship_body:
        return ALLOWED
    if not checked:
        return _UNCHECKED
    return _CONFLICT if conflict else ALLOWED


@rule("S7.8")
def adult_signs_alone(*, minor: bool, represented: bool, court_decision: bool) -> Verdict:
    """An adult signs for themselves unless a court decided otherwise."""
    return _ADULT if represented and not minor and not court_decision else ALLOWED


@fact("S7.8")
def assent(*, minor: bool, assent_recorded: bool) -> Allowed:
    """A child's assent is separate; where it is missing, it is flagged."""
    return flagged([ASSENT_MISSING] if minor and not assent_recorded else [])


def may_sign(
    *,
    minor: bool,
    represented: bool,
    guardianship_body: bool,
    checked: bool,
    conflict: bool,
    court_decision: bool,
    assent_recorded: bool,
) -> Verdict:
    """All that stands about who signs a consent. ``represented``: a representative signs for the person."""
    return together(
        present(minor=minor, represented=represented),
        unconflicted(represented=represented, guardianship_body=guardianship_body, checked=checked, conflict=conflict),
        adult_signs_alone(minor=minor, represented=represented, court_decision=court_decision),
        assent(minor=minor, assent_recorded=assent_recorded),
    )
