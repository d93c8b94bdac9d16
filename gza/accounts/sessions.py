"""Sessions: whose they are is a column, and whether they are still good is asked on every request."""

import uuid
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from gza.core.prepared import Prepared
from gza.core.transient.models import Session

from .models import User

DEVICE = "device"
_COLUMNS = ("session_key", "session_data")


class SessionStore(DatabaseStore):
    """Django's database sessions in the table of ``transient``, with the user's id beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The session's model."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row of this session while it lasts; by plain SQL, since it is the first query of every page."""
        quote = connections["transient"].ops.quote_name
        table, columns = quote(Session._meta.db_table), ", ".join(map(quote, _COLUMNS))
        with connections["transient"].cursor() as cursor:
            cursor.execute(
                f"SELECT {columns} FROM {table} WHERE {quote('session_key')} = %s AND {quote('expire_date')} > %s",  # noqa: S608 (names only)
                [self.session_key, connections["transient"].ops.adapt_datetimefield_value(timezone.now())],
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return Session(**dict(zip(_COLUMNS, row, strict=True)))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """A row for ``data``."""
        row = super().create_model_instance(data)
        row.user = uuid.UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = data.get(DEVICE, "")
        return row


def _active(user_id: uuid.UUID) -> QuerySet[User]:
    return User.objects.filter(id=user_id, is_active=True)


_ACTIVE = Prepared(_active)


class Backend(BaseBackend):
    """Finds the user of a session; signing in itself is ``signing``'s affair."""

    def get_user(self, user_id: Any) -> User | None:
        """The user, while active."""
        return _ACTIVE.one(uuid.UUID(str(user_id)))
