"""Forms of needs: primary ones, several at once, and those for reintegration (S7.2, S5.2, S7.4)."""

from collections.abc import Iterator
from typing import Any

from django import forms as django
from django.utils.translation import gettext_lazy as _

from gza.cases.actions.needs import NeedInput, PrimaryNeedInput
from gza.cases.enums import Domain, Priority, Recovery, StatedBy
from gza.core.text import whole
from gza.ui import forms

from .base import DatedForm, PickField

FIRST_ROWS, MOST_ROWS = 2, 20


def rows_of(posted: Any) -> int:
    """How many rows the form has: what it says of itself, within bounds."""
    count = whole(posted.get("rows", "") if posted else "", digits=3)
    return FIRST_ROWS if count is None else max(1, min(MOST_ROWS, count))


class PrimaryNeedsForm(DatedForm):
    """Several primary needs on one page; a row left empty is passed over, and no need at all is an answer too."""

    summary = forms.ProseField(
        label=_("How the person is, in a few words"),
        required=False,
        max_length=4000,
        help_text=_("If there is no need at all, say so here."),
    )

    def __init__(self, *args: Any, rows: int = FIRST_ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = rows
        days = [self.fields.pop(name) for name in ("summary", *DatedForm.base_fields)]
        self.fields["rows"] = django.CharField(widget=django.HiddenInput, required=False, initial=rows, max_length=3)
        for number in range(rows):
            for name, field in _row().items():
                self.fields[f"{name}_{number}"] = field
                self._prepare(f"{name}_{number}", field)
        self.fields.update(zip(("summary", *DatedForm.base_fields), days, strict=True))

    def lines(self) -> Iterator[dict[str, Any]]:
        """The rows as bound fields, for the template."""
        for number in range(self.count):
            yield {"number": number + 1, **{name: self[f"{name}_{number}"] for name in _NAMES}}

    def clean(self) -> dict[str, Any]:
        """A row that says something says which recovery it concerns."""
        data = super().clean() or self.cleaned_data
        for number in range(self.count):
            said, recovery = data.get(f"description_{number}"), data.get(f"recovery_{number}")
            if said and not recovery:
                self.add_error(f"recovery_{number}", _("Say which of the two this need concerns."))
            if said and not data.get(f"stated_by_{number}"):
                self.add_error(f"stated_by_{number}", _("Say who named this need."))
            if not said and (recovery or data.get(f"urgent_{number}")):
                self.add_error(f"description_{number}", _("Say in a few words what is needed, or clear the row."))
        if not self.errors and not self.needs() and not data.get("summary"):
            self.add_error("summary", _("Name at least one need, or say here that there is none."))
        return data

    def needs(self) -> list[PrimaryNeedInput]:
        """The needs as the action wants them."""
        data = self.cleaned_data
        return [
            PrimaryNeedInput(
                recovery=Recovery(data[f"recovery_{number}"]),
                description=data[f"description_{number}"],
                urgent=data[f"urgent_{number}"],
                stated_by=[StatedBy(one) for one in data[f"stated_by_{number}"]],
            )
            for number in range(self.count)
            if data.get(f"description_{number}")
        ]


_NAMES = ("description", "recovery", "urgent", "stated_by")


def _row() -> dict[str, django.Field]:
    return {
        "description": forms.ProseField(label=_("What is needed"), required=False, max_length=2000, rows=2),
        "recovery": forms.ChoiceField(label=_("For which recovery"), choices=Recovery.choices, required=False),
        "urgent": forms.TickField(label=_("Urgent"), hint=_("it cannot wait for a week"), required=False),
        "stated_by": forms.ManyChoicesField(
            label=_("Who named it"), choices=StatedBy.choices, initial=[StatedBy.BENEFICIARY.value], required=False
        ),
    }


class Reason(forms.ProseField):
    """A reason the law asks for: left empty, the refusal with its clause is the answer, not the form."""

    def validate(self, value: str) -> None:
        """Anything."""


class NeedForm(DatedForm):
    """One need for reintegration, found together."""

    domain = PickField(label=_("Domain of life"), choices=[("", _("choose")), *Domain.choices])
    description = forms.ProseField(label=_("What is needed"), max_length=4000, rows=3)
    stated_by = forms.ManyChoicesField(
        label=_("Who named it"), choices=StatedBy.choices, initial=[StatedBy.BENEFICIARY.value]
    )
    priority = forms.ChoiceField(
        label=_("Necessary or desired"),
        choices=Priority.choices,
        hints={
            Priority.NECESSARY: _("has priority when resources are sought"),
            Priority.DESIRED: _("is provided as resources permit"),
        },
    )
    why = Reason(label=_("Why it is necessary, or desired"), max_length=2000, rows=2)

    def need(self) -> NeedInput:
        """The need as the action wants it."""
        data = self.cleaned_data
        return NeedInput(
            domain=Domain(data["domain"]),
            description=data["description"],
            priority=Priority(data["priority"]),
            why=data["why"],
            stated_by=[StatedBy(one) for one in data["stated_by"]],
        )


class DropForm(DatedForm):
    """Why a need fell away."""

    why = Reason(label=_("Why it fell away"), max_length=2000, rows=2)


class CorrectNeedForm(NeedForm):
    """Mending a mistake in a need; the former record stays beside the new one."""

    mistake = forms.ProseField(label=_("What was wrong"), max_length=1000, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
