"""Forms of signatures and copies (S7.8)."""

from typing import Any

from django import forms as django
from django.utils.translation import gettext_lazy as _

from gza.cases.enums import SignatureForm
from gza.core import languages
from gza.plans.actions import Signed
from gza.plans.enums import CopyOutcome, Signatory
from gza.ui import forms
from gza.web.care.forms.base import PickField, checked, scan_field
from gza.web.cases.forms.base import DatedForm


class SignForm(DatedForm):
    """One signature under the content that was read."""

    read = django.CharField(widget=django.HiddenInput, max_length=64, required=False)
    language = PickField(label=_("Language in which it was read together"), initial="ka")
    form = forms.ChoiceField(
        label=_("How it is signed"),
        choices=SignatureForm.choices,
        initial=SignatureForm.SCREEN,
        hints={
            SignatureForm.SCREEN: _("here, in the field below"),
            SignatureForm.PAPER: _("print the plan, have it signed, upload the scan"),
            SignatureForm.MARK: _("for a person who cannot write; here or on paper"),
        },
    )
    signature = forms.SignatureField(label=_("Signature"), required=False)
    scan = scan_field(_("The signed plan, scanned"))
    witness = forms.LineField(
        label=_("Witness"), max_length=200, required=False, help_text=_("Who saw the mark being made.")
    )
    assents = forms.YesNoField(label=_("Does the child agree with the plan"), required=False)
    court = forms.TickField(label=_("A court decided that somebody signs for this adult"), required=False)

    def __init__(self, *args: Any, who: Signatory, minor: bool = False, language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who = who
        self.fields["language"].choices = languages.choices(language)
        if who == Signatory.WORKER:
            both = [SignatureForm.SCREEN, SignatureForm.PAPER]
            self.fields["form"].choices = [(one.value, one.label) for one in both]
            del self.fields["witness"]
        if who == Signatory.CHILD:
            for name in ("form", "signature", "scan", "witness"):
                del self.fields[name]
            self.fields["assents"].required = True
        else:
            del self.fields["assents"]
        if who != Signatory.REPRESENTATIVE or minor:
            del self.fields["court"]

    def clean(self) -> dict[str, Any]:
        """A mark has its witness."""
        data = super().clean() or self.cleaned_data
        if data.get("form") == SignatureForm.MARK and "witness" in self.fields and not data.get("witness"):
            self.add_error("witness", _("Give the name of whoever saw the mark being made."))
        return data

    def print(self) -> bytes:
        """The fingerprint of what was read; empty where the page was tampered with."""
        try:
            return bytes.fromhex(self.cleaned_data.get("read") or "")
        except ValueError:
            return b""

    def signed(self) -> Signed:
        """The signature as the action wants it; what does not belong to the chosen way is left out.

        Raises:
            FileRefused: when the scan is not taken.
        """
        data = self.cleaned_data
        form = SignatureForm(data.get("form") or SignatureForm.SCREEN)
        return Signed(
            form=form,
            strokes="" if form == SignatureForm.PAPER else data.get("signature") or "",
            scan=None if form == SignatureForm.SCREEN else checked(data.get("scan")),
            witness=data.get("witness") or "" if form == SignatureForm.MARK else "",
            assents=data.get("assents"),
        )


class CopyForm(DatedForm):
    """What became of the beneficiary's copy; ``read`` is the version that was on the page."""

    outcome = forms.ChoiceField(
        label=_("What became of the copy"), choices=CopyOutcome.choices,
        hints={CopyOutcome.HELD: _("where a paper at home could put the person in danger")},
    )  # fmt: skip
    language = PickField(label=_("Language of the copy"), initial="ka")
    note = forms.ProseField(
        label=_("How it was given, or why and where it is held"), required=False, max_length=2000, rows=3
    )
    read = django.UUIDField(widget=django.HiddenInput)

    def __init__(self, *args: Any, language: str = "ka", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [one for one in languages.choices(language) if one[0] in {"ka", "en"}]
