"""The pages of the year of a plan."""

from django.apps import AppConfig


class RunningPagesConfig(AppConfig):
    """Pages of the year of a plan: reports, money, services given, papers."""

    name = "gza.web.running"
    label = "web_running"

    def ready(self) -> None:
        """Enter what waits here into Today."""
        from . import today  # noqa: F401 (enters its functions)
