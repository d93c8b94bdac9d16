"""Many rows of one model at once: made and inserted as the model does it, without its cost for every single value.

For rows by the thousand, where that is most of the time. The same model fields give the defaults and say how a value
is written; triggers and constraints see each row.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)
_Take = Callable[[Any], Any] | None
_PLAIN = (models.IntegerField, models.BooleanField)


def make(model: type[M], **values: Any) -> M:
    """An unsaved instance, as ``model(**values)`` makes it, without signals and without looking at the values.

    Args:
        model: a model that is no heir of another table.
        **values: columns and relations; no sealed field.

    Raises:
        KeyError: for a name that is none of the model's.
    """
    constant, called, names = _blank(model)
    row = model.__new__(model)
    row._state = ModelState()
    told = row.__dict__
    told.update(constant)
    for name, value in values.items():
        column, relation = names[name]
        if relation:
            told[column] = None if value is None else value.pk
            row._state.fields_cache[name] = value
        else:
            told[column] = value
    for name, default in called:
        if told[name] is None and name not in values:
            told[name] = default()
    return row


@cache
def _blank(
    model: type[models.Model],
) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...], dict[str, tuple[str, bool]]]:
    """Constant defaults, called defaults, and by each name its column and whether it is a relation."""
    constant: dict[str, Any] = {}
    called, names = [], {}
    for field in model._meta.concrete_fields:
        default = field.get_default if field.has_default() else None
        if default is not None and callable(field.default):
            constant[field.attname] = None
            called.append((field.attname, field.default))
        else:
            constant[field.attname] = field.get_default()
        names[field.attname] = field.attname, False
        if field.is_relation:
            names[field.name] = field.attname, True
    return constant, tuple(called), names


def insert(rows: Sequence[models.Model], *, using: str = "default") -> None:
    """Insert rows of one model in a single statement that is run for each (SQLite) or streamed (PostgreSQL).

    An automatic key is left to the database, and the instances do not learn it.

    Args:
        rows: unsaved instances; none is fine.
        using: the database.

    Raises:
        TypeError: for a model with a column that ``save`` fills in, or with a parent's table.
    """
    if not rows:
        return
    connection = connections[using]
    model, quote = type(rows[0]), connection.ops.quote_name
    takes = _columns(model, connection.vendor)
    values = [_values(row.__dict__, takes) for row in rows]
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(column) for column, _name, _take in takes)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for one in values:
                    copy.write_row(one)
            return
        marks = ", ".join(["%s"] * len(takes))
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", values)  # noqa: S608 (names of our own models)


def _values(told: dict[str, Any], takes: Sequence[tuple[str, str, _Take]]) -> list[Any]:
    return [
        value if (value := told[name]) is None or take is None else take(value) for _column, name, take in takes
    ]  # fmt: skip


@cache
def _columns(model: type[models.Model], vendor: str) -> tuple[tuple[str, str, _Take], ...]:
    """Column, attribute and how its value is written (None: as it is), for all but an automatic key."""
    connection = next(one for one in connections.all() if one.vendor == vendor)
    takes: list[tuple[str, str, _Take]] = []
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField):
            continue
        if field.model is not model or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            raise TypeError(f"{model.__name__}.{field.name} is filled in by save")
        takes.append((str(field.column), field.attname, _take(field, connection)))
    return tuple(takes)


def _take(field: "models.Field[Any, Any]", connection: BaseDatabaseWrapper) -> _Take:
    """How a value that is not None is written; the field's own way unless a shorter one gives the same."""
    if isinstance(field, models.ForeignKey):
        return _take(field.target_field, connection)
    sqlite = connection.vendor == "sqlite"
    kind = type(field)
    if kind is models.UUIDField:
        return (lambda value: value.hex) if sqlite else None
    if kind is models.DateField:
        return dt.date.isoformat if sqlite else None
    if kind is models.DateTimeField:
        return _utc if sqlite else None
    if kind is models.CharField:
        return str
    if kind is models.BinaryField:
        return bytes
    return None if isinstance(field, _PLAIN) else lambda value: field.get_db_prep_save(value, connection)


def _utc(moment: dt.datetime) -> str:
    return str(moment.astimezone(dt.UTC).replace(tzinfo=None))
