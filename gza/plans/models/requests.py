"""Requests to providers, and offers set aside (S5.4, S5.5, S6.1)."""

from django.db import models
from django.db.models import F, Q

from gza.cases.models.base import CaseFact, listed, paired
from gza.plans.enums import POSITIVE, AsideGround, Channel, RequestState
from gza.vault.fields import SealedField

_STANDING = (
    Q(state=RequestState.SENT, answered_on__isnull=True, certified_on__isnull=True)
    | Q(state__in=[RequestState.ACCEPTED, RequestState.DECLINED], answered_on__isnull=False, covers_from__isnull=True)
    | Q(state=RequestState.PARTLY, answered_on__isnull=False, covers_from__isnull=False)
    | Q(state=RequestState.UNANSWERED, answered_on__isnull=True, certified_on__isnull=False)
)
_HALTED = Q(state__in=[RequestState.WITHDRAWN, RequestState.STOPPED], stopped_on__isnull=False)
_STATE_AND_DAYS = _HALTED | (Q(stopped_on__isnull=True) & _STANDING)


class ServiceRequest(CaseFact):
    """A reintegration service asked of one organisation for one item of the agreed initial plan.

    ``happened_on`` is the day it was sent; ``origin`` the item of the initial plan. What the organisation learns stands
    in the sealed packet ``disclosure_id`` alone, until the day that packet ends; None where it went out on paper.
    ``packet`` is the case's own record of what was told. ``seen_at`` is when somebody
    there first opened it. The answer came by ``channel``: given here by the provider (``reply``, sealed under the
    packet's key) or noted by the worker with name and evidence. ``covers_from`` to ``covers_to`` are the months of
    the plan it covers when accepted in part. Past ``answer_due`` it is reminded once (``reminded_at``); a coordinator
    may then certify that it stayed unanswered (S5.5). After a withdrawal of consent the provider confirms the return or
    deletion of what it was told (``returned_on``).
    """

    origin = models.ForeignKey("plans.PlanItem", models.PROTECT, related_name="requests")
    service_type = models.ForeignKey("directory.ServiceType", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    disclosure_id = models.UUIDField(null=True)
    month_from = models.PositiveSmallIntegerField()
    month_to = models.PositiveSmallIntegerField()
    answer_due = models.DateField()
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.SENT)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    channel = models.CharField(max_length=12, choices=Channel.choices, default="", blank=True)
    covers_from = models.PositiveSmallIntegerField(null=True)
    covers_to = models.PositiveSmallIntegerField(null=True)
    reply = models.BinaryField(null=True)
    answer_name = SealedField(label="plans.request.answer_name", section="narrative")
    answer_reason = SealedField(label="plans.request.answer_reason", section="narrative")
    answer_file_id = models.UUIDField(null=True)
    certified_on = models.DateField(null=True)
    certified_at = models.DateTimeField(null=True)
    certified_by = models.UUIDField(null=True)
    stopped_on = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)
    stop_reason = SealedField(label="plans.request.stop_reason", section="narrative")
    returned_on = models.DateField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.UUIDField(null=True)
    packet = SealedField(label="plans.request.packet", section="narrative")
    note = SealedField(label="plans.request.note", section="narrative")
    entry_reason = SealedField(label="plans.request.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_request"
        indexes = [
            models.Index(
                fields=["answer_due", "id"],
                name="request_waiting",
                condition=Q(state=RequestState.SENT, superseded=False),
            ),
            models.Index(fields=["organisation", "-happened_on", "-id"], name="request_of_organisation"),
            models.Index(fields=["organisation", "state", "answer_due", "id"], name="request_by_state"),
            models.Index(fields=["case", "origin"], name="request_of_case"),
            models.Index(
                fields=["organisation", "stopped_on", "id"],
                name="request_to_return",
                condition=Q(stopped_on__isnull=False, returned_on__isnull=True),
            ),
        ]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("state", RequestState), name="request_state_listed"),
            models.CheckConstraint(condition=Q(channel="") | listed("channel", Channel), name="request_channel"),
            models.CheckConstraint(
                condition=paired("answered_on", "answered_at", "answered_by"), name="request_answer_paired"
            ),
            models.CheckConstraint(
                condition=Q(channel="", answered_on__isnull=True) | (~Q(channel="") & Q(answered_on__isnull=False)),
                name="request_answer_and_channel",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("happened_on")),
                name="request_answered_after",
            ),
            models.CheckConstraint(
                condition=Q(month_from__gte=1, month_to__gte=F("month_from"), month_to__lte=12), name="request_months"
            ),
            models.CheckConstraint(
                condition=paired("covers_from", "covers_to")
                & (Q(covers_from__isnull=True) | Q(covers_to__gte=F("covers_from"))),
                name="request_covers",
            ),
            models.CheckConstraint(
                condition=paired("certified_on", "certified_at", "certified_by"), name="request_certified_paired"
            ),
            models.CheckConstraint(
                condition=paired("stopped_on", "stopped_at", "stopped_by"), name="request_stopped_paired"
            ),
            models.CheckConstraint(
                condition=paired("returned_on", "returned_at", "returned_by"), name="request_returned_paired"
            ),
            models.CheckConstraint(condition=Q(answer_due__gte=F("happened_on")), name="request_due_after"),
            models.CheckConstraint(condition=_STATE_AND_DAYS, name="request_state_and_days"),
            models.UniqueConstraint(
                fields=["origin", "organisation"],
                condition=Q(state__in=[RequestState.SENT, *POSITIVE], superseded=False),
                name="request_once_at_a_time",
            ),
        ]

    @property
    def reference(self) -> str:
        """What worker and provider call the request on the telephone: its own, never the case's code."""
        return f"{self.id.hex[-8:-4]}-{self.id.hex[-4:]}".upper()

    @property
    def months(self) -> frozenset[int]:
        """The months of the plan that its answer covers; none without a positive one."""
        if self.state == RequestState.ACCEPTED:
            return frozenset(range(self.month_from, self.month_to + 1))
        if self.state == RequestState.PARTLY and self.covers_from and self.covers_to:
            return frozenset(range(self.covers_from, self.covers_to + 1))
        return frozenset()


class SetAside(CaseFact):
    """A matching offer that is not asked, with the reason (S5.5)."""

    origin = models.ForeignKey("plans.PlanItem", models.PROTECT, related_name="set_aside")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=AsideGround.choices)
    reason = SealedField(label="plans.set_aside.reason", section="narrative")
    entry_reason = SealedField(label="plans.set_aside.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_set_aside"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("ground", AsideGround), name="set_aside_ground"),
            models.UniqueConstraint(
                fields=["origin", "organisation"], condition=Q(superseded=False), name="set_aside_once"
            ),
        ]
