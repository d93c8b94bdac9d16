"""A case as plain memory, for random sequences of acts: it knows no rule."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from gza.law.consent import Consent, Scope
from gza.law.designation import Worker
from gza.law.lifecycles import PlanState
from gza.law.plan import Item
from gza.law.stages import CaseFacts
from gza.law.status import StatusKind

START = dt.date(2024, 1, 8)
STAFF = {
    "nino": Worker(registered=True, fund_employee=True, active_from=START),
    "eka": Worker(registered=True, fund_employee=True, active_from=START),
    "guest": Worker(registered=True, fund_employee=False, active_from=START),
    "stranger": Worker(registered=False, fund_employee=True),
}
ORGANISATIONS = ("warm-hearth", "new-shore")
ITEM = Item(priority="necessary", has_reason=True, has_need=True, first_month=1, last_month=6)
BROKEN = Item(priority=None, has_reason=True, has_need=True, first_month=4, last_month=14)


@dataclass
class Case:
    """One case as memory, without any rule."""

    on: dt.date = START
    in_shelter: bool = True
    cooperates: bool = False
    kind: StatusKind = StatusKind.PRESUMED
    status_on: dt.date | None = None
    statuses: set[StatusKind] = field(default_factory=set)
    worker_name: str = ""
    designated_on: dt.date | None = None
    spells: list[tuple[str, dt.date, dt.date | None]] = field(default_factory=list)
    shut: set[str] = field(default_factory=set)
    consents: list[Consent] = field(default_factory=list)
    willing: set[tuple[Scope, str]] = field(default_factory=set)
    primary_needs: int = 0
    explained_on: dt.date | None = None
    needs: int = 0
    state: PlanState | None = None
    items: list[Item] = field(default_factory=list)
    agreed: tuple[Item, ...] | None = None
    facts_recorded: int = 0
    history: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def has_worker(self) -> bool:
        return bool(self.worker_name)

    @property
    def initial_agreed(self) -> bool:
        return self.state == PlanState.AGREED

    @property
    def has_open_version(self) -> bool:
        return self.state is not None

    def since(self, scope: Scope) -> dt.date | None:
        days = [one.given_on for one in self.consents if one.scope == scope and one.withdrawn_on is None]
        return max(days, default=None)

    def facts(self) -> CaseFacts:
        return CaseFacts(
            status=self.kind, status_on=self.status_on, received_presumed_on=START, designated_on=self.designated_on,
            rehabilitation_consent_on=self.since(Scope.REHABILITATION), primary_needs=self.primary_needs,
            explained_on=self.explained_on, reintegration_consent_on=self.since(Scope.REINTEGRATION),
            needs=self.needs, plan_state=self.state, items=len(self.items),
            items_incomplete=sum(item is BROKEN for item in self.items),
        )  # fmt: skip
