"""Two people changed the same thing: both versions, field by field, and nothing lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .base import GzaForm

MINE, THEIRS = "keep-", "theirs-"  # names of the posted answers


@dataclass(frozen=True)
class Difference:
    """A field in both versions: as shown, and as it will be posted."""

    name: str
    label: str
    mine: str
    theirs: str
    mine_values: tuple[str, ...]
    theirs_values: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.mine_values == self.theirs_values


@dataclass(frozen=True)
class Conflict:
    """All fields of the form, those that differ first; and the hidden ones to be carried along."""

    differences: tuple[Difference, ...]
    hidden: tuple[BoundField, ...]

    @property
    def count(self) -> int:
        """How many fields differ."""
        return sum(not each.same for each in self.differences)


def _values(bound: BoundField, value: Any) -> tuple[str, ...]:
    prepared = bound.field.prepare_value(value)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return ("on",) if bound.field.widget.check_test(prepared) else ()
    if isinstance(bound.field.widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
        return tuple(sorted(str(each) for each in prepared or []))
    shown = bound.field.widget.format_value(prepared)
    if isinstance(shown, list | tuple):  # a select or a radio list formats one value as a list
        shown = shown[0] if shown else ""
    return (str(shown or ""),)


def _shown(bound: BoundField, values: tuple[str, ...]) -> str:
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return str(_("Yes") if values else _("No"))
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        flat: dict[str, str] = {}
        for value, label in choices:
            pairs = label if isinstance(label, list | tuple) else [(value, label)]
            flat.update({str(each): str(said) for each, said in pairs})
        return ", ".join(flat.get(value, value) for value in values if value)
    return ", ".join(values)


def compare(form: "GzaForm", stored: Mapping[str, Any]) -> Conflict:
    """Both versions of every visible field of a form that is valid in itself."""
    found, hidden = [], []
    for bound in form:
        if bound.is_hidden:
            hidden.append(bound)
            continue
        if isinstance(bound.field, forms.FileField):
            continue
        mine = _values(bound, form.cleaned_data.get(bound.name, bound.data))
        theirs = _values(bound, stored.get(bound.name))
        found.append(
            Difference(bound.html_name, str(bound.label), _shown(bound, mine), _shown(bound, theirs), mine, theirs)
        )
    found.sort(key=lambda each: each.same)
    return Conflict(tuple(found), tuple(hidden))
