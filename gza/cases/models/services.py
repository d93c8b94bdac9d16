"""Rehabilitation services and emergency help (S0.1, S0.3)."""

from django.db import models
from django.db.models import Q

from gza.cases.enums import Answer, AnswerForm, EmergencyGround, EmergencyKind, Place, ServiceState
from gza.vault.fields import SealedField

from .base import CaseFact, listed, paired


class RehabilitationService(CaseFact):
    """A rehabilitation service asked of an organisation, and its answer as the worker noted it.

    ``happened_on`` is the day it was asked. Not gated by any plan; never a cost for the beneficiary (S0.3).
    """

    need = models.ForeignKey("cases.PrimaryNeed", models.PROTECT, null=True, related_name="services")
    service_type = models.ForeignKey("directory.ServiceType", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    place = models.CharField(max_length=8, choices=Place.choices)
    purpose = SealedField(label="cases.rehabilitation.purpose", section="health")
    answer_due = models.DateField()
    state = models.CharField(max_length=12, choices=ServiceState.choices, default=ServiceState.REQUESTED)
    answered_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = models.CharField(max_length=12, choices=Answer.choices, default="", blank=True)
    answer_form = models.CharField(max_length=12, choices=AnswerForm.choices, default="", blank=True)
    answer_name = SealedField(label="cases.rehabilitation.answer_name", section="narrative")
    answer_reason = SealedField(label="cases.rehabilitation.answer_reason", section="narrative")
    answer_file_id = models.UUIDField(null=True)
    stopped_on = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)
    entry_reason = SealedField(label="cases.rehabilitation.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_rehabilitation"
        indexes = [
            models.Index(
                fields=["answer_due", "id"],
                name="rehabilitation_waiting",
                condition=Q(state=ServiceState.REQUESTED, superseded=False),
            ),
            models.Index(fields=["case", "state"], name="rehabilitation_of_case"),
        ]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("state", ServiceState), name="rehabilitation_state_listed"),
            models.CheckConstraint(condition=listed("place", Place), name="rehabilitation_place_listed"),
            models.CheckConstraint(
                condition=Q(answer="") | listed("answer", Answer), name="rehabilitation_answer_listed"
            ),
            models.CheckConstraint(
                condition=paired("answered_on", "answered_at", "answered_by"), name="rehabilitation_answer_paired"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="rehabilitation_answer_and_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=models.F("happened_on")),
                name="rehabilitation_answered_after",
            ),
            models.CheckConstraint(
                condition=paired("stopped_on", "stopped_at", "stopped_by"), name="rehabilitation_stop_paired"
            ),
            models.CheckConstraint(
                condition=Q(answer_due__gte=models.F("happened_on")), name="rehabilitation_due_after"
            ),
        ]


class ServiceGiven(CaseFact):
    """A rehabilitation service that was given: a fact, recorded whatever the rules say, and flagged where they do.

    ``charged`` is what the beneficiary paid, in tetri: never meant to be more than nothing (S0.3).
    """

    request = models.ForeignKey(RehabilitationService, models.PROTECT, null=True, related_name="given")
    service_type = models.ForeignKey("directory.ServiceType", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    place = models.CharField(max_length=8, choices=Place.choices)
    until = models.DateField(null=True)
    sessions = models.PositiveSmallIntegerField(default=1)
    charged = models.PositiveIntegerField(default=0)
    note = SealedField(label="cases.service_given.note", section="health")
    entry_reason = SealedField(label="cases.service_given.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_service_given"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("place", Place), name="service_given_place_listed"),
            models.CheckConstraint(condition=Q(sessions__gte=1), name="service_given_sessions"),
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | (Q(until__gte=models.F("happened_on")) & Q(until__lte=models.F("recorded_on"))),
                name="service_given_until",
            ),
        ]


class EmergencyHelp(CaseFact):
    """Help that could not wait: ground, person and time; outside the Strategy and under no consent (S0.1)."""

    ground = models.CharField(max_length=16, choices=EmergencyGround.choices)
    kind = models.CharField(max_length=16, choices=EmergencyKind.choices)
    given_at = models.DateTimeField()
    given_by = SealedField(label="cases.emergency.given_by", section="narrative")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    description = SealedField(label="cases.emergency.description", section="narrative")
    entry_reason = SealedField(label="cases.emergency.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_emergency"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("ground", EmergencyGround), name="emergency_ground_listed"),
            models.CheckConstraint(condition=listed("kind", EmergencyKind), name="emergency_kind_listed"),
            models.CheckConstraint(condition=Q(given_at__lte=models.F("recorded_at")), name="emergency_not_in_future"),
        ]
