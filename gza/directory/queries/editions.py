"""Reads of the catalogue: the list as it stands, its editions, who has received them (S4.4)."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gza.core import clock, languages, places
from gza.core.paging import Page, page
from gza.directory.catalogue import Listed
from gza.directory.models import CatalogueEdition, EditionReceipt, Offer, SocialWorker

from .services import in_order
from .spans import within


def compile_catalogue(on: dt.date) -> list[Listed]:
    """The list of services as it stands on a day: each offer with all names in both languages, ready to be frozen."""
    return [listed(row) for row in in_order(on=on)]


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
        SocialWorker.objects.filter(within("active_from", "active_to", on or clock.today()), user_id__isnull=False)
        .order_by("name_ka", "id")
    )  # fmt: skip
    return Receipts(
        received=tuple((found, by_user[found.user_id]) for found in due if found.user_id in by_user),
        awaited=tuple(found for found in due if found.user_id not in by_user),
    )
