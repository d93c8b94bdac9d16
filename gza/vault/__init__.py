"""Keys and everything sealed under them. See README.md beside this file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .ring import Ring


def ring(request: "HttpRequest") -> "Ring":
    """The ring of the signed-in person: one a request, locked when the password has to be given (again)."""
    from . import session

    return session.ring(request)
