"""Addresses of the shell."""

from django.urls import path

from . import views

app_name = "shell"
urlpatterns = [
    path("", views.today, name="today"),
    path("language/", views.language, name="language"),
    path("health/", views.health, name="health"),
    path("clauses/", views.clauses, name="clauses"),
    path("ledger/", views.ledger, name="ledger"),
]
