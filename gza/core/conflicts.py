"""Two people at the same row."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Stale(Exception):
    """The row was changed by another person since the form was opened; nothing was written.

    ``current`` holds the row's present values by form field, opened for whoever submitted; ``version`` is what the
    form must carry to be accepted next time.
    """

    version: int
    current: dict[str, Any] = field(default_factory=dict)
    changed_by: uuid.UUID | None = None
    changed_at: dt.datetime | None = None
