"""A year of work: monthly reports, expenditure, services delivered (S7.9). Sums in tetri."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from gza.cases.models.base import CaseFact, listed, paired
from gza.core.models import Row
from gza.core.sql import DayOfMonth
from gza.plans.enums import ExpenseKind, ReportState
from gza.vault.fields import SealedField


class MonthlyReport(CaseFact):
    """The worker's report on one month of the plan, due whatever happened in it. ``month`` is its first day.

    A draft is worked on, ``version`` counts its edits. With the sending ``content`` is sealed: services and money of
    the month as they stood then, which organisation got its part and which did not, and why. From then on triggers
    keep the row; a correction is a new row, whose ``sent_on`` stays the day the month was first reported.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="reports")
    month = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.DRAFT)
    sent_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)
    work_done = SealedField(label="plans.report.work_done", section="narrative")
    outlook = SealedField(label="plans.report.outlook", section="narrative")
    content = SealedField(label="plans.report.content", section="narrative")
    entry_reason = SealedField(label="plans.report.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_report"
        indexes = [
            models.Index(
                fields=["sent_at", "id"], name="report_unread", condition=Q(state=ReportState.SENT, superseded=False)
            )
        ]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("state", ReportState), name="report_state_listed"),
            models.CheckConstraint(condition=paired("sent_on", "sent_at", "sent_by"), name="report_sent_paired"),
            models.CheckConstraint(condition=paired("read_at", "read_by"), name="report_read_paired"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, sent_on__isnull=True)
                | Q(state=ReportState.SENT, sent_on__isnull=False, read_at__isnull=True)
                | Q(state=ReportState.READ, sent_on__isnull=False, read_at__isnull=False),
                name="report_state_and_days",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, content__isnull=True)
                | (~Q(state=ReportState.DRAFT) & Q(content__isnull=False)),
                name="report_sent_and_content",
            ),
            models.CheckConstraint(condition=Exact(DayOfMonth(F("month")), 1), name="report_first_of_month"),
            models.UniqueConstraint(fields=["plan", "month"], condition=Q(superseded=False), name="report_one_a_month"),
        ]


class ReportPart(Row):
    """What one organisation gets of a report: its own services and money, as a packet of its own (S7.9, S6.1)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="parts")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    disclosure_id = models.UUIDField()
    sent_on = models.DateField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)

    class Meta:
        db_table = "plans_report_part"
        indexes = [models.Index(fields=["organisation", "-sent_on", "-id"], name="report_part_of_organisation")]
        constraints = [
            models.UniqueConstraint(fields=["report", "organisation"], name="report_part_once"),
            models.CheckConstraint(condition=paired("seen_at", "seen_by"), name="report_part_seen_paired"),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Expenditure(CaseFact):
    """Money spent on a funded item, or an invoice that came. A payment above the commitment is refused, an invoice is
    recorded and flagged (``over``: by how much it passes what is left). Only a correction can say that there was
    nothing: its ``amount`` is then zero.
    """

    commitment = models.ForeignKey("plans.Commitment", models.PROTECT, null=True, related_name="expenditure")
    kind = models.CharField(max_length=8, choices=ExpenseKind.choices)
    amount = models.PositiveIntegerField()
    over = models.PositiveIntegerField(default=0)
    settles = models.ForeignKey("self", models.PROTECT, null=True, related_name="payments")
    payee = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    file_id = models.UUIDField(null=True)
    what = SealedField(label="plans.expenditure.what", section="narrative")
    document = SealedField(label="plans.expenditure.document", section="narrative")
    entry_reason = SealedField(label="plans.expenditure.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_expenditure"
        indexes = [models.Index(fields=["case", "happened_on"], name="expenditure_of_case")]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("kind", ExpenseKind), name="expenditure_kind_listed"),
            models.CheckConstraint(condition=Q(amount__gt=0) | Q(corrects__isnull=False), name="expenditure_positive"),
            models.CheckConstraint(condition=Q(over__lte=F("amount")), name="expenditure_over"),
            models.CheckConstraint(
                condition=~Q(kind=ExpenseKind.PAYMENT) | Q(commitment__isnull=False, over=0),
                name="expenditure_payment_on_commitment",
            ),
        ]


class Delivery(CaseFact):
    """A service of the plan that was given: recorded whatever the rules say, flagged where they do (G1).

    ``by_provider``: entered at the provider's own workplace; ``reply`` then is its sealed note under the packet's key.
    Only a correction can say that nothing was given: its ``sessions`` are then zero.
    """

    origin = models.ForeignKey("plans.PlanItem", models.PROTECT, null=True, related_name="deliveries")
    service_type = models.ForeignKey("directory.ServiceType", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    request = models.ForeignKey("plans.ServiceRequest", models.PROTECT, null=True, related_name="deliveries")
    until = models.DateField(null=True)
    sessions = models.PositiveSmallIntegerField(default=1)
    by_provider = models.BooleanField(default=False)
    reply = models.BinaryField(null=True)
    note = SealedField(label="plans.delivery.note", section="narrative")
    entry_reason = SealedField(label="plans.delivery.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_delivery"
        indexes = [
            models.Index(fields=["case", "happened_on"], name="delivery_of_case"),
            models.Index(fields=["organisation", "-happened_on", "-id"], name="delivery_of_organisation"),
        ]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=Q(sessions__gte=1) | Q(corrects__isnull=False), name="delivery_sessions"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | (Q(until__gte=F("happened_on")) & Q(until__lte=F("recorded_on"))),
                name="delivery_until",
            ),
        ]
