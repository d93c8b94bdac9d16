"""How many open cases each social worker has: derived, never stored."""

import uuid
from collections.abc import Iterable

from gza.directory.models import SocialWorker


def of(rows: Iterable[SocialWorker]) -> dict[uuid.UUID, int]:
    """Open cases by the worker's row; one query, workers without an account have none."""
    from gza.cases import queries

    by_user = {row.user_id: row.pk for row in rows if row.user_id}
    return {by_user[user]: count for user, count in queries.caseloads(by_user).items()}
