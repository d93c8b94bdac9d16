"""The plans app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "gza.plans"
    label = "plans"
