"""Forms of the Fund's acts: status, designation, access, circumstances, flags."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from gza.accounts.models import User
from gza.cases.enums import ShutOutGround, StatusBody, StatusKind
from gza.directory.models import Organisation
from gza.ui import forms

from .base import DatedForm


def named(rows: Iterable[User | Organisation], language: str) -> list[tuple[str, str]]:
    """People or organisations as choices."""
    return [(str(row.id), row.name(language) if isinstance(row, User) else _title(row, language)) for row in rows]


def _title(row: Organisation, language: str) -> str:
    first, second = (row.name_ka, row.name_en) if language == "ka" else (row.name_en, row.name_ka)
    return first or second


class IdField(forms.ChoiceField):
    """A choice among rows, cleaned to the row's id."""

    def clean(self, value: Any) -> uuid.UUID | None:
        """The chosen id."""
        text = super().clean(value)
        return uuid.UUID(text) if text else None


class AskedForm(DatedForm):
    """That the competent body was asked for a decision."""


class StatusForm(DatedForm):
    """A decision that grants one of the two statuses; they are never merged."""

    kind = forms.ChoiceField(
        label=_("Which status"),
        choices=StatusKind.choices,
        hints={
            StatusKind.VICTIM: _("granted by the Permanent Group"),
            StatusKind.STATUTORY_VICTIM: _("granted by a law enforcement body under the Criminal Procedure Code"),
        },
    )
    organisation = IdField(label=_("Which body exactly"), required=False)
    document_number = forms.LineField(label=_("Number of the decision"), max_length=120, required=False)
    scan = forms.FileField(label=_("The decision, scanned"), required=False, accept=".pdf,.jpg,.jpeg,.png,.webp,.docx")

    def __init__(self, *args: Any, bodies: Iterable[Organisation] = (), language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("not named")), *named(bodies, language)]

    @property
    def body(self) -> StatusBody:
        """The body that grants the chosen status."""
        victim = self.cleaned_data["kind"] == StatusKind.VICTIM
        return StatusBody.PERMANENT_GROUP if victim else StatusBody.LAW_ENFORCEMENT


class AnnulForm(DatedForm):
    """That whoever granted a status annulled it."""

    decision = IdField(label=_("Which decision"))
    why = forms.ProseField(label=_("On what ground"), max_length=2000)
    document_number = forms.LineField(label=_("Number of the annulment"), max_length=120, required=False)

    def __init__(self, *args: Any, decisions: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(str(row.id), row.get_kind_display()) for row in decisions]


class WorkerForm(DatedForm):
    """Who works with the person from now on."""

    worker = IdField(
        label=_("Social worker"),
        as_list=False,
        help_text=_(
            "Open cases stand in brackets. Not in the list is who left, or whose key nobody has certified yet."
        ),
    )
    note = forms.ProseField(label=_("A word to the social worker"), max_length=2000, required=False)

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", _("choose")), *workers]


class HandOverForm(WorkerForm):
    """A handover is one act without a gap: the one ends, the other begins."""

    leaves_on = forms.DayField(
        label=_("Last day of the present social worker"),
        required=False,
        help_text=_("Left empty: the day the new one begins."),
    )
    field_order = ("worker", "leaves_on", "note")


class ShutOutForm(DatedForm):
    """Who must not see this case, and why."""

    person = IdField(label=_("Who is shut out"), as_list=False)
    ground = forms.ChoiceField(label=_("On what ground"), choices=ShutOutGround.choices)
    words = forms.ProseField(label=_("In words"), max_length=2000, required=False)

    def __init__(self, *args: Any, people: Iterable[User] = (), language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("choose")), *named(people, language)]


class LetInForm(DatedForm):
    """Why somebody is let in again."""

    person = IdField(label=_("Who is let in again"))
    words = forms.ProseField(label=_("Why the conflict of interest is over"), max_length=2000)

    def __init__(self, *args: Any, people: Iterable[User] = (), language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = named(people, language)


class OpenForm(forms.GzaForm):
    """Why a case outside one's own work is opened."""

    why = forms.ProseField(
        label=_("Why you open this case"),
        max_length=1000,
        help_text=_("Kept in the case; whoever works with the person can read it."),
    )


class CircumstanceForm(DatedForm):
    """In a shelter or not, cooperating or not: recorded, conditions nothing (S0.2)."""

    kind = forms.ChoiceField(label=_("What"))
    value = forms.YesNoField(label=_("Is it so"))
    note = forms.ProseField(label=_("In words"), max_length=2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from gza.cases.enums import Circumstance

        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Circumstance.choices


class FlagForm(forms.GzaForm):
    """How a flag was settled."""

    how = forms.ProseField(label=_("What was looked at, and how it was settled"), max_length=2000)
