"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases."""

    name = "gza.cases"
    label = "cases"
