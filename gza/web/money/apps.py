"""The pages of the Fund's money."""

from django.apps import AppConfig


class MoneyPagesConfig(AppConfig):
    """Pages of the Fund's money."""

    name = "gza.web.money"
    label = "web_money"
