"""Addresses of the case pages: a case is named by a random id, never by its code."""

from django.urls import path

from .views import case, lists

app_name = "cases"
urlpatterns = [
    path("cases/", lists.cases, name="list"),
    path("overview/", lists.overview, name="overview"),
    path("cases/<uuid:case_id>/", case.detail, name="detail"),
    path("cases/<uuid:case_id>/name/", case.name, name="name"),
    path("cases/<uuid:case_id>/history/", case.history, name="history"),
]
