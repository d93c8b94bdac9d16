"""What people state about a row, as forms hand it to the acts and the synthetic country makes it.

Field names are those of the models; lists hold codes (ISO 3166-2 regions, ISO 639 languages).
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Self

from django.db import models

from .enums import Audience, Channel, Place


@dataclass(frozen=True)
class Entered:
    """How and when the Fund learned of what is written down (G2, S4.3). ``happened_on`` None is today."""

    happened_on: dt.date | None = None
    channel: str = Channel.OFFICE
    reference: str = ""
    late_reason: str = ""


NOW = Entered()


_LISTS = {"languages": "language_codes", "regions": "region_codes"}


@dataclass(frozen=True)
class Stated:
    """What is stated about one row; ``of`` reads it back from the row."""

    @classmethod
    def of(cls, row: models.Model) -> Self:
        """The row's present state; lists of codes come from its prefetched rows."""
        values: dict[str, Any] = {}
        names: tuple[str, ...] = cls.__match_args__
        for name in names:
            codes = _LISTS.get(name)
            values[name] = tuple(getattr(row, codes)) if codes else getattr(row, name)
        return cls(**values)

    def values(self) -> dict[str, Any]:
        """By field name, as a form takes its initial values."""
        return dict(vars(self))


@dataclass(frozen=True)
class OrganisationFacts(Stated):
    """An organisation that the office enters itself. ``successor_id`` asks for ``valid_to``."""

    name_ka: str
    name_en: str
    kind: str
    abbr: str = ""
    programmes: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
    address: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    successor_id: uuid.UUID | None = None


@dataclass(frozen=True)
class FocalPersonFacts(Stated):
    """Who speaks for an organisation; telephone or e-mail is needed."""

    name_ka: str
    valid_from: dt.date
    name_en: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""
    user_id: uuid.UUID | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True)
class WorkerFacts(Stated):
    """A social worker as S7.1 wants the register: contact, education, languages, regions, training, active from.

    ``has_training`` None is *not asked*.
    """

    name_ka: str
    employer_id: uuid.UUID
    office_region: str
    education: str
    languages: tuple[str, ...]
    regions: tuple[str, ...]
    active_from: dt.date
    has_training: bool | None = None
    name_en: str = ""
    phone: str = ""
    email: str = ""
    user_id: uuid.UUID | None = None


@dataclass(frozen=True)
class TrainingFacts(Stated):
    """A training completed; ``hours`` are full hours."""

    subject: str
    completed_on: dt.date
    organiser: str = ""
    hours: int | None = None


@dataclass(frozen=True)
class OfferFacts(Stated):
    """A service on offer."""

    organisation_id: uuid.UUID
    service_type_id: str
    kind: str
    regions: tuple[str, ...]
    valid_from: dt.date
    place: str = Place.OUTSIDE
    audience: str = Audience.ALL
    capacity: int | None = None
    languages: tuple[str, ...] = ("ka",)
    conditions: str = ""
    valid_to: dt.date | None = None


@dataclass(frozen=True)
class MemorandumFacts(Stated):
    """A memorandum of cooperation."""

    title: str
    signed_on: dt.date
    number: str = ""
    valid_to: dt.date | None = None
