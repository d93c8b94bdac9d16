"""Queries whose SQL is made once: for reads of every page, where Django takes longer to write one than to run it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.models import QuerySet

_ANYBODY = uuid.UUID("5e97d2a1-0c5b-4b0e-9f43-7d1c5c0a9e11")


class Prepared:
    """A query about one id. Made at its first use, on each engine anew; run by ``rows`` or ``one``.

    Args:
        make: builds the query for an id: columns by ``values_list``, or whole rows.
        using: the database.
    """

    def __init__(self, make: Callable[[uuid.UUID], QuerySet[Any, Any]], using: str = "default") -> None:
        self._make, self._using = make, using
        self._kept: tuple[str, Any, str, list[Any], Any, list[Any]] | None = None

    def _prepare(self, vendor: str) -> tuple[str, Any, str, list[Any], Any, list[Any]]:
        compiler = self._make(_ANYBODY).using(self._using).query.get_compiler(self._using)
        sql, params = compiler.as_sql()
        mark = _ANYBODY.hex if vendor == "sqlite" else _ANYBODY
        places = [place for place, value in enumerate(params) if value == mark]
        if not places:
            raise ValueError("a prepared query is about an id")
        columns = [each[0] for each in compiler.select]
        return vendor, compiler, sql, list(params), compiler.get_converters(columns), places

    def rows(self, id_: uuid.UUID | str) -> list[tuple[Any, ...]]:
        """The rows of the query for that id, which may be written as text."""
        connection = connections[self._using]
        if self._kept is None or self._kept[0] != connection.vendor:
            self._kept = self._prepare(connection.vendor)
        vendor, compiler, sql, params, converters, places = self._kept
        id_ = id_ if isinstance(id_, uuid.UUID) else uuid.UUID(id_)
        value = id_.hex if vendor == "sqlite" else id_
        filled = list(params)
        for place in places:
            filled[place] = value
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            found = cursor.fetchall()
        if converters:
            found = compiler.apply_converters(found, converters)
        return [tuple(row) for row in found]

    def one(self, id_: uuid.UUID | str) -> Any:
        """The first row as an instance of its model, of a query of whole rows; None when there is none."""
        found = self.rows(id_)
        if not found or self._kept is None:
            return None
        model = self._kept[1].query.model
        return model.from_db(self._using, [field.attname for field in model._meta.concrete_fields], found[0])
