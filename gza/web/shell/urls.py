"""Addresses of the shell."""

from django.urls import path

from . import drafts, views

app_name = "shell"
urlpatterns = [
    path("", views.today, name="today"),
    path("language/", views.language, name="language"),
    path("health/", views.health, name="health"),
    path("draft/<slug:draft>/", drafts.keep, name="draft"),
    path("draft/<slug:draft>/discard/", drafts.discard, name="discard"),
    path("clauses/", views.clauses, name="clauses"),
    path("ledger/", views.ledger, name="ledger"),
]
