"""Addresses of the provider's workplace."""

from django.urls import path

from . import views

app_name = "provider"
urlpatterns = [
    path("requests/", views.listed, name="list"),
    path("requests/<uuid:request_id>/", views.detail, name="request"),
    path("requests/<uuid:request_id>/open/", views.read, name="open"),
    path("requests/<uuid:request_id>/answer/", views.answer, name="answer"),
    path("requests/<uuid:request_id>/given/", views.given, name="given"),
    path("requests/<uuid:request_id>/returned/", views.returned, name="returned"),
    path("reports/", views.parts, name="parts"),
    path("reports/<uuid:part_id>/", views.part, name="part"),
    path("reports/<uuid:part_id>/open/", views.read_part, name="open_part"),
]
