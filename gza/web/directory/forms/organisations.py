"""Organisations, focal persons, memoranda."""

import uuid
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from gza.core import clock
from gza.directory import queries
from gza.directory.enums import OrganisationKind
from gza.directory.facts import FocalPersonFacts, MemorandumFacts, OrganisationFacts
from gza.directory.models import Organisation
from gza.ui import forms
from gza.web.directory.labels import LABELS

from .base import NOBODY, EnteredForm, PhoneField, email_field, every, people, tongue


class ContactForm(EnteredForm):
    """What the office may write into an organisation of the reference data."""

    programmes = forms.ProseField(label=LABELS["programmes"], required=False)
    phone = PhoneField()
    email = email_field()
    web = django_forms.URLField(
        label=LABELS["web"],
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": _("This is not the address of a web page. Write it as https://example.ge.")},
    )
    address = forms.LineField(label=LABELS["address"], required=False)

    def facts(self, row: Organisation) -> OrganisationFacts:
        """The organisation with what was typed."""
        return OrganisationFacts(**{**OrganisationFacts.of(row).values(), **self.stated()})


class OrganisationForm(ContactForm):
    """An organisation that the office enters itself."""

    name_ka = forms.LineField(label=LABELS["name_ka"])
    name_en = forms.LineField(label=LABELS["name_en"])
    abbr = forms.LineField(label=LABELS["abbr"], max_length=40, required=False)
    kind = forms.ChoiceField(
        label=LABELS["kind"],
        choices=[
            (kind.value, kind.label)
            for kind in (
                OrganisationKind.NGO,
                OrganisationKind.INTERNATIONAL,
                OrganisationKind.STATE,
                OrganisationKind.OTHER,
            )
        ],
    )
    valid_from = forms.DayField(label=_("Works since"), required=False)
    valid_to = forms.DayField(label=_("Worked until, the last day"), required=False)
    successor_id = django_forms.TypedChoiceField(
        label=LABELS["successor_id"], required=False, coerce=uuid.UUID, empty_value=None
    )

    def __init__(self, *args: Any, own: uuid.UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(str(row.pk), row.name(tongue())) for row in queries.by_name(tongue()) if row.pk != own]
        self.fields["successor_id"].choices = [NOBODY, *others]

    def clean(self) -> dict[str, Any]:
        """Dates in order; a successor only after the end."""
        values = super().clean()
        self.in_order("valid_from", "valid_to")
        if values.get("successor_id") and not values.get("valid_to"):
            self.add_error("valid_to", _("A successor takes over after the last day. Give that day."))
        return values

    def facts(self, row: Organisation | None = None) -> OrganisationFacts:
        """The organisation as typed."""
        return OrganisationFacts(**self.stated())


class FocalPersonForm(EnteredForm):
    """Who speaks for an organisation."""

    name_ka = forms.LineField(label=LABELS["name_ka"], max_length=120)
    name_en = forms.LineField(label=LABELS["name_en"], max_length=120, required=False)
    position = forms.LineField(label=LABELS["position"], max_length=120, required=False)
    phone = PhoneField()
    email = email_field()
    user_id = django_forms.TypedChoiceField(
        label=LABELS["user_id"],
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
        help_text=_("Only accounts of this organisation are offered."),
    )
    valid_from = forms.DayField(label=_("Speaks for it from"), initial=clock.today)
    valid_to = forms.DayField(label=_("Speaks for it to, the last day"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, own: uuid.UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = people(queries.accounts_for(organisation, own=own))

    def clean(self) -> dict[str, Any]:
        """Reachable; dates in order."""
        values = super().clean()
        self.reachable()
        self.in_order("valid_from", "valid_to")
        return values

    def facts(self) -> FocalPersonFacts:
        """The focal person as typed."""
        return FocalPersonFacts(**self.stated())


class MemorandumForm(EnteredForm):
    """A memorandum of cooperation."""

    title = forms.LineField(label=LABELS["title"], initial=_("Memorandum of cooperation"))
    number = forms.LineField(label=LABELS["number"], max_length=40, required=False)
    signed_on = forms.DayField(label=LABELS["signed_on"], past=True)
    valid_to = forms.DayField(label=_("In force to, the last day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Dates in order."""
        values = super().clean()
        self.in_order("signed_on", "valid_to")
        return values

    def facts(self) -> MemorandumFacts:
        """The memorandum as typed."""
        return MemorandumFacts(**self.stated())


class OrganisationFilters(forms.GzaForm):
    """Which organisations."""

    text = forms.LineField(label=_("Name"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=LABELS["kind"], required=False, as_list=False, choices=every(OrganisationKind.choices)
    )
