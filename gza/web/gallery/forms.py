"""The form of the gallery: one field of each kind."""

from django.utils.translation import gettext_lazy as _

from gza.core import money
from gza.ui import forms

_LIMIT = 2_000_00  # tetri


class SampleForm(forms.GzaForm):
    """One field of each kind, as pages use them."""

    service = forms.ChoiceField(
        label=_("Service"),
        as_list=False,
        choices=[("", _("Choose")), ("housing", _("Housing, rent")), ("dental", _("Dental treatment"))],
    )
    amount = forms.MoneyField(label=_("Amount"), most=_LIMIT, help_text=_("At most 2,000 lari for one person"))
    begins = forms.DayField(label=_("Begins"))
    decided = forms.DayField(label=_("Decided on"), past=True)
    month = forms.MonthField(label=_("Month of the report"), required=False)
    sessions = forms.NumberField(label=_("Sessions"), min_value=1, max_value=100, required=False)
    provider = forms.LineField(label=_("Provider"), max_length=120)
    reason = forms.ProseField(label=_("Why it is necessary"), help_text=_("In the beneficiary's words, if they wish."))
    weight = forms.ChoiceField(
        label=_("Group"),
        choices=[("necessary", _("necessary")), ("desired", _("desired"))],
        hints={"necessary": _("means are sought for this first")},
    )
    share = forms.ManyChoicesField(
        label=_("What may be disclosed"),
        choices=[("language", _("language and region")), ("age", _("age")), ("name", _("name"))],
        hints={"name": _("only where the consent covers it")},
        required=False,
    )
    shelter = forms.YesNoField(label=_("In a shelter"), required=False)
    explained = forms.TickField(label=_("I explained this in a language the person understands"))
    scan = forms.FileField(label=_("Scan of the paper"), required=False, accept="application/pdf,image/jpeg,image/png")
    signature = forms.SignatureField(label=_("Signature of the beneficiary"), required=False)


def limit() -> int:
    """The limit shown in the gallery, in tetri."""
    return money.parse("2000")
