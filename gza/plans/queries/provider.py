"""What a provider's focal person sees: the requests to their organisation, T0; the packet through the vault alone."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Q, QuerySet

from gza.accounts.enums import Role
from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.core import clock
from gza.core.paging import SIZE, Page, Paged, page
from gza.core.prepared import Prepared
from gza.directory.models import SocialWorker
from gza.plans import permissions as _map  # noqa: F401 (enters the predicates into the map)
from gza.plans.enums import RequestState
from gza.plans.models import Delivery, ReportPart, ServiceRequest
from gza.vault import queries as vault
from gza.vault.models import Disclosure

SHOWN = 20


def own(who: Principal) -> QuerySet[ServiceRequest]:
    """The requests to the person's organisation; nobody else's, and none for who speaks for no provider."""
    if who.role != Role.PROVIDER or who.organisation_id is None:
        return ServiceRequest.objects.none()
    rows = ServiceRequest.objects.filter(organisation=who.organisation_id, superseded=False)
    return rows.select_related("service_type")


def to_return(rows: QuerySet[ServiceRequest]) -> QuerySet[ServiceRequest]:
    """Those that were called back after they had been seen, and whose return or deletion is not confirmed."""
    seen = Q(seen_at__isnull=False) | Q(disclosure_id=None)
    return rows.filter(seen, stopped_on__isnull=False, returned_on__isnull=True)  # as its index says


def own_page(
    who: Principal, *, state: str = "", after: str = "", before: str = "", size: int = SIZE
) -> Page[ServiceRequest]:
    """A page of own requests, the newest first; ``state`` narrows it."""
    if who.role != Role.PROVIDER or who.organisation_id is None:
        return Page([])
    listed = _OF_STATE.get(state, _OWN)
    return listed.page(who.organisation_id, after=after, before=before, size=size)


def _of(organisation: uuid.UUID, state: str = "") -> QuerySet[ServiceRequest]:
    rows = ServiceRequest.objects.filter(organisation=organisation, superseded=False).select_related("service_type")
    rows = rows.only(
        "id", "happened_on", "answer_due", "state", "seen_at", "service_type__name_ka", "service_type__name_en"
    )
    return rows.filter(state=state) if state else rows


_NEWEST = ("-happened_on", "-id")
_OWN = Paged(_of, _NEWEST)
_OF_STATE = {state.value: Paged(partial(_of, state=state.value), _NEWEST) for state in RequestState}


@dataclass(frozen=True)
class Desk:
    """A focal person's morning: new requests, those to be answered, those past their date, what is to be returned."""

    day: dt.date
    unread: list[ServiceRequest] = field(default_factory=list)
    due: list[ServiceRequest] = field(default_factory=list)
    overdue: list[ServiceRequest] = field(default_factory=list)
    to_return: list[ServiceRequest] = field(default_factory=list)
    parts: list[ReportPart] = field(default_factory=list)


def desk(who: Principal) -> Desk:
    """What waits for the organisation; three queries."""
    day = clock.today()
    if who.role != Role.PROVIDER or who.organisation_id is None:
        return Desk(day)
    sent = _SENT.all(who.organisation_id)
    late = [row for row in sent if row.answer_due < day]
    timely = [row for row in sent if row.answer_due >= day]
    return Desk(
        day,
        unread=[row for row in timely if row.seen_at is None],
        due=[row for row in timely if row.seen_at is not None],
        overdue=late,
        to_return=_TO_RETURN.all(who.organisation_id),
        parts=_UNREAD_PARTS.all(who.organisation_id),
    )


def _waiting(organisation: uuid.UUID) -> QuerySet[ServiceRequest]:
    rows = ServiceRequest.objects.filter(organisation=organisation, superseded=False).select_related("service_type")
    return rows.only(
        "id", "answer_due", "seen_at", "reminded_at", "stopped_on", "service_type__name_ka", "service_type__name_en"
    )


_SENT = Prepared(lambda body: _waiting(body).filter(state=RequestState.SENT).order_by("answer_due", "id")[: 2 * SHOWN])
_TO_RETURN = Prepared(lambda body: to_return(_waiting(body)).order_by("stopped_on", "id")[:SHOWN])
_UNREAD_PARTS = Prepared(
    lambda body: (
        ReportPart.objects.filter(organisation=body, seen_at=None)
        .only("id", "sent_on")
        .order_by("-sent_on", "-id")[:SHOWN]
    )
)


def disclosure_of(row: ServiceRequest | ReportPart) -> Disclosure | None:
    """What was disclosed with a request or a part; None where it went out on paper, or the case was erased."""
    return vault.disclosed([row.disclosure_id]).get(row.disclosure_id) if row.disclosure_id else None


def opens(told: Disclosure | None) -> bool:
    """Whether a disclosure opens for its provider today."""
    return told is not None and told.ended_at is None and told.until >= clock.today()


def deliveries(row: ServiceRequest) -> list[Delivery]:
    """What the organisation itself entered as given on a request, the newest first."""
    rows = Delivery.objects.filter(request=row, by_provider=True, superseded=False)
    return list(rows.order_by("-happened_on", "-id"))


def own_parts(who: Principal) -> QuerySet[ReportPart]:
    """The organisation's own parts of monthly reports (S7.9)."""
    if who.role != Role.PROVIDER or who.organisation_id is None:
        return ReportPart.objects.none()
    return ReportPart.objects.filter(organisation=who.organisation_id).select_related("report")


def parts_page(who: Principal, *, after: str = "", before: str = "", size: int = SIZE) -> Page[ReportPart]:
    """A page of own parts, the newest first."""
    return page(own_parts(who), ("-sent_on", "-id"), after=after, before=before, size=size)


@dataclass(frozen=True)
class Contact:
    """The social worker to turn to: a name in both languages, and how to reach them."""

    name_ka: str
    name_en: str
    phone: str
    email: str


def worker_of(row: ServiceRequest) -> Contact | None:
    """Who keeps the case now, by the register; staff names are no secret, the case stays unnamed. One query."""
    keeper = Case.objects.filter(id=row.case_id).values("worker_id")[:1]
    found = SocialWorker.objects.filter(user_id__in=keeper).first()
    return Contact(found.name_ka, found.name_en, found.phone, found.email) if found else None
