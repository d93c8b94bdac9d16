"""Draws the controls that stand on every page in Python; whatever is rarer goes to Django's own templates."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from .drawing import escaped

_INPUTS = {f"django/forms/widgets/{name}.html" for name in ("input", "text", "hidden", "number", "email", "password")}


def _attrs(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{escaped(widget["name"])}"{value}{_attrs(widget["attrs"])}>'


def _select(widget: Mapping[str, Any]) -> str:
    parts = [f'<select name="{escaped(widget["name"])}"{_attrs(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{escaped(group)}">')
        parts += [
            f'<option value="{escaped(one["value"])}"{_attrs(one["attrs"])}>{escaped(one["label"])}</option>'
            for one in options
        ]
        if group:
            parts.append("</optgroup>")
    return "\n".join([*parts, "</select>"])


class Renderer(DjangoTemplates):
    """Django's form renderer, with a short way for text fields and drop-downs: they are most of a form's cost."""

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> SafeString:
        """Draw a control."""
        if template_name == "django/forms/widgets/select.html":
            return mark_safe(_select(context["widget"]))  # noqa: S308 (escaped)
        if template_name in _INPUTS:
            return mark_safe(_input(context["widget"]))  # noqa: S308 (escaped)
        return mark_safe(super().render(template_name, dict(context), request))  # noqa: S308 (Django's own templates)
