"""The stops of the road, and where a case stands.

``stage_of`` is the single derivation of a case's stage. It reads ``CaseFacts``: T0 facts that a database row
holds or counts (dates, counts, states), nothing sealed, and nothing that must change nothing (S0.2).

A case stands at the stop *whose act is to be done next*: at ``submitted`` the plan is ready and to be
submitted, at ``agreed`` the Fund's agreement is to come, at ``requests`` it has come and requests can go out.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .lifecycles import PlanState
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
AFTER_CONSENT = ROAD[ROAD.index(Stage.NEEDS) : ROAD.index(Stage.RUNNING) + 1]
"""Where a withdrawal of the consent to reintegration sends a case back; once the plan has ended it does not."""


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
    items_unsought: int = 0
    """items of the agreed initial plan that nobody was asked about, and no offer set aside or missing accounts for"""
    requests_waiting: int = 0
    answered_on: dt.date | None = None
    """the day of the newest answer, or the day the last item was accounted for"""
    considerations_open: int = 0
    funded_on: dt.date | None = None
    """the day of the newest decision on money"""
    final_state: PlanState | None = None
    """state of the newest final version; None: there is none"""
    final_drafted_on: dt.date | None = None
    final_submitted_on: dt.date | None = None
    final_returned_on: dt.date | None = None
    final_agreed_on: dt.date | None = None
    in_force_on: dt.date | None = None
    """the day the first final version had both signatures"""
    plan_ended_on: dt.date | None = None
    notified_on: dt.date | None = None
    """the day the beneficiary was told of the end, or that this could not be done was recorded"""
    follow_up_on: dt.date | None = None
    """the day follow-up was agreed or declined"""
    ended_on: dt.date | None = None


def granted(facts: CaseFacts) -> bool:
    """Whether a status is in force."""
    return facts.status != StatusKind.PRESUMED


def submitted(facts: CaseFacts) -> bool:
    """Whether the initial plan lies with the Fund, or has its answer."""
    return facts.plan_state in {PlanState.SUBMITTED, PlanState.AGREED, PlanState.SUPERSEDED}


FINAL_AGREED = {PlanState.AGREED, PlanState.IN_FORCE, PlanState.SUPERSEDED, PlanState.ENDED}


def _final_begun(facts: CaseFacts) -> bool:
    return facts.final_state is not None


DONE: dict[Stage, Callable[[CaseFacts], bool]] = {
    Stage.PRESUMED: lambda facts: facts.status_asked_on is not None or granted(facts),
    Stage.STATUS: granted,
    Stage.DESIGNATION: lambda facts: facts.designated_on is not None,
    Stage.REHABILITATION_CONSENT: lambda facts: facts.rehabilitation_consent_on is not None,
    Stage.PRIMARY_NEEDS: lambda facts: facts.primary_needs > 0,
    Stage.EXPLANATION: lambda facts: facts.explained_on is not None,
    Stage.REINTEGRATION_CONSENT: lambda facts: facts.reintegration_consent_on is not None,
    Stage.NEEDS: lambda facts: facts.needs > 0,
    Stage.INITIAL_PLAN: lambda facts: submitted(facts) or (facts.items > 0 and facts.items_incomplete == 0),
    Stage.SUBMITTED: submitted,
    Stage.AGREED: lambda facts: facts.plan_state in {PlanState.AGREED, PlanState.SUPERSEDED},
    Stage.REQUESTS: lambda facts: _final_begun(facts) or not (facts.items_unsought or facts.requests_waiting),
    Stage.FUNDING: lambda facts: _final_begun(facts) or not facts.considerations_open,
    Stage.FINAL_PLAN: lambda facts: facts.final_state in FINAL_AGREED,
    Stage.SIGNATURES: lambda facts: facts.in_force_on is not None,
    Stage.RUNNING: lambda facts: facts.plan_ended_on is not None,
    Stage.COMPLETION: lambda facts: facts.notified_on is not None,
}
_REHABILITATION = (Stage.REHABILITATION_CONSENT, Stage.PRIMARY_NEEDS)


def _passed_over(facts: CaseFacts, stage: Stage) -> bool:
    """Whether a stop that was not done holds nothing up.

    Rehabilitation holds up nobody who declined it, or who has gone on to reintegration (S3.2: apart). Once the plan
    has ended nothing before its end does: a withdrawal then changes nothing that is still to be done.
    """
    if facts.plan_ended_on is not None and ROAD.index(stage) < ROAD.index(Stage.COMPLETION):
        return True
    return stage in _REHABILITATION and (facts.rehabilitation_declined or facts.reintegration_consent_on is not None)


def stage_of(facts: CaseFacts) -> Stage:
    """The stop where the case stands: the first whose act is still to be done."""
    if facts.ended_on is not None:
        return Stage.ENDED
    for stage, done in DONE.items():
        if not done(facts) and not _passed_over(facts, stage):
            return stage
    return Stage.FOLLOW_UP


DAYS: dict[Stage, Callable[[CaseFacts], dt.date | None]] = {
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
    Stage.REQUESTS: lambda facts: facts.answered_on,
    Stage.FUNDING: lambda facts: facts.funded_on,
    Stage.FINAL_PLAN: lambda facts: facts.final_agreed_on,
    Stage.SIGNATURES: lambda facts: facts.in_force_on,
    Stage.RUNNING: lambda facts: facts.plan_ended_on,
    Stage.COMPLETION: lambda facts: facts.notified_on,
    Stage.FOLLOW_UP: lambda facts: facts.follow_up_on,
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
    if facts.final_state == PlanState.RETURNED and stage == Stage.FINAL_PLAN:
        return facts.final_returned_on
    if facts.final_state == PlanState.SUBMITTED and stage == Stage.FINAL_PLAN:
        return facts.final_submitted_on
    before = ROAD[: ROAD.index(stage)]
    days = [day for one in before if one in DAYS and (day := DAYS[one](facts)) is not None]
    return days[-1] if days else facts.received_presumed_on
