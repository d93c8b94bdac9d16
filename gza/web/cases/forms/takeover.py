"""A case that already runs on paper: who it is about, and what the file holds (G3)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from gza.cases.actions.intake import Paper, PaperConsent, PaperStatus
from gza.cases.enums import Domain, Priority, Recovery, Scope, StatedBy, StatusBody, StatusKind
from gza.cases.inputs import NeedInput, PrimaryNeedInput
from gza.core import languages
from gza.ui import forms
from gza.vault.filecheck import Accepted

from .acts import IdField
from .people import IntakeForm

ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp,.docx"
NEEDS = 3  # rows for reintegration needs; more are entered on the page of needs
_STATUSES = (
    ("victim", StatusKind.VICTIM, StatusBody.PERMANENT_GROUP),
    ("statutory", StatusKind.STATUTORY_VICTIM, StatusBody.LAW_ENFORCEMENT),
)
_CONSENTS = (("care", Scope.REHABILITATION), ("life", Scope.REINTEGRATION))
_PRIMARY = (("physical", Recovery.PHYSICAL), ("mental", Recovery.MENTAL))


def _day(label: Any) -> forms.DayField:
    return forms.DayField(label=label, required=False, past=True)


class TakeOverForm(IntakeForm):
    """Everything of intake, and the paper file. Days may lie in any order: that is flagged, not refused."""

    presumed = None
    account = None
    file_number = forms.LineField(label=_("Number of the paper file"), max_length=60)
    evidence = forms.ProseField(
        label=_("Where the paper is kept"),
        required=False,
        max_length=1000,
        rows=2,
        help_text=_("Archive, room, shelf."),
    )
    scan = forms.FileField(label=_("The file, scanned"), required=False, accept=ACCEPT)
    balance = forms.MoneyField(
        label=_("Money of the Fund already committed to reintegration"),
        required=False,
        zero=True,
        help_text=_("Counts against the ceiling. If there is none, write 0."),
    )
    reports_from = forms.DayField(
        label=_("Reports fall due from"), required=False, help_text=_("Left empty: from the day of take-over.")
    )
    victim_on = _day(_("Victim: day of the decision"))
    victim_number = forms.LineField(label=_("Victim: number of the decision"), required=False, max_length=120)
    statutory_on = _day(_("Statutory victim: day of the decision"))
    statutory_number = forms.LineField(
        label=_("Statutory victim: number of the decision"), required=False, max_length=120
    )
    worker = IdField(label=_("Social worker"), required=False)
    designated_on = _day(_("Designated on"))
    care_on = _day(_("Consent to rehabilitation signed on"))
    care_scan = forms.FileField(label=_("Consent to rehabilitation, scanned"), required=False, accept=ACCEPT)
    explained_on = _day(_("Reintegration explained on"))
    life_on = _day(_("Consent to reintegration signed on"))
    life_scan = forms.FileField(label=_("Consent to reintegration, scanned"), required=False, accept=ACCEPT)
    consent_language = forms.ChoiceField(label=_("Language of explanation and consents"), initial="ka", as_list=False)
    primary_on = _day(_("Primary needs found on"))
    physical = forms.ProseField(label=_("Needs for physical recovery"), required=False, max_length=2000, rows=2)
    mental = forms.ProseField(label=_("Needs for mental recovery"), required=False, max_length=2000, rows=2)
    needs_on = _day(_("Needs for reintegration found on"))

    def __init__(
        self, *args: Any, workers: Iterable[tuple[str, str]] = (), language: str = "ka", **kwargs: Any
    ) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.fields["worker"].choices = [("", _("none yet")), *workers]
        self.fields["consent_language"].choices = languages.choices(language)
        for number in range(NEEDS):
            for name, field in _need().items():
                self.fields[f"{name}_{number}"] = field
                self._prepare(f"{name}_{number}", field)

    def lines(self) -> list[dict[str, Any]]:
        """The rows of needs as bound fields, for the template."""
        return [{name: self[f"{name}_{number}"] for name in _need()} for number in range(NEEDS)]

    def clean(self) -> dict[str, Any]:
        """What goes together is given together."""
        data = super().clean() or self.cleaned_data
        pairs = [
            ("designated_on", "worker", _("Say since when, and who.")),
            ("care_on", "care_scan", _("A consent on paper has its day and its scan.")),
            ("life_on", "life_scan", _("A consent on paper has its day and its scan.")),
        ]
        for one, other, said in pairs:
            if bool(data.get(one)) != bool(data.get(other)) and not {one, other} & set(self.errors):
                self.add_error(other if data.get(one) else one, said)
        if (data.get("physical") or data.get("mental")) and not data.get("primary_on"):
            self.add_error("primary_on", _("Say on which day these needs were found."))
        for number in range(NEEDS):
            if data.get(f"need_{number}") and not (data.get(f"domain_{number}") and data.get(f"priority_{number}")):
                self.add_error(f"domain_{number}", _("Choose the domain, and whether it is necessary or desired."))
        return data

    def paper(self, check: Callable[[Any], Accepted | None]) -> Paper:
        """The paper file as the action wants it; ``check`` checks an upload.

        Raises:
            FileRefused: when a scan is not taken.
        """
        data = self.cleaned_data
        return Paper(
            file_number=data["file_number"],
            evidence=data["evidence"],
            balance=data["balance"],
            reports_from=data["reports_from"],
            scan=check(data["scan"]),
            statuses=[
                PaperStatus(kind, body, data[f"{name}_on"], data[f"{name}_number"])
                for name, kind, body in _STATUSES
                if data[f"{name}_on"]
            ],
            worker_id=data["worker"],
            designated_on=data["designated_on"],
            consents=self._consents(check),
            primary_needs=[
                PrimaryNeedInput(recovery, data[name], stated_by=[StatedBy.WORKER])
                for name, recovery in _PRIMARY
                if data[name]
            ],
            primary_needs_on=data["primary_on"],
            explained_on=data["explained_on"],
            explained_in=data["consent_language"],
            needs=self._needs(),
            needs_on=data["needs_on"],
        )

    def _consents(self, check: Callable[[Any], Accepted | None]) -> list[PaperConsent]:
        data, found = self.cleaned_data, []
        for name, scope in _CONSENTS:
            day: dt.date | None = data[f"{name}_on"]
            scan = check(data[f"{name}_scan"])
            if day and scan:
                found.append(PaperConsent(scope, day, scan, data["consent_language"]))
        return found

    def _needs(self) -> list[NeedInput]:
        data = self.cleaned_data
        return [
            NeedInput(
                domain=Domain(data[f"domain_{number}"]),
                description=data[f"need_{number}"],
                priority=Priority(data[f"priority_{number}"]),
                why=data[f"why_{number}"],
                stated_by=[StatedBy.WORKER],
            )
            for number in range(NEEDS)
            if data[f"need_{number}"]
        ]


def _need() -> dict[str, Any]:
    return {
        "need": forms.ProseField(label=_("What is needed"), required=False, max_length=2000, rows=2),
        "domain": forms.ChoiceField(
            label=_("Domain of life"), required=False, choices=[("", _("choose")), *Domain.choices], as_list=False
        ),
        "priority": forms.ChoiceField(
            label=_("Necessary or desired"), required=False, choices=[("", _("choose")), *Priority.choices],
            as_list=False,
        ),
        "why": forms.LineField(label=_("Why it is necessary, or desired"), required=False, max_length=400),
    }  # fmt: skip
