"""The pages' app."""

from django.apps import AppConfig


class DirectoryPagesConfig(AppConfig):
    """Pages of the directory."""

    name = "gza.web.directory"
    label = "web_directory"

    def ready(self) -> None:
        """What waits here stands on Today; what the events are called."""
        from gza.web.shell import verbs as shell

        from . import today  # noqa: F401 (enters it)
        from .verbs import VERBS

        shell.register(VERBS)
