"""The pages of the statistics."""

from django.apps import AppConfig


class WebStatisticsConfig(AppConfig):
    """Pages of the statistics."""

    name = "gza.web.statistics"
    label = "web_statistics"

    def ready(self) -> None:
        """Enter Today of the officer, and what the events are called."""
        from gza.web.shell import verbs as shell

        from . import today  # noqa: F401 (imported for its registrations)
        from .verbs import VERBS

        shell.register(VERBS)
