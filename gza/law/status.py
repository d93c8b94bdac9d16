"""S3.1: the status decision, and what waits for it."""

from enum import StrEnum

from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Text, Verdict, denial, flag, flagged, together


class StatusKind(StrEnum):
    """How a person stands before the law. The two statuses are two things and are never merged."""

    PRESUMED = "presumed"
    VICTIM = "victim"
    STATUTORY_VICTIM = "statutory_victim"


class DecidingBody(StrEnum):
    """Who grants a status."""

    PERMANENT_GROUP = "permanent_group"
    LAW_ENFORCEMENT = "law_enforcement"


GRANTED_BY: dict[StatusKind, DecidingBody] = {
    StatusKind.VICTIM: DecidingBody.PERMANENT_GROUP,
    StatusKind.STATUTORY_VICTIM: DecidingBody.LAW_ENFORCEMENT,
}

LABELS: dict[str, Text] = {
    StatusKind.PRESUMED: Text("სავარაუდო მსხვერპლი", "Presumed victim"),
    StatusKind.VICTIM: Text("მსხვერპლი", "Victim"),
    StatusKind.STATUTORY_VICTIM: Text("დაზარალებული", "Statutory victim"),
    DecidingBody.PERMANENT_GROUP: Text("მუდმივმოქმედი ჯგუფი", "Permanent Group"),
    DecidingBody.LAW_ENFORCEMENT: Text("სამართალდამცავი ორგანო", "Law enforcement body"),
}

_NO_DECISION = denial(
    "status.no_decision", "S3.1",
    "სავარაუდო მსხვერპლობა გადაწყვეტილება არ არის: სტატუსს უფლებამოსილი ორგანო ანიჭებს.",
    "Being presumed a victim is not a decision: a status is granted by the competent body.",
    ("აირჩიეთ მინიჭებული სტატუსი: მსხვერპლი ან დაზარალებული.",
     "Choose the status that was granted: victim or statutory victim."),
    ("გადაწყვეტილებამდე ჩაწერეთ გადაუდებელი დახმარება.",
     "Until the decision, record emergency help."),
)  # fmt: skip
_OTHER_BODY = denial(
    "status.other_body", "S3.1",
    "მსხვერპლის სტატუსს მუდმივმოქმედი ჯგუფი ანიჭებს, დაზარალებულისას – სამართალდამცავი ორგანო.",
    "The status of victim is granted by the Permanent Group, that of statutory victim by law enforcement.",
    ("შეამოწმეთ გადაწყვეტილების დოკუმენტი და აირჩიეთ შესაბამისი სტატუსი და ორგანო.",
     "Look at the decision and choose the status and the body that belong together."),
)  # fmt: skip
_MERGED = denial(
    "status.merged", "S3.1",
    "მსხვერპლის და დაზარალებულის სტატუსი ორი სხვადასხვა გადაწყვეტილებაა; ერთი მეორეს არ ცვლის.",
    "The statuses of victim and of statutory victim are two decisions; one does not replace the other.",
    ("ჩაწერეთ მეორე გადაწყვეტილება ცალკე, საკუთარი თარიღითა და დოკუმენტით.",
     "Record the second decision on its own, with its date and document."),
)  # fmt: skip
_NOT_YET = denial(
    "status.not_yet", "S3.1",
    "რეინტეგრაციის გეგმა სტატუსის მინიჭებამდე არ იწყება: ადამიანი ჯერ სავარაუდო მსხვერპლია.",
    "No reintegration plan is begun before the status is granted: the person is still presumed a victim.",
    ("ჩაწერეთ სტატუსის გადაწყვეტილება, როცა მიიღებთ.", "Record the status decision when you receive it."),
    ("მანამდე ჩაწერეთ გადაუდებელი დახმარება: მას სტატუსი არ სჭირდება.",
     "Until then record emergency help: it needs no status."),
)  # fmt: skip
_ALREADY = denial(
    "status.already", "S3.1",
    "ეს სტატუსი საქმეში უკვე ჩაწერილია და ძალაშია.",
    "This status is on file already, and in force.",
    ("თუ ჩანაწერში შეცდომაა, შეასწორეთ ის.", "If the entry is wrong, correct it."),
    ("თუ სტატუსი გაუქმდა, ჯერ ჩაწერეთ გაუქმება.", "If the status was annulled, record the annulment first."),
)  # fmt: skip

DOCUMENT_MISSING = flag(
    "status.document_missing", "S3.1",
    "სტატუსის გადაწყვეტილების დოკუმენტი საქმეში ჯერ არ არის.",
    "The document of the status decision is not on file yet.",
)  # fmt: skip
RECEIVED_EARLY = flag(
    "status.received_early", "S3.1",
    "ადამიანი სტატუსის გადაწყვეტილებამდეა მიღებული: კრიზისული დახმარება.",
    "The person was received before the status decision: crisis help.",
)  # fmt: skip


@rule("S3.1")
def decision(*, kind: StatusKind, body: DecidingBody) -> Verdict:
    """A status decision has one of the two kinds, granted by the body that grants this kind."""
    if kind == StatusKind.PRESUMED:
        return _NO_DECISION
    return ALLOWED if GRANTED_BY[kind] == body else _OTHER_BODY


@rule("S3.1")
def once(*, already: bool) -> Verdict:
    """Each of the two statuses is in force once."""
    return _ALREADY if already else ALLOWED


@rule("S3.1")
def kept_apart(*, recorded: StatusKind, correction: StatusKind) -> Verdict:
    """Correcting a decision never turns one status into the other."""
    merged = recorded != correction and StatusKind.PRESUMED not in {recorded, correction}
    return _MERGED if merged else ALLOWED


@rule("S3.1")
def reintegration_open(*, kind: StatusKind) -> Verdict:
    """No reintegration plan, and nothing on the way to it, before a status."""
    return _NOT_YET if kind == StatusKind.PRESUMED else ALLOWED


@fact("S3.1", "G1")
def recorded(*, has_document: bool) -> Allowed:
    """A decision known without its paper is recorded and flagged: the clocks must not wait for the post."""
    return flagged([] if has_document else [DOCUMENT_MISSING])


@fact("S3.1")
def received(*, kind: StatusKind) -> Allowed:
    """A presumed victim is received at once, and marked as such."""
    return flagged([RECEIVED_EARLY] if kind == StatusKind.PRESUMED else [])


def may_record(*, kind: StatusKind, body: DecidingBody, has_document: bool) -> Verdict:
    """All that stands about recording a status decision."""
    return together(decision(kind=kind, body=body), recorded(has_document=has_document))
