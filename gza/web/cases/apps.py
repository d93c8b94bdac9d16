"""The pages of the cases."""

from django.apps import AppConfig


class CasesPagesConfig(AppConfig):
    """Pages of the cases."""

    name = "gza.web.cases"
    label = "web_cases"

    def ready(self) -> None:
        """Enter the Fund's Today, and what the events of a case are called."""
        from gza.web.shell import verbs as shell

        from . import today  # noqa: F401 (imported for its registration)
        from .verbs import VERBS

        shell.register(VERBS)
