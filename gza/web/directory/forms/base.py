"""What the forms of the directory share. Field names are those of ``gza.directory.facts``."""

from typing import Any

from django import forms as django_forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gza.accounts.models import User
from gza.core import clock, places
from gza.directory.enums import Channel
from gza.directory.facts import Entered
from gza.law import entry
from gza.ui import forms
from gza.web.directory.labels import LABELS

ENTERED = ("happened_on", "channel", "reference", "late_reason")
NOBODY = ("", "–")


def tongue() -> str:
    """The reader's language."""
    return get_language() or "ka"


def regions() -> list[tuple[str, str]]:
    """Regions where services are given, in the reader's language."""
    return [(region.key, region.name.say(tongue())) for region in places.regions(served=True)]


def people(rows: list[User]) -> list[tuple[str, str]]:
    """Accounts as choices, with nobody first."""
    return [NOBODY, *((str(user.pk), f"{user.name(tongue())} ({user.username})") for user in rows)]


def every(choices: Any) -> list[tuple[str, Any]]:
    """Choices of a filter, with all of them first."""
    return [("", _("All")), *choices]


class PhoneField(forms.LineField):
    """A telephone number that may be missing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, label=LABELS["phone"], **kwargs)


def email_field() -> django_forms.EmailField:
    """An e-mail address that may be missing."""
    return django_forms.EmailField(label=LABELS["email"], required=False, max_length=254)


def chosen(form: forms.GzaForm) -> dict[str, Any]:
    """What a form of filters asks; a filter that cannot be read asks nothing."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value and name != "form_token"}


class OwnForm(forms.GzaForm):
    """A form that tells its own fields from those about the entry itself."""

    @property
    def own_fields(self) -> list[BoundField]:
        """What the form is about."""
        return [field for field in self.visible_fields() if field.name not in ENTERED]

    @property
    def entered_fields(self) -> list[BoundField]:
        """When it happened and how the Fund learned of it; none where the form does not ask."""
        return [field for field in self.visible_fields() if field.name in ENTERED]

    @property
    def entered_wrong(self) -> bool:
        """Whether one of the latter is to be mended."""
        return any(field.errors for field in self.entered_fields)


class EnteredForm(OwnForm):
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
            self.add_error(
                "late_reason", _("This became known some time ago. Write in one sentence why it is entered now.")
            )
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
