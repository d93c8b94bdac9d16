"""The pages of the plans."""

from django.apps import AppConfig


class PlansPagesConfig(AppConfig):
    """Pages of the plans."""

    name = "gza.web.plans"
    label = "web_plans"

    def ready(self) -> None:
        """What waits here stands on Today."""
        from . import today  # noqa: F401 (enters it)
