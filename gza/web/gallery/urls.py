"""Addresses of the gallery."""

from django.urls import path

from . import views

app_name = "gallery"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("form/", views.form, name="form"),
    path("draft/", views.draft, name="draft"),
    path("lock/", views.lock, name="lock"),
    path("leave/", views.leave, name="leave"),
    path("name/", views.name, name="name"),
    path("error/<int:status>/", views.error, name="error"),
    path("print/", views.paper, name="print"),
]
