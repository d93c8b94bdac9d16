"""Middleware of every request."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from gza.core import db
from gza.vault.errors import NoGrant

from . import views

Handler = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "gza_lang"
SAFE = {"GET", "HEAD", "OPTIONS"}
NO_CONTENT, FOUND, SEE_OTHER = 204, 302, 303


def language(get_response: Handler) -> Handler:
    """Georgian unless the person chose English; the browser's own wish is not asked, offices share browsers."""

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return handle


def read_only(get_response: Handler) -> Handler:
    """A GET never writes domain data: the connection refuses it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return get_response(request)
        with db.read_only():
            return get_response(request)

    return handle


def see_other(get_response: Handler) -> Handler:
    """After a form was sent, the next page is asked for anew, by GET: 303 says so, where 302 leaves it open.

    A script that sent a file would follow it unseen and use up the next page's message: it is told where to go.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE and response.status_code == FOUND:
            response.status_code = SEE_OTHER
        if response.status_code == SEE_OTHER and request.headers.get("X-Gza-Upload"):
            response.status_code = NO_CONTENT
            response.headers["X-Gza-To"] = response.headers["Location"]
            del response.headers["Location"]
        return response

    return handle


def no_store(get_response: Handler) -> Handler:
    """Nothing that a person saw stays in a cache, unless the view said what may."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

    return handle


def maintenance(get_response: Handler) -> Handler:
    """While the file ``maintenance`` stands in ``GZA_VAR``, every page is the maintenance page."""
    flag = settings.VAR / "maintenance"

    def handle(request: HttpRequest) -> HttpResponse:
        if flag.exists() and not request.path.startswith(settings.STATIC_URL):
            return views.maintenance(request)
        return get_response(request)

    return handle


def own_origin(get_response: Handler) -> Handler:
    """Under ``Referrer-Policy: no-referrer`` a browser sends ``Origin: null`` with our own forms as well, and Django
    would refuse them. ``Sec-Fetch-Site`` says where they came from, and no page can forge it. Stands before CSRF.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        sent = request.META
        if sent.get("HTTP_ORIGIN") == "null" and sent.get("HTTP_SEC_FETCH_SITE") == "same-origin":
            sent["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return get_response(request)

    return handle


def keyless(get_response: Handler) -> Handler:
    """What a person holds no key to is not there for them (G4): the vault's refusal becomes the answer 404."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return views.not_found(request) if isinstance(exception, NoGrant) else None

    handle.process_exception = process_exception
    return handle


def plain_address(get_response: Handler) -> Handler:
    """An address with NUL in it leads nowhere; PostgreSQL would not even compare it."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        if any("\0" in str(value) for value in (*args, *kwargs.values())):
            raise Http404

    handle.process_view = process_view
    return handle
