"""The app of the ``transient`` database."""

from django.apps import AppConfig


class TransientConfig(AppConfig):
    """Rows that need no ledger and no backup."""

    name = "gza.core.transient"
    label = "transient"
