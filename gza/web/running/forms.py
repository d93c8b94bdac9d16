"""Forms of the year of a plan: a report, a payment, an invoice, a service given, corrections."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gza.directory.models import Organisation, ServiceType
from gza.law import plausible
from gza.ui import forms
from gza.web.care.forms.base import DatedForm, IdField, PickField, organisations, scan_field

_CHOOSE = ("", _("choose"))
MOST = 10_000_000_00  # tetri: far beyond any invoice, within the column


class _SaidAtLast(forms.ProseField):
    """A text that a draft may leave empty; the sending asks for it."""

    def clean(self, value: Any) -> str:
        """The text, or nothing."""
        self.required = False
        try:
            return str(super().clean(value) or "")
        finally:
            self.required = True


class ReportForm(DatedForm):
    """The report on a month."""

    work_done = _SaidAtLast(
        label=_("What was done"), max_length=8000, rows=10,
        help_text=_("Work with the person, services given, what was bought. If nothing was done, say so and why."),
    )  # fmt: skip
    outlook = forms.ProseField(
        label=_("What comes next"), required=False, max_length=4000, rows=4,
        help_text=_("What is planned for the next month, what is in the way."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].label = _("Handed in on")


class CorrectForm(forms.GzaForm):
    """What every correction asks: what the mistake was (G2)."""

    why = forms.ProseField(
        label=_("What the mistake was"), max_length=1000, rows=2,
        help_text=_("The old entry and the new one both stay and can be read."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "why"), "why"])


class CorrectReportForm(CorrectForm):
    """A report that was sent, written anew."""

    work_done = _SaidAtLast(label=_("What was done"), max_length=8000, rows=10)
    outlook = forms.ProseField(label=_("What comes next"), required=False, max_length=4000, rows=4)


class ReadForm(forms.GzaForm):
    """The Fund has read the report."""


class _Money(DatedForm):
    amount = forms.MoneyField(label=_("Amount"), most=MOST)
    document = forms.LineField(
        label=_("Number of the paper"), required=False, max_length=120, help_text=_("Invoice, receipt or order.")
    )
    what = forms.ProseField(label=_("What for"), required=False, max_length=2000, rows=2)
    scan = scan_field(_("The paper, as a file"))


class PaymentForm(_Money):
    """What the Fund paid for a funded item."""

    commitment = IdField(label=_("Paid from the money decided for"))
    settles = IdField(label=_("Invoice it settles"), required=False)
    field_order = ("commitment", "amount", "settles")

    def __init__(
        self,
        *args: Any,
        commitments: Sequence[tuple[str, str]] = (),
        invoices: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].choices = [_CHOOSE, *commitments]
        self.fields["settles"].choices = [("", _("none in particular")), *invoices]
        self.fields["happened_on"].label = _("Paid on")
        self.order_fields(self.field_order)


class InvoiceForm(_Money):
    """An invoice that came."""

    commitment = IdField(
        label=_("For the money decided for"), required=False,
        help_text=_("Left empty: nothing was decided for it. It is recorded and goes to the coordinator."),
    )  # fmt: skip
    payee = IdField(label=_("Who asks for the money"), required=False)
    field_order = ("commitment", "payee", "amount")

    def __init__(
        self,
        *args: Any,
        commitments: Sequence[tuple[str, str]] = (),
        bodies: Iterable[Organisation] = (),
        language: str = "ka",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].choices = [("", _("none of these")), *commitments]
        self.fields["payee"].choices = [("", _("as decided")), *organisations(bodies, language)]
        self.fields["happened_on"].label = _("Dated")
        self.order_fields(self.field_order)


class CorrectMoneyForm(CorrectForm):
    """A payment or an invoice as it should have been."""

    amount = forms.MoneyField(
        label=_("Right amount"), most=MOST, zero=True, help_text=_("Zero: it did not take place.")
    )
    document = forms.LineField(label=_("Number of the paper"), required=False, max_length=120)
    what = forms.ProseField(label=_("What for"), required=False, max_length=2000, rows=2)
    happened_on = forms.DayField(label=_("Right day"), past=True)


class DeliveryForm(DatedForm):
    """A service that was given."""

    item = PickField(label=_("Item of the plan"), required=False)
    service_type = PickField(
        label=_("Or another service"), required=False,
        help_text=_("A service outside the plan is recorded all the same; it is flagged for the coordinator."),
    )  # fmt: skip
    organisation = IdField(label=_("Who gave it"), required=False)
    until = forms.DayField(label=_("Last day"), required=False, past=True, help_text=_("If it took several days."))
    sessions = forms.NumberField(label=_("How many times"), initial=1, **plausible.TIMES.limits)
    note = forms.ProseField(label=_("Note"), required=False, max_length=2000, rows=2)

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[str, str]] = (),
        types: Iterable[ServiceType] = (),
        bodies: Iterable[Organisation] = (),
        language: str = "ka",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("none of these")), *items]
        self.fields["service_type"].choices = [_CHOOSE, *((row.key, row.name(language)) for row in types)]
        self.fields["organisation"].choices = [("", _("as in the plan")), *organisations(bodies, language)]

    def clean(self) -> dict[str, Any]:
        """An item or a service; the last day not before the first; once at least."""
        data = super().clean() or self.cleaned_data
        if not data.get("item") and not data.get("service_type"):
            self.add_error("service_type", _("Choose an item of the plan above, or a service here."))
        first, last = data.get("happened_on"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day cannot be before the first."))
        return data

    def chosen(self) -> uuid.UUID | None:
        """The chosen item's id."""
        return uuid.UUID(self.cleaned_data["item"]) if self.cleaned_data["item"] else None


class CorrectDeliveryForm(CorrectForm):
    """What was recorded of a service, as it should have been."""

    sessions = forms.NumberField(
        label=_("How many times"), help_text=_("Zero: it was not given."), **plausible.TIMES_CORRECTED.limits
    )
    happened_on = forms.DayField(label=_("Right day"), past=True)
    until = forms.DayField(label=_("Last day"), required=False, past=True)
    note = forms.ProseField(label=_("Note"), required=False, max_length=2000, rows=2)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first; not too often."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("happened_on"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day cannot be before the first."))
        return data


class FingerprintForm(forms.GzaForm):
    """A fingerprint typed from a paper."""

    digits = forms.LineField(
        label=_("Fingerprint on the paper"), max_length=120,
        help_text=_("The first four groups are enough: sixteen digits and letters from a to f."),
    )  # fmt: skip
