"""What is said about a wrong field: what is wrong, then the way out. In place of Django's own sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

EMPTY = _("This is empty. Fill it in.")
TOO_LONG = ngettext_lazy(
    "Too long: at most %(limit_value)d character fits, this has %(show_value)d. Shorten it.",
    "Too long: at most %(limit_value)d characters fit, this has %(show_value)d. Shorten it.",
    "limit_value",
)
TOO_SHORT = ngettext_lazy(
    "Too short: at least %(limit_value)d character is needed, this has %(show_value)d.",
    "Too short: at least %(limit_value)d characters are needed, this has %(show_value)d.",
    "limit_value",
)
CHOOSE = _("Choose one of the answers.")
NOT_OFFERED = _("This answer is not among those offered any more. Choose again.")
TICK = _("Tick the box if it is so; without it this cannot go on.")
NO_FILE = _("No file came. Choose it again.")

_BY_KIND: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.Field, {"required": EMPTY}),
    (forms.CharField, {"null_characters_not_allowed": _("A character here cannot be kept. Type the text anew.")}),
    (
        forms.IntegerField,
        {
            "invalid": _("This is not a whole number. Write digits only, for example 12."),
            "max_value": _("Too much: at most %(limit_value)s."),
            "min_value": _("Too little: at least %(limit_value)s."),
        },
    ),
    (forms.EmailField, {"invalid": _("This is not an e-mail address. Write it as name@example.ge.")}),
    (forms.ChoiceField, {"required": CHOOSE, "invalid_choice": NOT_OFFERED}),
    (forms.MultipleChoiceField, {"required": _("Choose at least one."), "invalid_list": NOT_OFFERED}),
    (forms.ModelChoiceField, {"required": CHOOSE, "invalid_choice": NOT_OFFERED}),
    (forms.BooleanField, {"required": TICK}),
    (forms.UUIDField, {"invalid": NOT_OFFERED}),
    (
        forms.FileField,
        {
            "required": _("No file is chosen. Choose one."),
            "invalid": NO_FILE,
            "missing": NO_FILE,
            "empty": _("The file is empty. Choose another one."),
            "max_length": _("The name of the file is too long. Rename it and choose it again."),
            "contradiction": _("Either choose a file or tick the box to remove it, not both."),
        },
    ),
)


def _inherited(kind: type[forms.Field]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for ancestor in reversed(kind.__mro__):
        if ancestor.__module__.startswith("django."):
            said.update(getattr(ancestor, "default_error_messages", {}))
    return said


def speak_plainly(field: forms.Field) -> None:
    """Put our sentences in place of Django's; what a field says of its own stays."""
    theirs = _inherited(type(field))
    for kind, said in _BY_KIND:
        if isinstance(field, kind):
            for code, sentence in said.items():
                present = field.error_messages.get(code)
                if present is None or present is theirs.get(code):
                    field.error_messages[code] = sentence
                    theirs[code] = sentence
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = TOO_LONG
        elif isinstance(validator, MinLengthValidator):
            validator.message = TOO_SHORT


@dataclass(frozen=True)
class Fault:
    """A line of the summary; ``href`` leads to the field and is empty for what concerns the form as a whole."""

    href: str
    label: str
    sentence: str


def listed(one_or_more: Any) -> list[Fault]:
    """Every fault of a form, a formset or several of them, in the order of the fields."""
    if isinstance(one_or_more, forms.BaseForm):
        return _of_form(one_or_more)
    if isinstance(one_or_more, forms.BaseFormSet):
        whole = [Fault("", "", str(sentence)) for sentence in one_or_more.non_form_errors()]
        return whole + [fault for form in one_or_more.forms for fault in _of_form(form)]
    if isinstance(one_or_more, Iterable) and not isinstance(one_or_more, str):
        return [fault for each in one_or_more for fault in listed(each)]
    return []


def _of_form(form: forms.BaseForm) -> list[Fault]:
    if not form.is_bound:
        return []
    found = [Fault("", "", str(sentence)) for sentence in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or f"{bound.auto_id}_0"
        found += [Fault(f"#{target}", str(bound.label), str(sentence)) for sentence in bound.errors]
    return found
