"""The root URL configuration."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "gza.web.shell.views.bad_request"
handler403 = "gza.web.shell.views.forbidden"
handler404 = "gza.web.shell.views.not_found"
handler500 = "gza.web.shell.views.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gza.web.shell.urls")),
    path("", include("gza.web.cases.urls")),
    path("", include("gza.web.care.urls")),
    path("", include("gza.web.plans.urls")),
    path("", include("gza.web.requests.urls")),
    path("provider/", include("gza.web.provider.urls")),
    path("", include("gza.web.money.urls")),
    path("", include("gza.web.after.urls")),
    path("", include("gza.web.running.urls")),
    path("", include("gza.web.accounts.urls")),
    path("gallery/", include("gza.web.gallery.urls")),
    path("nap/", include("gza.web.nap.urls")),
    path("", include("gza.web.directory.urls")),
    path("", include("gza.web.statistics.urls")),
]
