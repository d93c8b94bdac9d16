"""The register of social workers."""

import uuid
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from gza.core import clock, languages
from gza.directory import queries
from gza.directory.facts import TrainingFacts, WorkerFacts
from gza.directory.models import Organisation, SocialWorker
from gza.law import plausible
from gza.ui import forms
from gza.web.directory.labels import LABELS

from .base import EnteredForm, OwnForm, PhoneField, email_field, every, people, regions, tongue


class WorkerForm(EnteredForm):
    """A row of the register of social workers (S7.1)."""

    name_ka = forms.LineField(label=LABELS["name_ka"], max_length=120)
    name_en = forms.LineField(label=LABELS["name_en"], max_length=120, required=False)
    phone = PhoneField()
    email = email_field()
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
        self.fields["office_region"].choices = [("", _("Choose")), *regions()]
        self.fields["regions"].choices = regions()
        self.fields["languages"].choices = languages.choices(tongue())
        taken = queries.worker_accounts(own=own.user_id if own else None)
        self.fields["user_id"].choices = people(taken)

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


class TrainingForm(OwnForm):
    """A training that a social worker completed."""

    subject = forms.LineField(label=_("Subject"))
    organiser = forms.LineField(label=_("Held by"), required=False)
    completed_on = forms.DayField(label=_("Completed on"), past=True)
    hours = forms.NumberField(label=_("Hours"), **plausible.TRAINING_HOURS.limits, required=False)

    def facts(self) -> TrainingFacts:
        """The training as typed."""
        names = ("subject", "organiser", "completed_on", "hours")
        return TrainingFacts(**{name: self.cleaned_data[name] for name in names})


class WorkerFilters(forms.GzaForm):
    """Which social workers."""

    region = forms.ChoiceField(label=_("Region"), required=False, as_list=False)
    language = forms.ChoiceField(label=_("Language"), required=False, as_list=False)
    past = forms.TickField(label=_("with those who left"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = every(regions())
        self.fields["language"].choices = every(languages.choices(tongue()))
