"""The pages of the plan."""

from django.apps import AppConfig


class WebNapConfig(AppConfig):
    """Pages of the national action plans."""

    name = "gza.web.nap"
    label = "web_nap"
