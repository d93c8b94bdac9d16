"""Which table lives on which database."""

from django.db.models import Model

TRANSIENT = {"transient"}


class Router:
    """Sessions and other rows that may be lost go to ``transient``; all else to ``default``."""

    def _alias(self, app: str) -> str:
        return "transient" if app in TRANSIENT else "default"

    def db_for_read(self, model: type[Model], **_hints: object) -> str:
        """The database a model is read from."""
        return self._alias(model._meta.app_label)

    db_for_write = db_for_read

    def allow_relation(self, *_objects: object, **_hints: object) -> None:
        """No opinion."""

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Each app's tables are made on its own database alone."""
        return db == self._alias(app_label)
