"""The gallery app."""

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """Gallery."""

    name = "gza.web.gallery"
    label = "web_gallery"
