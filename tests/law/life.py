"""The second half of a case as plain memory, for random sequences of acts: it knows no rule."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from gza.law.consent import Consent, Scope
from gza.law.delegation import Capacity, Delegation
from gza.law.final_items import FinalItem
from gza.law.funding import Line, Purse
from gza.law.lifecycles import PlanState
from gza.law.stages import CaseFacts
from gza.law.status import StatusKind
from gza.law.termination import Violation

START = dt.date(2024, 1, 8)
YEAR = dt.timedelta(days=366)
CEILING = 200_000
ORGANISATIONS = ("warm-hearth", "new-shore")
ITEMS = {"course": "necessary", "machine": "desired"}
DIRECTOR = [Delegation(Capacity.DIRECTOR, START)]
OPEN = {"sent", "accepted", "partly"}
POST, TELEPHONE = "თბილისი, წერეთლის 144", "116 006"


@dataclass
class Request:
    """A service asked of an organisation."""

    item: str
    organisation: str
    state: str
    due: dt.date


@dataclass
class Money:
    """Money promised for an item."""

    item: str
    amount: int
    released: int = 0
    spent: int = 0


@dataclass
class Version:
    """A final version: what is signed is ``content``; a draft's content still changes."""

    state: PlanState
    items: list[FinalItem] = field(default_factory=list)
    content: bytes = b"draft"
    ground: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    fixed_on: dt.date | None = None
    signed: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Life:
    """One case from the agreed initial plan on, without any rule."""

    on: dt.date = START
    kind: StatusKind = StatusKind.VICTIM
    statuses: set[StatusKind] = field(default_factory=lambda: {StatusKind.VICTIM})
    consents: list[Consent] = field(default_factory=list)
    willing: set[tuple[Scope, str]] = field(default_factory=set)
    worker: str = "nino"
    suspended: bool = False
    initial_agreed: bool = True
    requests: list[Request] = field(default_factory=list)
    considered: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    deferred: dict[str, int] = field(default_factory=dict)
    monies: list[Money] = field(default_factory=list)
    other: int = 0
    joined: bool = False
    over: bool = False
    versions: list[Version] = field(default_factory=list)
    starts_on: dt.date | None = None
    latest_end: dt.date | None = None
    in_force_on: dt.date | None = None
    ends_on: dt.date | None = None
    plans_ended: int = 0
    later_decided: int = 0
    plan_open: bool = True
    plan_ended_on: dt.date | None = None
    asked_to_end: bool = False
    violations: list[Violation] = field(default_factory=list)
    recorded_by: str = ""
    notified: bool = False
    follow_up: str = ""
    ended: bool = False
    history: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for scope, name in ((Scope.REINTEGRATION, ""), *((Scope.DISCLOSURE, one) for one in ORGANISATIONS)):
            self.consents.append(Consent(scope, START, name))
            self.willing.add((scope, name))

    @property
    def draft(self) -> Version | None:
        return next((one for one in reversed(self.versions) if one.state not in _CLOSED), None)

    @property
    def force(self) -> Version | None:
        return next((one for one in self.versions if one.state == PlanState.IN_FORCE), None)

    @property
    def committed(self) -> int:
        own = sum(one.amount - one.released for one in self.monies)
        return own + (self.other if self.joined else 0)

    def kept(self, without: str = "") -> int:
        """What deferrals keep free, but for that of one item."""
        return sum(sum_ for item, sum_ in self.deferred.items()
                   if self.state_of(item) == "deferred" and item != without)  # fmt: skip

    def purse(self, item: str) -> Purse:
        return Purse(self.committed, self.kept(item))

    def line(self, item: str) -> Line:
        return Line(10_000_000, self.committed, self.kept(item))

    def state_of(self, item: str) -> str | None:
        return self.considered.get(item, (None, None))[0]

    def unsought(self) -> int:
        """Items nobody was asked about; the necessary one is also sought by a consideration."""
        tried = {one.item for one in self.requests} | set(self.considered)
        return len(set(ITEMS) - tried)

    def waiting(self) -> int:
        return sum(one.state == "sent" for one in self.requests)

    def undecided(self) -> int:
        return sum(state == "open" for state, _sum in self.considered.values())

    def facts(self) -> CaseFacts:
        gone = {PlanState.SUPERSEDED, PlanState.DROPPED}
        first = next((one for one in reversed(self.versions) if not one.ground and one.state not in gone), None)
        since = [one.given_on for one in self.consents
                 if one.scope == Scope.REINTEGRATION and one.withdrawn_on is None]  # fmt: skip
        return CaseFacts(
            status=self.kind, status_on=START, received_presumed_on=START,
            designated_on=START if self.worker else None, rehabilitation_consent_on=START, primary_needs=1,
            explained_on=START, reintegration_consent_on=max(since, default=None), needs=1,
            plan_state=PlanState.AGREED if self.initial_agreed else None, items=len(ITEMS),
            items_unsought=self.unsought(), requests_waiting=self.waiting(), considerations_open=self.undecided(),
            final_state=(self.force or first).state if self.force or first else None, in_force_on=self.in_force_on,
            plan_ended_on=self.plan_ended_on, notified_on=self.on if self.notified else None,
            ended_on=self.on if self.ended else None,
        )  # fmt: skip


_CLOSED = {PlanState.IN_FORCE, PlanState.SUPERSEDED, PlanState.DROPPED, PlanState.ENDED}
