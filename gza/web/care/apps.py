"""The pages of the work with the person."""

from django.apps import AppConfig


class CarePagesConfig(AppConfig):
    """Pages of the work with the person."""

    name = "gza.web.care"
    label = "web_care"
