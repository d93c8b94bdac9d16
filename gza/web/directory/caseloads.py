"""How many open cases each social worker has: derived, never stored."""

import uuid
from collections.abc import Iterable

from gza.cases import queries
from gza.directory.models import SocialWorker


def of(rows: Iterable[SocialWorker]) -> dict[uuid.UUID, int]:
    """Open cases by the worker's row, none left out; one query, and without an account none."""
    rows = list(rows)
    counts = queries.caseloads([row.user_id for row in rows if row.user_id])
    return {row.pk: counts.get(row.user_id, 0) for row in rows}
