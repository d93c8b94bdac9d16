"""What the shell of a page is filled with. ``gza.web.shell`` makes a ``Shell`` a request; ``ui`` only draws it."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


@dataclass(frozen=True)
class Room:
    """One entry of the main navigation.

    ``key`` is compared with the ``room`` a page sets; ``icon`` is an ``i-`` name of the sprite.
    """

    key: str
    label: str
    href: str
    icon: str = "list"


@dataclass(frozen=True)
class Said:
    """A sentence said once after an act; ``kind`` is empty, ``done``, ``wait`` or ``late``."""

    text: str
    kind: str = "done"


@dataclass(frozen=True)
class Shell:
    """The frame of the signed-in person's pages. Every address may be empty: then its part is not drawn.

    ``language_url`` takes POST ``language`` and ``next``; ``leave_url`` signs out by POST; ``lock_url`` takes POST
    without a body to lock and POST ``password`` to open (see README, Idle lock); ``clauses_url`` is the page
    that lists the clauses, each under its id.
    """

    name: str = ""
    role: str = ""
    rooms: tuple[Room, ...] = ()
    home_url: str = "/"
    account_url: str = ""
    language_url: str = ""
    leave_url: str = ""
    lock_url: str = ""
    clauses_url: str = ""
    said: tuple[Said, ...] = field(default=())


def frame(_request: HttpRequest) -> dict[str, Any]:
    """Context processor: what every page knows, signed in or not, without a query."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "frame": {
            "language": language,
            "other": next((code, name) for code, name in settings.LANGUAGES if code != language),
            "quick_exit": settings.GZA_QUICK_EXIT,
            "idle_minutes": settings.GZA_IDLE_MINUTES,
            "demo": settings.MODE == "demo",
        }
    }
