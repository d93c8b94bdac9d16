"""What the end of plans and the time after it ask of a person today: prepared, since every Today asks."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import QuerySet

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.cases.queries.lists import LISTED, not_barred_id
from gza.core import clock
from gza.core.prepared import Prepared
from gza.law import parameters
from gza.law.stages import Stage
from gza.plans.models import CaseEnd, FollowUp, TerminationRequest

from .ending import waiting_ends

SHOWN = 20
_DAY = (uuid.UUID, dt.date)


@dataclass(frozen=True)
class Due:
    """What waits, each list the most urgent first; all T0.

    ``over``: terms over and not yet written down. ``notices``: beneficiaries to be told. ``requests``: to be answered
    by who holds the delegation. ``confirmations``: ends in fact another recorded. ``contacts`` and ``reviews``: due.
    """

    over: list[Case] = field(default_factory=list)
    notices: list[Case] = field(default_factory=list)
    requests: list[TerminationRequest] = field(default_factory=list)
    confirmations: list[CaseEnd] = field(default_factory=list)
    contacts: list[Case] = field(default_factory=list)
    reviews: list[FollowUp] = field(default_factory=list)


def _cases(own: bool, who: uuid.UUID) -> QuerySet[Case]:
    rows = Case.objects.only(*LISTED, "ends_on", "next_contact_on", "plan_ended_on")
    return rows.filter(holder_id=who) if own else rows.filter(not_barred_id(who, "id"))


def _over(own: bool, who: uuid.UUID, day: dt.date) -> QuerySet[Case]:
    rows = _cases(own, who).filter(ends_on__isnull=False, ends_on__lt=day, plan_ended_on__isnull=True)
    return rows.order_by("ends_on", "id")[:SHOWN]


def _notices(own: bool, who: uuid.UUID) -> QuerySet[Case]:
    return _cases(own, who).filter(stage=Stage.COMPLETION).order_by("stage_since", "id")[:SHOWN]


def _contacts(own: bool, who: uuid.UUID, day: dt.date) -> QuerySet[Case]:
    rows = _cases(own, who).filter(next_contact_on__isnull=False, next_contact_on__lte=day)
    return rows.order_by("next_contact_on", "id")[:SHOWN]


def _confirmations(own: bool, who: uuid.UUID) -> QuerySet[CaseEnd]:
    rows = waiting_ends().exclude(recorded_by=who).select_related("case")
    rows = rows.filter(case__holder_id=who) if own else rows.filter(not_barred_id(who, "case_id"))
    return rows.order_by("happened_on", "id")[:SHOWN]


def _reviews(own: bool, who: uuid.UUID, day: dt.date) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(ended_on__isnull=True, superseded=False, review_on__lte=day).select_related("case")
    rows = rows.filter(case__holder_id=who) if own else rows.filter(not_barred_id(who, "case_id"))
    return rows.order_by("review_on", "id")[:SHOWN]


def _both(make: Callable[..., QuerySet[object]], *kinds: type) -> dict[bool, Prepared]:
    return {own: Prepared(partial(make, own), kinds=kinds) for own in (True, False)}


_OVER, _CONTACTS, _REVIEWS = (_both(make, *_DAY) for make in (_over, _contacts, _reviews))
_NOTICES, _CONFIRMATIONS = _both(_notices, uuid.UUID), _both(_confirmations, uuid.UUID)


_ASKED = Prepared(
    lambda who: (
        TerminationRequest.objects.filter(not_barred_id(who, "case_id"), answered_on=None, superseded=False)
        .select_related("case")
        .only("id", "happened_on", "case__code")
        .order_by("happened_on", "id")[:SHOWN]
    )
)


def due(who: Principal) -> Due:
    """What waits for a person of the Fund, nothing for others; five queries, one more for who directs.

    A worker is told some days before a contact or a review, the registry once it is late.
    """
    if not who.in_fund:
        return Due()
    day, own = clock.today(), who.role == Role.SOCIAL_WORKER
    ahead = day + dt.timedelta(days=parameters.value("reminder_days", day))
    until = ahead if own else day - dt.timedelta(days=1)
    asked: list[TerminationRequest] = []
    if not own and who.directs:
        asked = _ASKED.all(who.id)
    return Due(
        over=_OVER[own].all(who.id, day),
        notices=_NOTICES[own].all(who.id),
        requests=asked,
        confirmations=_CONFIRMATIONS[own].all(who.id),
        contacts=_CONTACTS[own].all(who.id, until),
        reviews=_REVIEWS[own].all(who.id, until),
    )
