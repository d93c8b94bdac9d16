"""The road of a case: its stops, where it stands, and what is lacking for the next step.

``stage_of`` is the single derivation of a case's stage. It reads ``CaseFacts``: T0 facts that a database row
holds or counts (dates, counts, states), nothing sealed, and nothing that must change nothing (S0.2).

A case stands at the stop *whose act is to be done next*: at ``submitted`` the plan is ready and to be
submitted, at ``agreed`` the Fund's agreement is to come, at ``requests`` it has come and requests can go out.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .lifecycles import PlanState, table
from .status import StatusKind
from .verdicts import Text


class Stage(StrEnum):
    """The stops of the road, in order; ``ended`` stands outside it."""

    PRESUMED = "presumed"
    STATUS = "status"
    DESIGNATION = "designation"
    REHABILITATION_CONSENT = "rehabilitation_consent"
    PRIMARY_NEEDS = "primary_needs"
    EXPLANATION = "explanation"
    REINTEGRATION_CONSENT = "reintegration_consent"
    NEEDS = "needs"
    INITIAL_PLAN = "initial_plan"
    SUBMITTED = "submitted"
    AGREED = "agreed"
    REQUESTS = "requests"
    FUNDING = "funding"
    FINAL_PLAN = "final_plan"
    SIGNATURES = "signatures"
    RUNNING = "running"
    COMPLETION = "completion"
    FOLLOW_UP = "follow_up"
    ENDED = "ended"


class Party(StrEnum):
    """Whose act is next: with whom a case lies."""

    BODY = "body"
    FUND = "fund"
    WORKER = "worker"
    BENEFICIARY = "beneficiary"
    PROVIDERS = "providers"


PARTIES: dict[Party, Text] = {
    Party.BODY: Text("სტატუსის მიმნიჭებელ ორგანოსთან", "with the body that grants the status"),
    Party.FUND: Text("ფონდთან", "with the Fund"),
    Party.WORKER: Text("სოციალურ მუშაკთან", "with the social worker"),
    Party.BENEFICIARY: Text("ბენეფიციარი ფიქრობს", "the beneficiary is thinking"),
    Party.PROVIDERS: Text("ორგანიზაციებთან", "with the organisations"),
}


@dataclass(frozen=True)
class StopKind:
    """What is the same for every case: the stop's name, the clause, whose act it is."""

    label: Text
    clause: str
    party: Party


STOPS: dict[Stage, StopKind] = {
    Stage.PRESUMED: StopKind(Text("მიღება სტატუსამდე", "Received before the status"), "S3.1", Party.WORKER),
    Stage.STATUS: StopKind(Text("სტატუსი", "Status"), "S3.1", Party.BODY),
    Stage.DESIGNATION: StopKind(Text("დანიშვნა", "Designation"), "S7.2", Party.FUND),
    Stage.REHABILITATION_CONSENT: StopKind(
        Text("თანხმობა რეაბილიტაციაზე", "Consent to rehabilitation"), "S0.1", Party.WORKER
    ),
    Stage.PRIMARY_NEEDS: StopKind(Text("პირველადი საჭიროებები", "Primary needs"), "S7.2", Party.WORKER),
    Stage.EXPLANATION: StopKind(Text("ახსნა", "Explanation"), "S7.4", Party.WORKER),
    Stage.REINTEGRATION_CONSENT: StopKind(
        Text("თანხმობა რეინტეგრაციაზე", "Consent to reintegration"), "S3.2", Party.BENEFICIARY
    ),
    Stage.NEEDS: StopKind(Text("საჭიროებები", "Needs"), "S7.4", Party.WORKER),
    Stage.INITIAL_PLAN: StopKind(Text("პირველადი გეგმა", "Initial plan"), "S7.3", Party.WORKER),
    Stage.SUBMITTED: StopKind(Text("წარდგენა ფონდისთვის", "Submission to the Fund"), "S3.4b", Party.WORKER),
    Stage.AGREED: StopKind(Text("ფონდთან შეთანხმება", "Agreement of the Fund"), "S7.5", Party.FUND),
    Stage.REQUESTS: StopKind(Text("მოთხოვნები", "Requests"), "S5.4", Party.PROVIDERS),
    Stage.FUNDING: StopKind(Text("დაფინანსება", "Financing"), "S5.5", Party.FUND),
    Stage.FINAL_PLAN: StopKind(Text("საბოლოო გეგმა", "Final plan"), "S7.6", Party.WORKER),
    Stage.SIGNATURES: StopKind(Text("ხელმოწერები", "Signatures"), "S7.8", Party.WORKER),
    Stage.RUNNING: StopKind(Text("განხორციელება", "Running"), "S7.10", Party.WORKER),
    Stage.COMPLETION: StopKind(Text("დასრულება", "Completion"), "S7.12", Party.FUND),
    Stage.FOLLOW_UP: StopKind(Text("შემდგომი კავშირი", "Follow-up"), "S7.11", Party.WORKER),
    Stage.ENDED: StopKind(Text("საქმე დახურულია", "Case closed"), "S7.12", Party.FUND),
}
ROAD: tuple[Stage, ...] = tuple(stage for stage in Stage if stage != Stage.ENDED)
_BUILT = ROAD[: ROAD.index(Stage.REQUESTS) + 1]
_AFTER_CONSENT = (Stage.NEEDS, Stage.INITIAL_PLAN, Stage.SUBMITTED, Stage.AGREED, Stage.REQUESTS)


@dataclass(frozen=True)
class CaseFacts:
    """What the road is derived from. All T0; the default is a person just received, presumed a victim.

    A consent's day is None when that consent is not in force *today* (never given, declined or withdrawn).
    Counts concern what stands now: needs not corrected away, items of the newest version of the initial plan.
    """

    status: StatusKind = StatusKind.PRESUMED
    status_asked_on: dt.date | None = None
    """the day the competent body was asked for a decision"""
    status_on: dt.date | None = None
    """the day the status was granted"""
    received_presumed_on: dt.date | None = None
    """the day a presumed victim was received, before the decision"""
    designated_on: dt.date | None = None
    """the day since which the case has had a worker without a gap"""
    rehabilitation_consent_on: dt.date | None = None
    rehabilitation_declined: bool = False
    """the person said no to rehabilitation: the road goes on without it"""
    primary_needs: int = 0
    primary_needs_on: dt.date | None = None
    explained_on: dt.date | None = None
    reintegration_consent_on: dt.date | None = None
    needs: int = 0
    needs_on: dt.date | None = None
    plan_state: PlanState | None = None
    """state of the newest version of the initial plan; None: there is none"""
    items: int = 0
    items_incomplete: int = 0
    """items that ``plan.may_hold`` refuses: without time, need, priority or reason"""
    drafted_on: dt.date | None = None
    submitted_on: dt.date | None = None
    returned_on: dt.date | None = None
    agreed_on: dt.date | None = None
    ended_on: dt.date | None = None


@dataclass(frozen=True)
class Requirement:
    """Something the act of a stop needs: ``met`` or lacking, with its clause."""

    code: str
    clause: str
    text: Text
    met: bool


class StopState(StrEnum):
    """How a stop looks from where the case stands."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    OPEN = "open"
    """passed over, can still be done"""


@dataclass(frozen=True)
class Stop:
    """One stop of one case's road; ``on`` is the day it was done."""

    stage: Stage
    label: Text
    clause: str
    party: Party
    state: StopState
    on: dt.date | None
    requirements: tuple[Requirement, ...]

    @property
    def lacking(self) -> tuple[Requirement, ...]:
        """What is not met yet, so that the act of this stop would be refused."""
        return tuple(one for one in self.requirements if not one.met)


def _granted(facts: CaseFacts) -> bool:
    return facts.status != StatusKind.PRESUMED


def _submitted(facts: CaseFacts) -> bool:
    return facts.plan_state in {PlanState.SUBMITTED, PlanState.AGREED, PlanState.SUPERSEDED}


_DONE: dict[Stage, Callable[[CaseFacts], bool]] = {
    Stage.PRESUMED: lambda facts: facts.status_asked_on is not None or _granted(facts),
    Stage.STATUS: _granted,
    Stage.DESIGNATION: lambda facts: facts.designated_on is not None,
    Stage.REHABILITATION_CONSENT: lambda facts: facts.rehabilitation_consent_on is not None,
    Stage.PRIMARY_NEEDS: lambda facts: facts.primary_needs > 0,
    Stage.EXPLANATION: lambda facts: facts.explained_on is not None,
    Stage.REINTEGRATION_CONSENT: lambda facts: facts.reintegration_consent_on is not None,
    Stage.NEEDS: lambda facts: facts.needs > 0,
    Stage.INITIAL_PLAN: lambda facts: _submitted(facts) or (facts.items > 0 and facts.items_incomplete == 0),
    Stage.SUBMITTED: _submitted,
    Stage.AGREED: lambda facts: facts.plan_state in {PlanState.AGREED, PlanState.SUPERSEDED},
}
_REHABILITATION = (Stage.REHABILITATION_CONSENT, Stage.PRIMARY_NEEDS)


def _passed_over(facts: CaseFacts, stage: Stage) -> bool:
    """Rehabilitation holds up nobody who declined it, or who has gone on to reintegration (S3.2: apart)."""
    return stage in _REHABILITATION and (facts.rehabilitation_declined or facts.reintegration_consent_on is not None)


def stage_of(facts: CaseFacts) -> Stage:
    """The stop where the case stands: the first whose act is still to be done."""
    if facts.ended_on is not None:
        return Stage.ENDED
    for stage, done in _DONE.items():
        if not done(facts) and not _passed_over(facts, stage):
            return stage
    return Stage.REQUESTS


_DAYS: dict[Stage, Callable[[CaseFacts], dt.date | None]] = {
    Stage.PRESUMED: lambda facts: facts.received_presumed_on,
    Stage.STATUS: lambda facts: facts.status_on,
    Stage.DESIGNATION: lambda facts: facts.designated_on,
    Stage.REHABILITATION_CONSENT: lambda facts: facts.rehabilitation_consent_on,
    Stage.PRIMARY_NEEDS: lambda facts: facts.primary_needs_on,
    Stage.EXPLANATION: lambda facts: facts.explained_on,
    Stage.REINTEGRATION_CONSENT: lambda facts: facts.reintegration_consent_on,
    Stage.NEEDS: lambda facts: facts.needs_on,
    Stage.INITIAL_PLAN: lambda facts: facts.drafted_on,
    Stage.SUBMITTED: lambda facts: facts.submitted_on,
    Stage.AGREED: lambda facts: facts.agreed_on,
}


def since(facts: CaseFacts) -> dt.date | None:
    """The day since which the case stands at its stop: when the stop before it was done; None if unknown.

    A returned plan waits since its return. After a withdrawal it is still the day of the stop before.
    """
    stage = stage_of(facts)
    if stage == Stage.ENDED:
        return facts.ended_on
    if stage == Stage.STATUS:
        return facts.status_asked_on
    if facts.plan_state == PlanState.RETURNED and stage in {Stage.INITIAL_PLAN, Stage.SUBMITTED}:
        return facts.returned_on
    before = ROAD[: ROAD.index(stage)]
    days = [day for one in before if one in _DAYS and (day := _DAYS[one](facts)) is not None]
    return days[-1] if days else facts.received_presumed_on


def _requirement(code: str, clause: str, ka: str, en: str, met: bool) -> Requirement:
    return Requirement(code, clause, Text(ka, en), met)


def requirements(stage: Stage, facts: CaseFacts) -> tuple[Requirement, ...]:
    """What the act of a stop needs before it can be done, met or lacking, in the order of the road."""
    granted = _requirement("status", "S3.1", "სტატუსი მინიჭებულია", "The status is granted", _granted(facts))
    worker = _requirement(
        "worker", "S7.2", "სოციალური მუშაკი დანიშნულია", "A social worker is designated",
        facts.designated_on is not None,
    )  # fmt: skip
    agreed_to_care = _requirement(
        "rehabilitation_consent", "S0.1", "თანხმობა რეაბილიტაციაზე ძალაშია",
        "Consent to rehabilitation is in force", facts.rehabilitation_consent_on is not None,
    )  # fmt: skip
    explained = _requirement(
        "explained", "S7.4", "რეინტეგრაციის მნიშვნელობა და პროცედურები ახსნილია",
        "The importance and procedures of reintegration are explained", facts.explained_on is not None,
    )  # fmt: skip
    consented = _requirement(
        "reintegration_consent", "S3.2", "თანხმობა რეინტეგრაციაზე ძალაშია",
        "Consent to reintegration is in force", facts.reintegration_consent_on is not None,
    )  # fmt: skip
    needs = _requirement(
        "needs",
        "S7.4",
        "საჭიროებები ერთად არის გამოვლენილი",
        "Needs are identified together",
        facts.needs > 0,
    )
    items = _requirement("items", "S7.3", "გეგმაში პუნქტებია", "The plan has items", facts.items > 0)
    timetable = _requirement(
        "timetable", "S7.7", "ყველა პუნქტს აქვს დრო, რიგი და მიზეზი",
        "Every item has its time, its group and its reason", facts.items > 0 and facts.items_incomplete == 0,
    )  # fmt: skip
    pending = _requirement(
        "pending", "S3.4b", "გეგმა წარდგენილია და პასუხს ელის",
        "The plan is submitted and waits for an answer",
        _submitted(facts),
    )  # fmt: skip
    initial = _requirement(
        "initial_agreed", "S7.5", "ფონდი პირველად გეგმას დაეთანხმა", "The Fund agreed to the initial plan",
        _DONE[Stage.AGREED](facts),
    )  # fmt: skip
    table: dict[Stage, tuple[Requirement, ...]] = {
        Stage.DESIGNATION: (granted,),
        Stage.REHABILITATION_CONSENT: (granted, worker),
        Stage.PRIMARY_NEEDS: (worker, agreed_to_care),
        Stage.EXPLANATION: (granted, worker),
        Stage.REINTEGRATION_CONSENT: (granted, explained),
        Stage.NEEDS: (granted, explained, consented),
        Stage.INITIAL_PLAN: (granted, consented, needs),
        Stage.SUBMITTED: (granted, consented, needs, items, timetable),
        Stage.AGREED: (consented, pending),
        Stage.REQUESTS: (consented, initial),
    }
    return table.get(stage, ())


def _state(stage: Stage, here: Stage, facts: CaseFacts) -> StopState:
    if stage == here:
        return StopState.HERE
    if stage in _DONE and _DONE[stage](facts):
        return StopState.DONE
    if here != Stage.ENDED and ROAD.index(stage) > ROAD.index(here):
        return StopState.AHEAD
    return StopState.OPEN


def road(facts: CaseFacts) -> tuple[Stop, ...]:
    """Every stop of the case's road with what its act lacks; ``presumed`` only if the case was there."""
    here = stage_of(facts)
    shown = [
        stage
        for stage in ROAD
        if stage != Stage.PRESUMED or here == Stage.PRESUMED or facts.received_presumed_on is not None
    ]
    return tuple(
        Stop(
            stage, STOPS[stage].label, STOPS[stage].clause, STOPS[stage].party, _state(stage, here, facts),
            _DAYS[stage](facts) if stage in _DAYS else None, requirements(stage, facts),
        )
        for stage in shown
    )  # fmt: skip


def here(facts: CaseFacts) -> Stop | None:
    """The stop where the case stands, with what it lacks; None for a case that has ended."""
    return next((stop for stop in road(facts) if stop.state == StopState.HERE), None)


CASE = table(
    "case",
    ("საქმის გზა", "The road of a case"),
    {stage: (STOPS[stage].label.ka, STOPS[stage].label.en) for stage in (*_BUILT, Stage.ENDED)},
    ("presumed", "ask_status", "status", "S3.1", "სტატუსის მოთხოვნა", "ask for the decision"),
    ("presumed", "grant", "designation", "S3.1", "სტატუსის ჩაწერა", "record the status"),
    ("status", "grant", "designation", "S3.1", "სტატუსის ჩაწერა", "record the status"),
    ("designation", "designate", "rehabilitation_consent", "S7.2", "დანიშვნა", "designate a worker"),
    ("rehabilitation_consent", "consent", "primary_needs", "S0.1", "თანხმობა", "consent to rehabilitation"),
    ("rehabilitation_consent", "decline", "explanation", "S0.1", "უარი", "decline rehabilitation"),
    ("primary_needs", "identify_primary", "explanation", "S7.2", "გამოვლენა", "identify the primary needs"),
    ("explanation", "explain", "reintegration_consent", "S7.4", "ახსნა", "explain reintegration"),
    ("reintegration_consent", "consent", "needs", "S3.2", "თანხმობა", "consent to reintegration"),
    ("needs", "identify", "initial_plan", "S7.4", "გამოვლენა", "identify the needs"),
    ("initial_plan", "draft", "submitted", "S7.3", "შედგენა", "draw up the plan"),
    ("submitted", "submit", "agreed", "S3.4b", "წარდგენა", "submit to the Fund"),
    ("agreed", "return", "submitted", "S3.4b", "მიზეზებით დაბრუნება", "return with reasons"),
    ("agreed", "agree", "requests", "S7.5", "შეთანხმება", "agree"),
    *(
        (stage, "withdraw", "reintegration_consent", "S0.1", "თანხმობის გამოხმობა", "withdraw the consent")
        for stage in _AFTER_CONSENT
    ),
    *((stage, "end", "ended", "S7.12", "საქმის დახურვა", "close the case") for stage in _BUILT),
)  # fmt: skip
"""The usual acts of a case, as far as the road is built; ``stage_of`` also passes stops done early."""


def possible(before: Stage, after: Stage) -> bool:
    """Whether one act can move a case so: onward, back by a withdrawal or a return, or out."""
    if after in {Stage.ENDED, before}:
        return True
    if before == Stage.ENDED:
        return False
    if ROAD.index(after) > ROAD.index(before):
        return True
    back = {Stage.REHABILITATION_CONSENT, Stage.PRIMARY_NEEDS}
    if before in _AFTER_CONSENT:
        back |= {Stage.REINTEGRATION_CONSENT}
    if before in {Stage.SUBMITTED, Stage.AGREED}:
        back |= {Stage.INITIAL_PLAN, Stage.SUBMITTED}
    return after in back
