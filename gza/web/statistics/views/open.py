"""The public pages: for anybody, the same for everybody. No cookie, no script; made to be kept by caches.

Nothing here asks who is there: a page is drawn without the request, in the language of its address.
"""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gza.statistics import queries
from gza.web.accounts.marks import public
from gza.web.shell.clauses import serves
from gza.web.statistics import files
from gza.web.statistics.pages import Page

MINUTES = 10
LANGUAGES = ("ka", "en")


def _answer(request: HttpRequest, body: bytes, kind: str, language: str, *, name: str = "") -> HttpResponse:
    """An answer that any cache may keep, told apart by what it says."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    fresh = HttpResponse(body, content_type=kind)
    response = get_conditional_response(request, etag=etag, response=fresh) or fresh
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={MINUTES * 60}"
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "all"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise Http404
    return language


def _found(number: int | None) -> queries.Publication:
    row = queries.publication(number)
    if row is None:
        raise Http404
    return row


@public
@require_safe
@serves("N4.3", "N1.1")
def page(request: HttpRequest, language: str = "ka", number: int | None = None) -> HttpResponse:
    """The newest publication, or the one of that number: what was counted, in tables, charts and words."""
    _language(language)
    row = queries.publication(number)
    if row is None and number is not None:
        raise Http404
    with translation.override(language):
        context = {
            "page": Page(row, language) if row else None,
            "earlier": list(queries.publications()),
            "language": language,
            "languages": settings.LANGUAGES,
            "quick_exit": settings.GZA_QUICK_EXIT,
            "demo": settings.MODE == "demo",
            "number": number,
            "kinds": files.KINDS,
            "questionnaires": files.QUESTIONNAIRES,
        }
        body = render_to_string("statistics/public.html", context)
    return _answer(request, body.encode(), "text/html; charset=utf-8", language)


@public
@require_safe
@serves("N4.3")
def method(request: HttpRequest, language: str = "ka") -> HttpResponse:
    """How the figures are made: what is counted, what a suppressed cell means, why subtraction reveals."""
    _language(language)
    with translation.override(language):
        context = {
            "language": language,
            "languages": settings.LANGUAGES,
            "quick_exit": settings.GZA_QUICK_EXIT,
            "demo": settings.MODE == "demo",
        }
        body = render_to_string("statistics/method.html", context)
    return _answer(request, body.encode(), "text/html; charset=utf-8", language)


@public
@require_safe
@serves("N4.3")
def download(request: HttpRequest, number: int, language: str, kind: str) -> HttpResponse:
    """The same cells as a file."""
    _language(language)
    row = _found(number)
    found = Page(row, language)
    if kind == "json":
        body = files.to_json(row.content)
    elif kind == "csv":
        body = files.to_csv(found.release)
    elif kind == "xlsx":
        body = files.to_xlsx(found.release, found.reader.programme, language)
    else:
        raise Http404
    return _answer(request, body, files.TYPES[kind], language, name=f"statistics-{number}.{kind}")


@public
@require_safe
@serves("N4.3")
def sheet(request: HttpRequest, number: int, language: str, key: str) -> HttpResponse:
    """A questionnaire's sheet, filled from the same cells, gaps explained."""
    _language(language)
    row = _found(number)
    try:
        body = files.sheet(queries.tables_of(row), key, language)
    except KeyError:
        raise Http404 from None
    return _answer(request, body, files.TYPES["xlsx"], language, name=f"{key}-{number}.xlsx")
