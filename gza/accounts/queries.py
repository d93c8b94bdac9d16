"""All reads of accounts."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, Q, QuerySet, Value, When

from gza.core import clock

from .enums import Power
from .models import Delegation, User

PAGE = 50


def _in_force(on: dt.date) -> Q:
    return (
        Q(valid_from__lte=on)
        & (Q(valid_to=None) | Q(valid_to__gte=on))
        & (Q(ended_on=None) | Q(ended_on__gt=on))
        & Q(holder__is_active=True)
    )


def _foremost(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    acting = Case(When(power=Power.ACTING, then=Value(0)), default=Value(1))
    return rows.order_by(acting, F("valid_from").desc(), "-id").select_related("holder")


def delegation_on(on: dt.date) -> Delegation | None:
    """Who holds the director's powers on that day (G5); an acting officer goes before one by office."""
    return _foremost(Delegation.objects.filter(_in_force(on))).first()


def delegations_of(user: User, on: dt.date | None = None) -> list[Delegation]:
    """The director's powers that ``user`` holds on that day (today when none is given)."""
    return list(_foremost(Delegation.objects.filter(_in_force(on or clock.today()), holder=user)))


def delegations(limit: int = PAGE) -> list[Delegation]:
    """The latest delegations, ended ones included."""
    return list(Delegation.objects.select_related("holder").order_by("-valid_from", "-id")[:limit])


def user_named(username: str) -> User | None:
    """The account of that name, active or not."""
    return User.objects.filter(username=username.strip().lower()).first()


def user(user_id: uuid.UUID) -> User | None:
    """The account of that id."""
    return User.objects.filter(id=user_id).first()


def users(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, User]:
    """The accounts of these ids, in one query, by id; for the names of workers beside rows."""
    wanted = {one for one in ids if one is not None}
    return User.objects.in_bulk(wanted) if wanted else {}


def active(*roles: str) -> QuerySet[User]:
    """Active accounts of these roles, or of all, by name."""
    rows = User.objects.filter(is_active=True).order_by("username")
    return rows.filter(role__in=roles) if roles else rows


@dataclass(frozen=True)
class UserPage:
    """One page of accounts and the name after which the next one begins, if there is one."""

    rows: list[User]
    after: str | None


def page(*, role: str = "", state: str = "", text: str = "", after: str = "", size: int = PAGE) -> UserPage:
    """Accounts by name, a page at a time, by keyset.

    Args:
        role: only of this role.
        state: ``active``, ``disabled``, ``waiting`` (a temporary password not yet changed), or all.
        text: a part of the account's name or of the person's.
        after: the last name of the page before.
        size: rows a page.
    """
    rows = User.objects.order_by("username")
    if role:
        rows = rows.filter(role=role)
    if state in {"active", "disabled"}:
        rows = rows.filter(is_active=state == "active")
    elif state == "waiting":
        rows = rows.filter(is_active=True, must_change=True)
    if text:
        part = text.strip()
        rows = rows.filter(
            Q(username__icontains=part) | Q(full_name_ka__icontains=part) | Q(full_name_en__icontains=part)
        )
    if after:
        rows = rows.filter(username__gt=after)
    found = list(rows[: size + 1])
    return UserPage(found[:size], found[size - 1].username if len(found) > size else None)
