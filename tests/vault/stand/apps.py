from django.apps import AppConfig


class StandConfig(AppConfig):
    name = "tests.vault.stand"
    label = "stand"
