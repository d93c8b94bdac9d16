"""Expressions for CHECK constraints that both engines understand by themselves.

Django's own date arithmetic on SQLite calls functions of the Python process, which a constraint must not: the database
is also read by a backup, by its command line, by a later generation.
"""

from typing import Any

from django.db.models import Func, IntegerField


class DaysBetween(Func):
    """How many days the first date lies after the second."""

    arity = 2
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """By Julian days."""
        return self.as_sql(
            compiler,
            connection,
            template="CAST(julianday(%(expressions)s) AS INTEGER)",
            arg_joiner=") - julianday(",
            **more,
        )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """A difference of dates is a number of days."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **more)


class DayOfMonth(Func):
    """The day of the month of a date."""

    arity = 1
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """The last two digits."""
        return self.as_sql(compiler, connection, template="CAST(strftime('%%%%d', %(expressions)s) AS INTEGER)", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """Standard SQL."""
        return self.as_sql(compiler, connection, template="CAST(EXTRACT(DAY FROM %(expressions)s) AS INTEGER)", **more)
