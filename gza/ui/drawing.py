"""The small parts that stand on a page by the hundred, put together in Python and remembered where they repeat."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import dates

SIGNALS = {"late": "is-late", "wait": "is-wait", "done": "is-done", "now": "is-here"}
_THREAD_END = 93  # where the last stretch of the small road would be shorter than its stop


def escaped(value: object) -> str:
    """The value for a page. As Django's ``conditional_escape``, which costs thrice as much for its lazy strings."""
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


def language() -> str:
    """The reader's language."""
    return get_language() or "ka"


def day_of(value: dt.date) -> dt.date:
    """The day, in Tbilisi, of a day or a moment."""
    return dates.local(value).date() if isinstance(value, dt.datetime) else value


@lru_cache(maxsize=512)
def picture(prefix: str, name: str, css: str = "") -> SafeString:
    """An icon (``i``, 24 grid) or a mark (``m``, 16 grid) of the sprite."""
    grid = 24 if prefix == "i" else 16
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true"><use href="{}#{}-{}"/></svg>',
        *(f"{prefix} {css}".strip(), grid, grid, static("ui/sprite.svg"), prefix, name),
    )


def marked(kind: str, word: object, css: str = "") -> SafeString:
    """A mark with its word, in the colour of its kind."""
    classes = " ".join(f"mark {SIGNALS.get(kind, '')} {css}".split())
    return mark_safe(f'<span class="{escaped(classes)}">{picture("m", kind)}{escaped(word)}</span>')  # noqa: S308 (escaped)


@lru_cache(maxsize=2)
def _clauses_page(_urlconf: str) -> str:
    try:
        return reverse("shell:clauses")
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=2048)
def _clause(clause: str, prefix: str, _language: str, urlconf: str) -> SafeString:
    kind, number = clause[:1], clause[1:]
    if kind == "S":
        said, shown = _("Strategy, clause"), f"§\u00a0{number}"
    elif kind == "N":
        said, shown = _("Action plan, rule"), f"N\u00a0{number}"
    else:
        said, shown = _("General rule"), clause
    inner = format_html('<span class="vh">{}</span> {}{}', said, prefix, shown)
    home = _clauses_page(urlconf)
    if home:
        return format_html('<a class="clause" href="{}#{}">{}</a>', home, clause, inner)
    return format_html('<span class="clause">{}</span>', inner)


def clause(clause: str, prefix: str = "") -> SafeString:
    """The clause in the margin; a link where a page lists the clauses."""
    return _clause(str(clause), str(prefix), language(), settings.ROOT_URLCONF) if clause else mark_safe("")


@lru_cache(maxsize=512)
def road_mini(at: int, of: int, ended: bool) -> SafeString:
    """The road as a thread: at stop ``at`` of ``of``."""
    x = 2 + 96 * (at - 1) / max(of - 1, 1)
    ahead = f'<path class="ahead" d="M{x + 5:.1f} 4H98"/>' if x < _THREAD_END and not ended else ""
    return mark_safe(  # noqa: S308 (numbers)
        '<svg class="road-mini" viewBox="1.5 0 102 8" aria-hidden="true">'
        f'<path class="past" d="M2 4H{x:.1f}"/>{ahead}<circle cx="{x:.1f}" cy="4" r="3.5"/></svg>'
    )


def gap() -> SafeString:
    """A number that is not shown: the same mark for whatever reason."""
    said = f'<span class="vh">{escaped(_("not shown"))}</span>'
    return mark_safe(f'<span class="gap"><span aria-hidden="true">×</span>{said}</span>')  # noqa: S308 (escaped)


def mask() -> str:
    """The dots in a name's place."""
    return f'<span class="mask"><span class="vh">{escaped(_("name hidden"))}</span></span>'


@lru_cache(maxsize=512)
def _pattern(name: str, ids: int, _urlconf: str) -> str:
    return reverse(name, args=[uuid.UUID(int=number) for number in range(ids)])


def address(name: str, *ids: uuid.UUID) -> str:
    """The address of a page that takes ids alone: as ``reverse``, whose work a list would ask for a hundred times."""
    made = _pattern(name, len(ids), settings.ROOT_URLCONF)
    for number, id_ in enumerate(ids):
        made = made.replace(str(uuid.UUID(int=number)), str(id_))
    return made


def _when(attrs: Mapping[str, Any]) -> str:
    day = attrs.get("day")
    if not day:
        note = attrs.get("note")
        return escaped(attrs.get("when") or "") + (f" <small>{escaped(note)}</small>" if note else "")
    day = day_of(day)
    shown = dates.short_day(day, language())
    late = dates.late(day) if attrs.get("due") else ""
    if late:
        return f'{shown} <span class="delta is-late">{late}</span>'
    note = attrs.get("note") or (dates.relative(day, language()) if attrs.get("due") else "")
    return f"{shown} <small>{escaped(note)}</small>" if note else shown


def row(attrs: Mapping[str, Any], second: str, more: str = "") -> SafeString:
    """One row of a list: when, what, which case, which clause. Its attributes are told in the README."""
    title, href, code = attrs.get("title"), attrs.get("href"), attrs.get("code")
    parts = ['<li class="row"']
    if attrs.get("id"):
        parts.append(f' id="{escaped(attrs.get("id"))}"')
    parts.append(f'><p class="when">{_when(attrs)}</p><div class="what">')
    if href:
        parts.append(f'<a href="{escaped(href)}">{escaped(title)}</a>')
    elif title:
        parts.append(f"<b>{escaped(title)}</b>")
    if second.strip():
        parts.append(f"<p>{escaped(second)}</p>")
    parts.append(f"{escaped(more)}</div>")
    if code:
        link, name = attrs.get("code_href"), attrs.get("name")
        shown = (
            f'<a class="code" href="{escaped(link)}">{escaped(code)}</a>'
            if link
            else f'<span class="code">{escaped(code)}</span>'
        )
        parts.append(f'<p class="which">{shown}{f"<span>{escaped(name)}</span>" if name else mask()}</p>')
    parts.append(f"{clause(attrs.get('clause') or '')}</li>\n")
    return mark_safe("".join(parts))  # noqa: S308 (every value is escaped above)


def rows(told: Iterable[tuple[Mapping[str, Any], str]]) -> SafeString:
    """Many rows: pairs of a row's attributes and of its second line."""
    return mark_safe("".join(row(attrs, second) for attrs, second in told))  # noqa: S308 (``row`` escapes)


def say(text: Any) -> str:
    """A sentence in the reader's language: a ``law.verdicts.Text``, a pair with ``ka`` and ``en``, or plain text."""
    if text is None:
        return ""
    if hasattr(text, "say"):
        return str(text.say(language()))
    if isinstance(text, dict):
        return str(text.get(language()) or text.get("ka") or "")
    return str(text)


def _stop(stop: Any) -> str:
    step = ' aria-current="step"' if stop.current else ""
    return f'<li class="{stop.css}"{step}>{picture("m", stop.mark, "stop")}'


def road(stops: Iterable[Any]) -> SafeString:
    """The stops of a road (``ui.road.Stop``), in a line."""
    word = _("passed")
    passed = f'<span class="vh">{escaped(word)}</span>'
    return mark_safe(  # noqa: S308 (escaped)
        "\n".join(
            f"{_stop(stop)}<span><b>{escaped(say(stop.label))}</b>{passed if stop.passed else ''} "
            f"{escaped(stop.when)}</span></li>"
            for stop in stops
        )
    )


def road_long(stops: Iterable[Any]) -> SafeString:
    """The same one below the other, with who, when and by which clause."""
    return mark_safe(  # noqa: S308 (escaped)
        "\n".join(
            f"{_stop(stop)}<span><b>{escaped(say(stop.label))}</b> {escaped(say(stop.note))}</span>"
            f"<span>{escaped(stop.since)}</span>{clause(stop.clause)}</li>"
            for stop in stops
        )
    )
