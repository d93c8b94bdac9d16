"""The pages' app."""

from django.apps import AppConfig


class DirectoryPagesConfig(AppConfig):
    """Pages of the directory."""

    name = "gza.web.directory"
    label = "web_directory"

    def ready(self) -> None:
        """What waits here stands on Today."""
        from . import today  # noqa: F401 (enters it)
