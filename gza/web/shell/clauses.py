"""Which clauses a page serves: read by ``gza law matrix``."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def serves(*clauses: str) -> Callable[[View], View]:
    """Mark a view as the page (or the act) of these clauses of the register."""

    def mark(view: View) -> View:
        view.clauses = clauses
        return view

    return mark
