"""The nap app."""

from django.apps import AppConfig


class NapConfig(AppConfig):
    """National action plans."""

    name = "gza.nap"
    label = "nap"
