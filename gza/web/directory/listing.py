"""A frozen list of services made ready to be read, printed and downloaded."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from gza.core import places
from gza.directory import catalogue
from gza.directory.enums import Audience, Place, ServiceKind
from gza.directory.models import CatalogueEdition
from gza.documents.tables import Cell
from gza.ui import dates

from .labels import LABELS


@dataclass(frozen=True)
class Line:
    """One offer of a list, in the reader's language."""

    id: str
    service: str
    organisation: str
    organisation_id: str
    contact: str
    kind: str
    regions: str
    place: str
    audience: str
    capacity: int | None
    languages: str
    conditions: str
    valid_from: dt.date
    valid_to: dt.date | None
    confirmed_on: dt.date


@dataclass(frozen=True)
class Group:
    """All offers of one type of service."""

    service: str
    lines: list[Line]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _where(offer: catalogue.Listed, language: str) -> str:
    served = {region.key for region in places.regions(served=True)}
    if {place["key"] for place in offer["regions"]} >= served:
        return _("the whole country")
    return ", ".join(place[language] for place in offer["regions"])


def line(offer: catalogue.Listed, language: str) -> Line:
    """An offer of a snapshot in ``language``."""
    body = offer["organisation"]
    return Line(
        id=offer["id"],
        service=offer["service"][language],
        organisation=body[language],
        organisation_id=body["id"],
        contact=", ".join(part for part in (body["phone"], body["email"]) if part),
        kind=str(ServiceKind(offer["kind"]).label),
        regions=_where(offer, language),
        place=str(Place(offer["place"]).label),
        audience=str(Audience(offer["audience"]).label),
        capacity=offer["capacity"],
        languages=", ".join(spoken[language] for spoken in offer["languages"]),
        conditions=offer["conditions"],
        valid_from=dt.date.fromisoformat(offer["valid_from"]),
        valid_to=_day(offer["valid_to"]),
        confirmed_on=dt.date.fromisoformat(offer["confirmed_on"]),
    )


def groups(offers: list[catalogue.Listed], language: str) -> list[Group]:
    """Offers by type of service, in the order of the list."""
    return [
        Group(service, list(found))
        for service, found in groupby((line(offer, language) for offer in offers), key=lambda one: one.service)
    ]


def names(offers: list[catalogue.Listed], part: str, language: str) -> list[tuple[str, str]]:
    """The services or organisations that a list knows, for its filters: key and name, each once."""
    key = "key" if part == "service" else "id"
    return list({offer[part][key]: offer[part][language] for offer in offers}.items())


HEAD = (
    "service_type_id", "organisation_id", "kind", "regions", "place", "audience", "capacity", "languages",
    "conditions", "phone", "valid_from", "valid_to", "confirmed_on",
)  # fmt: skip


def head() -> list[str]:
    """Names of the columns of a downloaded list."""
    return [str(LABELS[name]) for name in HEAD]


def rows(edition: CatalogueEdition, language: str) -> list[tuple[Cell, ...]]:
    """A list as rows of cells, in the order of ``HEAD``."""
    found = (line(offer, language) for offer in edition.snapshot["offers"])
    return [
        (
            one.service, one.organisation, one.kind, one.regions, one.place, one.audience, one.capacity, one.languages,
            one.conditions, one.contact, one.valid_from, one.valid_to, one.confirmed_on,
        )
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """An offer that differs between two lists: each field by name, before and now."""

    line: Line
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Compared:
    """What a list has that the one before had not, what it lost, what changed."""

    added: list[Line]
    removed: list[Line]
    changed: list[Changed]

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.added or self.removed or self.changed)


def compared(before: list[catalogue.Listed], now: list[catalogue.Listed], language: str) -> Compared:
    """The difference of two lists in ``language``."""
    found = catalogue.difference(before, now)
    return Compared(
        [line(offer, language) for offer in found.added],
        [line(offer, language) for offer in found.removed],
        [
            Changed(line(new, language), [_told(name, old, new, language) for name in fields])
            for old, new, fields in found.changed
        ],
    )


def _told(name: str, old: catalogue.Listed, new: catalogue.Listed, language: str) -> tuple[str, str, str]:
    was, now = line(old, language), line(new, language)
    return str(LABELS[name]), _text(getattr(was, name), language), _text(getattr(now, name), language)


def _text(value: Any, language: str) -> str:
    if isinstance(value, dt.date):
        return dates.day(value, language)
    return str(value) if value not in (None, "") else "–"
