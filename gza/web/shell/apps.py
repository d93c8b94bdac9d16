"""The shell app."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Shell."""

    name = "gza.web.shell"
    label = "web_shell"
