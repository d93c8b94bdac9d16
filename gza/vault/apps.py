"""The vault app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Vault."""

    name = "gza.vault"
    label = "vault"

    def ready(self) -> None:
        """Register the checks of sealed fields, and what goes with a case when it is erased."""
        from . import checks, files, index  # noqa: F401  # importing registers them
