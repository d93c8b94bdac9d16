"""What every form of an act asks: when it happened, and why it is entered late (G2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gza.core import clock
from gza.ui import forms


class DatedForm(forms.GzaForm):
    """An act or a fact with its day. The two fields stand last, in the order people tell a thing."""

    happened_on = forms.DayField(label=_("When it happened"), past=True)
    reason = forms.ProseField(
        label=_("Why it is entered late"),
        required=False,
        max_length=1000,
        rows=2,
        help_text=_("Only when it happened some days ago."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = clock.today
        self.order_fields(
            [*(name for name in self.fields if name not in DatedForm.base_fields), *DatedForm.base_fields]
        )


def dated(data: dict[str, Any]) -> dict[str, Any]:
    """The two answers as an action's arguments."""
    return {"happened_on": data["happened_on"], "reason": data["reason"]}
