"""The gallery's pages. They show invented data only, and only in a demonstration or to somebody signed in."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from gza.core import clock
from gza.ui.dates import local

from . import samples
from .forms import SampleForm

THEMES = ("light", "dark")
OPENS = "gza"  # the password of the sample lock
View = Callable[..., HttpResponse]


def _shown(view: View) -> View:
    """Language and theme from the address, so that each can be looked at; hidden from strangers in production."""

    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if settings.MODE != "demo" and getattr(request, "principal", None) is None:
            raise Http404
        language = request.GET.get("language", translation.get_language() or settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with translation.override(language):
            return view(request, *args, **kwargs)

    return login_not_required(handle)


def _look(request: HttpRequest) -> dict[str, object]:
    theme = request.GET.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "t": samples.TEXTS,
        "rooms": samples.rooms(),
        "lock_url": reverse("gallery:lock"),
        "leave_url": reverse("gallery:leave"),
        "home_url": reverse("gallery:gallery"),
    }


@require_safe
@_shown
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "gallery/gallery.html", {**_look(request), **samples.page()})


@require_http_methods(["GET", "POST"])
@_shown
def form(request: HttpRequest) -> HttpResponse:
    """The form: empty, with errors (422), refused or stale (409); nothing is kept."""
    bound = SampleForm(request.POST, request.FILES, version=1) if request.method == "POST" else None
    status, conflict, denied = 200, None, None
    if bound is not None:
        if not bound.is_valid():
            status = 422
        elif "refuse" in request.POST:
            status, denied = 409, samples.denied()
        elif bound.is_stale(2):
            status, conflict = 409, bound.conflict(samples.stored(), 2)
    context = {
        **_look(request),
        "form": bound or SampleForm(version=1, initial={"begins": dt.date(2020, 11, 2)}),
        "conflict": conflict,
        "denied": denied,
        "done": bound is not None and status == 200,  # noqa: PLR2004 (the status of success)
    }
    return render(request, "gallery/form.html", context, status=status)


@require_http_methods(["POST"])
@_shown
def draft(request: HttpRequest) -> HttpResponse:
    """Answers as the keeper of drafts does; keeps nothing."""
    text = samples.TEXTS["kept"].say(translation.get_language() or "ka")
    return HttpResponse(f"{text} {local(clock.now()):%H:%M}", content_type="text/plain; charset=utf-8")


@require_http_methods(["POST"])
@_shown
def lock(request: HttpRequest) -> HttpResponse:
    """Answers as the idle lock does; the password is ``gza``."""
    if "password" not in request.POST or request.POST["password"] == OPENS:
        return HttpResponse(status=204)
    text = samples.TEXTS["wrong"].say(translation.get_language() or "ka")
    return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")


@require_http_methods(["POST"])
@_shown
def leave(request: HttpRequest) -> HttpResponse:
    """Answers as signing out does."""
    return HttpResponse(status=204)


@require_http_methods(["POST"])
@_shown
def name(request: HttpRequest) -> HttpResponse:
    """A name shown on asking, as a fragment; a whole page where scripts are off."""
    template = "gallery/_name.html" if request.headers.get("HX-Request") else "gallery/name.html"
    response = render(request, template, {**_look(request), "name": samples.TEXTS["person"]})
    response.headers["Vary"] = "HX-Request"
    return response


@require_safe
@_shown
def error(request: HttpRequest, status: int) -> HttpResponse:
    """The error pages, under their own status."""
    if status not in {400, 403, 404, 409, 500, 503}:
        raise Http404
    context = {**_look(request), "denied": samples.denied()}
    return render(request, f"ui/errors/{status}.html", context, status=status)


@require_safe
@_shown
def paper(request: HttpRequest) -> HttpResponse:
    """A page made for paper."""
    return render(request, "gallery/print.html", {**_look(request), **samples.page()})
