"""``GzaForm``: the form every page uses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gza.core import text

from .conflict import MINE, THEIRS, Conflict, compare
from .errors import speak_plainly
from .tokens import new_token

LINE, PROSE = 200, 4000  # characters, where a field does not say


class GzaForm(forms.Form):
    """Cleans what is typed, answers in our words, is good once and notices when it grew stale.

    ``form_token`` is a hidden once-only token, see ``tokens``. Pass ``version`` (anything with a short text, such as
    a counter or ``updated_at``) and the form carries it along: ``is_stale`` then tells whether the row was changed
    by somebody else meanwhile, and ``conflict`` puts both versions side by side. The answers given on that page come
    back through the same form, so the view needs no second path.
    """

    use_required_attribute = False  # the answer is ours, in both languages, and nothing typed is lost

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        version: object = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(None, files, **kwargs)
        self.fields["form_token"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=new_token, max_length=64
        )
        if version is not None:
            self.fields["version"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=str(version), max_length=64
            )
        for name, field in self.fields.items():
            self._prepare(name, field)
        if data is not None:
            self.is_bound = True
            self.data = self._cleaned(self._answered(data))
        elif files is not None:
            self.is_bound = True

    def _prepare(self, name: str, field: forms.Field) -> None:
        if isinstance(field, forms.DateField) and not hasattr(field, "earliest"):
            raise ImproperlyConfigured(f"{type(self).__name__}.{name}: use gza.ui.forms.DayField for days")
        if type(field) is forms.CharField and field.max_length is None:
            limit = PROSE if isinstance(field.widget, forms.Textarea) else LINE
            field.max_length = limit
            field.validators.append(MaxLengthValidator(limit))
        field.widget.attrs.pop("maxlength", None)  # a browser would cut pasted text without a word
        field.widget.attrs.pop("minlength", None)
        speak_plainly(field)

    def _answered(self, data: Mapping[str, Any]) -> QueryDict:
        """The posted values, with those of the other version where the person chose them (see ``conflict``)."""
        posted = QueryDict(mutable=True)
        if isinstance(data, QueryDict):
            posted.update(data)
        else:
            for key, value in data.items():
                posted.setlist(key, [*value] if isinstance(value, list | tuple) else [value])
        for name in self.fields:
            key = self.add_prefix(name)
            if posted.pop(f"{MINE}{key}", [""])[-1] == "theirs":
                posted.setlist(key, posted.getlist(f"{THEIRS}{key}"))
        return posted

    def _cleaned(self, posted: QueryDict) -> QueryDict:
        secret = {
            self.add_prefix(name)
            for name, field in self.fields.items()
            if isinstance(field.widget, forms.PasswordInput)
        }
        for key in posted:
            if key not in secret:
                posted.setlist(key, [text.clean(v) if isinstance(v, str) else v for v in posted.getlist(key)])
        return posted

    def add_prefix(self, field_name: str) -> str:
        """As Django's; but the once-only token has one name everywhere, since one place reads it."""
        return field_name if field_name == "form_token" else super().add_prefix(field_name)

    def renew_token(self) -> None:
        """Give the form, shown once more, a token of its own."""
        self.data[self.add_prefix("form_token")] = new_token()

    def is_stale(self, version: object) -> bool:
        """Whether the row now has another version than the one this form was made from."""
        return str(self.data.get(self.add_prefix("version"), "")) != str(version)

    def conflict(self, stored: Mapping[str, Any], version: object) -> Conflict:
        """Both versions side by side, for ``<c-conflict>``; the form then carries the new ``version``.

        Args:
            stored: the present values of the row by field name, as one would pass them as ``initial``.
            version: the row's present version.
        """
        self.data[self.add_prefix("version")] = str(version)
        self.renew_token()
        return compare(self, stored)
