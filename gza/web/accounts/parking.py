"""A form that was sent while the session was locked: kept, sealed to the person, and sent on after the password.

The session's public key is kept in the session for this alone; opening what was kept needs the private one.
"""

import json
import secrets

from django.http import HttpRequest
from django.urls import reverse

from gza.core import clock
from gza.core.transient.models import Draft
from gza.vault import session as vault
from gza.vault.crypto.encode import pack
from gza.vault.crypto.keys import Sender
from gza.vault.ring import Ring

BOX = "box"
LARGEST = 512 * 1024  # bytes of JSON
_NEVER = {"csrfmiddlewaretoken", "code", "recovery"}


def remember(request: HttpRequest, public: bytes) -> None:
    """Keep the person's public key with the session, whose data is signed."""
    request.session[BOX] = public.hex()


def park(request: HttpRequest) -> str:
    """Keep the sent form; returns the address that offers to send it on, or that of the first page.

    Passwords and codes are never kept; neither are files, which the page says.
    """
    public = request.session.get(BOX)
    if not public or request.method != "POST":
        return reverse("shell:today")
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NEVER and "password" not in name
        for value in values
    ]
    kept = {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    text = json.dumps(kept).encode()
    if len(text) > LARGEST:
        return reverse("shell:today")
    token = secrets.token_urlsafe(12)
    form = f"parked:{token}"
    sealed = Sender().seal(bytes.fromhex(public), text, pack("gza own", request.user.pk, "draft", form))
    Draft.objects.create(user=request.user.pk, form=form, sealed=sealed, saved_at=clock.now())
    return reverse("accounts:resume", kwargs={"token": token})


def parked(ring: Ring, token: str) -> dict | None:
    """What was kept under ``token`` for the person of ``ring``: path, fields, whether there were files."""
    text = vault.open_draft(ring, f"parked:{token}")
    return json.loads(text) if text else None


def forget(ring: Ring, token: str) -> None:
    """It was sent on, or is not wanted any more."""
    vault.drop_draft(ring, f"parked:{token}")
