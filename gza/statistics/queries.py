"""All reads of the statistics.

``published`` is the one door: whatever leaves the case side as a figure (pages, papers, the plan's case statistics) is
read through it, from what was published, never from the cases.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from gza.protection import documents
from gza.protection.model import TOTAL, YEAR, Cell, Figure, Figures, Release, Unit, canonical, fingerprint

from . import foreign
from .enums import ExtractState, ReleaseState, RowKind, Source
from .models import Extract, LedgerRow, Programme, Publication
from .models import Release as ReleaseRow
from .programmes import Programme as Content
from .programmes import read as read_programme

GENESIS = "0" * 64


# Programme, extract, releases


def programme() -> Programme | None:
    """The edition in force: the last adopted."""
    return Programme.objects.order_by("-edition").first()


def programmes() -> QuerySet[Programme]:
    """Every edition, the newest first."""
    return Programme.objects.order_by("-edition")


def content_of(row: Programme) -> Content:
    """What an edition says."""
    return read_programme(row.content)


def running_extract() -> Extract | None:
    """The extract that is being made."""
    return Extract.objects.filter(state=ExtractState.RUNNING).order_by("-begun_at").first()


def last_extract(source: str = Source.PROFILES) -> Extract | None:
    """The newest complete extract of a source."""
    return Extract.objects.filter(state=ExtractState.DONE, source=source).order_by("-finished_at").first()


def extracts() -> QuerySet[Extract]:
    """Every extract, the newest first."""
    return Extract.objects.order_by("-begun_at")


def releases() -> QuerySet[ReleaseRow]:
    """Every release, the newest first; without its content."""
    return ReleaseRow.objects.defer("content").select_related("programme").order_by("-number")


def newest_release() -> ReleaseRow | None:
    """The last release, in whatever state; without its content."""
    return releases().first()


def release(number: int) -> ReleaseRow | None:
    """A release by its number."""
    return ReleaseRow.objects.select_related("programme", "extract").filter(number=number).first()


def waiting() -> ReleaseRow | None:
    """The release that waits for approval."""
    return ReleaseRow.objects.filter(state=ReleaseState.PREPARED).first()


# The ledger of published figures


def ledger() -> QuerySet[LedgerRow]:
    """The rows in order, without their files."""
    return LedgerRow.objects.defer("content").order_by("number")


def head() -> str:
    """The last hash of the chain; 64 zeros before the first row."""
    return LedgerRow.objects.order_by("-number").values_list("hash", flat=True).first() or GENESIS


def next_number() -> int:
    """The number that the next row will have."""
    return (LedgerRow.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def row_hash(row: LedgerRow) -> str:
    """What a row's hash must be."""
    said = {"number": row.number, "kind": row.kind, "at": row.at, "previous": row.previous, "body": row.body}
    return fingerprint(canonical(said))


def bases_held(rows: Iterable[LedgerRow]) -> dict[int, uuid.UUID]:
    """Under which id the true counts of each release row are sealed: the release's, or its own when loaded."""
    return {
        row.number: row.publication.release_id if hasattr(row, "publication") else row.id
        for row in rows
        if row.kind == RowKind.RELEASE
    }


def broken_rows() -> list[int]:
    """Numbers of rows that do not hold: a hash, a link, a number or a file's fingerprint is not what it must be."""
    wrong, previous = [], GENESIS
    for number, row in enumerate(LedgerRow.objects.order_by("number").iterator(), 1):
        file = "" if row.kind == RowKind.OPENED else fingerprint(row.content.encode())
        whole = (
            row.number == number
            and row.previous == previous
            and row.hash == row_hash(row)
            and file == ("" if row.kind == RowKind.OPENED else row.body.get("sha256"))
        )
        if not whole:
            wrong.append(row.number)
        previous = row.hash
    return wrong


def foreign_rows() -> QuerySet[LedgerRow]:
    """Figures of others, the newest first."""
    return LedgerRow.objects.filter(kind=RowKind.FIGURES).order_by("-number")


# What was published: the door


@dataclass(frozen=True)
class Shown:
    """A figure as it may leave the case side. ``value`` None: suppressed, or not published; ``why`` says which.

    ``publication`` is the number of the publication it stands in; ``unit`` what it counts.
    """

    value: int | None
    why: str
    unit: str = Unit.PERSON.value
    publication: int | None = None

    @property
    def suppressed(self) -> bool:
        """Whether the cell stands in a published table, without its number."""
        return self.why == "suppressed"


SHOWN, SUPPRESSED, UNPUBLISHED = "shown", "suppressed", "unpublished"


def publications() -> QuerySet[Publication]:
    """What was published, the newest first; without the content."""
    return Publication.objects.defer("content").order_by("-number")


def publication(number: int | None = None) -> Publication | None:
    """A publication, the newest without a number."""
    rows = Publication.objects.select_related("release__programme").order_by("-number")
    return rows.first() if number is None else rows.filter(number=number).first()


def tables_in(row: ReleaseRow) -> Release:
    """The protected tables of a release."""
    return documents.release(json.loads(row.content))


def figures_in(row: LedgerRow) -> Figures:
    """The figures of a row."""
    return documents.figures(json.loads(row.content))


def conflict_in(row: LedgerRow) -> tuple[Figure, ...]:
    """The figures that contradicted each other when the row was written."""
    return tuple(
        Figure({name: tuple(one) for name, one in each["where"].items()}, each["value"], each["source"])
        for each in row.conflict
    )


def known_figures() -> list[Figure]:
    """All that is known from what was published: own publications with their annual totals, figures not contested."""
    found: list[Figure] = []
    for row in LedgerRow.objects.exclude(kind=RowKind.OPENED).order_by("number"):
        if row.kind == RowKind.RELEASE:
            found += foreign.of_release(documents.release(json.loads(row.content)), f"№ {row.number}")
        elif not row.body.get("contested"):
            found += figures_in(row).figures
    return found


def published_years() -> set[int]:
    """The years that stand in some publication."""
    return {year for years in ReleaseRow.objects.filter(state=ReleaseState.PUBLISHED).values_list("years", flat=True)
            for year in years}  # fmt: skip


def tables_of(row: Publication) -> Release:
    """The protected tables of a publication."""
    return documents.release(json.loads(row.content))


def published(
    *, where: Mapping[str, str] | None = None, year: int | None = None, unit: str = Unit.PERSON.value
) -> Shown:
    """The door: one figure of the cases, as the newest publication that has the cell shows it; one query.

    Args:
        where: category by dimension (``{"sex": "female"}``); dimensions not named are totals.
        year: a single year; None asks for the whole window of the newest publication.
        unit: what is to be counted.
    """
    return find(Publication.objects.order_by("-number"), where=where or {}, year=year, unit=unit)


def find(rows: Iterable[Publication], *, where: Mapping[str, str], year: int | None, unit: str) -> Shown:
    """As ``published``, among these publications, the newest first."""
    for row in rows:
        found = cell(tables_of(row), where=where, year=year, unit=unit)
        if found is not None:
            return Shown(found.value, SUPPRESSED if found.value is None else SHOWN, unit, row.number)
    return Shown(None, UNPUBLISHED, unit)


def cell(release_: Release, *, where: Mapping[str, str], year: int | None, unit: str) -> Cell | None:
    """A cell of a release's tables; None when no table has it. A coarser category of the same key is another cell."""
    wanted = {name: category for name, category in where.items() if category != TOTAL}
    at = None if year is None else str(year)
    for table in release_.tables:
        fits = table.unit.value == unit and set(wanted) <= set(table.dimensions)
        if not fits or (at is not None and YEAR not in table.dimensions):
            continue
        if any(name in table.groups and table.groups[name].get(one) != (one,) for name, one in wanted.items()):
            continue
        for one in table.cells:
            key = {name: category for name, category in one.key.items() if category != TOTAL}
            if key.pop(YEAR, None) == at and key == wanted:
                return one
    return None
