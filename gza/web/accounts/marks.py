"""Marks on views that the middleware reads: who may come in when.

A view without a mark is for signed-in people whose session is open and whose account is complete. A public view
carries Django's own ``login_not_required``.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable[..., Any])
public = login_not_required


def while_locked(view: View) -> View:
    """Also while the session is locked."""
    view.while_locked = True
    return view


def while_new(view: View) -> View:
    """Also before the own password is set and a second factor enrolled."""
    view.while_new = True
    return view


def is_public(view: Callable[..., Any]) -> bool:
    """Whether anybody may come in."""
    return not getattr(view, "login_required", True)
