"""Reads about requests to providers: which offers match, what came of each, what is still to be sought (S5.4, S5.5)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.cases.queries.lists import not_barred_id
from gza.core import clock
from gza.core.paging import SIZE, Page, Paged
from gza.core.prepared import Prepared
from gza.directory import queries as directory
from gza.directory.catalogue import Listed, narrowed
from gza.directory.enums import OrganisationKind, ServiceKind
from gza.law import offers as rules
from gza.law import parameters
from gza.law import requests as asking
from gza.law.requests import POSITIVE, UNDONE
from gza.plans.enums import ProviderKind, RequestState
from gza.plans.models import PlanItem, ServiceRequest, SetAside
from gza.vault.models import Disclosure

from .catalogue import listed, matching
from .search import standing_items

R = TypeVar("R", ServiceRequest, SetAside)


@dataclass(frozen=True)
class Seeking:
    """The search for one item: its matching offers by organisation, what was asked and set aside, how it stands."""

    item: PlanItem
    offers: dict[str, Listed]
    requests: list[ServiceRequest]
    asides: list[SetAside]
    standing: rules.Standing

    @property
    def needs_provider(self) -> bool:
        """Whether somebody has to give it."""
        return self.item.provider_kind != ProviderKind.NONE

    @property
    def counts(self) -> dict[str, int]:
        """Months nobody gives, offers left to try, answers to come, as ``law.consideration`` asks for them."""
        standing = self.standing
        return {
            "uncovered": len(standing.uncovered), "untried": len(standing.untried), "waiting": len(standing.waiting),
        }  # fmt: skip

    @property
    def untried(self) -> list[Listed]:
        """Matching offers neither asked for nor set aside."""
        return [self.offers[one] for one in self.standing.untried]


def items(case: Case) -> QuerySet[PlanItem]:
    """The items that may be asked for (S7.5): of the newest version the Fund agreed to, or that amends it (S3.5)."""
    return PlanItem.objects.filter(id__in=[row.id for row in standing_items(case)])


def item(case: Case, origin_id: uuid.UUID) -> PlanItem | None:
    """One of the items that may be asked for, with its service; None where it is none of them."""
    return items(case).select_related("service_type").filter(id=origin_id).first()


def seeking(case: Case) -> list[Seeking]:
    """The search for every item that stands, in the plan's order; four queries."""
    rows = standing_items(case)
    if not rows:
        return []
    requests, asides = _by_origin(_REQUESTS.all(case.id)), _by_origin(_ASIDES.all(case.id))
    offered = matching(case.region, {row.service_type_id for row in rows if row.service_type_id})
    return [
        _seeking(row, offered.get(row.service_type_id or "", {}), requests.get(row.id, []), asides.get(row.id, []))
        for row in rows
    ]


def _seeking(
    row: PlanItem, offers: dict[str, Listed], requests: list[ServiceRequest], asides: list[SetAside]
) -> Seeking:
    tried = {str(one.organisation_id): rules.Tried(str(one.organisation_id), None) for one in asides}
    for one in requests:  # the newest last
        if one.state not in UNDONE:
            tried[str(one.organisation_id)] = rules.Tried(str(one.organisation_id), one.state, one.months)
    standing = rules.standing(
        month_from=row.month_from or 1,
        month_to=row.month_to or 1,
        needs_provider=row.provider_kind != ProviderKind.NONE,
        offers=list(offers),
        tried=list(tried.values()),
    )
    return Seeking(row, offers, requests, asides, standing)


def _by_origin(rows: Iterable[R]) -> dict[uuid.UUID, list[R]]:
    found: dict[uuid.UUID, list[R]] = {}
    for row in rows:
        found.setdefault(row.origin_id, []).append(row)
    return found


def requests_of(case: Case) -> QuerySet[ServiceRequest]:
    """The requests of the plan under way, in the order in which they were written down."""
    return _requests_of(case.id)


def _requests_of(case: uuid.UUID) -> QuerySet[ServiceRequest]:
    rows = ServiceRequest.objects.filter(case=case, superseded=False, origin__plan_version__plan__ended_on=None)
    return rows.select_related("organisation", "service_type").order_by("id")


def request(case: Case, request_id: uuid.UUID) -> ServiceRequest | None:
    """One request of the plan under way, or None."""
    return requests_of(case).filter(id=request_id).first()


def set_aside(case: Case) -> QuerySet[SetAside]:
    """Offers set aside for items of the plan under way."""
    return _set_aside(case.id)


def _set_aside(case: uuid.UUID) -> QuerySet[SetAside]:
    rows = SetAside.objects.filter(case=case, superseded=False, origin__plan_version__plan__ended_on=None)
    return rows.select_related("organisation").order_by("id")


_REQUESTS, _ASIDES = Prepared(_requests_of), Prepared(_set_aside)


def offered(service: str, organisation_id: uuid.UUID, on: dt.date) -> tuple[bool, bool]:
    """Whether an organisation has the service in the present edition, wherever; and whether it offers it on the day."""
    fitting = narrowed(listed(), kind=ServiceKind.REINTEGRATION, service=service, organisation=str(organisation_id))
    if fitting:
        return True, True
    rows = directory.offers(kind=ServiceKind.REINTEGRATION, service=service, organisation=organisation_id, on=on)
    return False, rows.exists()


def of_fund(kind: str) -> bool:
    """Whether an organisation of that kind is the Fund itself."""
    return kind == OrganisationKind.FUND


@dataclass(frozen=True)
class Mirror:
    """What the case's columns mirror of its requests."""

    items_unsought: int
    requests_waiting: int
    answered_on: dt.date | None


def mirrored(found: Sequence[Seeking], agreed_on: dt.date | None) -> Mirror:
    """The mirrors, out of the rows; ``answered_on`` is the day the last answer came or the last offer was set aside."""
    unsought = sum(not one.standing.sought for one in found)
    waiting = sum(one.state == RequestState.SENT for each in found for one in each.requests)
    if not found or unsought or waiting:
        return Mirror(unsought, waiting, None)
    days = [
        day
        for each in found
        for one in each.requests
        for day in (one.answered_on, one.certified_on, one.stopped_on)
        if day is not None
    ] + [one.happened_on for each in found for one in each.asides]
    return Mirror(0, 0, max([*days, *([agreed_on] if agreed_on else [])], default=None))


def open_request(case: Case, origin_id: uuid.UUID, organisation_id: uuid.UUID) -> bool:
    """Whether the organisation has an open request for the item."""
    return requests_of(case).filter(
        origin=origin_id, organisation=organisation_id, state__in=[RequestState.SENT, *POSITIVE]
    ).exists()  # fmt: skip


# Lists over cases


def waiting(
    who: Principal, *, late: bool = False, after: str = "", before: str = "", size: int = SIZE
) -> Page[ServiceRequest]:
    """Requests without an answer, the longest due first: a worker's own, the registry's all but those shut out of.

    Args:
        who: whose view.
        late: only those past their date.
        after: the mark of the page before.
        before: the mark of the page after.
        size: rows a page.
    """
    if late:
        if who.role == Role.SOCIAL_WORKER:
            return _LATE_OWN.page(who.id, clock.today(), after=after, before=before, size=size)
        if who.in_registry:
            return _LATE.page(who.id, clock.today(), after=after, before=before, size=size)
    if who.role == Role.SOCIAL_WORKER:
        return _WAITING_OWN.page(who.id, after=after, before=before, size=size)
    return _WAITING.page(who.id, after=after, before=before, size=size) if who.in_registry else Page([])


_LISTED = (
    "id", "service_type_id", "organisation_id", "happened_on", "answer_due", "answered_on", "state", "seen_at",
    "reminded_at", "disclosure_id", "case__code", "organisation__name_ka", "organisation__name_en",
    "service_type__name_ka", "service_type__name_en",
)  # fmt: skip
"""The columns a list of requests shows; with everything of their cases it would make three times as many."""


def _listed(rows: QuerySet[ServiceRequest]) -> QuerySet[ServiceRequest]:
    return rows.select_related("case", "organisation", "service_type").only(*_LISTED)


def _sent_own(who: uuid.UUID) -> QuerySet[ServiceRequest]:
    cases = Case.objects.filter(Q(requests_waiting__gt=0) | Q(agreed_on__isnull=False), holder_id=who)
    return _listed(ServiceRequest.objects.filter(case__in=cases, state=RequestState.SENT, superseded=False))


def _sent(who: uuid.UUID) -> QuerySet[ServiceRequest]:
    rows = ServiceRequest.objects.filter(not_barred_id(who, "case_id"), state=RequestState.SENT, superseded=False)
    return _listed(rows)


_ORDER = ("answer_due", "id")
_WAITING_OWN, _WAITING = Paged(_sent_own, _ORDER), Paged(_sent, _ORDER)
_LATE_OWN = Paged(lambda who, day: _sent_own(who).filter(answer_due__lt=day), _ORDER, kinds=(uuid.UUID, dt.date))
_LATE = Paged(lambda who, day: _sent(who).filter(answer_due__lt=day), _ORDER, kinds=(uuid.UUID, dt.date))
_TO_CERTIFY = Paged(
    lambda who, day, start: _sent(who).filter(answer_due__lt=day, reminded_at__lt=start),
    _ORDER, kinds=(uuid.UUID, dt.date, dt.datetime),
)  # fmt: skip


def to_certify(who: Principal, size: int) -> list[ServiceRequest]:
    """Requests a coordinator can certify as unanswered: past their date and reminded before today."""
    start = dt.datetime.combine(clock.today(), dt.time(), clock.TBILISI)
    return _TO_CERTIFY.page(who.id, clock.today(), start, size=size).rows if who.in_registry else []


def closing(who: Principal, size: int) -> list[ServiceRequest]:
    """Accepted requests of own cases that are open to their provider only for the days of an unanswered one."""
    day = clock.today()
    soon = day + dt.timedelta(days=parameters.value("request_grace_days", day))
    found = _CLOSING.all(who.id, day, soon)[:size] if who.role == Role.SOCIAL_WORKER else []
    return [row for row in found if row.until < asking.kept_open_until(ends_on=last_day_of(row))]


def _closing(who: uuid.UUID, day: dt.date, soon: dt.date) -> QuerySet[ServiceRequest]:
    told = Disclosure.objects.filter(id=OuterRef("disclosure_id"), ended_at=None).values("until")
    own = ServiceRequest.objects.filter(case__holder_id=who, state__in=POSITIVE, superseded=False)
    rows = own.annotate(until=Subquery(told)).filter(until__gte=day, until__lte=soon)
    return rows.select_related("case", "organisation", "service_type").order_by("answered_on", "id")[:_CLOSING_MOST]


_CLOSING_MOST = 50
_CLOSING = Prepared(_closing, kinds=(uuid.UUID, dt.date, dt.date))


def last_day_of(row: ServiceRequest) -> dt.date:
    """The last day an accepted service can have while its plan has no days: counted from the acceptance."""
    return asking.service_end(agreed_on=row.answered_on or clock.today(), month_to=row.covers_to or row.month_to)


def to_remind() -> QuerySet[ServiceRequest]:
    """Requests past their date that nobody was reminded of yet; T0 alone."""
    return ServiceRequest.objects.filter(
        state=RequestState.SENT, superseded=False, answer_due__lt=clock.today(), reminded_at=None
    ).order_by("answer_due", "id")
