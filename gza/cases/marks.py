"""Flags of our own beside those of the rules, and which codes are marks that need nobody's answer."""

from gza.law import consent, designation, entry, status
from gza.law.verdicts import explain, flag

POSSIBLE_DUPLICATE = flag(
    "cases.possible_duplicate", "S5.6",
    "შესაძლოა, ამ ადამიანს უკვე აქვს საქმე.",
    "This person may have a case already.",
)  # fmt: skip
STATUS_ANNULLED = flag(
    "cases.status_annulled", "S3.1",
    "სტატუსი გაუქმდა; გადაწყვიტეთ დაწყებული მომსახურების საკითხი.",
    "The status was annulled; decide what becomes of the services under way.",
)  # fmt: skip
REPRESENTATIVE_CONFLICT = flag(
    "cases.representative_conflict", "S7.8",
    "წარმომადგენელს ინტერესთა შეუთავსებლობა აღმოაჩნდა; საჭიროა მეურვეობისა და მზრუნველობის ორგანო.",
    "The representative has a conflict of interest; the guardianship body is needed.",
)  # fmt: skip
CONSENT_WITHDRAWN = flag(
    "cases.consent_withdrawn", "S0.1",
    "თანხმობა გამოხმობილია; ორგანიზაციებს უნდა ეცნობოთ.",
    "A consent was withdrawn; the organisations are to be told.",
)  # fmt: skip

MARKS = frozenset(
    {
        entry.TAKEN_OVER,
        entry.LATE,
        status.RECEIVED_EARLY,
        consent.EMERGENCY,
        consent.WITHDRAWN_ORALLY,
        designation.OVERLOADED,
    }
)
"""Codes that are shown where they arise and wait for nobody."""


def clause_of(code: str) -> str:
    """The clause a flag rests on."""
    return explain(code).clause
