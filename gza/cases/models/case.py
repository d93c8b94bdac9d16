"""The case: a random code, states and days. Nothing here says who it is about."""

from django.db import models
from django.db.models import Q

from gza.cases.enums import FinalState, PlanState, Provenance, Standing
from gza.core import clock
from gza.core.ids import case_code
from gza.core.models import Row
from gza.law.stages import Stage

from .base import listed, paired


class Case(Row):
    """One beneficiary's file.

    ``stage`` is the stop of the road where it stands, ``stage_since`` the day that stop was reached: late is
    ``stage_since`` plus a parameter, derived by query. ``holder_id`` is the user who keeps the case: who received it,
    and from the designation on the designated worker, who then is ``worker_id`` too; ``designated_on`` is the day since
    which it has had a worker without a gap. ``region`` is the office's, never the person's. ``presumed_on`` is the
    day a presumed victim was received, ``status_asked_on`` the day the competent body was asked. ``standing``,
    ``in_shelter``, ``cooperates``, ``open_flags`` and the columns of the plan (written by ``plans``) mirror the
    newest facts and are changed in the act that changes those. ``suspended_on``: the plan waits since the consent to
    reintegration was withdrawn. From ``items_unsought`` to ``reopened_on`` stands the second half of the road, mirrored
    in the same way: items of the agreed initial plan nobody was asked about yet, requests that wait, considerations
    to be decided, the newest final version and the day of each of its steps, the plan in force with its first and
    last day, the oldest month without a report (the day it was due), the end, the notice, follow-up. ``changed_*`` tell
    of the last act. ``version`` counts acts: a form made for an
    older one is stale.
    """

    code = models.CharField(max_length=8, unique=True, default=case_code, editable=False)
    provenance = models.CharField(max_length=16, choices=Provenance.choices, default=Provenance.NEW)
    taken_over_on = models.DateField(null=True)
    stage = models.CharField(max_length=32)
    stage_since = models.DateField()
    standing = models.CharField(max_length=20, choices=Standing.choices, default=Standing.NONE)
    in_shelter = models.BooleanField(null=True)
    cooperates = models.BooleanField(null=True)
    region = models.CharField(max_length=8)
    opened_on = models.DateField()
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    opened_by = models.UUIDField(null=True, editable=False)
    holder_id = models.UUIDField(null=True)
    worker_id = models.UUIDField(null=True)
    designated_on = models.DateField(null=True)
    presumed_on = models.DateField(null=True)
    status_asked_on = models.DateField(null=True)
    plan_state = models.CharField(max_length=16, choices=PlanState.choices, default=PlanState.NONE, blank=True)
    plan_items = models.PositiveSmallIntegerField(default=0)
    plan_incomplete = models.PositiveSmallIntegerField(default=0)
    drafted_on = models.DateField(null=True)
    submitted_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    suspended_on = models.DateField(null=True)
    items_unsought = models.PositiveSmallIntegerField(default=0)
    requests_waiting = models.PositiveSmallIntegerField(default=0)
    answered_on = models.DateField(null=True)
    considerations_open = models.PositiveSmallIntegerField(default=0)
    funded_on = models.DateField(null=True)
    final_state = models.CharField(max_length=16, choices=FinalState.choices, default=FinalState.NONE, blank=True)
    final_drafted_on = models.DateField(null=True)
    final_submitted_on = models.DateField(null=True)
    final_returned_on = models.DateField(null=True)
    final_agreed_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    unmet = models.PositiveSmallIntegerField(default=0)
    report_due_on = models.DateField(null=True)
    plan_ended_on = models.DateField(null=True)
    plan_end = models.CharField(max_length=12, default="", blank=True)
    notified_on = models.DateField(null=True)
    follow_up = models.CharField(max_length=12, default="", blank=True)
    follow_up_on = models.DateField(null=True)
    next_contact_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    reopened_on = models.DateField(null=True)
    open_flags = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.UUIDField(null=True)
    changed_verb = models.CharField(max_length=64, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "cases_case"
        indexes = [
            # Caseload: own cases, by stage or all, newest change first; keyset on (changed_at, id).
            models.Index(fields=["holder_id", "-changed_at", "-id"], name="case_held"),
            models.Index(fields=["holder_id", "stage", "-changed_at", "-id"], name="case_held_stage"),
            # The Fund's list: all, by stage, by region, by both.
            models.Index(fields=["-changed_at", "-id"], name="case_changed"),
            models.Index(fields=["stage", "-changed_at", "-id"], name="case_stage"),
            models.Index(fields=["region", "-changed_at", "-id"], name="case_region"),
            models.Index(fields=["region", "stage", "-changed_at", "-id"], name="case_region_stage"),
            # What is late, stage by stage, longest waiting first.
            models.Index(fields=["stage", "stage_since", "id"], name="case_waiting"),
            models.Index(fields=["region", "stage", "stage_since", "id"], name="case_region_waiting"),
            models.Index(fields=["holder_id", "stage", "stage_since", "id"], name="case_held_waiting"),
            models.Index(fields=["-changed_at", "-id"], name="case_flagged", condition=Q(open_flags__gt=0)),
            # What a day brings due: terms that expire, reports, contacts. SQLite takes such an index only for queries
            # that say the same words, so "is not null" and not its twin "not (is null)".
            models.Index(
                fields=["ends_on", "id"],
                name="case_expiring",
                condition=Q(plan_ended_on__isnull=True, ends_on__isnull=False),
            ),
            models.Index(
                fields=["report_due_on", "id"], name="case_report_due", condition=Q(report_due_on__isnull=False)
            ),
            models.Index(
                fields=["next_contact_on", "id"], name="case_contact_due", condition=Q(next_contact_on__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=[stage.value for stage in Stage]), name="case_stage_listed"),
            models.CheckConstraint(condition=listed("standing", Standing), name="case_standing_listed"),
            models.CheckConstraint(condition=listed("provenance", Provenance), name="case_provenance_listed"),
            models.CheckConstraint(condition=listed("plan_state", PlanState), name="case_plan_state_listed"),
            models.CheckConstraint(
                condition=Q(provenance=Provenance.NEW, taken_over_on__isnull=True)
                | Q(provenance=Provenance.TAKEN_OVER, taken_over_on__isnull=False),
                name="case_taken_over_on",
            ),
            models.CheckConstraint(condition=listed("final_state", FinalState), name="case_final_state_listed"),
            models.CheckConstraint(condition=paired("starts_on", "ends_on", "in_force_on"), name="case_plan_days"),
            models.CheckConstraint(condition=paired("worker_id", "designated_on"), name="case_worker_and_day"),
            models.CheckConstraint(
                condition=Q(worker_id__isnull=True) | Q(holder_id=models.F("worker_id")), name="case_worker_holds"
            ),
        ]

    def __str__(self) -> str:
        """The id, not the code: what is logged by mistake must not name a case."""
        return str(self.id)


class StageCount(models.Model):
    """How many cases stand at a stage in an office region: changed by the very act that moves a case.

    One row a region and stage; the whole table is the overview's figure, never a count over the cases.
    """

    stage = models.CharField(max_length=32)
    region = models.CharField(max_length=8)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "cases_stage_count"
        constraints = [models.UniqueConstraint(fields=["region", "stage"], name="stage_count_one")]

    def __str__(self) -> str:
        """Region and stage."""
        return f"{self.region} {self.stage}"


class Caseload(models.Model):
    """How many cases that have not ended a worker holds; kept like ``StageCount`` (S7.1)."""

    user_id = models.UUIDField(primary_key=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "cases_caseload"

    def __str__(self) -> str:
        """The user's id."""
        return str(self.user_id)
