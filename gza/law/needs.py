"""S5.2, S7.4: needs of reintegration, identified together, each necessary or desired for a reason."""

from collections.abc import Collection
from enum import StrEnum

from .rules import fact, rule
from .verdicts import ALLOWED, Allowed, Text, Verdict, denial, flag, flagged, together


class Priority(StrEnum):
    """The two groups of S5.2."""

    NECESSARY = "necessary"
    DESIRED = "desired"


class StatedBy(StrEnum):
    """Who stated a need. Several may have."""

    BENEFICIARY = "beneficiary"
    REPRESENTATIVE = "representative"
    WORKER = "worker"


LABELS: dict[str, Text] = {
    Priority.NECESSARY: Text("აუცილებელი", "Necessary"),
    Priority.DESIRED: Text("სასურველი", "Desired"),
    StatedBy.BENEFICIARY: Text("ბენეფიციარი", "Beneficiary"),
    StatedBy.REPRESENTATIVE: Text("კანონიერი წარმომადგენელი", "Legal representative"),
    StatedBy.WORKER: Text("სოციალური მუშაკი", "Social worker"),
}

_NOBODY = denial(
    "needs.nobody", "S7.4",
    "საჭიროებას ახლავს, ვინ დაასახელა ის.",
    "A need carries who stated it.",
    ("მონიშნეთ, ვინ დაასახელა: ბენეფიციარმა, წარმომადგენელმა თუ თქვენ.",
     "Mark who stated it: the beneficiary, the representative or you."),
)  # fmt: skip
_NO_PRIORITY = denial(
    "needs.no_priority", "S5.2",
    "თითოეული საჭიროება ან აუცილებელია, ან სასურველი.",
    "Each need is either necessary or desired.",
    ("აირჩიეთ ბენეფიციართან ერთად.", "Choose together with the beneficiary."),
)  # fmt: skip
_NO_REASON = denial(
    "needs.no_reason", "S5.2",
    "დაყოფას მიზეზი ახლავს: რატომ არის აუცილებელი ან სასურველი.",
    "The choice carries its reason: why it is necessary, or desired.",
    ("დაწერეთ ერთი წინადადება, თუ შეიძლება ბენეფიციარის სიტყვებით.",
     "Write one sentence, in the beneficiary's words if you can."),
)  # fmt: skip
WORKER_ALONE = flag(
    "needs.worker_alone", "S7.4",
    "საჭიროება მხოლოდ სოციალურმა მუშაკმა დაასახელა.",
    "The need was stated by the social worker alone.",
)  # fmt: skip


@rule("S7.4")
def stated(*, by: Collection[StatedBy]) -> Verdict:
    """A need carries who stated it."""
    return ALLOWED if by else _NOBODY


@rule("S5.2")
def prioritised(*, priority: str | None) -> Verdict:
    """A need, and each item of a plan, is in one of the two groups."""
    return ALLOWED if priority in set(Priority) else _NO_PRIORITY


@rule("S5.2")
def reasoned(*, reason: str) -> Verdict:
    """The group is chosen for a reason."""
    return ALLOWED if reason.strip() else _NO_REASON


@fact("S7.4")
def together_found(*, by: Collection[StatedBy]) -> Allowed:
    """Needs are identified together: one that the worker alone stated is recorded, and flagged."""
    return flagged([WORKER_ALONE] if set(by) == {StatedBy.WORKER} else [])


def may_record(*, by: Collection[StatedBy], priority: str | None, reason: str) -> Verdict:
    """All that stands about one need (whether needs can be identified at all: ``plan.on_the_way``)."""
    return together(
        stated(by=by),
        prioritised(priority=priority),
        reasoned(reason=reason),
        together_found(by=by),
    )
