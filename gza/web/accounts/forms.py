"""Forms of accounts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gza.accounts import passwords, queries
from gza.accounts.enums import NEEDS_ORGANISATION, REGISTRY, Language, Power, Role, Way
from gza.accounts.models import User
from gza.core import clock, places
from gza.directory import queries as directory
from gza.ui.forms import ChoiceField, DayField, GzaForm, LineField

NAME_SHAPE = r"[a-z0-9](?:[a-z0-9._-]{1,62}[a-z0-9])"


def _password(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=passwords.LONGEST, **kwargs)


class CodeField(forms.CharField):
    """A one-time code; at the first sign-in there is none yet, so that the door lets an empty one pass to its check."""

    def __init__(self, *, may_lack: bool = False, **kwargs: Any) -> None:
        attrs = {"class": "short", "inputmode": "numeric", "autocomplete": "one-time-code"}
        kwargs.setdefault("label", _("One-time code"))
        kwargs.setdefault("help_text", _("Six digits from the application"))
        super().__init__(max_length=12, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.may_lack = may_lack

    def validate(self, value: Any) -> None:
        """There is one, unless it may lack."""
        if not self.may_lack:
            super().validate(value)


class SignInForm(GzaForm):
    """Name, password, and what goes with the way chosen."""

    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = _password(_("Password"), "current-password")
    code = CodeField(may_lack=True, help_text=_("Six digits from the application; nothing at the very first sign-in"))
    recovery = forms.CharField(
        label=_("Recovery code"),
        help_text=_("One of the ten on your printed sheet; each is good once"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, way: Way, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in (("code", Way.CODE), ("recovery", Way.RECOVERY)):
            if way != of:
                del self.fields[name]


class AnswerForm(GzaForm):
    """The answer of a security key, put in by the script of the page."""

    answer = forms.CharField(widget=forms.HiddenInput, max_length=8000)


class UnlockForm(GzaForm):
    """The password alone."""

    password = _password(_("Password"), "current-password")


class ConfirmForm(GzaForm):
    """Password and one-time code: confirm that it is you."""

    password = _password(_("Password"), "current-password")
    code = CodeField()


class CodeForm(GzaForm):
    """A first code, which proves that the application has the secret."""

    code = CodeField()


class PasswordForm(GzaForm):
    """A new password, twice; the present one unless it was a temporary one."""

    current = _password(_("Present password"), "current-password")
    password = _password(
        _("New password"),
        "new-password",
        help_text=_("At least 12 characters; four or five words that do not belong together are good"),
    )
    password_again = _password(_("New password once more"), "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.must_change:
            del self.fields["current"]

    def clean_password(self) -> str:
        """The password, when it is strong enough."""
        typed = str(self.cleaned_data["password"])
        weak = passwords.weakness(typed, self.user)
        if weak:
            raise ValidationError(weak.say(get_language() or "ka"), code="weak")
        return typed

    def clean(self) -> dict[str, Any]:
        """Both alike, and not the same as before."""
        found = super().clean() or self.cleaned_data
        if found.get("password") and found.get("password_again") and found["password"] != found["password_again"]:
            self.add_error("password_again", _("The two passwords differ. Type the new one once more."))
        if found.get("password") and found.get("current") == found["password"]:
            self.add_error("password", _("This is the present password. Choose another one."))
        return found


class KeyNameForm(AnswerForm):
    """A new security key: its name, and its answer."""

    name = LineField(label=_("Name of the key"), max_length=60, help_text=_("For example: blue key on the key ring"))


class LanguageForm(GzaForm):
    """The language in which one is greeted."""

    language = ChoiceField(label=_("Pages speak"), choices=Language.choices)


def _regions() -> list[tuple[str, str]]:
    language = get_language() or "ka"
    return [("", "—"), *((one.key, one.name.say(language)) for one in places.regions(elsewhere=False))]


def _organisations() -> list[tuple[str, str]]:
    ka = (get_language() or "ka") == "ka"
    rows = directory.organisations(on=clock.today())
    return [("", "—"), *((str(row.id), (row.name_ka if ka else row.name_en) or row.name_ka) for row in rows)]


class DetailsForm(GzaForm):
    """What of an account can be mended."""

    full_name_ka = LineField(label=_("Full name in Georgian"), max_length=120)
    full_name_en = LineField(label=_("Full name in English"), max_length=120)
    organisation = ChoiceField(label=_("Organisation"), required=False, as_list=False, choices=_organisations)
    region = ChoiceField(label=_("Region of the office"), required=False, as_list=False, choices=_regions)

    def __init__(self, *args: Any, role: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role

    def clean(self) -> dict[str, Any]:
        """An organisation, where the role needs one."""
        found = super().clean() or self.cleaned_data
        if (found.get("role") or self.role) in NEEDS_ORGANISATION and not found.get("organisation"):
            self.add_error("organisation", _("This role speaks for an organisation. Choose it."))
        return found


class AccountForm(DetailsForm):
    """A new account."""

    username = forms.RegexField(
        rf"^{NAME_SHAPE}$",
        label=_("User name"),
        max_length=64,
        help_text=_("Latin letters, digits, dot, dash; it cannot be changed later"),
        error_messages={"invalid": _("Use Latin letters, digits, dots and dashes only; at least three signs.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices], as_list=False)
    language = ChoiceField(label=_("Language"), choices=Language.choices, initial=Language.KA)
    field_order = ["username", "full_name_ka", "full_name_en", "role", "organisation", "region", "language"]

    def clean_username(self) -> str:
        """A name that nobody has."""
        name = str(self.cleaned_data["username"])
        if queries.user_named(name):
            raise ValidationError(_("There is an account of this name. Choose another one."), code="taken")
        return name

    def _cleaned(self, posted: Any) -> Any:
        found = super()._cleaned(posted)
        found["username"] = found.get("username", "").strip().lower()
        return found


class FilterForm(GzaForm):
    """Filters of the list, kept in the address."""

    text = LineField(label=_("Name"), required=False, max_length=64)
    role = ChoiceField(label=_("Role"), required=False, as_list=False, choices=[("", _("All")), *Role.choices])
    state = ChoiceField(
        label=_("State"),
        required=False,
        as_list=False,
        choices=[
            ("", _("All")),
            ("active", _("Active")),
            ("waiting", _("Waiting for the first own password")),
            ("disabled", _("Disabled")),
        ],
    )


class CertifyForm(GzaForm):
    """The fingerprint, as the colleague reads it out."""

    fingerprint = LineField(
        label=_("Fingerprint, as read out to you"),
        help_text=_("Eight groups of four digits; blanks do not matter"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_fingerprint(self) -> str:
        """The digits."""
        digits = "".join(sign for sign in str(self.cleaned_data["fingerprint"]) if sign.isdigit())
        if len(digits) != 32:  # noqa: PLR2004 (eight groups of four)
            raise ValidationError(
                _("The fingerprint has 32 digits, this has %(count)d. Ask for it once more."),
                params={"count": len(digits)},
                code="length",
            )
        return digits


def _holders() -> list[tuple[str, str]]:
    return [
        ("", "—"),
        *((str(one.id), f"{one.full_name} · {one.get_role_display()}") for one in queries.active(*REGISTRY)),
    ]


class DelegationForm(GzaForm):
    """The director's powers for dated days."""

    holder = ChoiceField(label=_("Who holds the powers"), as_list=False, choices=_holders)
    power = ChoiceField(label=_("Ground"), choices=Power.choices)
    valid_from = DayField(label=_("Held from"))
    valid_to = DayField(label=_("Held to, this day included"), required=False)
    order = LineField(label=_("Number of the order"), max_length=60)

    def clean(self) -> dict[str, Any]:
        """Days in order; an acting officer's have an end."""
        found = super().clean() or self.cleaned_data
        start, end = found.get("valid_from"), found.get("valid_to")
        if found.get("power") == Power.ACTING and "valid_to" in found and end is None:
            self.add_error("valid_to", _("The powers of an acting officer end on a day. Write it."))
        if start and end and end < start:
            self.add_error("valid_to", _("The last day is before the first. Look at both once more."))
        return found


class EndForm(GzaForm):
    """The day from which the powers are not held any more."""

    on = DayField(label=_("From which day they are not held"))
