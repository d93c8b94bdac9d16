"""Offers of the present edition of the list of services, read once a process: an edition never changes (S4.4)."""

import datetime as dt
import uuid
from functools import lru_cache

from gza.core import clock
from gza.core.prepared import Prepared
from gza.directory.catalogue import Listed, narrowed
from gza.directory.enums import ServiceKind
from gza.directory.models import CatalogueEdition

_NEWEST = Prepared(lambda: CatalogueEdition.objects.order_by("-number").values_list("id")[:1])


@lru_cache(maxsize=4)
def _listed(edition_id: uuid.UUID) -> tuple[Listed, ...]:
    return tuple(CatalogueEdition.objects.get(id=edition_id).snapshot["offers"])


def listed() -> list[Listed]:
    """All offers of the present edition; empty before the first. One query."""
    newest = _NEWEST.rows()
    return list(_listed(newest[0][0])) if newest else []


def matching(region: str, services: set[str], on: dt.date | None = None) -> dict[str, dict[str, Listed]]:
    """By service and organisation's id, the offers of reintegration for a region that hold on a day (today)."""
    offers, day = listed(), (on or clock.today()).isoformat()
    return {
        service: {
            one["organisation"]["id"]: one
            for one in narrowed(offers, kind=ServiceKind.REINTEGRATION, region=region, service=service)
            if one["valid_from"] <= day and (one["valid_to"] is None or day <= one["valid_to"])
        }
        for service in services
    }
