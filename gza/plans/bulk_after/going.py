"""One case's story under way, and what each part of it asks."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from gza.cases.batch import Written
from gza.law import final as final_rules
from gza.law import requests as request_rules
from gza.plans.models import Account, Commitment, PlanItem, PlanVersion, ServiceRequest

from .stories import AfterStory, Agreed


@dataclass
class Going:
    """One case's story under way: the agreed version and its items, and the rows written so far."""

    told: AfterStory
    initial: PlanVersion
    items: list[PlanItem]
    agreed: Agreed
    kinds: Mapping[uuid.UUID, str]
    """the kind of every organisation"""
    requests: list[ServiceRequest] = field(default_factory=list)
    commitments: dict[int, Commitment] = field(default_factory=dict)
    account: Account | None = None


def worker(of: Written) -> uuid.UUID:
    """The worker of the story; nobody else writes what follows a plan."""
    if of.story.worker_id is None:
        raise TypeError("what follows a plan has a worker")
    return of.story.worker_id


def last_day_of(going: Going, item: PlanItem, answered_on: dt.date) -> dt.date:
    """The last day of an accepted service: of its item once the plan has days, else counted from the acceptance."""
    final, month_to = going.told.final, item.month_to or 1
    if final is None:
        return request_rules.service_end(agreed_on=answered_on, month_to=month_to)
    return final_rules.days_of(final.starts_on, item.month_from or 1, month_to)[1]
