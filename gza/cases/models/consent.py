"""Explanations, consents and their withdrawal (S0.1, S3.2, S7.4)."""

from django.db import models
from django.db.models import Q

from gza.core.models import Row
from gza.vault.fields import SealedField

from ..enums import ConsentKind, ConsentScope, SignatureForm, Signer, WithdrawalForm
from .base import CaseFact, listed, paired


class Explanation(CaseFact):
    """What was explained, in which language, through whom, by whom. ``topics`` is a list of ``enums.Topic`` codes."""

    kind = models.CharField(max_length=16, choices=ConsentKind.choices)
    topics = models.JSONField(default=list)
    explained_by = models.UUIDField()
    with_interpreter = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(null=True)
    language = SealedField(label="cases.explanation.language", section="narrative")
    interpreter = SealedField(label="cases.explanation.interpreter", section="narrative", null=True)
    words = SealedField(label="cases.explanation.words", section="narrative", null=True)
    entry_reason = SealedField(label="cases.explanation.entry_reason", section="narrative", null=True)

    class Meta(CaseFact.Meta):
        db_table = "cases_explanation"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("kind", ConsentKind), name="explanation_kind_listed"),
            models.CheckConstraint(
                condition=Q(with_interpreter=False) | Q(interpreter__isnull=False), name="explanation_interpreter_named"
            ),
        ]


class Consent(CaseFact):
    """An informed written consent of one kind, by scope and named organisation.

    ``content`` is the sealed text as it was signed, salted (its fingerprint can be compared, not guessed).
    A consent is in force while ``withdrawn_on`` is empty; each scope and organisation ends on its own.
    """

    kind = models.CharField(max_length=16, choices=ConsentKind.choices)
    explanation = models.ForeignKey(Explanation, models.PROTECT, null=True, related_name="consents")
    taken_by = models.UUIDField()
    signer = models.CharField(max_length=16, choices=Signer.choices, default=Signer.BENEFICIARY)
    representative = models.ForeignKey("cases.Representative", models.PROTECT, null=True, related_name="+")
    child_assents = models.BooleanField(null=True)
    form = models.CharField(max_length=8, choices=SignatureForm.choices)
    content = SealedField(label="cases.consent.content", section="narrative")
    fingerprint = models.BinaryField(max_length=32)
    signature = SealedField(label="cases.consent.signature", section="identity", null=True)
    file = models.ForeignKey("vault.SealedFile", models.PROTECT, null=True, related_name="+")
    witness = SealedField(label="cases.consent.witness", section="identity", null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    entry_reason = SealedField(label="cases.consent.entry_reason", section="narrative", null=True)

    class Meta(CaseFact.Meta):
        db_table = "cases_consent"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("kind", ConsentKind), name="consent_kind_listed"),
            models.CheckConstraint(
                condition=Q(form=SignatureForm.SCREEN, signature__isnull=False)
                | Q(form=SignatureForm.PAPER, file__isnull=False)
                | Q(form=SignatureForm.MARK, witness__isnull=False),
                name="consent_signed",
            ),
            models.CheckConstraint(
                condition=Q(signer=Signer.BENEFICIARY, representative__isnull=True)
                | Q(signer=Signer.REPRESENTATIVE, representative__isnull=False),
                name="consent_signer",
            ),
            models.CheckConstraint(
                condition=paired("withdrawn_on", "withdrawn_at", "withdrawn_by"), name="consent_withdrawn_paired"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("happened_on")),
                name="consent_withdrawn_after",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(superseded=False, withdrawn_on__isnull=True),
                name="consent_one_of_a_kind",
            ),
        ]


class Covered(Row):
    """One scope a consent covers."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="scopes")
    scope = models.CharField(max_length=16, choices=ConsentScope.choices)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        db_table = "cases_consent_scope"
        constraints = [
            models.UniqueConstraint(fields=["consent", "scope"], name="consent_scope_once"),
            models.CheckConstraint(condition=listed("scope", ConsentScope), name="consent_scope_listed"),
        ]

    def __str__(self) -> str:
        """The scope's code."""
        return self.scope


class NamedOrganisation(Row):
    """One organisation to which the consent lets data be disclosed."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="organisations")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        db_table = "cases_consent_organisation"
        constraints = [
            models.UniqueConstraint(fields=["consent", "organisation"], name="consent_organisation_once")
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Withdrawal(CaseFact):
    """A consent withdrawn, wholly or by scope or organisation, in writing or by word of mouth (S0.1).

    ``scopes`` and ``organisations`` are what was withdrawn; both empty when it is the whole consent.
    """

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="withdrawals")
    form = models.CharField(max_length=8, choices=WithdrawalForm.choices)
    scopes = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    words = SealedField(label="cases.withdrawal.words", section="narrative", null=True)
    file = models.ForeignKey("vault.SealedFile", models.PROTECT, null=True, related_name="+")
    stopped_requests = models.PositiveSmallIntegerField(default=0)
    suspends_plan = models.BooleanField(default=False)
    entry_reason = SealedField(label="cases.withdrawal.entry_reason", section="narrative", null=True)

    class Meta(CaseFact.Meta):
        db_table = "cases_withdrawal"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("form", WithdrawalForm), name="withdrawal_form_listed"),
        ]
