"""The pages of the cases."""

from django.apps import AppConfig


class CasesPagesConfig(AppConfig):
    """Pages of the cases."""

    name = "gza.web.cases"
    label = "web_cases"
