"""The pages of the end and after."""

from django.apps import AppConfig


class AfterPagesConfig(AppConfig):
    """Pages of the end and after."""

    name = "gza.web.after"
    label = "web_after"

    def ready(self) -> None:
        """Enter what waits into Today."""
        from . import today  # noqa: F401 (enters it)
