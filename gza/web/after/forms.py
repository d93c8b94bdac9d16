"""Forms of the end and after."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from gza.law import plausible
from gza.plans.actions import Agreement
from gza.plans.enums import ContactWay, Direction, InFact
from gza.ui import forms
from gza.web.care.forms.base import IdField, PickField, scan_field
from gza.web.cases.forms.base import DatedForm

_LONG = 4000


class RequestForm(DatedForm):
    """The beneficiary's written request."""

    changed_need = forms.ProseField(
        label=_("Which need changed, and how"), max_length=_LONG, rows=3,
        help_text=_("The request states it; ask where it does not."),
    )  # fmt: skip
    words = forms.ProseField(
        label=_("Text of the request"), max_length=_LONG, rows=4, required=False,
        help_text=_("Copied out word by word, where there is no scan."),
    )  # fmt: skip
    scan = scan_field(_("The request, scanned"))


class AnswerForm(DatedForm):
    """The Fund's answer to the request."""

    granted = forms.ChoiceField(
        label=_("The Fund's answer"),
        choices=[("yes", _("The plan ends")), ("no", _("The plan goes on"))],
        hints={
            "yes": _("From the day of the decision. Open requests stop; work done is still reported and paid."),
            "no": _("For instance when the beneficiary has changed their mind."),
        },
    )
    reasons = forms.ProseField(
        label=_("Reasons"), max_length=_LONG, rows=4, help_text=_("The beneficiary will read them.")
    )


class ViolationForm(DatedForm):
    """A violation of the plan's terms."""

    gross = forms.YesNoField(
        label=_("Is it gross"), help_text=_("Only gross violations count, and only when they are repeated.")
    )
    description = forms.ProseField(label=_("What happened"), max_length=_LONG, rows=4)


class HearingForm(DatedForm):
    """What the beneficiary said on it."""

    present = forms.YesNoField(label=_("Did the beneficiary come"))
    words = forms.ProseField(
        label=_("What the beneficiary said"), max_length=_LONG, rows=5,
        help_text=_("If they did not come: how you asked them, and why they did not."),
    )  # fmt: skip


class WarningForm(DatedForm):
    """The Fund's warning."""

    words = forms.ProseField(
        label=_("Text of the warning"), max_length=_LONG, rows=5,
        help_text=_("What must change, and what follows if it happens again."),
    )  # fmt: skip


class DecisionForm(DatedForm):
    """A decision of the Fund with its reasons."""

    reasons = forms.ProseField(
        label=_("Reasons"), max_length=_LONG, rows=5, help_text=_("The beneficiary will read them.")
    )


class InFactForm(DatedForm):
    """That the case ended in fact."""

    ground = forms.ChoiceField(label=_("How it ended"), choices=InFact.choices)
    evidence = forms.ProseField(
        label=_("How it is known"), max_length=_LONG, rows=4, required=False,
        help_text=_("Who said so, which paper shows it, where you looked and asked."),
    )  # fmt: skip
    scan = scan_field(_("A paper that shows it, scanned"))


class ConfirmForm(forms.GzaForm):
    """What a second person finds."""

    holds = forms.ChoiceField(
        label=_("What you found"),
        choices=[("yes", _("It is so: the case ends")), ("no", _("It is not so: the record is taken back"))],
        hints={"yes": _("Not for whom recorded it."), "no": _("The record stays on file.")},
    )
    why = forms.ProseField(
        label=_("What you checked"), max_length=_LONG, rows=3, required=False,
        help_text=_("Needed where the record is taken back."),
    )  # fmt: skip


class NoticeForm(DatedForm):
    """That the beneficiary was told, or why not."""

    handed = forms.ChoiceField(
        label=_("Was the beneficiary told in writing"),
        choices=[("yes", _("Yes, they have the notice")), ("no", _("No, it could not be"))],
    )
    text = forms.ProseField(
        label=_("The notice"), max_length=8000, rows=12, required=False,
        help_text=_("As it was handed over. How to complain must stay in it."),
    )  # fmt: skip
    how = forms.ProseField(
        label=_("How it was handed over, or why it could not be"), max_length=_LONG, rows=3,
        help_text=_("Death, cannot be found, not safe: then say so."),
    )  # fmt: skip


class AgreeForm(DatedForm):
    """What is agreed on contact after the plan."""

    way = forms.ChoiceField(label=_("Form of the contact"), choices=ContactWay.choices)
    every_days = forms.NumberField(label=_("Days between contacts"), **plausible.CONTACT_DAYS.limits)
    hour_from = forms.NumberField(label=_("Not before"), **plausible.HOUR.limits, required=False)
    hour_to = forms.NumberField(label=_("Not after"), min_value=1, max_value=24, required=False)
    method = forms.ProseField(
        label=_("By which method exactly"), max_length=2000, rows=3,
        help_text=_("Which number or place, what to say when somebody else answers."),
    )  # fmt: skip
    never = forms.ProseField(label=_("What must never happen"), max_length=2000, rows=2, required=False)
    review_on = forms.DayField(label=_("Looked at together again on"), future=True)
    words = forms.ProseField(label=_("The beneficiary's own words"), max_length=2000, rows=2, required=False)
    every_days.unit = _("days")
    hour_from.unit = hour_to.unit = _("o'clock")

    def agreement(self) -> Agreement:
        """As the action takes it."""
        data = self.cleaned_data
        names = ("way", "method", "every_days", "review_on", "hour_from", "hour_to", "never")
        return Agreement(**{name: data[name] for name in names})


class WordsForm(DatedForm):
    """An answer with the person's words."""

    words = forms.ProseField(label=_("The beneficiary's own words"), max_length=2000, rows=3, required=False)


class PlainForm(DatedForm):
    """An act that needs nothing but its day."""


class ContactForm(DatedForm):
    """A contact after the plan."""

    direction = forms.ChoiceField(label=_("Who made contact"), choices=Direction.choices)
    way = forms.ChoiceField(label=_("Form of the contact"), choices=ContactWay.choices)
    hour = forms.NumberField(label=_("At what hour"), **plausible.HOUR.limits, required=False)
    reached = forms.YesNoField(label=_("Was the person reached"))
    note = forms.ProseField(label=_("How they are; what was said"), max_length=_LONG, rows=4, required=False)
    outside_reason = forms.ProseField(
        label=_("Why outside the agreed way"), max_length=2000, rows=2, required=False,
        help_text=_("Only for a contact of ours that was not made as agreed."),
    )  # fmt: skip
    hour.unit = _("o'clock")


class WhyForm(DatedForm):
    """An act with its reason."""

    why = forms.ProseField(label=_("Why"), max_length=_LONG, rows=4)


class ReopenForm(WhyForm):
    """Opening again, with who works with the person from now on."""

    worker = IdField(
        label=_("Social worker from now on"),
        help_text=_(
            "Open cases stand in brackets. Not in the list is who left, or whose key nobody has certified yet."
        ),
    )
    field_order = ("why", "worker")

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", _("choose")), *workers]


class MergeForm(DatedForm):
    """Which other case is of the same person."""

    found = PickField(label=_("Cases that may be of the same person"), required=False)
    code = forms.LineField(label=_("Or the code of the other case"), max_length=12, required=False)
    reasons = forms.ProseField(
        label=_("What shows that it is one person"), max_length=_LONG, rows=4,
        help_text=_("What you compared: number, date of birth, papers, what the person says."),
    )  # fmt: skip

    def __init__(self, *args: Any, found: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["found"].choices = [("", _("none of these")), *found]

    def clean(self) -> dict[str, Any]:
        """One other case is named."""
        data = super().clean() or self.cleaned_data
        if not data.get("found") and not data.get("code"):
            self.add_error("code", _("Choose a case above, or write its code."))
        return data


class UnmergeForm(DatedForm):
    """That two cases are of two people after all."""

    reasons = forms.ProseField(label=_("What shows that they are two people"), max_length=_LONG, rows=4)


def hours(since: int | None, until: int | None) -> str:
    """The hours agreed, as ``10:00–18:00``; empty for any hour."""
    if since is None or until is None:
        return ""
    return f"{dt.time(since):%H:%M}–{until:02d}:00"
