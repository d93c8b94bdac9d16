"""The pages of the cases."""

from django.apps import AppConfig


class CasesPagesConfig(AppConfig):
    """Pages of the cases."""

    name = "gza.web.cases"
    label = "web_cases"

    def ready(self) -> None:
        """Enter the Fund's Today."""
        from . import today  # noqa: F401 (imported for its registration)
