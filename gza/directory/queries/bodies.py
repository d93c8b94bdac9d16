"""Reads of organisations, their focal persons and memoranda."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gza.core.paging import Page, page
from gza.directory.enums import PROVIDERS, OrganisationKind
from gza.directory.models import FocalPerson, Memorandum, Organisation

from .spans import within


def organisations(*, kind: str = "", text: str = "", on: dt.date | None = None) -> QuerySet[Organisation]:
    """Organisations that are not disabled: by kind, by a part of a name, those standing ``on`` a day."""
    rows = Organisation.objects.filter(disabled_on__isnull=True)
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(Q(name_ka__icontains=text) | Q(name_en__icontains=text) | Q(abbr__icontains=text))
    return rows.filter(within("valid_from", "valid_to", on)) if on else rows


def by_name(language: str) -> QuerySet[Organisation]:
    """Organisations that are not disabled, by name in ``language``."""
    return organisations().order_by("name_ka" if language == "ka" else "name_en")


def standing(on: dt.date | None = None) -> QuerySet[Organisation]:
    """Organisations by Georgian name, to choose one of: those standing ``on`` a day."""
    return organisations(on=on).order_by("name_ka", "id")


def with_key() -> QuerySet[Organisation]:
    """The organisations of the reference data, by Georgian name."""
    return organisations().exclude(key=None).order_by("name_ka")


def predecessors(body: Organisation) -> list[Organisation]:
    """Whom an organisation took the place of, by name."""
    return list(body.predecessors.order_by("name_ka"))


def units(body: Organisation) -> list[Organisation]:
    """The units of an organisation, by name."""
    return list(body.units.order_by("name_ka"))


def organisation_page(
    rows: QuerySet[Organisation], *, language: str, after: str = "", before: str = ""
) -> Page[Organisation]:
    """A page of organisations by name in ``language``."""
    return page(rows, ("name_ka" if language == "ka" else "name_en", "id"), after=after, before=before)


def listed_organisation(organisation_id: uuid.UUID) -> Organisation | None:
    """One organisation that is not disabled, or None."""
    return organisations().filter(pk=organisation_id).first()


def every_organisation() -> QuerySet[Organisation]:
    """All organisations, disabled ones too, with parent and successor: to find one by its id."""
    return Organisation.objects.select_related("parent", "successor")


def organisation(organisation_id: uuid.UUID) -> Organisation | None:
    """One organisation with its parent and successor, or None."""
    return every_organisation().filter(pk=organisation_id).first()


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
    return standing(on).filter(kind__in=PROVIDERS)


def focal_persons(*, organisation: Organisation | None = None, on: dt.date | None = None) -> QuerySet[FocalPerson]:
    """Focal persons with their organisations, by name; of one organisation; speaking for it ``on`` a day."""
    rows = FocalPerson.objects.select_related("organisation").order_by("name_ka", "id")
    if organisation:
        rows = rows.filter(organisation=organisation)
    return rows.filter(within("valid_from", "valid_to", on)) if on else rows


def focal_person_page(rows: QuerySet[FocalPerson], *, after: str = "", before: str = "") -> Page[FocalPerson]:
    """A page of focal persons by name."""
    return page(rows, ("name_ka", "id"), after=after, before=before)


def every_memorandum() -> QuerySet[Memorandum]:
    """All memoranda with their organisations: to find one by its id."""
    return Memorandum.objects.select_related("organisation")


def memoranda(organisation: Organisation) -> QuerySet[Memorandum]:
    """Memoranda with an organisation, the newest first."""
    return organisation.memoranda.order_by("-signed_on", "-id")
