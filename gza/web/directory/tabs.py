"""The tabs of the two rooms: the directory, and the list of services."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gza.accounts.permissions import may

Tab = dict[str, Any]


def _tab(name: str, label: str, current: str) -> Tab:
    return {"href": reverse(f"directory:{name}"), "label": label, "current": name == current, "count": ""}


def directory_tabs(_request: HttpRequest, current: str) -> list[Tab]:
    """Organisations, focal persons, social workers."""
    names = (
        ("home", _("Organisations")),
        ("focal_persons", _("Focal persons")),
        ("workers", _("Social workers")),
    )
    return [_tab(name, label, current) for name, label in names]


def catalogue_tabs(request: HttpRequest, current: str) -> list[Tab]:
    """The edition in force, the offers as they stand now, all editions."""
    names = [("catalogue", _("The list in force")), ("editions", _("All editions"))]
    if may("directory.read", request.principal):
        names.insert(1, ("offers", _("Offers now")))
    return [_tab(name, label, current) for name, label in names]
