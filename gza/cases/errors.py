"""What can go wrong in an act beside a refusal of the law."""

from django.db.models import Model


class Stale(Exception):
    """Somebody changed it since the form was made. ``current`` is the row as it stands now; nothing was written."""

    def __init__(self, current: Model) -> None:
        super().__init__(current._meta.label)
        self.current = current


class Impossible(ValueError):
    """Input that no page offers: a code that does not exist, a row of another case. ``field`` names the argument."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field
