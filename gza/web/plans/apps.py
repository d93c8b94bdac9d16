"""The pages of the plans."""

from django.apps import AppConfig


class PlansPagesConfig(AppConfig):
    """Pages of the plans."""

    name = "gza.web.plans"
    label = "web_plans"
