"""Writers that run inside a caller's act: the change book, and the reference rows."""

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models

from gza.core import clock, languages, places
from gza.core.actors import Actor

from .enums import Deed, Entry
from .facts import NOW, Entered
from .models import Change, Kept, Offer, Organisation, ServiceType, SocialWorker

DATA = Path(__file__).parent / "data"


def state(row: models.Model) -> dict[str, Any]:
    """A row's columns as JSON values, with its lists of codes; what the change book keeps."""
    values: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        value = column.value_from_object(row)
        plain = value is None or isinstance(value, (bool, int, str))
        values[column.attname] = value if plain else str(value)
    if isinstance(row, (SocialWorker, Offer)):
        values["languages"], values["regions"] = row.language_codes, row.region_codes
    return values


def record(
    row: Kept,
    *,
    entry: Entry,
    deed: Deed,
    before: dict[str, Any] | None,
    entered: Entered = NOW,
    by: Actor,
) -> Change:
    """Write what was done to ``row`` into the change book."""
    return Change.objects.create(
        entry=entry,
        subject=row.pk,
        deed=deed,
        before=before,
        after=state(row),
        happened_on=entered.happened_on or clock.today(),
        recorded_by=by.id,
        channel=entered.channel,
        reference=entered.reference,
        late_reason=entered.late_reason,
    )


LISTS: dict[str, str] = {"languages": "language", "regions": "region"}
"""Lists of codes that a row may have: their relation, and the column of the code."""


def set_codes(row: Kept, name: str, codes: Iterable[str]) -> None:
    """Let a row's list be exactly ``codes``.

    Raises:
        ValueError: when a code is none that is known, or a region none where services are given.
    """
    wanted = set(codes)
    served = {region.key for region in places.regions(served=True)}
    strange = {code for code in wanted if not (code in served if name == "regions" else languages.known(code))}
    if strange:
        raise ValueError(f"{name}: {sorted(strange)}")
    relation, column = getattr(row, name), LISTS[name]
    present = set(relation.values_list(column, flat=True))
    relation.filter(**{f"{column}__in": present - wanted}).delete()
    relation.bulk_create(
        relation.model(**{relation.field.name: row, column: code}) for code in sorted(wanted - present)
    )
    getattr(row, "_prefetched_objects_cache", {}).pop(name, None)


def reference(name: str) -> list[dict[str, Any]]:
    """The rows of a reference file: ``agencies`` or ``services``."""
    with (DATA / f"{name}.toml").open("rb") as file:
        (rows,) = tomllib.load(file).values()
    return list(rows)


_COLUMNS = ("kind", "form", "abbr", "name_ka", "name_en", "valid_from", "valid_to", "confidence", "date_confidence")


@dataclass
class Pending:
    """Reference rows that are not as their files say: new, different, gone from the file."""

    added: list[Organisation | ServiceType] = field(default_factory=list)
    altered: list[Organisation | ServiceType] = field(default_factory=list)
    disabled: list[Organisation | ServiceType] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each."""
        return {"added": len(self.added), "altered": len(self.altered), "disabled": len(self.disabled)}

    def __bool__(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.added or self.altered or self.disabled)

    def align(self, row: Organisation | ServiceType, wanted: dict[str, Any]) -> None:
        """Set what is different, and remember the row when anything was; a new row is remembered as such."""
        different = [name for name, value in wanted.items() if getattr(row, name) != value]
        for name in different:
            setattr(row, name, wanted[name])
        if row._state.adding:
            self.added.append(row)
        elif different:
            self.altered.append(row)


def pending_reference(day: dt.date | None = None) -> Pending:
    """What ``sync_reference`` would do; reads only. What is gone is disabled from ``day`` (today) on."""
    pending = Pending()
    rows = reference("agencies")
    known = {found.key: found for found in Organisation.objects.filter(key__isnull=False)}
    gone: list[Organisation | ServiceType] = [known[key] for key in set(known) - {row["key"] for row in rows}]
    known = {row["key"]: known.get(row["key"]) or Organisation(key=row["key"]) for row in rows}
    for row in rows:
        named = {"valid_from": None, "valid_to": None, **row, "name_ka": row["ka"], "name_en": row["en"]}
        wanted = {column: named.get(column, "") for column in _COLUMNS}
        links = {f"{link}_id": known[row[link]].pk if link in row else None for link in ("parent", "successor")}
        pending.align(known[row["key"]], wanted | links | {"disabled_on": None})
    rows = reference("services")
    types = {found.key: found for found in ServiceType.objects.all()}
    gone += [types[key] for key in set(types) - {row["key"] for row in rows}]
    for position, row in enumerate(rows, 1):
        wanted = {"key": row["key"], "kind": row["kind"], "name_ka": row["ka"], "name_en": row["en"]}
        pending.align(types.get(row["key"]) or ServiceType(), wanted | {"position": position, "disabled_on": None})
    pending.disabled = [row for row in gone if row.disabled_on is None]
    for found in pending.disabled:
        found.disabled_on = day or clock.today()
    return pending


def sync_reference(pending: Pending) -> None:
    """Bring organisations and types of service in line with the reference files, by key.

    Upserts; a key that left its file is disabled, never deleted; what the office added, or wrote into contact
    fields, stays.
    """
    # One statement each: bodies point at one another, and foreign keys are checked at the end of the transaction.
    Organisation.objects.bulk_create([row for row in pending.added if isinstance(row, Organisation)])
    ServiceType.objects.bulk_create([row for row in pending.added if isinstance(row, ServiceType)])
    for row in [*pending.altered, *pending.disabled]:
        row.save(force_update=True)
