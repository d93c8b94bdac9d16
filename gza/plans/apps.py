"""The plans app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def guard(using: str = "default", **_kwargs: Any) -> None:
    """(Re)install the triggers after every migration."""
    if using == "default":
        from . import guards

        guards.install(using)


class PlansConfig(AppConfig):
    """Plans."""

    name = "gza.plans"
    label = "plans"

    def ready(self) -> None:
        """Keep what is agreed frozen after every migration; follow what is corrected in a case."""
        from .steps import ending, funding  # noqa: F401 (what follows a corrected balance and a new consent)

        post_migrate.connect(guard, sender=self, dispatch_uid="plans.guard")
