"""Sealed drafts: what is typed is kept as one types, sealed to the person, and offered again.

A draft is named by page and by a fingerprint of case and person, so that its key says nothing about either.
"""

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

from django.forms import BaseForm, FileField, PasswordInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gza.accounts.permissions import hide
from gza.core import clock
from gza.core.transient.models import Draft
from gza.ui import dates
from gza.vault import session
from gza.vault.errors import Locked

NEVER = {"csrfmiddlewaretoken", "form_token", "password"}
LIMIT = 200_000  # characters; more than any form of ours can hold
_UNAVAILABLE = 409


def key(page: str, who: Any, subject: uuid.UUID | str | None = None) -> str:
    """The draft's key: the page's short name and 16 hex digits of a hash over person and subject."""
    mark = hashlib.blake2s(f"{who.id}{subject}".encode(), digest_size=8).hexdigest()
    return f"{page}-{mark}"


def address(draft: str) -> str:
    """Where the browser posts what is typed."""
    return reverse("shell:draft", args=[draft])


def saved_at(who: Any, draft: str) -> dt.datetime | None:
    """When a draft was kept last; None when there is none."""
    return Draft.objects.filter(user=who.id, form=draft).values_list("saved_at", flat=True).first()


def read(who: Any, draft: str) -> dict[str, list[str]]:
    """The kept fields, each with its values; empty when there is none or it cannot be opened."""
    if who.ring is None or who.ring.locked:
        return {}
    text = session.open_draft(who.ring, draft)
    return json.loads(text) if text else {}


def initial(form: BaseForm, kept: dict[str, list[str]]) -> None:
    """Put kept values into an unbound form."""
    for name, field in form.fields.items():
        if name in kept and not isinstance(field, FileField) and not isinstance(field.widget, PasswordInput):
            many = getattr(field.widget, "allow_multiple_selected", False)
            form.initial[name] = kept[name] if many else kept[name][-1]


def drop(who: Any, draft: str) -> None:
    """The form was sent: its draft goes."""
    if who.ring is not None:
        session.drop_draft(who.ring, draft)


@require_POST
def keep(request: HttpRequest, draft: str) -> HttpResponse:
    """Keep what is typed; answers the words to show beside the form."""
    who = request.principal
    if who is None:
        hide()
    fields = {name: values for name, values in request.POST.lists() if name not in NEVER}
    text = json.dumps(fields, ensure_ascii=False)
    if len(text) > LIMIT or len(draft) > 64:  # noqa: PLR2004 (the column's length)
        return HttpResponse(_("Too much to keep."), status=_UNAVAILABLE, content_type="text/plain; charset=utf-8")
    try:
        session.seal_draft(who.ring, draft, text)
    except Locked:
        return HttpResponse(_("Locked; not kept."), status=_UNAVAILABLE, content_type="text/plain; charset=utf-8")
    when = dates.moment(clock.now(), get_language() or "ka").split(", ")[-1]
    return HttpResponse(_("Kept, %(time)s") % {"time": when}, content_type="text/plain; charset=utf-8")


@require_POST
def discard(request: HttpRequest, draft: str) -> HttpResponse:
    """Throw a draft away; back to the empty form."""
    drop(request.principal, draft)
    back = request.GET.get("next", "")
    good = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if good else reverse("shell:today"))
