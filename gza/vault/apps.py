"""The vault app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Vault."""

    name = "gza.vault"
    label = "vault"

    def ready(self) -> None:
        """Register the checks of sealed fields."""
        from . import checks  # noqa: F401  # importing registers them
