"""Filters of the case pages; built in, like those of ``ui``."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gza.law.stages import STOPS, Stage
from gza.ui import dates
from gza.web.cases import drawing

register = template.Library()


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a mapping under a key that a variable holds."""
    return mapping.get(key) if mapping else None


@register.filter
def person(user: Any) -> str:
    """A colleague's name in the reader's language."""
    return drawing.name_of(user)


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


@register.simple_tag
def waiting_rows(rows: Any, people: Any, but: Any = None, party: object = "") -> SafeString:
    """Rows of cases that wait; see ``drawing.waiting_rows``."""
    return drawing.waiting_rows(rows, people, but=but or None, party=bool(party))


@register.simple_tag
def flag_rows(flags: Any) -> SafeString:
    """Rows of flags that stand open."""
    return drawing.flag_rows(flags)


@register.simple_tag
def changed_rows(rows: Any) -> SafeString:
    """Rows of cases that somebody changed."""
    return drawing.changed_rows(rows)


@register.simple_tag
def case_rows(rows: Any, keepers: Any, own: object, named: object) -> SafeString:
    """Rows of the list of cases; see ``drawing.case_rows``."""
    return drawing.case_rows(rows, keepers, own=bool(own), named=bool(named))


@register.simple_tag
def hit_rows(hits: Any) -> SafeString:
    """Hits of a search by name."""
    return drawing.hit_rows(hits)


@register.simple_tag
def event_rows(events: Any) -> SafeString:
    """What happened in a case."""
    return drawing.event_rows(events)


@register.simple_tag
def stage_rows(lines: Any, region: str = "") -> SafeString:
    """The stages of the overview."""
    return drawing.stage_rows(lines, region)
