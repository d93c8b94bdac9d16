"""What makes a final plan binding: signatures over its fingerprint, the copy, needs nobody could meet (S7.6, S7.8)."""

from django.db import models
from django.db.models import Q

from gza.cases.enums import SignatureForm
from gza.cases.models.base import CaseFact, listed
from gza.plans.enums import CopyOutcome, Signatory
from gza.vault.fields import SealedField


class Signature(CaseFact):
    """One signature over the content of one version: ``fingerprint`` is that version's, or the database refuses it.

    ``form``: drawn on the screen, a mark before a witness, or on paper with its scan. ``representative`` acts for a
    minor; a child's assent is a row of its own, a no among them (``assents``). ``language`` is that in which the
    plan was read out. What is sealed in ``strokes`` repeats the fingerprint, so that a drawing carried to another row
    shows.
    """

    plan_version = models.ForeignKey("plans.PlanVersion", models.PROTECT, related_name="signatures")
    who = models.CharField(max_length=16, choices=Signatory.choices)
    representative = models.ForeignKey("cases.Representative", models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=8, choices=SignatureForm.choices)
    fingerprint = models.BinaryField(max_length=32)
    assents = models.BooleanField(null=True)
    file_id = models.UUIDField(null=True)
    language = models.CharField(max_length=8, default="ka")
    strokes = SealedField(label="plans.signature.strokes", section="identity")
    witness = SealedField(label="plans.signature.witness", section="identity")
    entry_reason = SealedField(label="plans.signature.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_signature"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("who", Signatory), name="signature_who_listed"),
            models.CheckConstraint(condition=listed("form", SignatureForm), name="signature_form_listed"),
            models.CheckConstraint(
                condition=~Q(form=SignatureForm.PAPER) | Q(file_id__isnull=False), name="signature_paper_and_scan"
            ),
            models.CheckConstraint(
                condition=~Q(form=SignatureForm.MARK) | Q(witness__isnull=False), name="signature_mark_and_witness"
            ),
            models.CheckConstraint(
                condition=Q(who=Signatory.REPRESENTATIVE, representative__isnull=False)
                | (~Q(who=Signatory.REPRESENTATIVE) & Q(representative__isnull=True)),
                name="signature_representative",
            ),
            models.CheckConstraint(
                condition=Q(who=Signatory.CHILD, assents__isnull=False)
                | (~Q(who=Signatory.CHILD) & Q(assents__isnull=True)),
                name="signature_assent_of_child",
            ),
            models.UniqueConstraint(
                fields=["plan_version", "who"], condition=Q(superseded=False), name="signature_once"
            ),
        ]


class PlanCopy(CaseFact):
    """What became of the beneficiary's copy of a signed plan: given, or held for safety, or not wanted."""

    plan_version = models.ForeignKey("plans.PlanVersion", models.PROTECT, related_name="copies")
    outcome = models.CharField(max_length=12, choices=CopyOutcome.choices)
    language = models.CharField(max_length=8, default="ka")
    note = SealedField(label="plans.copy.note", section="narrative")
    entry_reason = SealedField(label="plans.copy.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_copy"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("outcome", CopyOutcome), name="copy_outcome_listed"),
        ]


class UnmetNeed(CaseFact):
    """A necessary need that a final version carries as unmet: what was tried, who pursues it, when it is looked at."""

    plan_version = models.ForeignKey("plans.PlanVersion", models.PROTECT, related_name="unmet")
    origin = models.ForeignKey("plans.PlanItem", models.PROTECT, related_name="+")
    need = models.ForeignKey("cases.Need", models.PROTECT, related_name="+")
    service_type = models.ForeignKey("directory.ServiceType", models.PROTECT, null=True, related_name="+")
    review_on = models.DateField()
    met_on = models.DateField(null=True)
    tried = SealedField(label="plans.unmet.tried", section="narrative")
    pursued_by = SealedField(label="plans.unmet.pursued_by", section="narrative")
    entry_reason = SealedField(label="plans.unmet.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_unmet"
        indexes = [
            models.Index(fields=["review_on", "id"], name="unmet_review", condition=Q(met_on=None, superseded=False))
        ]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=Q(tried__isnull=False), name="unmet_tried"),
            models.UniqueConstraint(
                fields=["plan_version", "origin"], condition=Q(superseded=False), name="unmet_once"
            ),
        ]
