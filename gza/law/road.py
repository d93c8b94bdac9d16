"""The road of one case: every stop with what its act needs and lacks, and the usual acts from stop to stop."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from .stages import (
    AFTER_CONSENT,
    DAYS,
    DONE,
    FINAL_AGREED,
    ROAD,
    STOPS,
    CaseFacts,
    Party,
    Stage,
    granted,
    stage_of,
    submitted,
)
from .tables import table
from .verdicts import Text


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


def _requirement(code: str, clause: str, ka: str, en: str, met: bool) -> Requirement:
    return Requirement(code, clause, Text(ka, en), met)


def requirements(stage: Stage, facts: CaseFacts) -> tuple[Requirement, ...]:
    """What the act of a stop needs before it can be done, met or lacking, in the order of the road."""
    status = _requirement("status", "S3.1", "სტატუსი მინიჭებულია", "The status is granted", granted(facts))
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
        "timetable", "S7.7", "ყველა პუნქტს აქვს დრო, ჯგუფი და მიზეზი",
        "Every item has its time, its group and its reason", facts.items > 0 and facts.items_incomplete == 0,
    )  # fmt: skip
    pending = _requirement(
        "pending", "S3.4b", "გეგმა წარდგენილია და პასუხს ელის",
        "The plan is submitted and waits for an answer",
        submitted(facts),
    )  # fmt: skip
    initial = _requirement(
        "initial_agreed", "S7.5", "ფონდი პირველად გეგმას დაეთანხმა", "The Fund agreed to the initial plan",
        DONE[Stage.AGREED](facts),
    )  # fmt: skip
    sought = _requirement(
        "sought", "S7.5", "ყველა პუნქტისთვის მოთხოვნა გაგზავნილია ან განმარტებულია",
        "Every item was asked for or accounted for", not facts.items_unsought,
    )  # fmt: skip
    answered = _requirement(
        "answered", "S5.4", "ყველა მოთხოვნას პასუხი აქვს", "Every request has its answer", not facts.requests_waiting
    )
    decided = _requirement(
        "decided", "S5.5", "დაფინანსების ყველა საკითხი გადაწყვეტილია", "Every question of money is decided",
        not facts.considerations_open,
    )  # fmt: skip
    final = _requirement(
        "final_agreed", "S7.6", "ფონდი საბოლოო გეგმას დაეთანხმა", "The Fund agreed to the final plan",
        facts.final_state in FINAL_AGREED,
    )  # fmt: skip
    over = _requirement("over", "S7.12", "გეგმა დასრულებულია", "The plan has ended", facts.plan_ended_on is not None)
    table: dict[Stage, tuple[Requirement, ...]] = {
        Stage.DESIGNATION: (status,),
        Stage.REHABILITATION_CONSENT: (status, worker),
        Stage.PRIMARY_NEEDS: (worker, agreed_to_care),
        Stage.EXPLANATION: (status, worker),
        Stage.REINTEGRATION_CONSENT: (status, explained),
        Stage.NEEDS: (status, explained, consented),
        Stage.INITIAL_PLAN: (status, consented, needs),
        Stage.SUBMITTED: (status, consented, needs, items, timetable),
        Stage.AGREED: (consented, pending),
        Stage.REQUESTS: (consented, initial),
        Stage.FUNDING: (consented, initial, sought, answered),
        Stage.FINAL_PLAN: (consented, initial, sought, answered, decided),
        Stage.SIGNATURES: (consented, final),
        Stage.COMPLETION: (over,),
        Stage.FOLLOW_UP: (over,),
    }
    return table.get(stage, ())


def _state(stage: Stage, here: Stage, facts: CaseFacts) -> StopState:
    if stage == here:
        return StopState.HERE
    place = ROAD.index(stage)
    # Where nothing was asked nothing waits: past everything that has its day, that is not yet *done*.
    if _done(stage, here, facts) and place <= _furthest(here, facts):
        return StopState.DONE
    if here != Stage.ENDED and place > ROAD.index(here):
        return StopState.AHEAD
    return StopState.OPEN


def _done(stage: Stage, here: Stage, facts: CaseFacts) -> bool:
    if stage == Stage.FOLLOW_UP:  # what was agreed or declined about contact is over once the case is closed
        return here == Stage.ENDED and facts.follow_up_on is not None
    return stage in DONE and DONE[stage](facts)


def _furthest(here: Stage, facts: CaseFacts) -> int:
    """The place on the road of the last stop that the case stands at or that was done on some day."""
    return max((place for place, stage in enumerate(ROAD) if stage == here or DAYS[stage](facts)), default=-1)


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
            DAYS[stage](facts) if stage in DAYS else None, requirements(stage, facts),
        )
        for stage in shown
    )  # fmt: skip


def here(facts: CaseFacts) -> Stop | None:
    """The stop where the case stands, with what it lacks; None for a case that has ended."""
    return next((stop for stop in road(facts) if stop.state == StopState.HERE), None)


CASE = table(
    "case",
    ("საქმის გზა", "The road of a case"),
    {stage: (STOPS[stage].label.ka, STOPS[stage].label.en) for stage in Stage},
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
    ("agreed", "return", "submitted", "S3.4b", "დასაბუთებით დაბრუნება", "return with reasons"),
    ("agreed", "agree", "requests", "S7.5", "შეთანხმება", "agree"),
    *(
        (stage, "withdraw", "reintegration_consent", "S0.1", "თანხმობის გამოხმობა", "withdraw the consent")
        for stage in AFTER_CONSENT
    ),
    ("requests", "answer", "funding", "S5.4", "ყველა პასუხი მიღებულია", "every answer has come"),
    ("requests", "answer_all", "final_plan", "S5.4", "ყველაფერი უზრუნველყოფილია", "everything is secured"),
    ("funding", "decide", "final_plan", "S5.6", "გადაწყვეტილება თანხაზე", "decide on the money"),
    ("final_plan", "agree_final", "signatures", "S7.6", "საბოლოო გეგმის შეთანხმება", "agree to the final plan"),
    ("signatures", "sign", "running", "S7.8", "ორივე ხელმოწერა", "both signatures"),
    ("running", "end_plan", "completion", "S7.12", "გეგმის დასრულება", "end the plan"),
    ("completion", "notify", "follow_up", "S7.12", "ბენეფიციარის წერილობით ინფორმირება", "tell the beneficiary"),
    ("ended", "reopen", "follow_up", "S7.11", "საქმის ხელახლა გახსნა", "open the case again"),
    ("follow_up", "plan_again", "needs", "S7.10", "გადაწყვეტილება შემდგომ გეგმაზე", "decide on a later plan"),
    *((stage, "end", "ended", "S7.12", "საქმის დახურვა", "close the case") for stage in ROAD),
)  # fmt: skip
"""The usual acts of a case; ``stage_of`` also passes stops done early."""


def possible(before: Stage, after: Stage) -> bool:
    """Whether one act can move a case so: onward, back by a withdrawal, a return or a new request, out, or in again."""
    if after in {Stage.ENDED, before}:
        return True
    if before == Stage.ENDED:
        return after in {Stage.COMPLETION, Stage.FOLLOW_UP} or ROAD.index(after) < ROAD.index(Stage.COMPLETION)
    if ROAD.index(after) > ROAD.index(before):
        return True
    back = {Stage.REHABILITATION_CONSENT, Stage.PRIMARY_NEEDS}
    if before in AFTER_CONSENT:
        back |= {Stage.REINTEGRATION_CONSENT}
    if before in {Stage.SUBMITTED, Stage.AGREED}:
        back |= {Stage.INITIAL_PLAN, Stage.SUBMITTED}
    if before in {Stage.FUNDING, Stage.FINAL_PLAN, Stage.SIGNATURES}:
        back |= {Stage.REQUESTS, Stage.FUNDING, Stage.FINAL_PLAN}
    if before in {Stage.COMPLETION, Stage.FOLLOW_UP}:  # a later plan begins with the needs
        back |= set(AFTER_CONSENT) | {Stage.EXPLANATION, Stage.REINTEGRATION_CONSENT}
    return after in back
