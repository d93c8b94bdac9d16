"""Rows and events of a batch of cases, sealed as they come, until they are inserted together."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models

from gza.accounts.enums import Role
from gza.core import clock, rows
from gza.ledger.models import Event, Kind
from gza.vault import index
from gza.vault.casekeys import CaseKeys
from gza.vault.fields import SealedField, sealed_field

from .models import Case
from .stories import CaseStory

_MORNING, _APART = 120, 11  # minutes in which the first act of a case falls, and between one and the next


@cache
def _sealed(model: type[models.Model], name: str) -> SealedField:
    return sealed_field(model, name)


@dataclass
class Written:
    """A case of the batch under way: its row, its story, its keys, and its needs' ids in the order of the story."""

    case: Case
    story: CaseStory
    keys: CaseKeys
    needs: list[uuid.UUID] = field(default_factory=list)
    acts: int = 0
    ticks: int = 0
    day: dt.date | None = None

    def moment(self, day: dt.date) -> dt.datetime:
        """A time of that day, a later one each time it is asked."""
        self.ticks = self.ticks + 1 if day == self.day else 1
        self.day = day
        minutes = self.case.id.int % _MORNING + _APART * self.ticks
        begin = dt.datetime.combine(day, dt.time(9), clock.TBILISI) + dt.timedelta(minutes=minutes)
        return min(begin, clock.now())


@dataclass
class Batch:
    """Rows and events of a batch until they are inserted together."""

    cases: list[Written] = field(default_factory=list)
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    people: list[index.Entry] = field(default_factory=list)

    @staticmethod
    def seal(of: Written, row: Any, texts: dict[str, str]) -> None:
        """Seal texts onto a row under the case's keys; an empty one is nothing."""
        for name, text in texts.items():
            if text:
                sealed = _sealed(type(row), name)
                setattr(row, name, of.keys.seal(sealed.label, sealed.section, row.pk, text))

    def row(self, of: Written, row: Any, texts: dict[str, str] | None = None) -> Any:
        """Keep a row, its texts sealed."""
        self.seal(of, row, texts or {})
        self.rows.setdefault(type(row), []).append(row)
        return row

    def fact(
        self,
        of: Written,
        model: type[models.Model],
        day: dt.date,
        actor: uuid.UUID,
        *,
        texts: dict[str, str] | None = None,
        **columns: Any,
    ) -> Any:
        """Keep a fact of the case, recorded on the day it happened."""
        row = rows.make(
            model, case=of.case, happened_on=day, recorded_on=day, recorded_at=self.evening(day),
            recorded_by=actor, **columns,
        )  # fmt: skip
        return self.row(of, row, texts)

    @staticmethod
    def evening(day: dt.date) -> dt.datetime:
        """When what happened that day was written down; never later than now."""
        return min(dt.datetime.combine(day, dt.time(18), clock.TBILISI), clock.now())

    def event(
        self, of: Written, verb: str, day: dt.date, actor: uuid.UUID | None, *, clause: str,
        subject: uuid.UUID | None = None, role: str = Role.SOCIAL_WORKER, **more: Any,
    ) -> dt.datetime:  # fmt: skip
        """Keep the event of an act that leaves the case itself as it is; when it was."""
        moment = of.moment(day)
        self.events.append(
            rows.make(
                Event, at=moment, kind=Kind.ACT, verb=verb, actor=actor, role=str(role), case=of.case.id,
                subject=subject, clause=clause, happened_on=day, facts=more,
            )
        )  # fmt: skip
        return moment

    def act(
        self, of: Written, verb: str, day: dt.date, actor: uuid.UUID, *, clause: str, subject: uuid.UUID | None = None,
        role: str = Role.SOCIAL_WORKER, **more: Any,
    ) -> None:  # fmt: skip
        """Keep the event of an act; the latest one is the case's last change."""
        moment = self.event(of, verb, day, actor, clause=clause, subject=subject, role=role, **more)
        case = of.case
        of.acts += 1
        case.version = of.acts
        if of.acts == 1 or moment >= case.changed_at:
            case.changed_at, case.changed_by, case.changed_verb = moment, actor, verb
