"""The ui app: templates, static files, template tags, translations; no tables."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Components."""

    name = "gza.ui"
    label = "ui"
