"""All reads of the directory."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.core import clock, languages, places
from gza.core.calendar import add_months
from gza.core.paging import Page, page
from gza.core.prepared import Prepared
from gza.law import designation, parameters

from .catalogue import Listed
from .enums import PROVIDERS, Audience, OrganisationKind, Place, ServiceKind
from .models import (
    CatalogueEdition,
    Change,
    EditionReceipt,
    FocalPerson,
    Memorandum,
    Offer,
    OfferRegion,
    Organisation,
    ServiceType,
    SocialWorker,
    Training,
    WorkerLanguage,
    WorkerRegion,
)


def _within(first: str, last: str, day: dt.date) -> Q:
    begun = Q(**{f"{first}__isnull": True}) | Q(**{f"{first}__lte": day})
    return begun & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": day}))


# Organisations


def organisations(*, kind: str = "", text: str = "", on: dt.date | None = None) -> QuerySet[Organisation]:
    """Organisations that are not disabled: by kind, by a part of a name, those standing ``on`` a day."""
    rows = Organisation.objects.filter(disabled_on__isnull=True)
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(Q(name_ka__icontains=text) | Q(name_en__icontains=text) | Q(abbr__icontains=text))
    return rows.filter(_within("valid_from", "valid_to", on)) if on else rows


def organisation_page(
    rows: QuerySet[Organisation], *, language: str, after: str = "", before: str = ""
) -> Page[Organisation]:
    """A page of organisations by name in ``language``."""
    return page(rows, ("name_ka" if language == "ka" else "name_en", "id"), after=after, before=before)


def organisation(organisation_id: uuid.UUID) -> Organisation | None:
    """One organisation with its parent and successor, or None."""
    return Organisation.objects.select_related("parent", "successor").filter(pk=organisation_id).first()


def by_keys(keys: Iterable[str]) -> dict[str, Organisation]:
    """Organisations of the reference data by key, disabled ones included; a key that is not there is left out."""
    return {str(found.key): found for found in Organisation.objects.filter(key__in=set(keys))}


def named(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Organisation]:
    """Organisations by id, whatever their state: for lists of other rooms."""
    return Organisation.objects.in_bulk(set(ids))


def organisation_on(body: Organisation, day: dt.date) -> Organisation | None:
    """Which body stood in the place of ``body`` on ``day``: itself, a successor, or a predecessor.

    None when none did, or when several predecessors did and nothing tells which.
    """
    seen: set[uuid.UUID] = set()
    while body.valid_to and day > body.valid_to and body.successor and body.pk not in seen:
        seen.add(body.pk)
        body = body.successor
    generation = [body]
    while generation:
        standing = [found for found in generation if _stands(found, day)]
        if standing:
            return standing[0] if len(standing) == 1 else None
        seen |= {found.pk for found in generation}
        earlier = [found for found in generation if found.valid_from and day < found.valid_from]
        generation = [found for found in Organisation.objects.filter(successor__in=earlier) if found.pk not in seen]
    return None


def _stands(body: Organisation, day: dt.date) -> bool:
    return (body.valid_from is None or body.valid_from <= day) and (body.valid_to is None or day <= body.valid_to)


def fund_on(day: dt.date) -> Organisation | None:
    """The body that is the Fund on ``day``: the State Fund to 2019, the Agency for State Care from 2020."""
    return organisations(kind=OrganisationKind.FUND, on=day).order_by("valid_from", "id").last()


def providers(on: dt.date | None = None) -> QuerySet[Organisation]:
    """Organisations whose offers the catalogue can hold, by Georgian name."""
    return organisations(on=on).filter(kind__in=PROVIDERS).order_by("name_ka", "id")


def focal_persons(*, organisation: Organisation | None = None, on: dt.date | None = None) -> QuerySet[FocalPerson]:
    """Focal persons with their organisations, by name; of one organisation; speaking for it ``on`` a day."""
    rows = FocalPerson.objects.select_related("organisation").order_by("name_ka", "id")
    if organisation:
        rows = rows.filter(organisation=organisation)
    return rows.filter(_within("valid_from", "valid_to", on)) if on else rows


def focal_person_page(rows: QuerySet[FocalPerson], *, after: str = "", before: str = "") -> Page[FocalPerson]:
    """A page of focal persons by name."""
    return page(rows, ("name_ka", "id"), after=after, before=before)


def memoranda(organisation: Organisation) -> QuerySet[Memorandum]:
    """Memoranda with an organisation, the newest first."""
    return organisation.memoranda.order_by("-signed_on", "-id")


# Social workers


def workers(
    *, text: str = "", region: str = "", language: str = "", on: dt.date | None = None
) -> QuerySet[SocialWorker]:
    """The register (S7.1) with languages and regions: by name, region, language; those active ``on`` a day."""
    rows = SocialWorker.objects.select_related("employer").prefetch_related("languages", "regions")
    if text:
        rows = rows.filter(Q(name_ka__icontains=text) | Q(name_en__icontains=text))
    if region:
        rows = rows.filter(Exists(WorkerRegion.objects.filter(worker=OuterRef("pk"), region=region)))
    if language:
        rows = rows.filter(Exists(WorkerLanguage.objects.filter(worker=OuterRef("pk"), language=language)))
    return rows.filter(_within("active_from", "active_to", on)) if on else rows


def worker_page(rows: QuerySet[SocialWorker], *, after: str = "", before: str = "") -> Page[SocialWorker]:
    """A page of the register by name."""
    return page(rows, ("name_ka", "id"), after=after, before=before)


def worker(worker_id: uuid.UUID) -> SocialWorker | None:
    """One social worker with languages, regions and trainings, or None."""
    trainings = Prefetch("trainings", Training.objects.order_by("-completed_on", "-id"))
    return workers().prefetch_related(trainings).filter(pk=worker_id).first()


def worker_of(user_id: uuid.UUID, *, on: dt.date | None = None) -> SocialWorker | None:
    """The register row of an account, active on ``on`` (today): who can be designated (S5.1); else None."""
    return workers(on=on or clock.today()).filter(user_id=user_id).first()


def as_designated(row: SocialWorker | None) -> designation.Worker:
    """A row of the register as the rules on designation see it (S5.1); None is somebody who is not in it."""
    if row is None:
        return designation.Worker(registered=False, fund_employee=False)
    return designation.Worker(
        registered=True,
        fund_employee=row.employer.kind == OrganisationKind.FUND,
        active_from=row.active_from,
        active_to=row.active_to,
    )


def designable(*, region: str = "", language: str = "", on: dt.date | None = None) -> QuerySet[SocialWorker]:
    """Social workers who can be designated on a day (today): active, employed by the Fund, with an account (S5.1)."""
    rows = workers(region=region, language=language, on=on or clock.today())
    return rows.filter(user_id__isnull=False, employer__kind=OrganisationKind.FUND).order_by("name_ka", "id")


# Accounts that rows can be linked to


def accounts_for(body: Organisation, *, own: uuid.UUID | None = None) -> list[User]:
    """Active accounts that speak for an organisation and no focal person has yet, and the one a row has already."""
    taken = FocalPerson.objects.filter(user_id__isnull=False).exclude(user_id=own).values("user_id")
    rows = User.objects.filter(organisation_id=body.pk, is_active=True).exclude(pk__in=taken)
    return list(rows.order_by("username"))


def worker_accounts(*, own: uuid.UUID | None = None) -> list[User]:
    """Active accounts of social workers that have no row in the register, and the one a row has already."""
    taken = SocialWorker.objects.filter(user_id__isnull=False).exclude(user_id=own).values("user_id")
    rows = User.objects.filter(role=Role.SOCIAL_WORKER, is_active=True).exclude(pk__in=taken)
    return list(rows.order_by("username"))


# Services and offers


def service_types(kind: str = "") -> QuerySet[ServiceType]:
    """Types of service that are not disabled, in the order of the list; those that can be of one kind."""
    rows = ServiceType.objects.filter(disabled_on__isnull=True).order_by("position")
    return rows.filter(kind__in={kind, ServiceKind.BOTH}) if kind else rows


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
    alive = _within("organisation__valid_from", "organisation__valid_to", on)
    return rows.filter(_within("valid_from", "valid_to", on), standing, alive, organisation__disabled_on=None)


OFFER_ORDER = ("service_type__position", "organisation__name_ka", "id")


def offer_page(rows: QuerySet[Offer], *, after: str = "", before: str = "") -> Page[Offer]:
    """A page of offers in the order of the list, then by provider."""
    return page(rows, OFFER_ORDER, after=after, before=before)


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


# The catalogue


def compile_catalogue(on: dt.date) -> list[Listed]:
    """The list of services as it stands on a day: each offer with all names in both languages, ready to be frozen."""
    return [listed(row) for row in offers(on=on).order_by(*OFFER_ORDER)]


def listed(row: Offer) -> Listed:
    """An offer as a snapshot keeps it."""
    body, service = row.organisation, row.service_type
    return {
        "id": str(row.pk),
        "organisation": {
            "id": str(body.pk), "kind": body.kind, "ka": body.name_ka, "en": body.name_en,
            "phone": body.phone, "email": body.email,
        },
        "service": {"key": service.key, "ka": service.name_ka, "en": service.name_en},
        "kind": row.kind,
        "regions": [_region(code) for code in row.region_codes],
        "place": row.place,
        "audience": row.audience,
        "capacity": row.capacity,
        "languages": [
            {"key": code, "ka": languages.language_name(code, "ka"), "en": languages.language_name(code, "en")}
            for code in row.language_codes
        ],
        "conditions": row.conditions,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "confirmed_on": row.confirmed_on.isoformat(),
    }  # fmt: skip


def _region(code: str) -> dict[str, Any]:
    return {"key": code, "ka": places.region_name(code, "ka"), "en": places.region_name(code, "en")}


def editions() -> QuerySet[CatalogueEdition]:
    """All editions without their contents, the newest first."""
    return CatalogueEdition.objects.defer("snapshot").order_by("-number")


def edition_page(*, after: str = "", before: str = "") -> Page[CatalogueEdition]:
    """A page of editions, the newest first, without their contents."""
    return page(CatalogueEdition.objects.defer("snapshot"), ("-number",), after=after, before=before)


def edition(number: int) -> CatalogueEdition | None:
    """An edition as it was issued, or None."""
    return CatalogueEdition.objects.filter(number=number).first()


def current_edition() -> CatalogueEdition | None:
    """The edition in force: the last one; None before the first."""
    return CatalogueEdition.objects.order_by("-number").first()


def last_number() -> int:
    """The number of the last edition; 0 before the first."""
    return CatalogueEdition.objects.order_by("-number").values_list("number", flat=True).first() or 0


def received(edition: CatalogueEdition, user_id: uuid.UUID) -> EditionReceipt | None:
    """The receipt of an edition by an account, if there is one (S4.4)."""
    return edition.receipts.filter(user_id=user_id).first()


def edition_due(user_id: uuid.UUID) -> CatalogueEdition | None:
    """The edition in force, without its contents, where this account has not acknowledged it yet (S4.4); one query."""
    last = editions()[:1].annotate(has=Exists(EditionReceipt.objects.filter(edition=OuterRef("pk"), user_id=user_id)))
    return next((found for found in last if not found.has), None)


@dataclass(frozen=True)
class Receipts:
    """Who has an edition and who has not yet, among the active social workers with an account (S4.4)."""

    received: tuple[tuple[SocialWorker, EditionReceipt], ...]
    awaited: tuple[SocialWorker, ...]


def receipts(edition: CatalogueEdition, *, on: dt.date | None = None) -> Receipts:
    """The state of an edition's distribution; three queries."""
    by_user = {receipt.user_id: receipt for receipt in edition.receipts.all()}
    due = list(
        SocialWorker.objects.filter(_within("active_from", "active_to", on or clock.today()), user_id__isnull=False)
        .order_by("name_ka", "id")
    )  # fmt: skip
    return Receipts(
        received=tuple((found, by_user[found.user_id]) for found in due if found.user_id in by_user),
        awaited=tuple(found for found in due if found.user_id not in by_user),
    )


# The change book


def changes(subject: uuid.UUID, *, limit: int = 50) -> list[Change]:
    """What was done to a row, the newest first."""
    return list(Change.objects.filter(subject=subject).order_by("-recorded_at", "-id")[:limit])


def late_changes(limit: int = 50) -> list[Change]:
    """Acts written down later than they happened, the newest first (G2)."""
    late = Change.objects.filter(happened_on__lt=F("recorded_at__date"))
    return list(late.order_by("-recorded_at", "-id")[:limit])
