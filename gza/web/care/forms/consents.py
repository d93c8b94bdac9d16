"""Forms of explanation, consent, refusal and withdrawal (S0.1, S3.2, S7.4, S7.8)."""

from collections.abc import Iterable
from typing import Any

from django import forms as django
from django.utils.translation import gettext_lazy as _

from gza.accounts.models import User
from gza.cases.actions.consent import Signature
from gza.cases.enums import Scope, SignatureForm, Signer, Topic, WithdrawalForm
from gza.core import languages
from gza.directory.models import Organisation
from gza.law import plausible
from gza.ui import forms

from .base import DatedForm, IdField, IdsField, PickField, checked, organisations, people, scan_field


class ExplanationForm(DatedForm):
    """What was explained, in which language, through whom, by whom, how long (S7.4)."""

    scope = forms.ChoiceField(
        label=_("What it was about"),
        choices=[(one.value, one.label) for one in (Scope.REINTEGRATION, Scope.REHABILITATION)],
        initial=Scope.REINTEGRATION,
    )
    topics = forms.ManyChoicesField(label=_("What was gone through"), choices=Topic.choices)
    language = PickField(label=_("Language spoken"), initial="ka")
    interpreter = forms.LineField(
        label=_("Interpreter"), max_length=200, required=False, help_text=_("Name, or left empty when there was none.")
    )
    explained_by = IdField(label=_("Who explained"))
    minutes = forms.NumberField(label=_("How long, in minutes"), required=False, **plausible.EXPLAINED_MINUTES.limits)
    words = forms.ProseField(
        label=_("What was asked and answered"),
        required=False,
        max_length=8000,
        help_text=_("The person's own questions help whoever works with them later."),
    )

    def __init__(self, *args: Any, colleagues: Iterable[User] = (), language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages.choices(language)
        self.fields["explained_by"].choices = people(colleagues, language)


class ConsentForm(DatedForm):
    """An informed written consent: what is agreed to, in which language, and how it was signed."""

    organisations = IdsField(
        label=_("Organisations that may learn what they need"),
        required=False,
        help_text=_("Each one by name, as the person agrees. None at all is an answer too."),
    )
    identity = forms.TickField(
        label=_("They may also learn name and telephone number"), required=False,
        hint=_("Without it they learn neither; a request then goes out without them."),
    )  # fmt: skip
    text = django.CharField(widget=django.HiddenInput, required=False, max_length=2)
    language = PickField(label=_("Language in which it was explained"), initial="ka")
    told = forms.TickField(
        label=_("The person was told what is written above, and says it back in their own words"), required=False
    )
    form = forms.ChoiceField(
        label=_("How it is signed"),
        choices=SignatureForm.choices,
        initial=SignatureForm.SCREEN,
        hints={
            SignatureForm.SCREEN: _("here, in the field below"),
            SignatureForm.PAPER: _("print the form, have it signed, upload the scan"),
            SignatureForm.MARK: _("for a person who cannot write; here or on paper"),
        },
    )
    signature = forms.SignatureField(label=_("Signature"), required=False)
    scan = scan_field(_("The signed paper, scanned"))
    witness = forms.LineField(
        label=_("Witness"), max_length=200, required=False, help_text=_("Who saw the mark being made.")
    )
    signer = forms.ChoiceField(
        label=_("Who signs"),
        choices=Signer.choices,
        initial=Signer.BENEFICIARY,
        hints={Signer.REPRESENTATIVE: _("for a minor; checked for a conflict of interest before")},
    )
    child_assents = forms.YesNoField(
        label=_("Does the child agree"), required=False, help_text=_("Asked of a minor, apart from the representative.")
    )

    def __init__(self, *args: Any, bodies: Iterable[Organisation] = (), language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages.choices(language)
        self.fields["organisations"].choices = organisations(bodies, language)

    def clean(self) -> dict[str, Any]:
        """A mark has its witness."""
        data = super().clean() or self.cleaned_data
        if data.get("identity") and not data.get("organisations"):
            self.add_error("identity", _("Name and telephone number are told to named organisations only."))
        if data.get("form") == SignatureForm.MARK and not data.get("witness"):
            self.add_error("witness", _("Give the name of whoever saw the mark being made."))
        return data

    def signed(self) -> Signature:
        """The signature as the action wants it; what does not belong to the chosen way is left out.

        Raises:
            FileRefused: when the scan is not taken.
        """
        data = self.cleaned_data
        form = SignatureForm(data["form"])
        return Signature(
            form=form,
            strokes="" if form == SignatureForm.PAPER else data["signature"],
            scan=None if form == SignatureForm.SCREEN else checked(data["scan"]),
            witness=data["witness"] if form == SignatureForm.MARK else "",
            signer=Signer(data["signer"]),
            child_assents=data["child_assents"],
        )


class DeclineForm(DatedForm):
    """That the person said no."""

    words = forms.ProseField(
        label=_("What the person said, if they wish it written down"), required=False, max_length=4000
    )


class WithdrawForm(DatedForm):
    """That a consent was withdrawn, in writing or by word of mouth."""

    scopes = django.MultipleChoiceField(widget=django.MultipleHiddenInput)
    form = forms.ChoiceField(
        label=_("How it was withdrawn"),
        choices=WithdrawalForm.choices,
        initial=WithdrawalForm.ORAL,
        hints={WithdrawalForm.ORAL: _("the spoken word is enough")},
    )
    heard_by = IdField(label=_("Who heard it"))
    words = forms.ProseField(label=_("In the person's words"), required=False, max_length=4000)
    scan = scan_field(_("The written withdrawal, scanned"))

    def __init__(
        self,
        *args: Any,
        given: Iterable[Any] = (),
        colleagues: Iterable[User] = (),
        language: str = "ka",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(str(row.id), row.scope) for row in given]
        self.fields["heard_by"].choices = people(colleagues, language)
