"""Rows of the statistics as they stand after the acts, made without them: for pages and reads."""

import json
import uuid

from gza.accounts.models import User
from gza.core import clock
from gza.protection.model import Release as Tables
from gza.protection.model import canonical, fingerprint
from gza.statistics import programmes, queries
from gza.statistics.enums import ExtractState, ReleaseState, RowKind
from gza.statistics.models import Extract, LedgerRow, Programme, Publication, Release

from . import tables


def programme() -> Programme:
    """The shipped programme, adopted."""
    text = programmes.shipped().text()
    found = Programme.objects.filter(edition=1).first()
    return found or Programme.objects.create(
        edition=1, content=text, fingerprint=bytes.fromhex(fingerprint(text.encode())), adopted_on=clock.today(),
        adopted_by=uuid.uuid4(), signature=bytes(64),
    )  # fmt: skip


def extract(*, done: int = 64, unopened: int = 0, state: str = ExtractState.DONE) -> Extract:
    """An extract, without its sealed counts."""
    finished = clock.now() if state == ExtractState.DONE else None
    return Extract.objects.create(
        state=state, begun_by=uuid.uuid4(), total=done, done=done, unopened=unopened, finished_at=finished
    )


def release(
    made: Tables | None = None, *, prepared_by: User | None = None, findings: int = 0, decided: bool = False
) -> Release:
    """A release that waits, or one that was approved."""
    content = canonical((made or tables.release()).as_json()).decode()
    last = Release.objects.order_by("-number").first()
    return Release.objects.create(
        number=last.number + 1 if last else 1, programme=programme(), extract=extract(),
        years=[int(year) for year in tables.YEARS], choice={"tables": ["total", "sex", "sex_form"], "levels": {}}, k=3,
        content=content, fingerprint=bytes.fromhex(fingerprint(content.encode())), base_sha256="0" * 64,
        cost={"cells": 100, "suppressed": 12, "later": None}, head=queries.head(), audit={"findings": []},
        findings=findings, prepared_by=prepared_by.id if prepared_by else uuid.uuid4(),
        state=ReleaseState.PUBLISHED if decided else ReleaseState.PREPARED,
        decided_at=clock.now() if decided else None, decided_by=uuid.uuid4() if decided else None,
    )  # fmt: skip


def waiting() -> Release:
    """The release that waits; there is never more than one."""
    return queries.waiting() or release()


def row(kind: RowKind, content: str = "", **body: object) -> LedgerRow:
    """A row at the end of the ledger, its chain whole."""
    last = LedgerRow.objects.order_by("-number").first()
    said = {**body, **({} if kind == RowKind.OPENED else {"sha256": fingerprint(content.encode())})}
    made = LedgerRow(
        number=last.number + 1 if last else 1, kind=kind, at="2026-06-01T09:00:00Z",
        previous=last.hash if last else queries.GENESIS, body=said, content=content, recorded_by=uuid.uuid4(),
    )  # fmt: skip
    made.hash = queries.row_hash(made)
    made.save(force_insert=True)
    return made


def published(made: Tables | None = None) -> Publication:
    """A publication."""
    if not LedgerRow.objects.exists():
        row(RowKind.OPENED)
    found = release(made, decided=True)
    entry = row(RowKind.RELEASE, found.content, years=found.years)
    return Publication.objects.create(
        release=found, row=entry, number=Publication.objects.count() + 1, content=found.content,
        fingerprint=found.fingerprint, published_by=found.decided_by,
    )  # fmt: skip


def counted(content: str) -> int:
    """How many cells a content has."""
    return sum(len(table["cells"]) for table in json.loads(content)["tables"])
