"""Explanations, consents and their withdrawal (S0.1, S3.2, S7.4)."""

from django.db import models
from django.db.models import Q

from gza.cases.enums import Scope, SignatureForm, Signer, WithdrawalForm
from gza.core.models import Row
from gza.vault.fields import SealedField

from .base import CaseFact, listed, paired


class Explanation(CaseFact):
    """What was explained, in which language, through whom, by whom (S7.4).

    ``scope`` is what it was about; ``topics`` are codes of ``enums.Topic``.
    """

    scope = models.CharField(max_length=16, choices=Scope.choices)
    topics = models.JSONField(default=list)
    explained_by = models.UUIDField()
    with_interpreter = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(null=True)
    language = SealedField(label="cases.explanation.language", section="narrative")
    interpreter = SealedField(label="cases.explanation.interpreter", section="narrative")
    words = SealedField(label="cases.explanation.words", section="narrative")
    entry_reason = SealedField(label="cases.explanation.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_explanation"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("scope", Scope), name="explanation_scope_listed"),
            models.CheckConstraint(
                condition=Q(with_interpreter=False) | Q(interpreter__isnull=False), name="explanation_interpreter_named"
            ),
        ]


class Consent(CaseFact):
    """One signed paper or screen: an informed written consent to what its ``scopes`` name (S0.1, S3.2).

    ``content`` is the sealed text as it was signed, with 32 random bytes in it, so that ``fingerprint`` (its SHA-256)
    can be compared and not guessed. A minor's is signed by the representative; the child's assent is separate.
    """

    explanation = models.ForeignKey(Explanation, models.PROTECT, null=True, related_name="consents")
    taken_by = models.UUIDField()
    signer = models.CharField(max_length=16, choices=Signer.choices, default=Signer.BENEFICIARY)
    representative = models.ForeignKey("cases.Representative", models.PROTECT, null=True, related_name="+")
    child_assents = models.BooleanField(null=True)
    form = models.CharField(max_length=8, choices=SignatureForm.choices)
    content = SealedField(label="cases.consent.content", section="narrative")
    fingerprint = models.BinaryField(max_length=32)
    signature = SealedField(label="cases.consent.signature", section="identity")
    file_id = models.UUIDField(null=True)
    witness = SealedField(label="cases.consent.witness", section="identity")
    entry_reason = SealedField(label="cases.consent.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_consent"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(form=SignatureForm.SCREEN, signature__isnull=False)
                | Q(form=SignatureForm.PAPER, file_id__isnull=False)
                | (
                    Q(form=SignatureForm.MARK, witness__isnull=False)
                    & (Q(signature__isnull=False) | Q(file_id__isnull=False))
                ),
                name="consent_signed",
            ),
            models.CheckConstraint(
                condition=Q(signer=Signer.BENEFICIARY, representative__isnull=True)
                | Q(signer=Signer.REPRESENTATIVE, representative__isnull=False),
                name="consent_signer",
            ),
        ]


class ConsentScope(Row):
    """One thing a consent covers: rehabilitation, reintegration, or disclosure to one organisation.

    This is what the rules read. In force from ``given_on`` to the day before ``withdrawn_on``. ``identity``: that
    organisation may learn name and telephone number, too.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="consent_scopes")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="scopes")
    scope = models.CharField(max_length=16, choices=Scope.choices)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    identity = models.BooleanField(default=False)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_consent_scope"
        constraints = [
            models.CheckConstraint(condition=listed("scope", Scope), name="consent_scope_listed"),
            models.CheckConstraint(
                condition=Q(scope=Scope.DISCLOSURE, organisation__isnull=False)
                | (~Q(scope=Scope.DISCLOSURE) & Q(organisation__isnull=True)),
                name="consent_scope_organisation",
            ),
            models.CheckConstraint(
                condition=Q(identity=False) | Q(organisation__isnull=False), name="consent_scope_identity"
            ),
            models.CheckConstraint(
                condition=paired("withdrawn_on", "withdrawn_at", "withdrawn_by"), name="consent_scope_paired"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_scope_withdrawn_after",
            ),
            models.UniqueConstraint(
                fields=["case", "scope"],
                condition=Q(withdrawn_on__isnull=True, organisation__isnull=True),
                name="consent_scope_one_open",
            ),
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_organisation_one_open",
            ),
        ]

    def __str__(self) -> str:
        """The scope's code."""
        return self.scope


class Withdrawal(CaseFact):
    """A scope of a consent withdrawn, in writing or by word of mouth (S0.1).

    ``stopped_requests`` and ``suspends_plan`` are what came of it. The words themselves are sealed.
    """

    scope = models.OneToOneField(ConsentScope, models.PROTECT, related_name="withdrawal")
    form = models.CharField(max_length=8, choices=WithdrawalForm.choices)
    heard_by = models.UUIDField(null=True)
    words = SealedField(label="cases.withdrawal.words", section="narrative")
    file_id = models.UUIDField(null=True)
    stopped_requests = models.PositiveSmallIntegerField(default=0)
    suspends_plan = models.BooleanField(default=False)
    entry_reason = SealedField(label="cases.withdrawal.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_withdrawal"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("form", WithdrawalForm), name="withdrawal_form_listed"),
        ]


class Declined(CaseFact):
    """The person said no when asked for a consent: an answer too, and no reproach (S0.1, S3.2)."""

    scope = models.CharField(max_length=16, choices=Scope.choices)
    words = SealedField(label="cases.declined.words", section="narrative")
    entry_reason = SealedField(label="cases.declined.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_declined"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(scope__in=[Scope.REHABILITATION, Scope.REINTEGRATION]), name="declined_scope_listed"
            ),
        ]
