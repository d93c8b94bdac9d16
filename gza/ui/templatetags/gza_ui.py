"""Filters and tags every template knows without loading. None of them asks the database."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gza.core import money as amounts
from gza.ui import dates, drawing, figures, rendering, road
from gza.ui.forms.errors import listed

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An outlined icon: ``{% icon "eye" %}``. Decoration only: the word stands beside it."""
    return drawing.picture("i", str(name), css)


@register.simple_tag
def glyph(name: str, css: str = "") -> SafeString:
    """A solid mark without its word: ``{% glyph "late" "is-late" %}``."""
    return drawing.picture("m", str(name), css)


@register.simple_tag
def marked(kind: str, word: object, css: str = "") -> SafeString:
    """A mark with its word, in the colour of its kind: ``{% marked "late" "..." %}``."""
    return drawing.marked(kind, word, css)


@register.simple_tag
def clause(clause: str, prefix: str = "") -> SafeString:
    """The clause in the margin: ``{% clause "S7.9" %}``; a link where a page lists the clauses."""
    return drawing.clause(clause, prefix)


@register.simple_tag
def draw_row(attrs: Any, second: str, more: str = "") -> SafeString:
    """The inside of ``<c-row>``."""
    return drawing.row(attrs.attrs_dict(), second, more)


@register.filter
def notice_kind(level: str) -> str:
    """The kind of notice for a level of Django's messages."""
    return {"success": "done", "warning": "wait", "error": "late"}.get(level, "")


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The present address with some parameters changed, the others kept: ``{% query after=cursor late=None %}``."""
    request = context.get("request")
    params = {key: request.GET.getlist(key) for key in request.GET} if request else {}
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = value if isinstance(value, list | tuple) else [str(value)]
    return "?" + urlencode(params, doseq=True)


@register.filter
def day(value: dt.date | None) -> str:
    """``15.10.2020`` or ``15 Oct 2020``; a moment gives its day in Tbilisi."""
    return dates.day(drawing.day_of(value), drawing.language()) if value else ""


@register.filter
def short_day(value: dt.date | None) -> str:
    """``15.10`` or ``15 Oct`` in the present year, else with the year."""
    return dates.short_day(drawing.day_of(value), drawing.language()) if value else ""


@register.filter
def long_day(value: dt.date | None) -> str:
    """With the weekday and the month in words."""
    return dates.long_day(drawing.day_of(value), drawing.language()) if value else ""


@register.filter
def month(value: dt.date | None) -> str:
    """``ოქტომბერი 2020`` or ``October 2020``."""
    return dates.month(value, drawing.language()) if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """``15.10.2020, 14:12``, on the clock of Tbilisi."""
    return dates.moment(value, drawing.language()) if value else ""


@register.filter
def clock(value: dt.datetime | None) -> str:
    """``14:12``, on the clock of Tbilisi."""
    return f"{dates.local(value):%H:%M}" if value else ""


@register.filter
def relative(value: dt.date | None) -> str:
    """``today``, ``tomorrow``, a weekday, ``in 12 days``, ``12 days ago``."""
    return dates.relative(drawing.day_of(value), drawing.language()) if value else ""


@register.filter
def late(value: dt.date | None) -> str:
    """``5 days late``, or nothing."""
    return dates.late(drawing.day_of(value)) if value else ""


@register.filter
def money(tetri: int | None) -> str:
    """``1 340,50 ₾`` or ``GEL 1,340.50`` from tetri."""
    return "" if tetri is None else amounts.show(tetri, drawing.language())


@register.filter
def say(text: Any) -> str:
    """The sentence in the reader's language: a ``law.verdicts.Text``, a pair with ``ka`` and ``en``, or plain text."""
    return drawing.say(text)


@register.filter
def named(row: Any) -> str:
    """``name_ka`` or ``name_en`` of a row, by the reader's language."""
    if row is None:
        return ""
    return str(getattr(row, "name_ka" if drawing.language() == "ka" else "name_en", "") or getattr(row, "name_ka", ""))


@register.simple_tag
def widget(field: BoundField, **attrs: str) -> SafeString:
    """The control of a bound field with its ties to hint and error."""
    return mark_safe(rendering.control(field, attrs))  # noqa: S308 (rendered by Django's own widgets)


@register.filter
def options(field: BoundField) -> list[rendering.Option]:
    """The single choices of a radio or checkbox list."""
    return rendering.options(field)


@register.filter
def shape(field: BoundField) -> str:
    """How a field is drawn: ``group``, ``single``, ``hidden`` or ``plain``."""
    return rendering.shape(field)


@register.filter
def unit_of(field: BoundField) -> str:
    """The unit a field keeps to be written beside its control."""
    return str(getattr(field.field, "unit", ""))


@register.filter
def faults(form: Any) -> list[Any]:
    """The wrong fields of a form, or of several, for the summary: address, label and sentence of each."""
    return listed(form)


@register.filter
def attribute(row: Any, name: str) -> Any:
    """An attribute or key by a name known only at run time; empty when there is none."""
    return row.get(name, "") if isinstance(row, dict) else getattr(row, name, "")


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Typed text with its line breaks, escaped."""
    parts = [str(conditional_escape(line)) for line in (text or "").split("\n")]
    return mark_safe("<br>".join(parts))  # noqa: S308 (each line is escaped above)


@register.filter
def here(stops: Any) -> road.Here | None:
    """Where a case stands on its road."""
    return road.here(stops)


@register.simple_tag
def draw_road(stops: Any) -> SafeString:
    """The stops inside ``<c-road>``."""
    return drawing.road(stops)


@register.simple_tag
def draw_road_long(stops: Any) -> SafeString:
    """The stops inside ``<c-road-long>``."""
    return drawing.road_long(stops)


@register.simple_tag
def road_mini(at: int, of: int, ended: object = "") -> SafeString:
    """The road as a thread: at stop ``at`` of ``of``."""
    return drawing.road_mini(int(at), int(of), bool(ended))


@register.filter
def drawn_bars(rows: Any) -> list[figures.DrawnBar]:
    """Bars with their widths."""
    return figures.bars(rows)


@register.filter
def drawn_counts(rows: Any) -> list[figures.DrawnCount]:
    """Published counts with their widths."""
    return figures.counts(rows)


@register.simple_tag
def gap() -> SafeString:
    """The mark of a suppressed number: one mark, whatever the reason."""
    return drawing.gap()


@register.filter
def drawn_tiles(regions: Any) -> list[figures.DrawnTile]:
    """Tiles with their classes and widths."""
    return figures.tiles(regions)


@register.filter
def month_heads(window: figures.Window, today: dt.date | None = None) -> list[tuple[str, bool]]:
    """The short names of a window's months."""
    return window.heads(today)


@register.simple_tag
def months_bar(
    window: figures.Window, start: dt.date, end: dt.date, today: dt.date | None, label: str, desired: object = ""
) -> SafeString:
    """One item of a time-table over months."""
    return figures.months_bar(window, start, end, label=label, today=today, desired=bool(desired))


@register.simple_tag
def halfyears_bar(states: Any, now: float | None, within: object, label: str) -> SafeString:
    """One activity over the half-years of a plan."""
    return figures.halfyears_bar(states, label=label, now=now, within=bool(within))


@register.simple_tag
def stack_bar(counts: Any, most: int, label: str = "") -> SafeString:
    """Counts of kinds side by side."""
    return figures.stack_bar(counts, most, label=label)


@register.simple_tag
def ceiling_bar(spent: int, decided: int, limit: int) -> SafeString:
    """Spent, decided and free, with the same in words for readers."""
    words = {
        "spent": money(spent),
        "more": money(decided - spent),
        "free": money(limit - decided),
        "limit": money(limit),
    }
    label = _("spent %(spent)s, decided besides %(more)s, free %(free)s; the limit is %(limit)s") % words
    return figures.ceiling_bar(spent, decided, limit, label=label)


@register.filter
def minus(left: int, right: int) -> int:
    """The difference."""
    return left - right
