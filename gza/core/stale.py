"""What is said to a person whose form is older than the row it would change."""

from django.db import models


class StaleError(Exception):
    """Another person changed the row meanwhile; ``current`` is the row as it stands now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current._meta.label} {current.pk} was changed meanwhile")
        self.current = current
