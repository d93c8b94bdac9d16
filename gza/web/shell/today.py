"""Today: each room registers what it shows for whom; the shell only asks."""

from collections.abc import Callable
from typing import Any, TypeAlias

from gza.accounts.principals import Principal

from .rooms import rooms_of

Page: TypeAlias = tuple[str, dict[str, Any]]
_pages: dict[str, Callable[[Principal], Page]] = {}


def register(*roles: str) -> Callable[[Callable[[Principal], Page]], Callable[[Principal], Page]]:
    """Enter a function that gives template and context of Today for these roles."""

    def enter(page: Callable[[Principal], Page]) -> Callable[[Principal], Page]:
        _pages.update(dict.fromkeys(map(str, roles), page))
        return page

    return enter


def page_of(who: Principal) -> Page:
    """Template and context of a person's Today; the rooms of the role where none is registered."""
    if who.role in _pages:
        return _pages[who.role](who)
    return "shell/today_plain.html", {"doors": [room for room in rooms_of(who.role) if room.url != "shell:today"]}
