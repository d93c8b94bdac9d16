"""What other agencies learn of status decisions (N6.2): kind, body, month, and nothing more."""

import datetime as dt
import uuid
from dataclasses import dataclass

from gza.cases.models import StatusDecision
from gza.core.calendar import add_months


@dataclass(frozen=True)
class Notice:
    """A new status. ``id`` is random and points to nothing; ``month`` is the first day of the month."""

    id: uuid.UUID
    kind: str
    body: str
    month: dt.date


def notices(month: dt.date) -> list[Notice]:
    """The statuses granted in the month of ``month``, annulled ones included, in random order; one query."""
    first = month.replace(day=1)
    rows = StatusDecision.objects.filter(
        superseded=False, happened_on__gte=first, happened_on__lt=add_months(first, 1)
    ).order_by("notice")
    return [Notice(id_, kind, body, first) for id_, kind, body in rows.values_list("notice", "kind", "body")]
