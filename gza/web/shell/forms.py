"""Forms of the shell."""

from django.utils.translation import gettext_lazy as _

from gza.ledger.models import Kind
from gza.ui import forms

KINDS = {
    Kind.ACT: _("acts"),
    Kind.OPENING: _("openings"),
    Kind.REFUSAL: _("refusals"),
}


class LedgerFilters(forms.GzaForm):
    """Which events to show."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, as_list=False, choices=[("", _("all")), *KINDS.items()])
    verb = forms.LineField(label=_("Act"), required=False, max_length=64, help_text=_("exactly as it is written"))
