"""Who works with the beneficiary, and who must not come near the case."""

from django.db import models
from django.db.models import Q

from gza.cases.enums import ShutOutGround
from gza.core import clock
from gza.core.models import Row
from gza.vault.fields import SealedField

from .base import CaseFact, listed, paired


class Designation(CaseFact):
    """A Fund employee designated to the case (S5.1, S7.2). A handover ends one and begins the next in one act."""

    worker_id = models.UUIDField()
    social_worker = models.ForeignKey("directory.SocialWorker", models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    reason = SealedField(label="cases.designation.reason", section="narrative")
    entry_reason = SealedField(label="cases.designation.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_designation"
        indexes = [models.Index(fields=["worker_id", "-happened_on"], name="designation_of_worker")]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(
                condition=paired("ended_on", "ended_at", "ended_by"), name="designation_ended_paired"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("happened_on")),
                name="designation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(superseded=False, ended_on__isnull=True), name="designation_one_open"
            ),
        ]


class ShutOut(CaseFact):
    """A person kept out of a case for a conflict of interest, coordinators included (G4)."""

    user_id = models.UUIDField()
    ground = models.CharField(max_length=20, choices=ShutOutGround.choices)
    reason = SealedField(label="cases.shut_out.reason", section="narrative")
    lifted_on = models.DateField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lift_reason = SealedField(label="cases.shut_out.lift_reason", section="narrative")
    entry_reason = SealedField(label="cases.shut_out.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_shut_out"
        indexes = [models.Index(fields=["user_id", "case"], name="shut_out_of_user", condition=Q(lifted_on=None))]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("ground", ShutOutGround), name="shut_out_ground_listed"),
            models.CheckConstraint(
                condition=paired("lifted_on", "lifted_at", "lifted_by"), name="shut_out_lifted_paired"
            ),
            models.UniqueConstraint(
                fields=["case", "user_id"], condition=Q(lifted_on__isnull=True), name="shut_out_one_open"
            ),
        ]


class OutsideOpening(Row):
    """A case opened outside one's own work, with a reason, for a limited time (G4)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="outside_openings")
    user_id = models.UUIDField()
    at = models.DateTimeField(default=clock.now, editable=False)
    until = models.DateTimeField()
    reason = SealedField(label="cases.outside_opening.reason", section="narrative")

    class Meta:
        db_table = "cases_outside_opening"
        indexes = [
            models.Index(fields=["user_id", "-at"], name="outside_of_user"),
            models.Index(fields=["case", "-at"], name="outside_of_case"),
        ]
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("at")), name="outside_until_after")]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)
