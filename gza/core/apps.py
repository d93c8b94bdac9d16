"""The core app: no tables, one set of translations and the checks on settings."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core."""

    name = "gza.core"
    label = "core"
