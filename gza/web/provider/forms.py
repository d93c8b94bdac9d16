"""Forms of the provider's workplace."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gza.law import plausible
from gza.plans.enums import RequestState
from gza.ui import forms
from gza.web.cases.forms.base import DatedForm

ANSWERS = (
    ("accepted", _("We accept the request")),
    ("partly", _("We accept it for some of the months")),
    ("declined", _("We cannot")),
)


class AnswerForm(forms.GzaForm):
    """The organisation's answer."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=ANSWERS,
        hints={"declined": _("With the reason, so that the person is not asked to wait in vain.")},
    )
    covers_from = forms.NumberField(label=_("From month"), required=False, **plausible.PLAN_MONTH.limits)
    covers_to = forms.NumberField(
        label=_("To month"),
        required=False,
        **plausible.PLAN_MONTH.limits,
        help_text=_("Both only for some of the months."),
    )
    words = forms.ProseField(
        label=_("What the social worker should know"), required=False, max_length=2000, rows=4,
        help_text=_("When and where to begin, whom to ask for; or why you cannot. Only the Fund opens it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Months only for an answer in part."""
        data = super().clean() or self.cleaned_data
        if data.get("answer") == "partly" and not (data.get("covers_from") and data.get("covers_to")):
            self.add_error("covers_from", _("Write the first and the last month you cover."))
        return data

    def covers(self) -> tuple[int, int] | None:
        """The months of an answer in part."""
        data = self.cleaned_data
        return (data["covers_from"], data["covers_to"]) if data["answer"] == "partly" else None


class GivenForm(DatedForm):
    """A service the organisation gave."""

    until = forms.DayField(
        label=_("Last day"), past=True, required=False, help_text=_("For a service over several days.")
    )
    sessions = forms.NumberField(label=_("How many times"), **plausible.TIMES.limits, initial=1)
    note = forms.ProseField(
        label=_("What the social worker should know"), required=False, max_length=2000, rows=3,
        help_text=_("Only the Fund opens it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or self.cleaned_data
        last, day = data.get("until"), data.get("happened_on")
        if last and day and last < day:
            self.add_error("until", _("The last day cannot lie before the first."))
        return data


class BareForm(forms.GzaForm):
    """An act that asks nothing more."""


class StateFilter(forms.GzaForm):
    """Which requests."""

    state = forms.ChoiceField(
        label=_("State"), required=False, as_list=False, choices=[("", _("all")), *RequestState.choices]
    )
