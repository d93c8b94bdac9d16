"""The pages of the Fund's money."""

from django.apps import AppConfig


class MoneyPagesConfig(AppConfig):
    """Pages of the Fund's money."""

    name = "gza.web.money"
    label = "web_money"

    def ready(self) -> None:
        """What waits for money stands on Today."""
        from . import today  # noqa: F401 (enters it)
