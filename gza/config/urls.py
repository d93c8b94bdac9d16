"""The root URL configuration."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("gallery/", include("gza.web.gallery.urls")),
]
