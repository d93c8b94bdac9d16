"""Filters of the case pages; built in, like those of ``ui``."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gza.law.stages import STOPS, Stage
from gza.ui import dates

register = template.Library()


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a mapping under a key that a variable holds."""
    return mapping.get(key) if mapping else None


@register.filter
def person(user: Any) -> str:
    """A colleague's name in the reader's language."""
    return str(user.name(get_language() or "ka")) if user is not None else ""


@register.filter
def sections(keys: Sequence[str]) -> str:
    """What of a case somebody can open, in words."""
    words = {
        "identity": _("identity"),
        "health": _("health"),
        "legal": _("legal matters"),
        "narrative": _("what was told"),
        "profile": _("coded profile"),
    }
    if not keys:
        return _("the whole case")
    return _("only: %(what)s") % {"what": ", ".join(words.get(key, key) for key in keys)}


@register.filter
def group(key: str) -> str:
    """What a group that holds keys is called."""
    words = {
        "statistics": _("statistics officers"),
        "complaints": _("complaints desk"),
        "monitor": _("monitor"),
        "provider": _("organisation"),
        "recovery": _("recovery key: two of three custodians"),
    }
    return words.get(key, key)


@register.filter
def stage(key: str) -> Any:
    """The label of a stage, in both languages."""
    return STOPS[Stage(key)].label


@register.filter
def iso(text: str) -> str:
    """A sealed date, which is kept as ISO text, as the reader's language writes it."""
    return dates.day(dt.date.fromisoformat(text), get_language() or "ka") if text else ""
