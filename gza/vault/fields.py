"""``SealedField``: a column that the database, the query language and the template cannot read."""

from collections.abc import Container
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from .enums import SECTIONS
from .sealed import Sealed


class _OnlyNone(Container[Any]):
    """What counts as empty. Asked by identity, because a sealed value refuses to be compared."""

    def __contains__(self, value: object) -> bool:
        return value is None


class _Attribute:
    """Gives a ``Sealed`` or None; takes nothing else."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        return instance.__dict__[name]

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.accept(value)


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # not generic at run time
    """A text sealed under the case's key of ``section``.

    The model has an ``id`` (UUID) and the case's id as ``vault_case`` or ``case_id``. An empty text is stored as NULL.

    Args:
        label: the frozen name the text is bound to, such as ``cases.person.first_name``; never changed or used twice.
        section: one of ``enums.SECTIONS``.
    """

    empty_values = _OnlyNone()  # type: ignore[assignment]  # the stubs say list; Django asks "in" alone

    def __init__(self, *args: Any, label: str, section: str, **kwargs: Any) -> None:
        if section not in SECTIONS:
            raise ValueError(f"there is no section {section!r}")
        self.label, self.section = label, section
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Label and section belong to the column's definition."""
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            list(args),
            {**kwargs, "label": self.label, "section": self.section, "null": self.null},
        )

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Put the guarded attribute in place."""
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, self.attname, _Attribute(self))

    def accept(self, value: Any) -> Any:
        """Let a sealed value, None or a database expression pass.

        Raises:
            TypeError: on anything else, so that no clear text comes near the column.
        """
        if value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        raise TypeError(f"{self.label} takes what ring.seal gives, not {type(value).__name__}")

    def from_db_value(self, value: Any, *_anything: Any) -> Sealed | None:
        """What comes from the database is sealed."""
        return None if value is None else Sealed(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        """The bytes of a sealed value."""
        value = self.accept(value)
        return value.raw() if isinstance(value, Sealed) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The bytes as the engine takes them."""
        if not prepared:
            value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value)

    def to_python(self, value: Any) -> Any:
        """No conversion: see ``accept``."""
        return self.accept(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Refuse serialisation.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"{self.label} is sealed and is not serialised")

    def get_lookup(self, lookup_name: str) -> Any:
        """``isnull`` alone.

        Raises:
            FieldError: on any other lookup, when the query is built.
        """
        if lookup_name != "isnull":
            raise FieldError(f"{self.label} is sealed: it can be asked whether it is there, nothing else")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        """None at all.

        Raises:
            FieldError: always.
        """
        raise FieldError(f"{self.label} is sealed: there is no {lookup_name} of it")


def sealed_field(model: type[models.Model] | models.Model, name: str) -> SealedField:
    """The sealed field of that name.

    Raises:
        TypeError: when the field is not sealed.
    """
    field = model._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{name} is not a sealed field")
    return field
