"""Life cycles as tables: states, and the acts that lead from one to the next, each with its clause.

``docs/reference/states.md`` is drawn from these tables; rules of order ask them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from .rules import rule
from .verdicts import ALLOWED, DENIALS, Text, Verdict, denial


@dataclass(frozen=True)
class Transition:
    """An act that leads from ``source`` to ``target``."""

    act: str
    source: str
    target: str
    clause: str
    label: Text


@dataclass(frozen=True)
class Table:
    """A life cycle: ``states`` in their usual order, the first state, the acts."""

    key: str
    title: Text
    states: dict[str, Text]
    start: str
    transitions: tuple[Transition, ...]
    rule: Callable[..., Verdict] | None = None

    def allowed(self, state: str) -> tuple[Transition, ...]:
        """The acts possible in a state."""
        return tuple(one for one in self.transitions if one.source == state)

    def find(self, state: str, act: str) -> Transition | None:
        """The transition of that act from that state, or None."""
        return next((one for one in self.allowed(state) if one.act == act), None)

    def next(self, state: str, act: str) -> str:
        """The state that the act leads to.

        Raises:
            ValueError: when the act is not possible in that state.
        """
        found = self.find(state, act)
        if found is None:
            raise ValueError(f"{self.key}: {act} is not possible in {state}")
        return found.target

    def verdict(self, state: str, act: str) -> Verdict:
        """Whether the act is possible in that state; a refusal names where the thing stands.

        Raises:
            KeyError: when no state knows the act.
        """
        return (self.rule or self.order)(state=state, act=act)

    def order(self, *, state: str, act: str) -> Verdict:
        """As ``verdict``, past the register of rules."""
        return ALLOWED if self.find(state, act) else DENIALS[self.code(state, act)]

    def code(self, state: str, act: str) -> str:
        """The code of the refusal of an act in a state where it is not possible."""
        return f"{self.key}.{act}_not_from_{state}"


_NOTHING_MORE = (
    "აქ აღარაფერი იცვლება; თუ ჩანაწერში შეცდომაა, შეასწორეთ ის.",
    "Nothing more is done here; if the entry is wrong, correct it.",
)


def _word(one: Table) -> None:
    """Word the refusal of every act in every state where it is not possible."""
    clauses = {transition.act: transition.clause for transition in one.transitions}
    for state, here in one.states.items():
        choices = one.allowed(state)
        ka, en = "; ".join(each.label.ka for each in choices), "; ".join(each.label.en for each in choices)
        remedy = (f"ახლა შეიძლება: {ka}.", f"What can be done now: {en}.") if choices else _NOTHING_MORE
        for act, clause in clauses.items():
            if one.find(state, act) is None:
                denial(
                    one.code(state, act), clause,
                    f"ახლა ეს არ შეიძლება: მდგომარეობაა „{here.ka}“.", f"Not now: it stands at “{here.en}”.",
                    remedy,
                )  # fmt: skip


def table(
    key: str,
    title: tuple[str, str],
    states: dict[str, tuple[str, str]],
    *transitions: tuple[str, str, str, str, str, str],
    clauses: tuple[str, ...] = (),
) -> Table:
    """A table from rows: labels as (Georgian, English), acts as (source, act, target, clause, ka, en).

    With ``clauses`` its order is a rule of the register, ``gza.law.lifecycles.<KEY>.rule``.
    """
    made = Table(
        key,
        Text(*title),
        {state: Text(*label) for state, label in states.items()},
        next(iter(states)),
        tuple(Transition(act, source, target, of, Text(ka, en)) for source, act, target, of, ka, en in transitions),
    )
    _word(made)
    if not clauses:
        return made

    def possible(*, state: str, act: str) -> Verdict:
        return made.order(state=state, act=act)

    possible.__qualname__ = f"{key.upper()}.rule"
    possible.__doc__ = f"{made.title.en}: an act is done only in a state that allows it."
    return replace(made, rule=rule(*clauses)(possible))


class PlanState(StrEnum):
    """Where a version of a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


PLAN_VERSION = table(
    "plan_version",
    ("გეგმის ვერსია", "Plan version"),
    {
        PlanState.DRAFT: ("მონახაზი", "Draft"),
        PlanState.SUBMITTED: ("წარდგენილი", "Submitted"),
        PlanState.RETURNED: ("დაბრუნებული გადასამუშავებლად", "Returned for revision"),
        PlanState.AGREED: ("შეთანხმებული", "Agreed"),
        PlanState.SUPERSEDED: ("შეცვლილი ახალი ვერსიით", "Superseded"),
    },
    ("draft", "edit", "draft", "S3.4b", "რედაქტირება", "edit"),
    ("draft", "submit", "submitted", "S3.4b", "ფონდისთვის წარდგენა", "submit to the Fund"),
    ("submitted", "agree", "agreed", "S3.4b", "შეთანხმება", "agree"),
    ("submitted", "return", "returned", "S3.4b", "მიზეზებით დაბრუნება", "return with reasons"),
    ("returned", "edit", "returned", "S3.4b", "რედაქტირება", "edit"),
    ("returned", "submit", "submitted", "S3.4b", "ხელახლა წარდგენა", "submit again"),
    ("agreed", "supersede", "superseded", "S3.5", "ახალი ვერსიით შეცვლა", "supersede by a new version"),
    clauses=("S3.4b",),
)


class ConsentState(StrEnum):
    """Where a consent stands."""

    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


CONSENT = table(
    "consent",
    ("თანხმობა", "Consent"),
    {
        ConsentState.ASKED: ("ბენეფიციარი ფიქრობს", "The beneficiary is thinking"),
        ConsentState.GIVEN: ("ძალაშია", "In force"),
        ConsentState.DECLINED: ("უარი", "Declined"),
        ConsentState.WITHDRAWN: ("გამოხმობილი", "Withdrawn"),
    },
    ("asked", "give", "given", "S0.1", "თანხმობის ჩაწერა", "record the consent"),
    ("asked", "decline", "declined", "S0.1", "უარის ჩაწერა", "record the refusal"),
    ("declined", "ask", "asked", "S0.1", "ხელახლა შეთავაზება", "offer again"),
    ("given", "withdraw", "withdrawn", "S0.1", "გამოხმობა", "withdraw"),
    ("withdrawn", "ask", "asked", "S0.1", "ხელახლა შეთავაზება", "offer again"),
    clauses=("S0.1",),
)


class DesignationState(StrEnum):
    """Where a designation stands."""

    ACTIVE = "active"
    HANDED_OVER = "handed_over"
    ENDED = "ended"


DESIGNATION = table(
    "designation",
    ("დანიშვნა", "Designation"),
    {
        DesignationState.ACTIVE: ("მოქმედი", "Active"),
        DesignationState.HANDED_OVER: ("გადაბარებული", "Handed over"),
        DesignationState.ENDED: ("დასრულებული საქმესთან ერთად", "Ended with the case"),
    },
    ("active", "hand_over", "handed_over", "S3.3", "გადაბარება", "hand over"),
    ("active", "end", "ended", "S3.3", "საქმის დახურვა", "close the case"),
    clauses=("S3.3",),
)


class FlagState(StrEnum):
    """Where a flag stands."""

    RAISED = "raised"
    SEEN = "seen"
    SETTLED = "settled"


FLAG = table(
    "flag",
    ("მონიშვნა", "Flag"),
    {
        FlagState.RAISED: ("მონიშნულია", "Raised"),
        FlagState.SEEN: ("კოორდინატორმა ნახა", "Seen by the coordinator"),
        FlagState.SETTLED: ("განხილულია", "Settled"),
    },
    ("raised", "see", "seen", "G1", "ნახვა", "look at it"),
    ("raised", "settle", "settled", "G1", "განხილვა და ახსნა", "settle with an explanation"),
    ("seen", "settle", "settled", "G1", "განხილვა და ახსნა", "settle with an explanation"),
    clauses=("G1",),
)


class ServiceState(StrEnum):
    """Where a rehabilitation service stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


REHABILITATION_SERVICE = table(
    "rehabilitation_service",
    ("სარეაბილიტაციო მომსახურება", "Rehabilitation service"),
    {
        ServiceState.REQUESTED: ("მოთხოვნილი", "Requested"),
        ServiceState.ACCEPTED: ("მიმწოდებელი თანახმაა", "Accepted by the provider"),
        ServiceState.DECLINED: ("მიმწოდებელმა უარი თქვა", "Declined by the provider"),
        ServiceState.RUNNING: ("მიმდინარე", "Running"),
        ServiceState.DONE: ("გაწეული", "Done"),
        ServiceState.STOPPED: ("შეჩერებული", "Stopped"),
    },
    ("requested", "accept", "accepted", "S0.3", "თანხმობის ჩაწერა", "record the acceptance"),
    ("requested", "decline", "declined", "S0.3", "უარის ჩაწერა", "record the refusal"),
    ("requested", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    ("accepted", "start", "running", "S0.3", "დაწყება", "start"),
    ("accepted", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    ("running", "finish", "done", "S0.3", "დასრულება", "finish"),
    ("running", "stop", "stopped", "S0.1", "შეჩერება", "stop"),
    clauses=("S0.3",),
)


class EditionState(StrEnum):
    """Where an edition of the service catalogue stands."""

    COMPILING = "compiling"
    ISSUED = "issued"
    RENEWED = "renewed"


EDITION = table(
    "edition",
    ("მომსახურებათა ნუსხის გამოცემა", "Edition of the list of services"),
    {
        EditionState.COMPILING: ("დგება", "Being compiled"),
        EditionState.ISSUED: ("გამოცემული", "Issued"),
        EditionState.RENEWED: ("შეცვლილი ახალი გამოცემით", "Renewed by the next"),
    },
    ("compiling", "issue", "issued", "S4.3", "გამოცემა", "issue"),
    ("issued", "renew", "renewed", "S4.3", "ახალი გამოცემა", "issue the next"),
    clauses=("S4.3",),
)

TABLES: dict[str, Table] = {
    one.key: one for one in (CONSENT, DESIGNATION, REHABILITATION_SERVICE, PLAN_VERSION, EDITION, FLAG)
}
