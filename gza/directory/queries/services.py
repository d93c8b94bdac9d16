"""Reads of services and the offers of them (S4)."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from gza.core import clock
from gza.core.calendar import add_months
from gza.core.paging import Page, page
from gza.core.prepared import Prepared
from gza.directory.enums import Audience, Place, ServiceKind
from gza.directory.models import Offer, OfferRegion, ServiceType
from gza.directory.steps import pending_reference
from gza.law import parameters

from .spans import within


def service_types(kind: str = "") -> QuerySet[ServiceType]:
    """Types of service that are not disabled, in the order of the list; those that can be of one kind."""
    rows = ServiceType.objects.filter(disabled_on__isnull=True).order_by("position")
    return rows.filter(kind__in={kind, ServiceKind.BOTH}) if kind else rows


def reference_behind() -> dict[str, int]:
    """How many organisations and types of service are to be added, altered or disabled to be as the reference files."""
    return pending_reference().counts


def types_named(keys: Iterable[str]) -> dict[str, ServiceType]:
    """Types of service by key, disabled ones included."""
    return ServiceType.objects.in_bulk(set(keys))


def offers(
    *,
    kind: str = "",
    region: str = "",
    service: str = "",
    organisation: uuid.UUID | None = None,
    on: dt.date | None = None,
) -> QuerySet[Offer]:
    """Offers with organisation, type, regions and languages; ``on`` leaves those that stand on a day.

    An offer stands when its dates hold, it is not withdrawn, and its organisation exists.
    """
    rows = Offer.objects.select_related("organisation", "service_type").prefetch_related("regions", "languages")
    if kind:
        rows = rows.filter(kind__in={kind, ServiceKind.BOTH})
    if region:
        rows = rows.filter(Exists(OfferRegion.objects.filter(offer=OuterRef("pk"), region=region)))
    if service:
        rows = rows.filter(service_type=service)
    if organisation:
        rows = rows.filter(organisation=organisation)
    if on is None:
        return rows
    standing = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    alive = within("organisation__valid_from", "organisation__valid_to", on)
    return rows.filter(within("valid_from", "valid_to", on), standing, alive, organisation__disabled_on=None)


OFFER_ORDER = ("service_type__position", "organisation__name_ka", "id")


def in_order(
    *, kind: str = "", region: str = "", organisation: uuid.UUID | None = None, on: dt.date
) -> QuerySet[Offer]:
    """Offers that stand on a day, in the order of the list, then by provider."""
    return offers(kind=kind, region=region, organisation=organisation, on=on).order_by(*OFFER_ORDER)


def offered(on: dt.date) -> bool:
    """Whether anything is offered on a day."""
    return offers(on=on).exists()


def offer_page(rows: QuerySet[Offer], *, after: str = "", before: str = "") -> Page[Offer]:
    """A page of offers in the order of the list, then by provider."""
    return page(rows, OFFER_ORDER, after=after, before=before)


def every_offer() -> QuerySet[Offer]:
    """All offers without their lists, which cost queries that a missing offer would not: to find one by its id."""
    return Offer.objects.select_related("organisation", "service_type")


def offer(offer_id: uuid.UUID) -> Offer | None:
    """One offer, or None."""
    return offers().filter(pk=offer_id).first()


def matching(
    *,
    service: str,
    region: str,
    on: dt.date | None = None,
    kind: str = "",
    child: bool | None = None,
    in_shelter: bool | None = None,
) -> list[Offer]:
    """Offers that fit a need: type of service, region, day (today), and where asked kind, age and place."""
    rows = offers(service=service, region=region, kind=kind, on=on or clock.today())
    if child is not None:
        rows = rows.filter(audience__in={Audience.ALL, Audience.CHILDREN if child else Audience.ADULTS})
    if in_shelter is not None:
        rows = rows.filter(place__in={Place.BOTH, Place.SHELTER if in_shelter else Place.OUTSIDE})
    return list(rows.order_by(*OFFER_ORDER))


def unconfirmed(*, on: dt.date | None = None) -> QuerySet[Offer]:
    """Standing offers that their provider has not confirmed for a quarter (S4.3), the longest silent first."""
    day = on or clock.today()
    since = add_months(day, -parameters.value("provider_update_months", day))
    return offers(on=day).filter(confirmed_on__lt=since).order_by("confirmed_on", "id")


def silent(on: dt.date) -> int:
    """How many standing offers nobody has confirmed for a quarter (S4.3), all counted."""
    return unconfirmed(on=on).count()


_UNCONFIRMED = Prepared(
    lambda day, since: offers(on=day).filter(confirmed_on__lt=since).order_by().values_list("id")[:COUNTED],
    kinds=(dt.date, dt.date),
)

COUNTED = 100
"""Counting for Today stops there."""


def unconfirmed_count() -> int:
    """How many standing offers nobody has confirmed for a quarter, at most ``COUNTED``; one query."""
    day = clock.today()
    return len(_UNCONFIRMED.rows(day, add_months(day, -parameters.value("provider_update_months", day))))
