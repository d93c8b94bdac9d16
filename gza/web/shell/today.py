"""Today: each room registers what it shows for whom; the shell only asks."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.safestring import SafeString

from gza.accounts.principals import Principal
from gza.core import clock
from gza.ui import drawing

from .rooms import rooms_of

Page: TypeAlias = tuple[str, dict[str, Any]]
_pages: dict[str, Callable[[Principal], Page]] = {}


def register(*roles: str) -> Callable[[Callable[[Principal], Page]], Callable[[Principal], Page]]:
    """Enter a function that gives template and context of Today for these roles."""

    def enter(page: Callable[[Principal], Page]) -> Callable[[Principal], Page]:
        _pages.update(dict.fromkeys(map(str, roles), page))
        return page

    return enter


@dataclass(frozen=True)
class Waits:
    """Something that waits for this person in another room.

    What it is (``title``), where it is done, its clause, its day if it has one (``due``: the last day, so that one past
    it shows as late), a word more (``note``), and the case it is about, shown by its code (T0).
    """

    title: Any
    href: str
    clause: str = ""
    day: dt.date | dt.datetime | None = None
    note: Any = ""
    due: bool = False
    case: Any = None

    @property
    def late(self) -> bool:
        """Whether its last day is past: shown as late."""
        return self.due and self.day is not None and drawing.day_of(self.day) < clock.today()


_also: dict[str, list[Callable[[Principal], list[Waits]]]] = {}


def also(*roles: str) -> Callable[[Callable[[Principal], list[Waits]]], Callable[[Principal], list[Waits]]]:
    """Enter a function that gives what waits in its room for these roles, beside the role's own Today."""

    def enter(found: Callable[[Principal], list[Waits]]) -> Callable[[Principal], list[Waits]]:
        for role in roles:
            _also.setdefault(str(role), []).append(found)
        return found

    return enter


def page_of(who: Principal) -> Page:
    """Template and context of a person's Today; the rooms of the role where none is registered."""
    waits = [one for found in _also.get(who.role, []) for one in found(who)]
    if who.role in _pages:
        template, context = _pages[who.role](who)
        calm = bool(context.get("calm")) and not waits
        late = sum(one.late for one in waits)
        return template, {
            **context, "also": waits, "also_rows": drawn(waits), "also_late": late, "calm": calm,
            "late_count": context.get("late_count", 0) + late,
        }  # fmt: skip
    doors = [room for room in rooms_of(who.role) if room.url != "shell:today"]
    return "shell/today_plain.html", {"also": waits, "also_rows": drawn(waits), "doors": doors}


def drawn(waits: list[Waits]) -> SafeString:
    """What waits, as rows of a list."""
    told: list[tuple[dict[str, Any], str]] = []
    for one in waits:
        attrs = {"day": one.day, "due": one.due, "title": one.title, "href": one.href, "clause": one.clause}
        if one.case is not None:
            attrs |= {"code": one.case.code, "code_href": drawing.address("cases:detail", one.case.id)}
        told.append((attrs, str(one.note)))
    return drawing.rows(told)
