"""Figures as percentages, ready for SVG attributes. Texts beside them are the page's affair.

Every number is formatted here, with a point, because templates would write it in the reader's language.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gza.core.calendar import add_months

from . import dates

HEAD_SPACE = 0.35  # percent left free between two parts of a stack


def percent(part: float, whole: float = 100) -> str:
    """``37.1%``; nothing when there is no whole; never beyond 0 and 100."""
    share = 100 * part / whole if whole else 0.0
    return f"{min(max(share, 0.0), 100.0):.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True)
class Bar:
    """A line of a bar list: how many, how many of them late, and where the list of them is."""

    label: Any
    count: int
    late: int = 0
    href: str = ""


@dataclass(frozen=True)
class DrawnBar:
    """A ``Bar`` with its widths."""

    bar: Bar
    width: str
    late_width: str


def bars(rows: Sequence[Bar]) -> list[DrawnBar]:
    """The bars against the longest of them."""
    most = max((row.count for row in rows), default=0)
    return [DrawnBar(row, percent(row.count, most), percent(row.late, most)) for row in rows]


@dataclass(frozen=True)
class Count:
    """A line of a list of published counts: ``value`` None is suppressed; ``low`` to ``high`` its interval."""

    label: Any
    value: int | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class DrawnCount:
    """A ``Count`` with its width and the ends of its interval."""

    count: Count
    width: str
    low: str
    high: str


def counts(rows: Sequence[Count]) -> list[DrawnCount]:
    """The counts against the longest of them, intervals included."""
    most = max((max(row.value or 0, row.high or 0) for row in rows), default=0)
    return [
        DrawnCount(row, percent(row.value or 0, most), percent(row.low or 0, most), percent(row.high or 0, most))
        for row in rows
    ]


@dataclass(frozen=True)
class Window:
    """The months a time-table shows: ``months`` of them from the first day of ``start``'s month."""

    start: dt.date
    months: int = 12

    @property
    def first(self) -> dt.date:
        """The first day shown."""
        return self.start.replace(day=1)

    @property
    def end(self) -> dt.date:
        """The first day no longer shown."""
        return add_months(self.first, self.months)

    def place(self, day: dt.date) -> float:
        """Where a day lies, 0 to 100; each month is equally wide, days divide their month."""
        first = self.first
        index = (day.year - first.year) * 12 + day.month - first.month
        length = (add_months(day.replace(day=1), 1) - day.replace(day=1)).days
        return 100 * (index + (day.day - 1) / length) / self.months

    def heads(self, today: dt.date | None = None) -> list[tuple[str, bool]]:
        """The short names of the months, and whether it is the present one."""
        language, first = get_language() or "ka", self.first
        names = []
        for index in range(self.months):
            month = add_months(first, index)
            now = today is not None and (month.year, month.month) == (today.year, today.month)
            names.append((dates.short_month(month.month, language), now))
        return names


def _line(css: str, x: str, height: int) -> str:
    return f'<line class="{css}" x1="{x}" x2="{x}" y1="0" y2="{height}"/>'


def _rect(css: str, x: str, width: str, y: int, height: int) -> str:
    fill = ' fill="url(#hatch)"' if css == "f-pat" else ""
    return f'<rect class="{css}"{fill} x="{x}" y="{y}" width="{width}" height="{height}"/>'


@lru_cache(maxsize=64)
def _grid(parts: int, height: int) -> str:
    return "".join(_line("f-grid", percent(index, parts), height) for index in range(1, parts))


def _svg(label: str, height: int, parts: Sequence[str]) -> SafeString:
    """The figure; only its label comes from outside, and is escaped."""
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(f'<svg class="fig" height="{height}" {said}>{"".join(parts)}</svg>')  # noqa: S308 (numbers and fixed texts alone)


def months_bar(
    window: Window,
    start: dt.date,
    end: dt.date,
    *,
    label: str,
    today: dt.date | None = None,
    desired: bool = False,
) -> SafeString:
    """One item of a time-table over months: open is to come, filled is past; the desired stands slimmer.

    ``end`` is the last day, included. ``label`` says the same in words, for readers.
    """
    height, (y, thick) = 26, (9, 8) if desired else (6, 14)
    parts = [_grid(window.months, height)]
    low = max(window.place(start), 0.0)
    high = min(window.place(end + dt.timedelta(days=1)), 100.0)
    if high > low:
        parts.append(_rect("f-open", percent(low), percent(high - low), y, thick))
        if today is not None:
            gone = min(window.place(today), high)
            if gone > low:
                parts.append(_rect("f2" if desired else "f1", percent(low), percent(gone - low), y, thick))
    if today is not None and window.first <= today < window.end:
        parts.append(_line("f-now", percent(window.place(today)), height))
    return _svg(label, height, parts)


def halfyears_bar(states: Sequence[str], *, label: str, now: float | None = None, within: bool = False) -> SafeString:
    """One activity over the half-years of a plan.

    Args:
        states: for each half-year ``done``, ``going``, ``open``, ``missed`` or ``none`` (does not concern it).
        label: the same in words.
        now: where today lies, 0 to 100.
        within: whether it had to be delivered within the named half-years (then their last one ends in a post),
            else it runs throughout.
    """
    step, height = 100 / max(len(states), 1), 16
    parts: list[str] = []
    last = max((index for index, state in enumerate(states) if state != "none"), default=-1)
    for index, state in enumerate(states):
        x, width = percent(index * step), percent(step - (0.6 if within else 0))
        if state == "none":
            parts.append(f'<line class="f-grid" x1="{x}" x2="{percent((index + 1) * step)}" y1="8" y2="8"/>')
            continue
        css = {"done": "f1", "going": "f-pat", "open": "f-open", "missed": "f-open f-miss"}[state]
        parts.append(_rect(css, x, width, 3, 10))
        if within and index == last:
            post = percent((index + 1) * step - 0.6)
            parts.append(f'<svg x="{post}" overflow="visible"><path class="f1" d="M-1 0h3v16h-3z"/></svg>')
    if now is not None:
        parts.append(_line("f-now", percent(now), height))
    return _svg(label, height, parts)


def ceiling_bar(spent: int, decided: int, limit: int, *, label: str) -> SafeString:
    """Spent, decided beyond that, and free up to the limit. ``decided`` counts what is spent as well."""
    height = 26
    parts = [_rect("f-open", "0%", "100%", 4, 18)]
    if decided > spent:
        parts.append(_rect("f-pat", percent(spent, limit), percent(decided - spent, limit), 4, 18))
    if spent:
        parts.append(_rect("f1", "0%", percent(spent, limit), 4, 18))
    parts.append(_line("f-edge", "100%", height))
    return _svg(label, height, parts)


STACK = ("f1", "f2", "f3", "f-pat", "f-open f-miss", "f-open")


def stack_bar(counts: Sequence[int], most: int, *, kinds: Sequence[str] = STACK, label: str = "") -> SafeString:
    """Counts of kinds side by side, against the longest row ``most``; at least its table says the same in numbers."""
    height, x = 16, 0.0
    parts: list[str] = []
    for count, css in zip(counts, kinds, strict=False):
        if count:
            width = 100 * count / most
            parts.append(_rect(css, percent(x), percent(width - HEAD_SPACE), 0, height))
            x += width
    return _svg(label, height, parts)


@dataclass(frozen=True)
class Tile:
    """A region on the tile map: column 1 to 6, row 1 to 3; ``count`` None means that nothing is known."""

    label: Any
    column: int
    row: int
    count: int | None = None
    note: Any = ""
    href: str = ""


@dataclass(frozen=True)
class DrawnTile:
    """A ``Tile`` with its class and the width of its bar."""

    tile: Tile
    css: str
    width: str


def tiles(regions: Sequence[Tile]) -> list[DrawnTile]:
    """The tiles against the highest count."""
    most = max((tile.count or 0 for tile in regions), default=0)
    return [
        DrawnTile(
            tile,
            f"c{tile.column} r{tile.row}" + ("" if tile.count is not None else " none"),
            percent(tile.count or 0, most),
        )
        for tile in regions
    ]


def share_of_year(today: dt.date, start: dt.date, end: dt.date) -> float | None:
    """Where today lies between two days, 0 to 100; None outside."""
    span = (end - start).days + 1
    gone = (today - start).days
    return 100 * gone / span if 0 <= gone < span else None
