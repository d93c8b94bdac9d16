"""Sessions and cookies: coming in, leaving, locking, and being asked again.

What stands in the session (signed, on the transient database): when it began, when the person was last active, when
they last proved who they are, whether it is locked. The private keys stand there too, under a key that only the
cookie of ``vault.session`` holds.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from gza.accounts import factors
from gza.accounts.models import User
from gza.accounts.sessions import DEVICE
from gza.vault import session as vault
from gza.vault.crypto.keys import Keys

from . import devices, parking

BACKEND = "gza.accounts.sessions.Backend"
DEVICE_COOKIE = "gza_device"
LANGUAGE_COOKIE = "gza_lang"
YEAR = 365 * 24 * 3600
LONGEST = 12 * 3600  # seconds; no session lasts longer, however active
GRACE = 30  # seconds; how exactly the last activity is kept
FRESH_MINUTES = 5
SEEN, BEGUN, CONFIRMED, LOCKED, KEYED = "seen", "begun", "confirmed", "locked", "keyed"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def now() -> int:
    """Seconds since 1970, by the machine's clock: sessions do not follow a pretended day."""
    return int(time.time())


def address(request: HttpRequest) -> str:
    """The client's address; behind our own TLS proxy, the one that the proxy saw."""
    if settings.GZA_BEHIND_TLS:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))


def back(request: HttpRequest, default: str = "") -> str:
    """Where to go afterwards: the ``next`` of the address or form when it is ours, else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None):
        return wanted
    return default or "/"


def to(name: str, following: str = "") -> HttpResponseRedirect:
    """To a page of the door, which sends on to ``following``."""
    query = f"?next={quote(following, safe='/')}" if following and following != "/" else ""
    return HttpResponseRedirect(reverse(f"accounts:{name}") + query)


def _cookie(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )


def come_in(request: HttpRequest, response: HttpResponseBase, user: User, opened: Keys | None) -> None:
    """Begin the session of a person who has proved who they are."""
    login(request, user, backend=BACKEND)
    session = request.session
    session[BEGUN] = session[SEEN] = session[CONFIRMED] = now()
    session[LOCKED] = False
    session[DEVICE] = devices.label(request.headers.get("User-Agent", ""))
    if opened is not None:
        keep_keys(request, response, opened)
    if factors.known_device(user.id, request.COOKIES.get(DEVICE_COOKIE, "")) is None:
        _cookie(response, DEVICE_COOKIE, factors.device_cookie(user.id))
    if LANGUAGE_COOKIE not in request.COOKIES:
        speak(response, user.language)


def speak(response: HttpResponseBase, language: str) -> None:
    """Keep the language of the interface in the browser, where the shell looks for it."""
    _cookie(response, LANGUAGE_COOKIE, language)


def renew(request: HttpRequest, response: HttpResponseBase, user: User, opened: Keys | None) -> None:
    """Carry the present session over a new epoch of the account, which ended all others."""
    update_session_auth_hash(request, user)
    if opened is not None:
        keep_keys(request, response, opened)


def keep_keys(request: HttpRequest, response: HttpResponseBase, opened: Keys) -> None:
    """Keep the opened keys in the session, under a key that goes into the browser."""
    vault.unlock(request, response, opened)
    request.session[KEYED] = True
    parking.remember(request, opened.box_public)


def leave(request: HttpRequest, response: HttpResponseBase) -> None:
    """End the session; the mark of the known device stays."""
    vault.forget(request, response)
    logout(request)
    response.headers["Clear-Site-Data"] = '"cache"'


def lock(request: HttpRequest, response: HttpResponseBase) -> None:
    """Forget the opened keys; the password opens the session again."""
    vault.lock(request, response)
    request.session[LOCKED] = True


def is_locked(request: HttpRequest) -> bool:
    """Whether the password must be given again: locked, idle too long, or without the browser's half of the keys."""
    session = request.session
    if session.get(LOCKED) or (session.get(KEYED) and vault.ring(request).locked):
        return True
    idle = now() - session.get(SEEN, 0)
    return bool(idle > settings.GZA_IDLE_MINUTES * 60 + GRACE)


def is_over(request: HttpRequest) -> bool:
    """Whether the session has lasted as long as any may."""
    return bool(now() - request.session.get(BEGUN, 0) > LONGEST)


def touch(request: HttpRequest) -> None:
    """Keep that the person is active; written at most twice a minute."""
    if now() - request.session.get(SEEN, 0) >= GRACE:
        request.session[SEEN] = now()


def unlock(request: HttpRequest, response: HttpResponseBase, opened: Keys | None) -> None:
    """Open the locked session; neither its key nor those of its forms change, so that what was typed can be sent."""
    if opened is not None:
        keep_keys(request, response, opened)
    request.session[LOCKED] = False
    request.session[SEEN] = now()


def confirmed(request: HttpRequest) -> None:
    """Keep that the person has just proved who they are."""
    request.session[CONFIRMED] = now()


def recent(request: HttpRequest, minutes: int = FRESH_MINUTES) -> bool:
    """Whether the person proved who they are within so many minutes (G4)."""
    return bool(now() - request.session.get(CONFIRMED, 0) <= minutes * 60)


def minutes_since(request: HttpRequest) -> int:
    """How many whole minutes ago the person proved who they are; a day when that is not known."""
    return int(now() - request.session.get(CONFIRMED, now() - 24 * 3600)) // 60


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the page *confirm that it is you*, and from there on to where the person was; a sent form is kept."""
    following = request.get_full_path() if request.method in {"GET", "HEAD"} else parking.park(request)
    return to("confirm", following)


def fresh(minutes: int = FRESH_MINUTES) -> Callable[[View], View]:
    """Only shortly after proving who one is (G4): for opening a case outside one's work, and other grave acts."""

    def mark(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if recent(request, minutes):
                return view(request, *args, **kwargs)
            return ask_again(request)

        return inner

    return mark
