"""Addresses of the pages about requests; but the Fund's list they lie under their case."""

from django.urls import path

from . import asking, views

app_name = "requests"
urlpatterns = [
    path("requests/", views.waiting, name="waiting"),
    path("cases/<uuid:case_id>/requests/", views.case, name="case"),
    path("cases/<uuid:case_id>/requests/keep-open/", views.keep_open, name="keep_open"),
    path("cases/<uuid:case_id>/requests/<uuid:origin_id>/ask/<uuid:organisation_id>/", asking.ask, name="ask"),
    path("cases/<uuid:case_id>/requests/<uuid:origin_id>/aside/<uuid:organisation_id>/", asking.aside, name="aside"),
    path("cases/<uuid:case_id>/requests/<uuid:origin_id>/nobody/", asking.nobody, name="nobody"),
    path("cases/<uuid:case_id>/requests/<uuid:request_id>/answer/", views.answer, name="answer"),
    path("cases/<uuid:case_id>/requests/<uuid:request_id>/withdraw/", views.withdraw, name="withdraw"),
    path("cases/<uuid:case_id>/requests/<uuid:request_id>/certify/", views.certify, name="certify"),
    path("cases/<uuid:case_id>/requests/<uuid:request_id>/paper/", views.paper, name="paper"),
]
