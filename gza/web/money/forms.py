"""Forms of the Fund's money. Sums are typed in lari and cleaned to tetri."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gza.core import clock
from gza.directory.models import Organisation
from gza.law import plausible
from gza.plans.enums import FundingOutcome
from gza.ui import forms
from gza.web.cases.forms.base import DatedForm


class AskForm(DatedForm):
    """Ask the Fund to consider an item."""

    why = forms.ProseField(
        label=_("Why the Fund should pay"),
        required=False,
        rows=4,
        help_text=_("If it was decided on before: what has changed since."),
    )


class SumForm(forms.GzaForm):
    """What an item costs, who is paid, and how the sum comes about."""

    wanted = forms.MoneyField(
        label=_("Sum"), help_text=_("In lari, with a comma or a point: 480 or 480,50. For the whole time of the item.")
    )
    payee = forms.ChoiceField(label=_("Who is paid"), required=False, as_list=False)
    payee_name = forms.LineField(
        label=_("Or somebody not in the directory"), required=False, help_text=_("Name, and where to find them.")
    )
    grounds = forms.ProseField(
        label=_("How the sum comes about"),
        rows=4,
        max_length=2000,
        help_text=_("For example: which prices you compared."),
    )

    def __init__(self, *args: Any, bodies: Iterable[Organisation] = (), language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payee"].choices = [
            ("", _("not in the directory")),
            *((str(row.id), row.name(language)) for row in bodies),
        ]

    def clean(self) -> dict[str, Any]:
        """Exactly one payee."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("payee")) == bool(data.get("payee_name")):
            words = (
                _("Choose an organisation or write a name, not both.")
                if data.get("payee")
                else _("Choose who is paid, or write the name.")
            )
            self.add_error("payee_name", ValidationError(words))
        data["payee_id"] = uuid.UUID(data["payee"]) if data.get("payee") else None
        return data


class _Sum(forms.MoneyField):
    """A sum that a refusal leaves out: not marked as optional, nor asked for."""

    def clean(self, value: Any) -> int | None:
        """The sum in tetri, or nothing."""
        self.required = False
        try:
            return super().clean(value)
        finally:
            self.required = True


class DecideForm(DatedForm):
    """The Fund's decision on a consideration."""

    outcome = forms.ChoiceField(
        label=_("The Fund's decision"),
        choices=[
            (FundingOutcome.GRANTED.value, _("Grant the money")),
            (FundingOutcome.DEFERRED.value, _("Defer it and reserve the money")),
            (FundingOutcome.REFUSED.value, _("Refuse it with reasons")),
        ],
        hints={
            FundingOutcome.GRANTED.value: _("It counts against the person's ceiling and the budget of the year."),
            FundingOutcome.DEFERRED.value: _("With reasons; the money is kept free until you decide."),
            FundingOutcome.REFUSED.value: _("The need stays visible as unmet; the worker sees your reasons."),
        },
    )
    amount = _Sum(
        label=_("Sum"), zero=True,
        help_text=_("In lari, with a comma or a point. Nothing for a refusal."),
    )  # fmt: skip
    terms = forms.ProseField(
        label=_("Terms of payment"), required=False, rows=2, help_text=_("For a grant: when and on what it is paid.")
    )
    reasons = forms.ProseField(
        label=_("Reasons"),
        required=False,
        rows=4,
        help_text=_("For a refusal and a deferral; with a grant if you wish."),
    )

    def clean(self) -> dict[str, Any]:
        """A grant and a deferral name their sum; a refusal has none."""
        data = super().clean() or self.cleaned_data
        refused = data.get("outcome") == FundingOutcome.REFUSED
        if not refused and data.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", ValidationError(_("Write the sum that is granted or reserved.")))
        data["amount"] = 0 if refused else data.get("amount")
        return data


class ReleaseForm(DatedForm):
    """Give money of a commitment back."""

    amount = forms.MoneyField(label=_("Sum given back"))
    reasons = forms.ProseField(label=_("Reasons"), rows=3, help_text=_("Why it is not needed any more."))


class BalanceForm(forms.GzaForm):
    """Mend the opening balance of a case taken over."""

    balance = forms.MoneyField(
        label=_("Opening balance"), zero=True,
        help_text=_("The Fund's money that was decided on paper for reintegration before the case was taken over."),
    )  # fmt: skip
    why = forms.ProseField(label=_("What the mistake was"), rows=3)


class LineForm(forms.GzaForm):
    """The budget line of a year; ``version`` carries its revision."""

    allotted = forms.MoneyField(
        label=_("Allotted"), zero=True, help_text=_("The Fund's money for social reintegration in that year.")
    )
    note = forms.LineField(label=_("Ground"), required=False, help_text=_("Number and day of the order."))


class NewLineForm(LineForm):
    """The budget line of a year that has none yet."""

    year = forms.NumberField(label=_("Year"))
    field_order = ("year", "allotted", "note")

    def clean_year(self) -> int:
        """A year that can have a budget: not before the Strategy, not far ahead."""
        year = int(self.cleaned_data["year"])
        bounds = plausible.budget_year(clock.today().year)
        if not bounds.least <= year <= bounds.most:
            raise ValidationError(
                _("The year must lie between %(first)s and %(last)s."),
                params={"first": bounds.least, "last": bounds.most},
            )
        return year
