"""The nap app."""

from django.apps import AppConfig


class NapConfig(AppConfig):
    """National action plans."""

    name = "gza.nap"
    label = "nap"

    def ready(self) -> None:
        """Enter the permissions into the map."""
        from . import permissions  # noqa: F401 (imported for its registrations)
