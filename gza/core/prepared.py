"""Queries whose SQL is made once: for reads of every page, where Django takes longer to write one than to run it.

``Prepared`` asks about single ids and days, ``Among`` about lists of ids.
"""

import copy
import datetime as dt
import inspect
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

Value = uuid.UUID | dt.date | dt.datetime
_ROOT = uuid.UUID("5e97d2a1-0c5b-4b0e-9f43-7d1c5c0a9e11")


def _sign(kind: type[Value], number: int) -> Value:
    """A value that no row has, to be found again among the parameters of the SQL."""
    if kind is uuid.UUID:
        return uuid.uuid5(_ROOT, str(number))
    day = dt.datetime(4, 2, 1, tzinfo=dt.UTC) + dt.timedelta(days=number)
    return day if kind is dt.datetime else day.date()


def _adapted(value: Any, kind: type[Value], using: str) -> Any:
    """The value as the engine's driver gets it; an id may be written as text."""
    connection = connections[using]
    if kind is uuid.UUID:
        value = value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))
        return value if connection.features.has_native_uuid_field else value.hex
    if kind is dt.datetime:
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


@dataclass(frozen=True)
class _Made:
    """SQL with the places of its values, and the compiler that knows how to read its rows."""

    vendor: str
    compiler: Any
    sql: str
    params: list[Any]
    converters: Any
    places: dict[int, int]


@dataclass
class _Asked:
    """As much of a query set as Django's reader of rows asks for."""

    compiler: Any
    db: str
    model: Any

    @property
    def query(self) -> "_Asked":
        return self

    @property
    def _known_related_objects(self) -> dict[Any, Any]:
        return {}

    def get_compiler(self, using: str) -> Any:
        return self.compiler


class Prepared:
    """A query of which only some ids and days change. Made at its first use, on each engine anew.

    Args:
        make: builds the query for its values: columns by ``values_list``, or whole rows (``select_related`` included,
            ``prefetch_related`` not). All its other conditions must stay what they were at the first use.
        kinds: what each value is; ids where nothing is said.
        using: the database.
    """

    def __init__(
        self, make: Callable[..., QuerySet[Any, Any]], *, kinds: tuple[type[Value], ...] = (), using: str = "default"
    ) -> None:
        self._make, self._using = make, using
        self._kinds = kinds or (uuid.UUID,) * len(inspect.signature(make).parameters)
        self._kept: _Made | None = None

    def _prepared(self) -> _Made:
        vendor = connections[self._using].vendor
        if self._kept is None or self._kept.vendor != vendor:
            signs = [_sign(kind, number) for number, kind in enumerate(self._kinds)]
            compiler = self._make(*signs).using(self._using).query.get_compiler(self._using)
            sql, params = compiler.as_sql()
            told = zip(signs, self._kinds, strict=True)
            marks = {_adapted(sign, kind, self._using): number for number, (sign, kind) in enumerate(told)}
            places = {place: marks[value] for place, value in enumerate(params) if value in marks}
            if set(places.values()) != set(range(len(signs))):
                raise ValueError("a prepared query asks about each of its values")
            converters = compiler.get_converters([each[0] for each in compiler.select])
            self._kept = _Made(vendor, compiler, sql, list(params), converters, places)
        return self._kept

    def _filled(self, made: _Made, values: tuple[Any, ...]) -> list[Any]:
        told = [_adapted(value, kind, self._using) for value, kind in zip(values, self._kinds, strict=True)]
        params = list(made.params)
        for place, number in made.places.items():
            params[place] = told[number]
        return params

    def rows(self, *values: Value | str) -> list[tuple[Any, ...]]:
        """The rows of the query for these values, as tuples."""
        made = self._prepared()
        with connections[self._using].cursor() as cursor:
            cursor.execute(made.sql, self._filled(made, values))
            found = cursor.fetchall()
        if made.converters:
            found = made.compiler.apply_converters(found, made.converters)
        return [tuple(row) for row in found]

    def all(self, *values: Value | str) -> list[Any]:
        """The rows of a query of whole rows, as instances of its model."""
        made = self._prepared()
        compiler = copy.copy(made.compiler)
        compiler.connection = connections[self._using]
        filled = made.sql, tuple(self._filled(made, values))
        compiler.as_sql = lambda *_args, **_more: filled
        asked: Any = _Asked(compiler, self._using, compiler.query.model)
        return list(ModelIterable(asked))

    def one(self, *values: Value | str) -> Any:
        """The first row as an instance of its model, of a query of whole rows; None when there is none."""
        return next(iter(self.all(*values)), None)


_SIZES = (1, 4, 16, 64)


class Among:
    """A prepared query about lists of ids, each padded to one of a few lengths by saying its last id again.

    Args:
        make: builds the query for its lists; as for ``Prepared``. It must not matter that an id is said twice.
        using: the database.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], using: str = "default") -> None:
        self._make, self._using = make, using
        self._kept: dict[tuple[int, ...], Prepared] = {}

    def rows(self, *lists: Iterable[uuid.UUID]) -> list[tuple[Any, ...]]:
        """The rows of the query for these lists, as tuples; none when a list is empty."""
        told = [list(one) for one in lists]
        if not all(told):
            return []
        asked, values = self._asked(told)
        return asked.rows(*values) if asked else list(self._make(*told).using(self._using))

    def all(self, *lists: Iterable[uuid.UUID]) -> list[Any]:
        """The rows of a query of whole rows, as instances of its model; none when a list is empty."""
        told = [list(one) for one in lists]
        if not all(told):
            return []
        asked, values = self._asked(told)
        return asked.all(*values) if asked else list(self._make(*told).using(self._using))

    def _asked(self, told: list[list[uuid.UUID]]) -> tuple[Prepared | None, list[uuid.UUID]]:
        if any(len(one) > _SIZES[-1] for one in told):
            return None, []
        sizes = tuple(next(size for size in _SIZES if size >= len(one)) for one in told)
        if sizes not in self._kept:
            self._kept[sizes] = Prepared(
                lambda *ids: self._make(*_parted(ids, sizes)), kinds=(uuid.UUID,) * sum(sizes), using=self._using
            )
        padded = [[*one, *[one[-1]] * (size - len(one))] for one, size in zip(told, sizes, strict=True)]
        return self._kept[sizes], [id_ for one in padded for id_ in one]


def _parted(ids: tuple[uuid.UUID, ...], sizes: tuple[int, ...]) -> list[list[uuid.UUID]]:
    rest, lists = list(ids), []
    for size in sizes:
        lists.append(rest[:size])
        rest = rest[size:]
    return lists
