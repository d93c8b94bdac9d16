"""Addresses of the statistics: the public ones below ``/statistics/``, those of the house below ``/figures/``."""

from django.urls import path

from .views import office, releases
from .views import open as public

app_name = "statistics"
urlpatterns = [
    path("statistics/", public.page, name="public"),
    path("statistics/<str:language>/", public.page, name="public_in"),
    path("statistics/<str:language>/method/", public.method, name="method"),
    path("statistics/<str:language>/<int:number>/", public.page, name="public_number"),
    path("statistics/<str:language>/<int:number>/tables.<str:kind>", public.download, name="download"),
    path("statistics/<str:language>/<int:number>/sheets/<str:key>.xlsx", public.sheet, name="sheet"),
    path("figures/", office.home, name="home"),
    path("figures/programme/", office.programme, name="programme"),
    path("figures/extract/", office.extract, name="extract"),
    path("figures/extract/on/", office.extract_on, name="extract_on"),
    path("figures/register/", office.register, name="register"),
    path("figures/prepare/", releases.prepare, name="prepare"),
    path("figures/releases/<int:number>/", releases.release, name="release"),
    path("figures/ledger/", office.ledger, name="ledger"),
    path("figures/foreign/", releases.foreign, name="foreign"),
]
