"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from .rooms import rooms_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Rooms of the signed-in person's role, languages, idle minutes, quick exit, whether this is a demonstration."""
    who = getattr(request, "principal", None)
    return {
        "who": who,
        "rooms": _rooms(request, who.role) if who else [],
        "idle_minutes": settings.GZA_IDLE_MINUTES,
        "quick_exit": settings.GZA_QUICK_EXIT,
        "demo": settings.MODE == "demo",
        "languages": settings.LANGUAGES,
    }


def _rooms(request: HttpRequest, role: str) -> list[dict[str, Any]]:
    found = []
    for room in rooms_of(role):
        try:
            address = reverse(room.url)
        except NoReverseMatch:  # pragma: no cover (a role whose rooms come with a later part)
            continue
        at = request.path == address or (room.prefix and request.path.startswith(room.prefix))
        found.append({"address": address, "title": room.title, "icon": room.icon, "current": bool(at)})
    return found
