"""The pages of the end and after."""

from django.apps import AppConfig


class AfterPagesConfig(AppConfig):
    """Pages of the end and after."""

    name = "gza.web.after"
    label = "web_after"
