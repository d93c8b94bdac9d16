"""Addresses of the plan."""

from django.urls import path

from . import views

app_name = "nap"
urlpatterns = [
    path("", views.home, name="home"),
    path("load/", views.load, name="load"),
    path("load/confirm/", views.confirm, name="confirm"),
    path("plan/<str:code>/", views.plan, name="plan"),
    path("plan/<str:code>/activity/<str:number>/", views.activity, name="activity"),
    path("plan/<str:code>/download/<str:kind>/", views.download, name="download"),
]
