"""The pages' app."""

from django.apps import AppConfig


class DirectoryPagesConfig(AppConfig):
    """Pages of the directory."""

    name = "gza.web.directory"
    label = "web_directory"
