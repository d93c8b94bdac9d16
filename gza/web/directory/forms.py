"""Forms of the directory. Field names are those of ``gza.directory.facts``."""

import datetime as dt
import uuid
from typing import Any

from django import forms as django_forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gza.accounts.models import User
from gza.core import clock, languages, places
from gza.directory import queries
from gza.directory.enums import Audience, Channel, OrganisationKind, Place, ServiceKind
from gza.directory.facts import (
    Entered,
    FocalPersonFacts,
    MemorandumFacts,
    OfferFacts,
    OrganisationFacts,
    TrainingFacts,
    WorkerFacts,
)
from gza.directory.models import Organisation, SocialWorker
from gza.law import entry
from gza.ui import forms

from .labels import LABELS

ENTERED = ("happened_on", "channel", "reference", "late_reason")
_NONE = ("", "–")


def _say() -> str:
    return get_language() or "ka"


def regions() -> list[tuple[str, str]]:
    """Regions where services are given, in the reader's language."""
    return [(region.key, region.name.say(_say())) for region in places.regions(served=True)]


def _people(rows: list[User]) -> list[tuple[str, str]]:
    return [_NONE, *((str(user.pk), f"{user.name(_say())} ({user.username})") for user in rows)]


class _Phone(forms.LineField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, label=LABELS["phone"], **kwargs)


def _email() -> django_forms.EmailField:
    return django_forms.EmailField(label=LABELS["email"], required=False, max_length=254)


class EnteredForm(forms.GzaForm):
    """A form whose act says when it happened and how the Fund learned of it (G2, S4.3)."""

    happened_on = forms.DayField(label=_("Known since"), past=True, initial=clock.today, required=False)
    channel = forms.ChoiceField(
        label=_("How the Fund learned of it"),
        choices=[(value, label) for value, label in Channel.choices if value != Channel.SYSTEM],
        initial=Channel.OFFICE,
        required=False,
        as_list=False,
    )
    reference = forms.LineField(label=_("Number of the letter"), max_length=120, required=False)
    late_reason = forms.ProseField(
        label=_("Why it is written down late"),
        max_length=400,
        rows=2,
        required=False,
        help_text=_("Only when it became known long ago."),
    )

    def clean(self) -> dict[str, Any]:
        """A late entry gives its reason (G2)."""
        values: dict[str, Any] = super().clean() or {}
        day = values.get("happened_on")
        late = day is not None and entry.is_late(happened_on=day, recorded_on=clock.today())
        if late and not values.get("late_reason"):
            self.add_error("late_reason", _("This became known some time ago. Write in one sentence why it is entered now."))
        return values

    @property
    def entered(self) -> Entered:
        """What the form says of the entry itself."""
        values = self.cleaned_data
        return Entered(
            values.get("happened_on"),
            values.get("channel") or Channel.OFFICE,
            values.get("reference", ""),
            values.get("late_reason", ""),
        )

    def stated(self) -> dict[str, Any]:
        """All other values of the form."""
        kept = {"form_token", "version", *ENTERED}
        return {name: value for name, value in self.cleaned_data.items() if name not in kept}

    def in_order(self, first: str, last: str) -> None:
        """Say it when the last day is before the first."""
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends < begins:
            self.add_error(last, _("The last day is before the first. Look at both days."))

    def reachable(self) -> None:
        """Say it when there is neither telephone nor e-mail."""
        if not self.cleaned_data.get("phone") and not self.cleaned_data.get("email") and "email" not in self.errors:
            self.add_error("phone", _("Neither telephone nor e-mail is given. Write one of them."))


class ContactForm(EnteredForm):
    """What the office may write into an organisation of the reference data."""

    programmes = forms.ProseField(label=LABELS["programmes"], required=False)
    phone = _Phone()
    email = _email()
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
        rows = queries.organisations().order_by("name_ka" if _say() == "ka" else "name_en")
        others = [(str(row.pk), row.name(_say())) for row in rows if row.pk != own]
        self.fields["successor_id"].choices = [_NONE, *others]  # type: ignore[attr-defined]

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
    phone = _Phone()
    email = _email()
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
        self.fields["user_id"].choices = _people(queries.accounts_for(organisation, own=own))  # type: ignore[attr-defined]

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


class WorkerForm(EnteredForm):
    """A row of the register of social workers (S7.1)."""

    name_ka = forms.LineField(label=LABELS["name_ka"], max_length=120)
    name_en = forms.LineField(label=LABELS["name_en"], max_length=120, required=False)
    phone = _Phone()
    email = _email()
    office_region = forms.ChoiceField(label=LABELS["office_region"], as_list=False)
    regions = forms.ManyChoicesField(label=_("Regions in which the social worker works"))
    languages = forms.ManyChoicesField(label=_("Languages spoken"))
    education = forms.ProseField(
        label=LABELS["education"], max_length=2000, rows=3, help_text=_("Degree, field, where, year; one a line.")
    )
    has_training = forms.YesNoField(
        label=_("Has the social worker completed any training?"),
        help_text=_("If yes, enter each one on the social worker's page afterwards."),
    )
    active_from = forms.DayField(label=LABELS["active_from"], initial=clock.today)
    user_id = django_forms.TypedChoiceField(
        label=LABELS["user_id"],
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
        help_text=_("Without an account nobody can be designated to a case."),
    )

    def __init__(self, *args: Any, own: SocialWorker | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_region"].choices = [("", _("Choose")), *regions()]  # type: ignore[attr-defined]
        self.fields["regions"].choices = regions()  # type: ignore[attr-defined]
        self.fields["languages"].choices = languages.choices(_say())  # type: ignore[attr-defined]
        taken = queries.worker_accounts(own=own.user_id if own else None)
        self.fields["user_id"].choices = _people(taken)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Reachable."""
        values = super().clean()
        self.reachable()
        return values

    def facts(self, employer: Organisation) -> WorkerFacts:
        """The social worker as typed."""
        values = self.stated()
        lists = {name: tuple(values.pop(name)) for name in ("languages", "regions")}
        return WorkerFacts(employer_id=employer.pk, **values, **lists)


class LastDayForm(EnteredForm):
    """The last day of a social worker."""

    last_day = forms.DayField(label=_("Last day in the register"), initial=clock.today)


class BareForm(EnteredForm):
    """An act that says no more than when and how it became known."""


class TrainingForm(forms.GzaForm):
    """A training that a social worker completed."""

    subject = forms.LineField(label=_("Subject"))
    organiser = forms.LineField(label=_("Held by"), required=False)
    completed_on = forms.DayField(label=_("Completed on"), past=True)
    hours = forms.NumberField(label=_("Hours"), min_value=1, max_value=2000, required=False)

    def facts(self) -> TrainingFacts:
        """The training as typed."""
        names = ("subject", "organiser", "completed_on", "hours")
        return TrainingFacts(**{name: self.cleaned_data[name] for name in names})


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
        min_value=1,
        max_value=100_000,
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
        say = _say()
        bodies = sorted(((str(row.pk), row.name(say)) for row in providers), key=lambda pair: pair[1])
        self.types = {row.key: row for row in queries.service_types()}
        types = [(row.key, row.name(say)) for row in self.types.values()]
        self.fields["organisation_id"].choices = [("", _("Choose")), *bodies]  # type: ignore[attr-defined]
        self.fields["service_type_id"].choices = [("", _("Choose")), *types]  # type: ignore[attr-defined]
        self.fields["regions"].choices = regions()  # type: ignore[attr-defined]
        self.fields["languages"].choices = languages.choices(say)  # type: ignore[attr-defined]
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
        label=_("A word to the social workers"), required=False, max_length=1000, help_text=_("Stands above the edition.")
    )


class AckForm(forms.GzaForm):
    """The receipt of an edition."""


def _every(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("All")), *choices]


class OrganisationFilters(forms.GzaForm):
    """Which organisations."""

    text = forms.LineField(label=_("Name"), required=False, max_length=80)
    kind = forms.ChoiceField(label=LABELS["kind"], required=False, as_list=False, choices=_every(OrganisationKind.choices))


class WorkerFilters(forms.GzaForm):
    """Which social workers."""

    region = forms.ChoiceField(label=_("Region"), required=False, as_list=False)
    language = forms.ChoiceField(label=_("Language"), required=False, as_list=False)
    past = forms.TickField(label=_("with those who left"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = _every(regions())  # type: ignore[attr-defined]
        self.fields["language"].choices = _every(languages.choices(_say()))  # type: ignore[attr-defined]


class ListFilters(forms.GzaForm):
    """Which offers of a list, by kind, service, region and organisation."""

    kind = forms.ChoiceField(
        label=LABELS["kind"],
        required=False,
        as_list=False,
        choices=_every((kind.value, kind.label) for kind in (ServiceKind.REHABILITATION, ServiceKind.REINTEGRATION)),
    )
    service = forms.ChoiceField(label=LABELS["service_type_id"], required=False, as_list=False)
    region = forms.ChoiceField(label=_("Region"), required=False, as_list=False)
    organisation = forms.ChoiceField(label=LABELS["organisation_id"], required=False, as_list=False)

    def __init__(
        self, *args: Any, services: list[tuple[str, str]], organisations: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = _every(services)  # type: ignore[attr-defined]
        self.fields["region"].choices = _every(regions())  # type: ignore[attr-defined]
        self.fields["organisation"].choices = _every(sorted(organisations, key=lambda pair: pair[1]))  # type: ignore[attr-defined]


def chosen(form: forms.GzaForm) -> dict[str, Any]:
    """What a form of filters asks; a filter that cannot be read asks nothing."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value and name != "form_token"}


