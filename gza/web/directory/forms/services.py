"""Offers, and editions of the list."""

import uuid
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from gza.core import clock, languages
from gza.directory import queries
from gza.directory.enums import Audience, Channel, Place, ServiceKind
from gza.directory.facts import OfferFacts
from gza.directory.models import Organisation
from gza.law import plausible
from gza.ui import forms
from gza.web.directory.labels import LABELS

from .base import EnteredForm, every, regions, tongue


class BareForm(EnteredForm):
    """An act that says no more than when and how it became known."""


class OfferForm(EnteredForm):
    """A service on offer (S4.2)."""

    organisation_id = django_forms.TypedChoiceField(label=LABELS["organisation_id"], coerce=uuid.UUID)
    service_type_id = forms.ChoiceField(label=LABELS["service_type_id"], as_list=False)
    kind = forms.ChoiceField(
        label=LABELS["kind"],
        choices=ServiceKind.choices,
        hints={
            ServiceKind.REHABILITATION: _("recovery of physical and mental health; free for the beneficiary"),
            ServiceKind.REINTEGRATION: _("return to family or common life"),
        },
    )
    regions = forms.ManyChoicesField(label=LABELS["regions"])
    place = forms.ChoiceField(label=LABELS["place"], choices=Place.choices, initial=Place.OUTSIDE)
    audience = forms.ChoiceField(label=LABELS["audience"], choices=Audience.choices, initial=Audience.ALL)
    capacity = forms.NumberField(
        label=LABELS["capacity"],
        **plausible.CAPACITY.limits,
        required=False,
        help_text=_("Left empty: as many as come."),
    )
    languages = forms.ManyChoicesField(label=_("Languages in which it is given"), initial=["ka"])
    conditions = forms.ProseField(
        label=LABELS["conditions"], required=False, max_length=1000, help_text=_("In the provider's own words.")
    )
    valid_from = forms.DayField(label=_("Offered from"), initial=clock.today)
    valid_to = forms.DayField(label=_("Offered to, the last day"), required=False)

    def __init__(self, *args: Any, providers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say = tongue()
        bodies = sorted(((str(row.pk), row.name(say)) for row in providers), key=lambda pair: pair[1])
        self.types = {row.key: row for row in queries.service_types()}
        types = [(row.key, row.name(say)) for row in self.types.values()]
        self.fields["organisation_id"].choices = [("", _("Choose")), *bodies]
        self.fields["service_type_id"].choices = [("", _("Choose")), *types]
        self.fields["regions"].choices = regions()
        self.fields["languages"].choices = languages.choices(say)
        self.fields["channel"].initial = Channel.LETTER

    def clean(self) -> dict[str, Any]:
        """The kind fits the type of service; dates in order."""
        values = super().clean()
        self.in_order("valid_from", "valid_to")
        service, kind = self.types.get(values.get("service_type_id", "")), values.get("kind")
        if service and kind and service.kind not in {ServiceKind.BOTH, kind}:
            only = ServiceKind(service.kind).label
            self.add_error("kind", _("This type of service is %(only)s alone. Choose that.") % {"only": only})
        return values

    def facts(self) -> OfferFacts:
        """The offer as typed."""
        values = self.stated()
        lists = {name: tuple(values.pop(name)) for name in ("languages", "regions")}
        return OfferFacts(**values, **lists)


class IssueForm(forms.GzaForm):
    """A new edition of the list."""

    after = django_forms.IntegerField(widget=django_forms.HiddenInput)
    note = forms.ProseField(
        label=_("A word to the social workers"),
        required=False,
        max_length=1000,
        help_text=_("Stands above the edition."),
    )


class AckForm(forms.GzaForm):
    """The receipt of an edition."""


class ListFilters(forms.GzaForm):
    """Which offers of a list, by kind, service, region and organisation."""

    kind = forms.ChoiceField(
        label=LABELS["kind"],
        required=False,
        as_list=False,
        choices=every((kind.value, kind.label) for kind in (ServiceKind.REHABILITATION, ServiceKind.REINTEGRATION)),
    )
    service = forms.ChoiceField(label=LABELS["service_type_id"], required=False, as_list=False)
    region = forms.ChoiceField(label=_("Region"), required=False, as_list=False)
    organisation = forms.ChoiceField(label=LABELS["organisation_id"], required=False, as_list=False)

    def __init__(
        self, *args: Any, services: list[tuple[str, str]], organisations: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = every(services)
        self.fields["region"].choices = every(regions())
        self.fields["organisation"].choices = every(sorted(organisations, key=lambda pair: pair[1]))
