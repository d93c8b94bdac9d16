"""The browser-held session key: the session row keeps the private keys under a key only the cookie ``gza_key`` holds.

Neither the row nor the cookie opens anything alone; a locked session is one whose cookie is gone.
"""

import base64
import binascii
import os
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from gza.core import clock
from gza.core.transient.models import Draft

from .crypto import keys
from .errors import Tampered
from .ring import Ring

COOKIE = "gza_key"
ENTRY = "vault"
_NOBODY = uuid.UUID(int=0)
_SIZE = 32


def unlock(request: HttpRequest, response: HttpResponseBase, opened: keys.Keys) -> Ring:
    """After the password: put the wrapped keys into the session and their key into the browser. Gives the open ring.

    A new key each time: the cookie of an earlier unlocking opens nothing any more.
    """
    key = os.urandom(_SIZE)
    blob = opened.wrap(key, "session")
    request.session[ENTRY] = {
        "person": str(opened.person),
        "generation": opened.generation,
        "blob": base64.b64encode(blob).decode(),
    }
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(key).decode(),
        httponly=True,
        samesite="Strict",
        secure=settings.MODE == "production",
        path="/",
    )
    found = Ring(opened.person, opened)
    _keep(request, found)
    return found


def ring(request: HttpRequest) -> Ring:
    """The ring of this request, made once; locked when session, cookie or both are not there or do not fit."""
    kept = getattr(request, "_vault_ring", None)
    if not isinstance(kept, Ring):
        kept = _open(request)
        _keep(request, kept)
    return kept


def _keep(request: Any, found: Ring | None) -> None:
    """On the request itself, so that it ends with it."""
    request._vault_ring = found


def _open(request: HttpRequest) -> Ring:
    user: Any = getattr(request, "user", None)
    person = user.pk if isinstance(getattr(user, "pk", None), uuid.UUID) else _NOBODY
    session: Any = getattr(request, "session", None)
    entry = session.get(ENTRY) if session is not None else None
    cookie = request.COOKIES.get(COOKIE)
    if not entry or not cookie or entry["person"] != str(person):
        return Ring(person)
    try:
        key = base64.urlsafe_b64decode(cookie)
        blob = base64.b64decode(entry["blob"])
        if len(key) != _SIZE:
            return Ring(person)
        return Ring(person, keys.Keys.unwrap(key, blob, person, entry["generation"], "session"))
    except (Tampered, binascii.Error, ValueError):
        return Ring(person)


def lock(request: HttpRequest, response: HttpResponseBase) -> None:
    """The idle lock: the browser's key goes, the session stays; the password opens it again."""
    response.delete_cookie(COOKIE, path="/", samesite="Strict")
    request.session.pop(ENTRY, None)
    _keep(request, None)


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """Signing out: as ``lock``; the caller flushes the session."""
    lock(request, response)


def seal_draft(ring_: Ring, form: str, text: str) -> None:
    """Keep what is typed so far, sealed to the person who types it; the draft before is replaced.

    Args:
        ring_: the person's ring.
        form: the page's own key, without name or code (at most 64 signs).
        text: JSON of the form.

    Raises:
        Locked: when the ring is locked.
    """
    sealed = ring_.wrap(text.encode(), "draft", form)
    values = {"sealed": sealed, "saved_at": clock.now()}
    Draft.objects.update_or_create(user=ring_.person, form=form, defaults=values)


def open_draft(ring_: Ring, form: str) -> str | None:
    """What was typed; None when there is nothing, or nothing that today's keys open.

    Raises:
        Locked: when the ring is locked.
    """
    draft = Draft.objects.filter(user=ring_.person, form=form).first()
    if draft is None:
        return None
    try:
        return ring_.unwrap(bytes(draft.sealed), "draft", form).decode()
    except Tampered:
        return None


def drop_draft(ring_: Ring, form: str) -> None:
    """The form was sent: its draft goes."""
    Draft.objects.filter(user=ring_.person, form=form).delete()
