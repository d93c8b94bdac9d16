"""Forms of the statistics' pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from gza.core import clock
from gza.directory.models import Organisation
from gza.protection.model import YEAR, BadInput, Figure, Figures
from gza.statistics import bases, foreign, programmes
from gza.statistics.programmes import FINE, Choice, Programme
from gza.ui import forms
from gza.web.statistics import faults

_BACK = 20  # years offered


def _years() -> list[tuple[str, str]]:
    last = clock.today().year - 1
    return [(str(year), str(year)) for year in range(last, last - _BACK, -1)]


class PrepareForm(forms.GzaForm):
    """What a release is to hold: years, tables of the programme, how finely each dimension is read."""

    first = forms.ChoiceField(label=_("From the year"))
    last = forms.ChoiceField(label=_("To the year"), help_text=_("Only years that are over."))
    tables = forms.ManyChoicesField(label=_("Tables"))
    anew = forms.TickField(
        label=_("Count anew the years that were published before"),
        required=False,
        help_text=_("Late entries and corrections come in. What was published stays known, so more has to be hidden."),
    )

    def __init__(self, *args: Any, programme: Programme, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        for name in ("first", "last"):
            self.fields[name].choices = _years()
        self.fields["tables"].choices = [(one.key, one.say(language)) for one in programme.tables]
        self.dimensions = tuple(dict.fromkeys(one.dimension for one in programme.ladder))
        for dimension in self.dimensions:
            offered = [(one.key, one.say(language)) for one in programme.rungs(dimension)]
            field = forms.ChoiceField(
                label=programmes.title(dimension, language), choices=[(FINE, _("as counted")), *offered],
                required=False, initial=FINE,
            )  # fmt: skip
            self.fields[f"level_{dimension}"] = field
            self._prepare(f"level_{dimension}", field)

    def clean(self) -> dict[str, Any]:
        """The years in order."""
        data = super().clean() or {}
        if data.get("first") and data.get("last") and int(data["first"]) > int(data["last"]):
            self.add_error("last", ValidationError(_("The last year lies before the first. Change one of them.")))
        return data

    @property
    def years(self) -> tuple[int, ...]:
        """The chosen years."""
        return tuple(range(int(self.cleaned_data["first"]), int(self.cleaned_data["last"]) + 1))

    @property
    def choice(self) -> Choice:
        """The chosen tables and readings; of dimensions that no chosen table has, nothing is kept."""
        tables = tuple(key for key in self.programme.keys if key in self.cleaned_data["tables"])
        used = self.programme.used(Choice(tables))
        levels = (
            (name, self.cleaned_data.get(f"level_{name}") or FINE) for name in sorted(self.dimensions) if name in used
        )
        return Choice(tables, tuple((name, key) for name, key in levels if key != FINE))

    def levels(self) -> list[Any]:
        """The bound fields of the readings."""
        return [self[f"level_{name}"] for name in self.dimensions]


class BeginForm(forms.GzaForm):
    """A button: begin, go on, adopt. It carries its token and nothing else."""


class ApproveForm(forms.GzaForm):
    """The decision on a release that waits; ``seen`` is the fingerprint of what is looked at."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("approve and publish")), ("return", _("return to the officer"))],
    )
    reason = forms.ProseField(label=_("Reason for returning"), required=False, max_length=2000)
    seen = forms.LineField(max_length=64, widget=HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A return has its reason."""
        data = super().clean() or {}
        if data.get("outcome") == "return" and not data.get("reason"):
            self.add_error("reason", ValidationError(_("Say why, so that the officer knows what to change.")))
        return data


class RegisterForm(forms.GzaForm):
    """The register of the years before this system."""

    file = forms.FileField(
        label=_("File of the register"),
        accept=".csv",
        most_mb=bases.MOST_BYTES // 1024 // 1024,
        help_text=_("CSV in UTF-8: a heading, then one coded person a line."),
    )


class ForeignForm(forms.GzaForm):
    """A figure that others have published of the same people."""

    year = forms.ChoiceField(label=_("Year"))
    of = forms.ChoiceField(label=_("What was counted"))
    value = forms.NumberField(label=_("How many"), min_value=0, max_value=100_000)
    source = forms.LineField(label=_("Source"), max_length=200, help_text=_("The report and its page."))
    organisation = forms.ChoiceField(
        label=_("Whose accepted report it is"),
        required=False,
        help_text=_("Leave it empty for any other source."),
    )

    def __init__(self, *args: Any, bodies: list[Organisation], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = _years()
        self.fields["of"].choices = [
            ("", _("all persons")),
            *(
                (f"{name}:{key}", f"{programmes.title(name, language)}: {programmes.label(name, key, language)}")
                for name in programmes.LEVEL
                if name != "region"
                for key in programmes.categories(name)
            ),
        ]
        self.fields["of"].required = False
        self.fields["organisation"].choices = [
            ("", _("another source")),
            *((str(one.key), one.name_ka if language == "ka" else one.name_en or one.name_ka) for one in bodies),
        ]

    @property
    def figures(self) -> Figures:
        """The figure, over the dimensions it speaks of."""
        data = self.cleaned_data
        where: dict[str, tuple[str, ...]] = {YEAR: (data["year"],)}
        if data["of"]:
            name, _colon, key = data["of"].partition(":")
            where[name] = (key,)
        return foreign.over([Figure(where, int(data["value"]), data["source"])])


class ForeignFileForm(forms.GzaForm):
    """Many figures at once, in the form of ``gza statistics check``."""

    file = forms.FileField(label=_("File of figures"), accept=".json", most_mb=1, help_text=_("JSON, at most 1 MB"))

    def clean_file(self) -> Figures:
        """The figures of the file."""
        try:
            return foreign.parse(self.cleaned_data["file"].read())
        except BadInput as error:
            raise ValidationError(faults.lines(error), code="figures") from error
