"""The statistics app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from gza.core import db

APPEND_ONLY = ("statistics_programme", "statistics_ledger", "statistics_publication")


def guard(using: str = "default", **_kwargs: Any) -> None:
    """(Re)install the triggers: SQLite drops them whenever a migration rebuilds a table."""
    if using == "default":
        for table in APPEND_ONLY:
            db.append_only(table, using)


class StatisticsConfig(AppConfig):
    """Statistics."""

    name = "gza.statistics"
    label = "statistics"

    def ready(self) -> None:
        """Enter the permissions; keep what is published append-only after every migration."""
        from . import permissions  # noqa: F401 (each predicate enters itself into the map)

        post_migrate.connect(guard, sender=self, dispatch_uid="statistics.guard")
