"""Forms of the pages about requests."""

from typing import Any

from django import forms as django
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gza.core import languages, places
from gza.directory.enums import Place
from gza.law import plausible
from gza.plans.enums import AsideGround, Channel
from gza.plans.packets import Access, Age, Tell
from gza.ui import forms
from gza.web.care.forms.base import scan_field
from gza.web.cases.forms.base import DatedForm

ANSWERS = (
    ("accepted", _("accepted")),
    ("partly", _("accepted in part")),
    ("declined", _("declined")),
)


class AskForm(DatedForm):
    """A request to one organisation for one item. ``shown`` carries the print of what was shown before it is sent."""

    region = forms.ChoiceField(label=_("Where the service is needed"), as_list=False)
    place = forms.ChoiceField(label=_("In a shelter or outside"), choices=Place.choices)
    age = forms.ChoiceField(label=_("Age"), choices=Age.choices)
    language = forms.ChoiceField(label=_("Language the person speaks best"), as_list=False, initial="ka")
    access = forms.ManyChoicesField(label=_("What the person needs there"), choices=Access.choices, required=False)
    month_from = forms.NumberField(label=_("From month of the plan"), **plausible.PLAN_MONTH.limits)
    month_to = forms.NumberField(label=_("To month of the plan"), **plausible.PLAN_MONTH.limits)
    name = forms.TickField(label=_("Tell the name"), required=False)
    telephone = forms.TickField(label=_("Tell the telephone number"), required=False)
    answer_due = forms.DayField(
        label=_("Answer awaited until"), required=False, help_text=_("Left empty: the usual term.")
    )
    note = forms.ProseField(
        label=_("Note for the case"), required=False, max_length=1000, rows=2,
        help_text=_("Stays in the case; the provider does not get it."),
    )  # fmt: skip
    shown = django.CharField(widget=django.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, identity: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = get_language() or "ka"
        served = places.regions(served=True)
        self.fields["region"].choices = [(one.key, one.name.say(said)) for one in served]
        self.fields["language"].choices = languages.choices(said)
        if not identity:  # the consent does not cover them
            del self.fields["name"], self.fields["telephone"]

    def clean(self) -> dict[str, Any]:
        """Months in order; the answer not awaited before the request."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("month_from"), data.get("month_to")
        if first and last and last < first:
            self.add_error("month_to", _("The last month is before the first. Look at both."))
        due, day = data.get("answer_due"), data.get("happened_on")
        if due and day and due < day:
            self.add_error("answer_due", _("The answer cannot be awaited before the day of the request."))
        return data

    def tell(self) -> Tell:
        """What is told."""
        data = self.cleaned_data
        return Tell(
            region=data["region"], place=data["place"], age=data["age"], language=data["language"],
            access=tuple(data["access"]), name=bool(data.get("name")), telephone=bool(data.get("telephone")),
        )  # fmt: skip

    def months(self) -> tuple[int, int]:
        """First and last month asked for."""
        return self.cleaned_data["month_from"], self.cleaned_data["month_to"]


def covered(data: dict[str, Any], answer: str = "answer") -> tuple[int, int] | None:
    """The months of an answer in part; None where they were not given."""
    first, last = data.get("covers_from"), data.get("covers_to")
    return (first, last) if data.get(answer) == "partly" and first and last else None


class RecordedForm(DatedForm):
    """An answer that came on paper, by telephone or in person."""

    answer = forms.ChoiceField(label=_("The answer"), choices=ANSWERS)
    covers_from = forms.NumberField(label=_("It covers from month"), required=False, **plausible.PLAN_MONTH.limits)
    covers_to = forms.NumberField(
        label=_("It covers to month"), required=False, **plausible.PLAN_MONTH.limits,
        help_text=_("Both only for an answer in part."),
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("How it came"), choices=[one for one in Channel.choices if one[0] != Channel.WORKPLACE.value]
    )
    name = forms.LineField(label=_("Who answered"), max_length=200, help_text=_("Name and position."))
    words = forms.ProseField(
        label=_("What was said, with the reason if it was declined"), required=False, max_length=2000, rows=3
    )
    scan = scan_field(_("Letter or e-mail, as a file"))


class AsideForm(DatedForm):
    """An offer set aside."""

    ground = forms.ChoiceField(label=_("Why it is not asked"), choices=AsideGround.choices)
    why = forms.ProseField(label=_("In a sentence"), max_length=2000, rows=3)


class WithdrawForm(DatedForm):
    """A request withdrawn."""

    why = forms.ProseField(
        label=_("Why"), required=False, max_length=2000, rows=2,
        help_text=_("Stays in the case; the provider does not get it."),
    )  # fmt: skip


class BareForm(forms.GzaForm):
    """An act that asks nothing more."""


class WaitingFilters(forms.GzaForm):
    """Which requests."""

    late = forms.TickField(label=_("Only those past their date"), required=False)
