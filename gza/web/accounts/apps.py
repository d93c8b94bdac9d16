"""The pages of accounts as an app."""

from django.apps import AppConfig


class WebAccountsConfig(AppConfig):
    """Templates, scripts and words."""

    name = "gza.web.accounts"
    label = "web_accounts"

    def ready(self) -> None:
        """What waits here stands on Today; what the events are called."""
        from gza.web.shell import verbs as shell

        from . import today  # noqa: F401 (enters it)
        from .verbs import VERBS

        shell.register(VERBS)
