"""Keyset paging: a page costs the same wherever it stands, and a row added meanwhile neither hides nor doubles one."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from .prepared import Prepared, Value

T = TypeVar("T", bound=Model)
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the marks with which the pages beside them are asked for; an empty mark means no such page.

    A mark is the id of the row at the edge and nothing else, so that an address never holds a name.
    """

    rows: list[T]
    before: str = ""
    after: str = ""


def page(rows: QuerySet[T], keys: tuple[str, ...], *, after: str = "", before: str = "", size: int = SIZE) -> Page[T]:
    """The page that begins after one mark, or ends before the other; the first page when a mark leads nowhere.

    One query, and one more to find the marked row.

    Args:
        rows: what to page through; its own order is replaced.
        keys: columns, never null, that together order the rows without ties; ``-`` before one that descends.
        after: a mark; wins over ``before``.
        before: a mark.
        size: most rows of a page.
    """
    edge = _edge(rows, keys, after or before)
    backwards = bool(before and not after and edge)
    bare = tuple(key.removeprefix("-") for key in keys)
    falling = [key.startswith("-") != backwards for key in keys]
    wanted = rows.order_by(*(f"-{key}" if down else key for key, down in zip(bare, falling, strict=True)))
    if edge:
        wanted = wanted.filter(_beyond(bare, falling, edge))
    found = list(wanted[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    has_before, has_after = (more, True) if backwards else (edge is not None, more)
    return Page(found, str(found[0].pk) if has_before else "", str(found[-1].pk) if has_after else "")


class Paged(Generic[T]):
    """Pages of a list that is asked for all the time: the first page is a prepared query (``core.prepared``).

    Args:
        make: builds the list for its values; its own order is replaced.
        keys: as for ``page``.
        kinds: what each value is, as for ``Prepared``.
    """

    def __init__(
        self, make: Callable[..., QuerySet[T]], keys: tuple[str, ...], *, kinds: tuple[type[Value], ...] = ()
    ) -> None:
        self._make, self._keys = make, keys
        self._kinds = kinds or (uuid.UUID,)
        self._first: dict[int, Prepared] = {}

    def page(self, *values: Value, after: str = "", before: str = "", size: int = SIZE) -> Page[T]:
        """A page of the list for these values, as ``page`` gives it."""
        if after or before:
            return page(self._make(*values), self._keys, after=after, before=before, size=size)
        if size not in self._first:
            self._first[size] = Prepared(partial(_beginning, self._make, self._keys, size), kinds=self._kinds)
        found: list[T] = self._first[size].all(*values)
        return Page(found[:size], "", str(found[size - 1].pk) if len(found) > size else "")


def _beginning(make: Callable[..., QuerySet[T]], keys: tuple[str, ...], size: int, *values: Value) -> QuerySet[T]:
    return make(*values).order_by(*keys)[: size + 1]


def _edge(rows: QuerySet[T], keys: tuple[str, ...], mark: str) -> tuple[Any, ...] | None:
    if not mark:
        return None
    try:
        marked = rows.model._meta.pk.to_python(mark)
    except ValidationError:
        return None
    bare = (key.removeprefix("-") for key in keys)
    return rows.order_by().filter(pk=marked).values_list(*bare).first()


def _beyond(keys: tuple[str, ...], falling: list[bool], edge: tuple[Any, ...]) -> Q:
    """(a > x) or (a = x and b > y) ..., with ``a >= x`` before it, so that an index is used."""
    beyond = Q()
    for last, key in enumerate(keys):
        same = dict(zip(keys[:last], edge, strict=False))
        beyond |= Q(**same, **{f"{key}__{'lt' if falling[last] else 'gt'}": edge[last]})
    return Q(**{f"{keys[0]}__{'lte' if falling[0] else 'gte'}": edge[0]}) & beyond
