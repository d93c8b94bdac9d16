"""The pages of the plan."""

from django.apps import AppConfig


class WebNapConfig(AppConfig):
    """Pages of the national action plans."""

    name = "gza.web.nap"
    label = "web_nap"

    def ready(self) -> None:
        """Enter what the events are called."""
        from gza.web.shell import verbs as shell

        from .verbs import VERBS

        shell.register(VERBS)
