"""What happened in a case, told as plain values: what ``bulk`` writes thousands of. Days must lie in their order."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from gza.law.lifecycles import PlanState
from gza.law.stages import CaseFacts
from gza.law.status import StatusKind as LawStatus

from .coded import Coded
from .enums import Answer, EmergencyGround, EmergencyKind, Place, Standing, StatusBody, StatusKind
from .inputs import NeedInput, PersonInput, PrimaryNeedInput


@dataclass(frozen=True)
class StatusStory:
    """A status granted."""

    kind: StatusKind
    body: StatusBody
    on: dt.date
    document_number: str = ""


@dataclass(frozen=True)
class ServiceStory:
    """A rehabilitation service asked for, perhaps answered, perhaps given."""

    service_type: str
    organisation_id: uuid.UUID
    place: Place
    asked_on: dt.date
    answer_due: dt.date
    purpose: str = ""
    answer: Answer | None = None
    answered_on: dt.date | None = None
    given_on: dt.date | None = None
    sessions: int = 1
    done: bool = False


@dataclass(frozen=True)
class EmergencyStory:
    """Help that could not wait."""

    ground: EmergencyGround
    kind: EmergencyKind
    at: dt.datetime
    given_by: str
    description: str = ""


@dataclass(frozen=True)
class CaseStory:
    """One case up to some stop of its road. ``flags`` are codes that stand open.

    ``received_by`` and ``worker_id`` are users; ``social_worker_id`` is the worker's row in the register;
    ``coordinator_id`` designates and agrees.
    """

    person: PersonInput
    coded: Coded
    region: str
    opened_on: dt.date
    received_by: uuid.UUID
    coordinator_id: uuid.UUID
    id: uuid.UUID | None = None
    presumed: bool = False
    account: str = ""
    in_shelter: bool | None = None
    cooperates: bool | None = None
    asked_on: dt.date | None = None
    statuses: Sequence[StatusStory] = ()
    worker_id: uuid.UUID | None = None
    social_worker_id: uuid.UUID | None = None
    designated_on: dt.date | None = None
    care_on: dt.date | None = None
    care_declined_on: dt.date | None = None
    primary_on: dt.date | None = None
    primary_needs: Sequence[PrimaryNeedInput] = ()
    services: Sequence[ServiceStory] = ()
    emergency: Sequence[EmergencyStory] = ()
    explained_on: dt.date | None = None
    explained_in: str = "ka"
    interpreter: str = ""
    reintegration_on: dt.date | None = None
    organisations: Sequence[uuid.UUID] = ()
    needs_on: dt.date | None = None
    needs: Sequence[NeedInput] = ()
    flags: Sequence[str] = ()
    by_registry: bool = False
    """received by a coordinator: nobody keeps it until a worker is designated"""
    closed_on: dt.date | None = None
    closed_by: uuid.UUID | None = None

    @property
    def holder_id(self) -> uuid.UUID | None:
        """Who keeps the case now."""
        return self.worker_id or (None if self.by_registry else self.received_by)

    @property
    def standing(self) -> Standing:
        """What the status decisions make the case stand on."""
        kinds = {one.kind for one in self.statuses}
        if len(kinds) > 1:
            return Standing.BOTH
        return Standing(kinds.pop().value) if kinds else Standing.PRESUMED


@dataclass(frozen=True)
class PlanFacts:
    """Where the plan of a story stands, as the case mirrors it."""

    state: PlanState | None = None
    items: int = 0
    incomplete: int = 0
    drafted_on: dt.date | None = None
    submitted_on: dt.date | None = None
    returned_on: dt.date | None = None
    agreed_on: dt.date | None = None
    after: Mapping[str, Any] = field(default_factory=dict)
    """the columns of ``Case`` from ``items_unsought`` on"""
    flags: int = 0
    """flags that what is above raises"""


_FACTS = frozenset(one.name for one in fields(CaseFacts))


def facts(story: CaseStory, plan: PlanFacts) -> CaseFacts:
    """What the story's stage is derived from; the same that ``queries.road_facts`` reads out of its rows."""
    granted = min((one.on for one in story.statuses), default=None)
    kind = LawStatus.PRESUMED
    if granted:
        kind = LawStatus.STATUTORY_VICTIM if story.standing == Standing.STATUTORY_VICTIM else LawStatus.VICTIM
    return CaseFacts(
        status=kind,
        status_asked_on=story.asked_on or (None if story.presumed else story.opened_on),
        status_on=granted,
        received_presumed_on=story.opened_on if story.presumed else None,
        designated_on=story.designated_on,
        rehabilitation_consent_on=story.care_on,
        rehabilitation_declined=story.care_on is None and story.care_declined_on is not None,
        primary_needs=max(len(story.primary_needs), 1) if story.primary_on else 0,
        primary_needs_on=story.primary_on,
        explained_on=story.explained_on,
        reintegration_consent_on=story.reintegration_on,
        needs=len(story.needs) if story.needs_on else 0,
        needs_on=story.needs_on,
        plan_state=plan.state,
        items=plan.items,
        items_incomplete=plan.incomplete,
        drafted_on=plan.drafted_on,
        submitted_on=plan.submitted_on,
        returned_on=plan.returned_on,
        agreed_on=plan.agreed_on,
        ended_on=story.closed_on,
        **_after(plan),
    )


def _after(plan: PlanFacts) -> dict[str, Any]:
    found = {name: value for name, value in plan.after.items() if name in _FACTS}
    if state := found.pop("final_state", None):
        found["final_state"] = PlanState(state)
    return found
