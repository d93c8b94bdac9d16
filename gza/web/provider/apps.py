"""The pages of the provider's workplace."""

from django.apps import AppConfig


class ProviderPagesConfig(AppConfig):
    """Pages of the provider's workplace."""

    name = "gza.web.provider"
    label = "web_provider"

    def ready(self) -> None:
        """Let Today know what waits here."""
        from . import today  # noqa: F401 (registers itself)
