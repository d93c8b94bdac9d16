"""Forms about the legal representative, and of what was told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gza.cases.enums import RepresentativeKind
from gza.cases.inputs import RepresentativeInput
from gza.ui import forms

from .base import DatedForm


class RepresentativeForm(DatedForm):
    """Who acts for a minor from now on."""

    kind = forms.ChoiceField(label=_("In what quality"), choices=RepresentativeKind.choices)
    name = forms.LineField(
        label=_("Name and surname"), max_length=200, help_text=_("Of a guardianship body: the person who comes for it.")
    )
    telephone = forms.LineField(label=_("Telephone"), max_length=60, required=False)
    document_number = forms.LineField(
        label=_("Document that gives the right to represent"), max_length=120, required=False
    )


def representative(data: dict[str, Any]) -> RepresentativeInput:
    """The representative as the action wants it."""
    return RepresentativeInput(
        kind=RepresentativeKind(data["kind"]),
        name=data["name"],
        telephone=data["telephone"],
        document_number=data["document_number"],
    )


class ConflictForm(DatedForm):
    """Whether the representative has a conflict of interest."""

    conflict = forms.YesNoField(
        label=_("Is there a conflict of interest"),
        help_text=_("Tied to the exploitation, dependent on a suspect, or gaining from the child's silence."),
    )
    note = forms.ProseField(label=_("What was looked at"), required=False, max_length=2000)


class EndForm(DatedForm):
    """That somebody acts for the minor no longer."""


class StoryForm(DatedForm):
    """What the person told."""

    text = forms.ProseField(
        label=_("What the person told"),
        max_length=18_000,
        rows=10,
        help_text=_("In their own words, only what they wish to tell. Nobody has to tell it twice."),
    )
