"""Fields: a line, some prose, a day, a month, an amount, a choice, a tick, a file, a signature."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gza.core import clock, money, text
from gza.ui import dates

EARLIEST_YEAR, YEARS_AHEAD = 1900, 20
FEW = 7  # as many choices stand open as a list; more go into a drop-down
EMPTY = (None, "")


class LineField(forms.CharField):
    """One line; runs of blanks are made one."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned line."""
        return text.clean_line(str(value)) if value not in self.empty_values else ""


class ProseField(forms.CharField):
    """Some sentences; line breaks are kept."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 4000, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.update({"rows": rows})
        self.widget.attrs.pop("cols", None)

    def to_python(self, value: Any) -> str:
        """The cleaned text."""
        return text.clean(str(value)) if value not in self.empty_values else ""


class _DayInput(forms.DateInput):
    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.date):
            return f"{value:%d.%m.%Y}"
        return str(value) if value else None


class DayField(forms.DateField):
    """A day, typed day first; ISO and names of months are understood too.

    ``past`` refuses days to come (what has happened cannot lie ahead), ``future`` refuses days gone by. ``earliest``
    and ``latest`` are days or callables; without them the century is guarded: 1900 to twenty years from now.
    """

    widget = _DayInput
    default_error_messages = {
        "required": _("No day is given. Write it as day.month.year, for example 15.10.2020."),
        "invalid": _("This is not a day of the calendar. Write it as day.month.year, for example 15.10.2020."),
        "short_year": _("Write the year with four digits, for example 2020, so that the century is plain."),
        "century": _("The year %(year)s cannot be right here. Look at its digits once more."),
        "ahead": _("This day has not come yet; today is %(today)s. Write the day on which it happened."),
        "gone": _("This day has already passed; today is %(today)s. Write a day to come."),
        "early": _("The day must not be before %(limit)s. Write that day or a later one."),
        "late": _("The day must not be after %(limit)s. Write that day or an earlier one."),
    }

    def __init__(
        self,
        *,
        past: bool = False,
        future: bool = False,
        earliest: dt.date | Callable[[], dt.date] | None = None,
        latest: dt.date | Callable[[], dt.date] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("help_text", _("day.month.year"))
        super().__init__(**kwargs)
        self.past, self.future, self.earliest, self.latest = past, future, earliest, latest
        self.widget.attrs.update({"class": "short", "inputmode": "text", "autocomplete": "off"})

    def to_python(self, value: Any) -> dt.date | None:
        """The day."""
        if value in EMPTY:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return dates.parse_day(str(value))
        except dates.YearTooShort as error:
            raise ValidationError(self.error_messages["short_year"], code="short_year") from error
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: dt.date | None) -> None:
        """Century, direction and limits."""
        super().validate(value)
        if value is None:
            return
        today, language = clock.today(), get_language() or "ka"

        def refuse(code: str, **params: str) -> None:
            raise ValidationError(self.error_messages[code], code=code, params=params)

        early = self.earliest() if callable(self.earliest) else self.earliest
        last = self.latest() if callable(self.latest) else self.latest
        if not EARLIEST_YEAR <= value.year <= today.year + YEARS_AHEAD:
            refuse("century", year=str(value.year))
        if self.past and value > today:
            refuse("ahead", today=dates.day(today, language))
        if self.future and value < today:
            refuse("gone", today=dates.day(today, language))
        if early and value < early:
            refuse("early", limit=dates.day(early, language))
        if last and value > last:
            refuse("late", limit=dates.day(last, language))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another day was typed."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class _MonthInput(forms.TextInput):
    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.date):
            return f"{value:%m.%Y}"
        return str(value) if value else None


class MonthField(forms.Field):
    """A month, kept as its first day: ``10.2020``, ``ოქტომბერი 2020``."""

    widget = _MonthInput
    default_error_messages = {
        "required": _("No month is given. Write it as month.year, for example 10.2020."),
        "invalid": _("This is not a month. Write it as month.year, for example 10.2020."),
        "century": _("The year %(year)s cannot be right here. Look at its digits once more."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("month.year"))
        super().__init__(**kwargs)
        self.widget.attrs.update({"class": "short", "autocomplete": "off"})

    def to_python(self, value: Any) -> dt.date | None:
        """The first day of the month."""
        if value in EMPTY:
            return None
        if isinstance(value, dt.date):
            return value.replace(day=1)
        try:
            found = dates.parse_month(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not EARLIEST_YEAR <= found.year <= clock.today().year + YEARS_AHEAD:
            raise ValidationError(self.error_messages["century"], code="century", params={"year": str(found.year)})
        return found


class MoneyField(forms.Field):
    """An amount in lari as typed; its value is a whole number of tetri. In English ``2,000`` is two thousand."""

    widget = forms.TextInput
    unit = _("lari")
    default_error_messages = {
        "required": _("No amount is given. Write it in lari, for example 480 or 480,50."),
        "invalid": _("This is not an amount. Write it in lari, for example 480 or 480,50."),
        "zero": _("The amount must be more than zero."),
        "most": _("%(over)s over the limit of %(limit)s. Lower the amount."),
        "vast": _("This amount is too large to be right. Look at its digits once more."),
    }
    VAST = 100_000_000_00  # tetri; far above any budget here, far below the column's end

    def __init__(self, *, most: int | None = None, zero: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.zero = most, zero
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """Tetri as people write lari, without the sign of the currency."""
        if isinstance(value, int):
            return money.show(value, "ka").removesuffix(f"{money.NBSP}₾")
        return value

    def to_python(self, value: Any) -> int | None:
        """Tetri."""
        if value in EMPTY:
            return None
        if isinstance(value, int):
            return value
        try:
            return money.parse(str(value), comma_parts=get_language() == "en")
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: int | None) -> None:
        """More than nothing, not beyond the limit."""
        super().validate(value)
        if value is None:
            return
        if value == 0 and not self.zero:
            raise ValidationError(self.error_messages["zero"], code="zero")
        if value > self.VAST:
            raise ValidationError(self.error_messages["vast"], code="vast")
        if self.most is not None and value > self.most:
            language = get_language() or "ka"
            params = {"over": money.show(value - self.most, language), "limit": money.show(self.most, language)}
            raise ValidationError(self.error_messages["most"], code="most", params=params)


class NumberField(forms.IntegerField):
    """A whole number, typed."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"class": "short", "inputmode": "numeric", "autocomplete": "off"})

    def run_validators(self, value: int | None) -> None:
        """Where there are two bounds, whoever misses one is told both."""
        least, most = self.min_value, self.max_value
        if None not in {value, least, most} and not least <= value <= most:
            raise ValidationError(_("Between %(least)s and %(most)s."), params={"least": least, "most": most})
        super().run_validators(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Nothing of ``type=number``: its arrows change figures by accident."""
        return {}


class ChoiceField(forms.ChoiceField):
    """One of several: an open list where they are few, a drop-down else. ``hints`` adds a second line to a choice.

    Choices that a form sets later on are counted anew.
    """

    def __init__(self, *, hints: Mapping[str, Any] | None = None, as_list: bool | None = None, **kwargs: Any) -> None:
        self.hints = dict(hints or {})
        self._as_list = as_list
        self._own_widget = kwargs.get("widget") is not None
        self._ready = False
        super().__init__(**kwargs)
        self._ready = True
        self._fit()

    @property
    def choices(self) -> Any:
        """The choices; the widget follows their number."""
        return super().choices

    @choices.setter
    def choices(self, value: Any) -> None:
        forms.ChoiceField.choices.fset(self, value)
        if getattr(self, "_ready", False):
            self._fit()

    def _fit(self) -> None:
        """Change the widget to what suits the number of choices, attributes kept."""
        if self._own_widget:
            return
        few = len(list(self.choices)) <= FEW if self._as_list is None else self._as_list
        wanted = forms.RadioSelect if few else forms.Select
        if type(self.widget) is wanted:
            return
        was, self.widget = self.widget, wanted()
        self.widget.choices, self.widget.is_required = self.choices, was.is_required
        self.widget.is_localized = was.is_localized
        self.widget.attrs.update({**was.attrs, **self.widget_attrs(self.widget)})


class ManyChoicesField(forms.MultipleChoiceField):
    """Any number of several: a list of boxes. ``hints`` adds a second line to a choice."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.hints = dict(hints or {})
        super().__init__(**kwargs)


class YesNoField(ChoiceField):
    """Yes or no as two answers, so that *not asked* stays different from *no*; its value is True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("yes", _("Yes")), ("no", _("No"))], as_list=True, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """``yes`` or ``no`` for a truth value."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> bool | None:
        """True, False, or None where nothing was answered."""
        return {"yes": True, "no": False}.get(super().clean(self.prepare_value(value)))


class TickField(forms.BooleanField):
    """One box; ``hint`` is its second line."""

    def __init__(self, *, hint: Any = "", **kwargs: Any) -> None:
        self.hint = hint
        super().__init__(**kwargs)


_MEGABYTE = 1024 * 1024


class FileField(forms.FileField):
    """An upload of at most ``most_mb``, otherwise of what the installation takes (``GZA_FILE_LIMIT_MB``).

    ``accept`` are MIME types for the chooser; what the file is, the vault decides from its bytes.
    """

    default_error_messages = {
        "big": _("The file has %(size)s MB; at most %(limit)s MB are taken. Choose a smaller one.")
    }

    def __init__(self, *, accept: str = "", most_mb: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.most_mb = most_mb
        self.widget.attrs.update({"accept": accept} if accept else {})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, when it is not too large."""
        file = super().clean(data, initial)
        size = getattr(file, "size", 0) or 0
        most = settings.GZA_FILE_LIMIT if self.most_mb is None else self.most_mb * _MEGABYTE
        if size > most:
            params = {"size": str(-(-size // _MEGABYTE)), "limit": str(most // _MEGABYTE)}
            raise ValidationError(self.error_messages["big"], code="big", params=params)
        return file


_STROKES = re.compile(r"(?:M\d{1,4} \d{1,4}(?:L\d{1,4} \d{1,4})*)+")


class _SignatureInput(forms.HiddenInput):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed = (data.get(f"{name}-typed") or "").strip()
        return data.get(name) or (f"name:{typed}" if typed else "")


class SignatureField(forms.CharField):
    """What the signature pad gives: strokes on a field of 600 by 200, or the typed name after ``name:``."""

    widget = _SignatureInput
    drawn_apart = True  # by its pad, not with the hidden fields
    default_error_messages = {
        "required": _("There is no signature yet. Sign in the field or type the full name, or sign on paper."),
        "invalid": _("The signature did not come through whole. Sign once more."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60_000, **kwargs)

    def clean(self, value: Any) -> str:
        """The strokes, or ``name:`` and the typed name."""
        signed = super().clean(value)
        if not signed:
            return signed
        if signed.startswith("name:"):
            name = text.clean_line(signed.removeprefix("name:"))[:200]
            if not name:
                raise ValidationError(self.error_messages["required"], code="required")
            return f"name:{name}"
        if not _STROKES.fullmatch(signed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return signed
