"""Who comes in: finds the signed-in person of each request and sends the others to the right door."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.vault import session as vault

from . import doors, parking
from .marks import is_public

Handler = Callable[[HttpRequest], HttpResponse]
LOCKED_STATUS = 423
COMPLETE = "complete"


class Entrance:
    """Sets ``request.user`` and ``request.principal`` (None for anonymous people) and keeps the door.

    In this order: public pages, sign-in, the lock, first own password, second factor. A form sent to a locked session
    is kept, see ``parking``. Requests by script get 401 or 423 instead of a page they would not show.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the person."""
        request.user = self._user(request)
        request.principal = None
        if isinstance(request.user, User):
            request.principal = Principal(request.user, vault.ring(request))
        return self.get_response(request)

    @staticmethod
    def _user(request: HttpRequest) -> User | AnonymousUser:
        if not request.session.session_key:
            return AnonymousUser()
        user = get_user(request)
        if isinstance(user, User) and doors.is_over(request):
            logout(request)
            return AnonymousUser()
        return user

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the request pass to its view, or send it to a door."""
        if is_public(view):
            return None
        if request.principal is None:
            return self._to(request, "sign_in", 401)
        if doors.is_locked(request):
            if getattr(view, "while_locked", False):
                return None
            response = self._to(request, "lock", LOCKED_STATUS)
            doors.lock(request, response)
            return response
        doors.touch(request)
        if not getattr(view, "while_new", False) and not request.session.get(COMPLETE):
            return self._first_steps(request)
        return None

    @staticmethod
    def _to(request: HttpRequest, name: str, status: int) -> HttpResponse:
        if "text/html" not in request.headers.get("Accept", "text/html") or "HX-Request" in request.headers:
            response = HttpResponse(status=status)
            if "HX-Request" in request.headers:
                response.headers["HX-Redirect"] = doors.to(name).url
            return response
        if request.method in {"GET", "HEAD"}:
            following = request.get_full_path()
        else:
            following = parking.park(request) if status == LOCKED_STATUS else ""
        return doors.to(name, following)

    @staticmethod
    def _first_steps(request: HttpRequest) -> HttpResponse | None:
        user = request.principal.user
        if user.must_change:
            return doors.to("password")
        if not user.has_second_factor:
            return doors.to("second_factor")
        request.session[COMPLETE] = True
        return None
