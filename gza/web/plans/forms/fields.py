"""Fields that a draft may leave empty and the plan needs in the end: not asked for, nor marked as optional."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gza.law.verdicts import Denied
from gza.ui import forms


class _MayWait:
    required: bool

    def clean(self, value: Any) -> Any:
        """The value, or nothing."""
        self.required = False
        try:
            return super().clean(value)  # type: ignore[misc]
        finally:
            self.required = True


class LaterChoice(_MayWait, forms.ChoiceField):
    """A choice."""


class LaterNumber(_MayWait, forms.NumberField):
    """A number."""


class LaterProse(_MayWait, forms.ProseField):
    """A text."""


class LaterDay(_MayWait, forms.DayField):
    """A day."""


class Rows(forms.GzaForm):
    """A form with numbered rows of fields, each ``name_index``; ``count`` of them."""

    count = 0

    def name_items(self, names: Iterable[str]) -> None:
        """Say of these fields which item they belong to, where they stand apart from their row."""
        for name in names:
            row = name.rpartition("_")[2]
            if row.isdigit():
                bound = self[name]
                bound.label = _("Item %(number)s: %(label)s") % {"number": int(row) + 1, "label": bound.label}


def spoken(denied: Denied) -> str:
    """A refusal with its ways out, for the place beside a field."""
    language = get_language() or "ka"
    return " ".join(text.say(language) for text in (denied.message, *denied.remedy))
