"""The ledger app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from gza.core import db


def guard(using: str = "default", **_kwargs: Any) -> None:
    """(Re)install the triggers: SQLite drops them whenever a migration rebuilds the table."""
    if using == "default":
        db.append_only("ledger_event", using)
        db.append_only("ledger_head", using, allow_update_when="NEW.seq > OLD.seq")


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "gza.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Keep the tables append-only after every migration."""
        post_migrate.connect(guard, sender=self, dispatch_uid="ledger.guard")
