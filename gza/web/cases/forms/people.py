"""Who a person is: identity, coded profile, first circumstances, representative."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gza.cases import coded
from gza.cases.coded import Coded
from gza.cases.enums import RepresentativeKind
from gza.cases.inputs import PersonInput, RepresentativeInput
from gza.core import clock, languages, places
from gza.law import plausible
from gza.ui import forms

from .base import DatedForm

_PERSON = (
    "first_name", "last_name", "other_names", "personal_number", "document_number", "birth_date", "telephone",
    "email", "address", "contact_rule",
)  # fmt: skip
_DIGITS = 11


class PersonFields(forms.GzaForm):
    """Identity (T2): sealed to those who hold the case."""

    first_name = forms.LineField(label=_("First name"), max_length=120)
    last_name = forms.LineField(label=_("Surname"), max_length=120, required=False)
    other_names = forms.LineField(
        label=_("Other names and spellings"), max_length=200, required=False, help_text=_("As in a foreign document.")
    )
    personal_number = forms.LineField(
        label=_("Personal number"), max_length=20, required=False, help_text=_("Eleven digits; many people have none.")
    )
    document_number = forms.LineField(label=_("Number of another document"), max_length=60, required=False)
    birth_date = forms.DayField(label=_("Date of birth"), past=True, required=False)
    telephone = forms.LineField(label=_("Telephone"), max_length=60, required=False)
    email = forms.LineField(label=_("E-mail"), max_length=120, required=False)
    address = forms.LineField(label=_("Where the person stays"), max_length=300, required=False)
    contact_rule = forms.ProseField(
        label=_("How to get in touch safely"),
        required=False,
        max_length=1000,
        rows=2,
        help_text=_("When, by which way, in whose presence not; whether a message may be left."),
    )

    def clean_personal_number(self) -> str:
        """Eleven digits, or nothing; kept as text, since it may begin with 0."""
        number = "".join(self.cleaned_data["personal_number"].split())
        if number and not (number.isascii() and number.isdigit() and len(number) == _DIGITS):
            raise ValidationError(
                _("A personal number has 11 digits; this has another form. Put a foreign number into the next field.")
            )
        return number


def person_of(data: dict[str, Any]) -> PersonInput:
    """The identity as the action wants it."""
    return PersonInput(**{name: data[name] for name in _PERSON})


class CodedFields(forms.GzaForm):
    """The coded profile (T1): what statistics need, sealed as well."""

    sex = forms.ChoiceField(label=_("Sex"), initial="unknown")
    year_of_birth = forms.NumberField(
        label=_("Year of birth"), required=False, help_text=_("When the date of birth is not known.")
    )
    citizenship = forms.ChoiceField(label=_("Citizenship"), initial="unknown")
    living_in = forms.ChoiceField(label=_("Lives in"), initial="unknown")
    spoken = forms.ChoiceField(label=_("Language to speak with the person"), initial="ka")
    exploitation = forms.ManyChoicesField(label=_("Forms of exploitation"), required=False)
    sectors = forms.ManyChoicesField(label=_("Sectors of labour"), required=False)
    country = forms.ChoiceField(label=_("Country of exploitation"), initial="unknown")
    means = forms.ManyChoicesField(label=_("Means of control"), required=False)
    recruitment = forms.ManyChoicesField(label=_("How the person was recruited"), required=False)
    vulnerabilities = forms.ManyChoicesField(label=_("What made the person vulnerable"), required=False)

    def __init__(self, *args: Any, language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = ("unknown", _("unknown"))
        lands = places.countries(language)
        self.fields["sex"].choices = coded.choices("sex", language)
        self.fields["citizenship"].choices = [
            ("GE", dict(lands)["GE"]), unknown, ("stateless", _("stateless")), *(c for c in lands if c[0] != "GE")
        ]  # fmt: skip
        self.fields["country"].choices = [unknown, *lands]
        self.fields["living_in"].choices = [(region.key, region.name.say(language)) for region in places.regions()]
        self.fields["spoken"].choices = languages.choices(language)
        for name, table in (
            ("exploitation", "form"), ("sectors", "sector"), ("means", "means"), ("recruitment", "recruitment"),
            ("vulnerabilities", "vulnerability"),
        ):  # fmt: skip
            self.fields[name].choices = coded.choices(table, language)

    def clean_year_of_birth(self) -> int | None:
        """A year a living person can have been born in."""
        year = self.cleaned_data["year_of_birth"]
        bounds = plausible.birth_year(clock.today().year)
        if year is not None and not bounds.least <= year <= bounds.most:
            raise ValidationError(
                _("Give a year between %(first)s and %(last)s."), params={"first": bounds.least, "last": bounds.most}
            )
        return year


def coded_of(data: dict[str, Any]) -> Coded:
    """The coded profile as the action wants it; the year of birth follows the date where that is known."""
    born = data.get("birth_date")
    return Coded(
        sex=data["sex"],
        year_of_birth=born.year if born else data["year_of_birth"],
        citizenship=data["citizenship"],
        region=data["living_in"],
        forms=tuple(data["exploitation"]),
        sectors=tuple(data["sectors"]),
        means=tuple(data["means"]),
        recruitment=tuple(data["recruitment"]),
        vulnerabilities=tuple(data["vulnerabilities"]),
        country=data["country"],
        language=data["spoken"],
    )


def from_coded(profile: Coded) -> dict[str, Any]:
    """The profile as initial values of the form."""
    return {
        "sex": profile.sex,
        "year_of_birth": profile.year_of_birth,
        "citizenship": profile.citizenship,
        "living_in": profile.region,
        "spoken": profile.language,
        "exploitation": list(profile.forms),
        "sectors": list(profile.sectors),
        "country": profile.country,
        "means": list(profile.means),
        "recruitment": list(profile.recruitment),
        "vulnerabilities": list(profile.vulnerabilities),
    }


class RepresentativeFields(forms.GzaForm):
    """Who acts for a minor; left empty for an adult."""

    representative_kind = forms.ChoiceField(
        label=_("Who acts for a minor"),
        required=False,
        choices=[("", _("nobody: of age")), *RepresentativeKind.choices],
    )
    representative_name = forms.LineField(label=_("Name of the representative"), max_length=200, required=False)
    representative_telephone = forms.LineField(
        label=_("Telephone of the representative"), max_length=60, required=False
    )
    representative_document = forms.LineField(
        label=_("Document that gives the right to represent"), max_length=120, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A representative has a name."""
        data = super().clean() or self.cleaned_data
        if data.get("representative_kind") and not data.get("representative_name"):
            self.add_error("representative_name", _("Give the name of whoever acts for the minor."))
        return data


def representative_of(data: dict[str, Any]) -> RepresentativeInput | None:
    """The representative as the action wants it, or None."""
    if not data["representative_kind"]:
        return None
    return RepresentativeInput(
        kind=RepresentativeKind(data["representative_kind"]),
        name=data["representative_name"],
        telephone=data["representative_telephone"],
        document_number=data["representative_document"],
    )


class IntakeForm(PersonFields, CodedFields, RepresentativeFields, DatedForm):
    """Everything known on the first day; only the first name and the office are required."""

    presumed = forms.ChoiceField(
        label=_("How the person comes"),
        choices=[
            ("asked", _("a decision on the status was asked for, or was taken")),
            ("presumed", _("as a presumed victim, before anything was asked for")),
        ],
        initial="asked",
    )
    office = forms.ChoiceField(label=_("Office region"))
    account = forms.ProseField(
        label=_("What the person told"),
        required=False,
        max_length=8000,
        rows=5,
        help_text=_("Their own words, only what they wish to tell now."),
    )
    in_shelter = forms.YesNoField(label=_("Lives in a shelter"), required=False)
    cooperates = forms.YesNoField(label=_("Cooperates with law enforcement"), required=False)

    def __init__(self, *args: Any, language: str = "ka", office: str = "", **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.fields["office"].choices = [
            (region.key, region.name.say(language)) for region in places.regions(elsewhere=False, served=True)
        ]
        if office:
            self.fields["office"].initial = office


class PersonForm(PersonFields, DatedForm):
    """Correcting the identity."""

    why = forms.ProseField(label=_("What was wrong"), max_length=1000, rows=2)


class ProfileForm(CodedFields, DatedForm):
    """Correcting the coded profile."""

    why = forms.ProseField(label=_("What was wrong or has become known"), max_length=1000, rows=2)


class SearchForm(forms.GzaForm):
    """A name in any of the three scripts."""

    text = forms.LineField(
        label=_("Name"), max_length=200, help_text=_("In Georgian, Latin or Cyrillic letters; parts in any order.")
    )
