"""What the forms share: when a thing happened, choices among rows, scans."""

import uuid
from collections.abc import Iterable
from typing import Any

from gza.accounts.models import User
from gza.directory.models import Organisation
from gza.ui import forms
from gza.vault import files
from gza.vault.filecheck import Accepted
from gza.web.cases.forms.base import DatedForm, dated

__all__ = [
    "ACCEPT",
    "DatedForm",
    "IdField",
    "IdsField",
    "PickField",
    "checked",
    "dated",
    "organisations",
    "people",
    "scan_field",
    "title",
]

ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp,.docx"


class PickField(forms.ChoiceField):
    """A drop-down among rows or codes, filled when the form is made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(as_list=False, **kwargs)


class IdField(PickField):
    """A drop-down among rows, cleaned to the row's id."""

    def clean(self, value: Any) -> uuid.UUID | None:
        """The chosen id."""
        text = super().clean(value)
        return uuid.UUID(text) if text else None


class IdsField(forms.ManyChoicesField):
    """Any number of rows, cleaned to their ids."""

    def clean(self, value: Any) -> list[uuid.UUID]:
        """The chosen ids."""
        return [uuid.UUID(text) for text in super().clean(value)]


def scan_field(label: Any, **kwargs: Any) -> forms.FileField:
    """An upload of a paper."""
    return forms.FileField(label=label, required=False, accept=ACCEPT, **kwargs)


def checked(upload: Any) -> Accepted | None:
    """The upload, checked to the ground; None where there is none.

    Raises:
        FileRefused: with the reason and what to do.
    """
    return files.check(upload) if upload else None


def title(row: Organisation, language: str) -> str:
    """An organisation's name in ``language``, or in the other one."""
    first, second = (row.name_ka, row.name_en) if language == "ka" else (row.name_en, row.name_ka)
    return first or second


def organisations(rows: Iterable[Organisation], language: str) -> list[tuple[str, str]]:
    """Organisations as choices."""
    return [(str(row.id), title(row, language)) for row in rows]


def people(rows: Iterable[User], language: str) -> list[tuple[str, str]]:
    """Colleagues as choices."""
    return [(str(row.id), row.name(language)) for row in rows]
