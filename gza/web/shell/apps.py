"""The shell app."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Shell."""

    name = "gza.web.shell"
    label = "web_shell"

    def ready(self) -> None:
        """Enter the permissions into the map."""
        from . import permissions  # noqa: F401 (imported for its registrations)
