"""How a bound field becomes a control: what Django's widgets draw, tied to its hint and its error."""

from dataclasses import dataclass

from django.forms import BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Option:
    """One choice of a list: its control, its label, a second line, whether it cannot be chosen."""

    tag: SafeString
    label: str
    hint: str
    disabled: bool


def shape(field: BoundField) -> str:
    """``group`` for lists of choices, ``single`` for one checkbox, ``hidden``, else ``plain``."""
    kind = field.field.widget
    if kind.is_hidden:
        return "hidden"
    if isinstance(kind, RadioSelect | CheckboxSelectMultiple):
        return "group"
    if isinstance(kind, CheckboxInput):
        return "single"
    return "file" if isinstance(kind, FileInput) else "plain"


def described(field: BoundField) -> str:
    """The ids of error and hint, the error first."""
    ids = [f"{field.auto_id}-e"] if field.errors else []
    if field.help_text:
        ids.append(f"{field.auto_id}-h")
    return " ".join(ids)


def control(field: BoundField, attrs: dict[str, str] | None = None) -> str:
    """The HTML of the control."""
    attrs = {key.replace("_", "-"): value for key, value in (attrs or {}).items()}
    if ids := described(field):
        attrs["aria-describedby"] = ids
    return field.as_widget(attrs=attrs)


def options(field: BoundField) -> list[Option]:
    """The choices of a radio or checkbox list, each with the hint the field keeps for it (``hints``)."""
    hints = getattr(field.field, "hints", {})
    shown = []
    for item in field.subwidgets:
        value = str(item.data["value"])
        if value == "" and not item.data["label"]:
            continue
        item.data["attrs"].pop("required", None) if field.field.widget.input_type == "checkbox" else None
        shown.append(
            Option(
                mark_safe(item.tag(wrap_label=False)),  # noqa: S308 (rendered by Django's own widgets)
                str(item.data["label"]),
                str(hints.get(value, "")),
                bool(item.data["attrs"].get("disabled")),
            )
        )
    return shown
