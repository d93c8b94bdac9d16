"""The pages about requests to providers."""

from django.apps import AppConfig


class RequestsPagesConfig(AppConfig):
    """Pages about requests to providers."""

    name = "gza.web.requests"
    label = "web_requests"

    def ready(self) -> None:
        """Let Today know what waits here."""
        from . import today  # noqa: F401 (registers itself)
