"""The end of a plan and of a case, and what comes after: notice, follow-up, reopening, merge (S7.11, S7.12)."""

from django.db import models
from django.db.models import F, Q

from gza.cases.models.base import CaseFact, listed, paired
from gza.plans.enums import ContactWay, Direction, EndGround, FollowUpState, InFact
from gza.vault.fields import SealedField


class TerminationRequest(CaseFact):
    """The beneficiary's written request to end the plan, stating the changed need (S7.12).

    Written: its scan (``file_id``) or its ``words``. The Fund's answer follows: ``granted`` when the plan ends by it.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="termination_requests")
    file_id = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    granted = models.BooleanField(null=True)
    capacity = models.CharField(max_length=12, default="", blank=True)
    changed_need = SealedField(label="plans.termination.changed_need", section="narrative")
    words = SealedField(label="plans.termination.words", section="narrative")
    answer = SealedField(label="plans.termination.answer", section="narrative")
    entry_reason = SealedField(label="plans.termination.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_termination_request"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=Q(changed_need__isnull=False), name="termination_changed_need"),
            models.CheckConstraint(
                condition=Q(file_id__isnull=False) | Q(words__isnull=False), name="termination_written"
            ),
            models.CheckConstraint(
                condition=paired("answered_on", "answered_at", "answered_by", "granted", "answer"),
                name="termination_answered_paired",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(answered_on=None, superseded=False), name="termination_one_waiting"
            ),
        ]


class Violation(CaseFact):
    """A violation of the plan's terms, recorded as a fact: gross or not; a warning follows the first (ours)."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="violations")
    gross = models.BooleanField()
    warned_on = models.DateField(null=True)
    warned_at = models.DateTimeField(null=True)
    warned_by = models.UUIDField(null=True)
    description = SealedField(label="plans.violation.description", section="narrative")
    warning = SealedField(label="plans.violation.warning", section="narrative")
    entry_reason = SealedField(label="plans.violation.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_violation"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(
                condition=paired("warned_on", "warned_at", "warned_by"), name="violation_warned_paired"
            ),
        ]


class Hearing(CaseFact):
    """What the beneficiary said on a violation, before anything is decided on it."""

    violation = models.ForeignKey(Violation, models.PROTECT, related_name="hearings")
    present = models.BooleanField()
    words = SealedField(label="plans.hearing.words", section="narrative")
    entry_reason = SealedField(label="plans.hearing.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_hearing"


class PlanEnd(CaseFact):
    """That the plan ended, on what ground; ``happened_on`` is the first day without it. One a plan."""

    plan = models.OneToOneField("plans.Plan", models.PROTECT, related_name="end")
    ground = models.CharField(max_length=12, choices=EndGround.choices)
    request = models.ForeignKey(TerminationRequest, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=12, default="", blank=True)
    reasons = SealedField(label="plans.end.reasons", section="narrative")
    entry_reason = SealedField(label="plans.end.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_end"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("ground", EndGround), name="end_ground_listed"),
            models.CheckConstraint(
                condition=~Q(ground=EndGround.REQUEST) | Q(request__isnull=False), name="end_by_request"
            ),
        ]


class CaseEnd(CaseFact):
    """A case that ended in fact: recorded by one, confirmed by another (S7.12); or, without ``ground``, closed.

    ``evidence`` says how it is known, or why the case is closed. Until it is confirmed it ends nothing, and can be
    withdrawn when it proves wrong.
    """

    ground = models.CharField(max_length=12, choices=InFact.choices, default="", blank=True)
    confirmed_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    file_id = models.UUIDField(null=True)
    evidence = SealedField(label="plans.case_end.evidence", section="narrative")
    withdrawn_reason = SealedField(label="plans.case_end.withdrawn_reason", section="narrative")
    entry_reason = SealedField(label="plans.case_end.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_case_end"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=Q(ground="") | listed("ground", InFact), name="case_end_ground_listed"),
            models.CheckConstraint(
                condition=paired("confirmed_on", "confirmed_at", "confirmed_by"), name="case_end_confirmed_paired"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")) | Q(ground=""),
                name="case_end_two_people",
            ),
            models.CheckConstraint(
                condition=paired("withdrawn_on", "withdrawn_at", "withdrawn_by"), name="case_end_withdrawn_paired"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(withdrawn_on__isnull=True), name="case_end_one_or_other"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ground__gt="", confirmed_on=None, withdrawn_on=None, superseded=False),
                name="case_end_one_waiting",
            ),
        ]


class Notice(CaseFact):
    """That the beneficiary was told in writing of the end, with how to complain; or why it could not be told."""

    plan_end = models.ForeignKey(PlanEnd, models.PROTECT, null=True, related_name="notices")
    language = models.CharField(max_length=8, default="ka")
    handed = models.BooleanField()
    how = SealedField(label="plans.notice.how", section="narrative")
    text = SealedField(label="plans.notice.text", section="narrative")
    entry_reason = SealedField(label="plans.notice.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_notice"


class FollowUp(CaseFact):
    """What was agreed on contact after the plan: form, time and method; or that it was declined (S7.11).

    One row a case has no end: what stands now. A change, or a later answer, ends it and is a row of its own. Hours
    are of the day in Tbilisi, ``hour_to`` not included.
    """

    state = models.CharField(max_length=12, choices=FollowUpState.choices)
    way = models.CharField(max_length=12, choices=ContactWay.choices, default="", blank=True)
    every_days = models.PositiveSmallIntegerField(null=True)
    hour_from = models.PositiveSmallIntegerField(null=True)
    hour_to = models.PositiveSmallIntegerField(null=True)
    review_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    method = SealedField(label="plans.follow_up.method", section="identity")
    never = SealedField(label="plans.follow_up.never", section="identity")
    words = SealedField(label="plans.follow_up.words", section="narrative")
    entry_reason = SealedField(label="plans.follow_up.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_follow_up"
        indexes = [models.Index(fields=["review_on", "id"], name="follow_up_review", condition=Q(ended_on=None))]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("state", FollowUpState), name="follow_up_state_listed"),
            models.CheckConstraint(condition=Q(way="") | listed("way", ContactWay), name="follow_up_way_listed"),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.AGREED) | Q(way__gt="", review_on__isnull=False, every_days__gt=0),
                name="follow_up_agreed_whole",
            ),
            models.CheckConstraint(condition=paired("ended_on", "ended_at", "ended_by"), name="follow_up_ended_paired"),
            models.CheckConstraint(
                condition=paired("hour_from", "hour_to")
                & (Q(hour_from__isnull=True) | Q(hour_from__lt=F("hour_to"), hour_to__lte=24)),
                name="follow_up_hours",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on=None), name="follow_up_one_standing"),
        ]


class FollowUpContact(CaseFact):
    """One contact after the plan. Outside the agreed ways a reason is asked; an incoming one is always recordable."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, null=True, related_name="contacts")
    direction = models.CharField(max_length=8, choices=Direction.choices)
    way = models.CharField(max_length=12, choices=ContactWay.choices)
    hour = models.PositiveSmallIntegerField(null=True)
    reached = models.BooleanField(default=True)
    outside = models.BooleanField(default=False)
    note = SealedField(label="plans.contact.note", section="narrative")
    outside_reason = SealedField(label="plans.contact.outside_reason", section="narrative")
    entry_reason = SealedField(label="plans.contact.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_contact"
        indexes = [models.Index(fields=["case", "-happened_on", "-id"], name="contact_of_case")]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("direction", Direction), name="contact_direction_listed"),
            models.CheckConstraint(condition=listed("way", ContactWay), name="contact_way_listed"),
        ]


class CaseReopening(CaseFact):
    """That a closed case was opened again, and why; the ceiling goes on counting (S5.6)."""

    reasons = SealedField(label="plans.reopening.reasons", section="narrative")
    entry_reason = SealedField(label="plans.reopening.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_reopening"


class LaterPlan(CaseFact):
    """The Fund's decision, with reasons, that the same person gets another plan (S7.10, ours)."""

    after = models.OneToOneField("plans.Plan", models.PROTECT, related_name="later")
    capacity = models.CharField(max_length=12)
    reasons = SealedField(label="plans.later_plan.reasons", section="narrative")
    entry_reason = SealedField(label="plans.later_plan.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_later_plan"


class Merge(CaseFact):
    """That two cases are of one person: both count against one account. ``undone_*`` when that proved wrong."""

    other = models.ForeignKey("cases.Case", models.PROTECT, related_name="merged_rows")
    account = models.ForeignKey("plans.Account", models.PROTECT, related_name="+")
    own_account = models.ForeignKey("plans.Account", models.PROTECT, related_name="+")
    over = models.PositiveIntegerField(default=0)
    undone_on = models.DateField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    reasons = SealedField(label="plans.merge.reasons", section="narrative")
    undone_reasons = SealedField(label="plans.merge.undone_reasons", section="narrative")
    entry_reason = SealedField(label="plans.merge.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_merge"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=paired("undone_on", "undone_at", "undone_by"), name="merge_undone_paired"),
            models.CheckConstraint(condition=~Q(other=F("case")), name="merge_not_itself"),
            models.UniqueConstraint(fields=["case"], condition=Q(undone_on=None), name="merge_once"),
        ]
