"""The permission map: one name, one pure predicate over who asks and what about.

Every app registers its own: ``@permission("cases.designate") def may_designate(who, subject) -> bool``. A
predicate answers from what it is given and writes nothing. What one may not know of is hidden, not refused:
see ``hide``.
"""

from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from gza.law.access import Part

from .enums import Role
from .models import Delegation, SecurityKey, User
from .principals import Principal

Predicate: TypeAlias = Callable[[Principal, Any], bool]
Row = TypeVar("Row", bound=Model)
_map: dict[str, Predicate] = {}
_parts: dict[str, Part] = {}


def permission(name: str, part: Part = Part.FUND) -> Callable[[Predicate], Predicate]:
    """Enter a predicate into the map under ``app.verb``.

    Args:
        name: the permission's name.
        part: whose part it is; a refusal says it to who sees the subject and has not the permission.

    Raises:
        ValueError: when the name is taken.
    """

    def enter(predicate: Predicate) -> Predicate:
        if name in _map:
            raise ValueError(f"the permission {name} is there already")
        _map[name], _parts[name] = predicate, part
        return predicate

    return enter


def names() -> list[str]:
    """Every permission there is, sorted."""
    return sorted(_map)


def part_of(name: str) -> Part:
    """Whose part the permission is.

    Raises:
        KeyError: when there is no such permission.
    """
    return _parts[name]


def may(name: str, who: Principal | None, subject: Any = None) -> bool:
    """Whether ``who`` may do ``name`` to ``subject``; nobody may do anything unless signed in and active.

    Raises:
        KeyError: when there is no such permission: a misspelt name never means yes.
    """
    predicate = _map[name]
    return who is not None and who.user.is_active and predicate(who, subject)


def hide() -> NoReturn:
    """Answer as if it did not exist: not found and not yours are one answer, and no refusal is recorded.

    Raises:
        Http404: always, with nothing in it.
    """
    raise Http404


def require(name: str, who: Principal | None, subject: Any = None) -> None:
    """Go on only where ``may``; otherwise as if it did not exist.

    Raises:
        Http404: through ``hide``.
    """
    if not may(name, who, subject):
        hide()


def find(name: str, who: Principal | None, rows: QuerySet[Row], **lookup: Any) -> Row:
    """The one row of ``rows`` that ``who`` may do ``name`` to; missing and forbidden cost the same query.

    Raises:
        Http404: through ``hide``, in both cases alike.
    """
    row = rows.filter(**lookup).first()
    if row is None or not may(name, who, row):
        hide()
    return row


@permission("accounts.administer")
def may_administer(who: Principal, subject: Any) -> bool:
    """Accounts are the administrator's affair."""
    return who.role == Role.ADMINISTRATOR


@permission("accounts.disable")
def may_disable(who: Principal, subject: User) -> bool:
    """An administrator may disable any account but their own, so that one always remains."""
    return who.role == Role.ADMINISTRATOR and subject.id != who.id


@permission("accounts.reset")
def may_reset(who: Principal, subject: User) -> bool:
    """An administrator may reset any password but their own, which they change."""
    return who.role == Role.ADMINISTRATOR and subject.id != who.id


@permission("accounts.certify")
def may_certify(who: Principal, subject: User | None) -> bool:
    """A coordinator or the director certifies the keys of others, never their own."""
    return who.in_registry and (subject is None or subject.id != who.id)


@permission("accounts.delegate")
def may_delegate(who: Principal, subject: Delegation | None) -> bool:
    """Who holds the director's powers by role or by order may give them for dated days."""
    return who.role == Role.DIRECTOR or who.directs


@permission("accounts.own")
def may_own(who: Principal, subject: User) -> bool:
    """One's own account is one's own."""
    return subject.id == who.id


@permission("accounts.own_key")
def may_own_key(who: Principal, subject: SecurityKey) -> bool:
    """One's own security key is one's own."""
    return subject.user_id == who.id
