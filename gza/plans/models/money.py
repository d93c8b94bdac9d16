"""The Fund's money: lines of the budget, considerations, commitments against the ceiling, releases (S5.5, S5.6).

Every sum is in tetri. ``Account.committed``, ``BudgetLine.committed``, ``BudgetLine.reserved``, ``Commitment.released``
and ``Commitment.spent`` are kept by triggers alone (``money_triggers``), which also refuse what would pass a limit, on
both engines.
"""

from django.db import models
from django.db.models import F, Q

from gza.cases.enums import Priority
from gza.cases.models.base import CaseFact, listed
from gza.core.models import Row
from gza.plans.enums import CommitmentKind, ConsiderationState, DropGround, FundingOutcome
from gza.vault.fields import SealedField


class Account(Row):
    """What the Fund has committed for one person, over all cases of that person (S5.6: *per victim* is our reading)."""

    committed = models.BigIntegerField(default=0)

    class Meta:
        db_table = "plans_account"

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class AccountCase(models.Model):
    """Which account a case counts against: its own, or after a merge of duplicate persons a common one."""

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="account_row")
    account = models.ForeignKey(Account, models.PROTECT, related_name="cases")

    class Meta:
        db_table = "plans_account_case"

    def __str__(self) -> str:
        """The case's id."""
        return str(self.case_id)


class BudgetLine(Row):
    """The Fund's money for social reintegration in one year: ``allotted``, what is committed and reserved of it."""

    year = models.PositiveSmallIntegerField(unique=True)
    allotted = models.BigIntegerField()
    committed = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "plans_budget_line"
        constraints = [
            models.CheckConstraint(condition=Q(allotted__gte=0), name="budget_not_negative"),
            models.CheckConstraint(condition=Q(reserved__gte=0, committed__gte=0), name="budget_counts"),
            models.CheckConstraint(condition=Q(allotted__gte=F("committed") + F("reserved")), name="budget_not_passed"),
        ]

    def __str__(self) -> str:
        """The year."""
        return str(self.year)

    @property
    def used(self) -> int:
        """What is committed or reserved of it."""
        return self.committed + self.reserved

    @property
    def left(self) -> int:
        """What can still be committed or reserved."""
        return self.allotted - self.used


class Consideration(CaseFact):
    """The Fund shall consider paying for an item that no provider gives (S5.5).

    It opens by itself (``happened_on``) on the grounds that the offers leave, and falls due on ``due_on``. ``wanted``
    is the sum the worker works out, None until then, to be paid to ``payee`` or, if not in the directory, to
    ``payee_name``; ``grounds`` say how it comes about. ``reserved`` is what a deferral keeps free, of the person's
    ceiling and of the budget ``line``. ``dropped_for`` says why one fell away.
    """

    origin = models.ForeignKey("plans.PlanItem", models.PROTECT, related_name="considerations")
    priority = models.CharField(max_length=12, choices=Priority.choices)
    wanted = models.PositiveIntegerField(null=True)
    reserved = models.PositiveIntegerField(default=0)
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="reservations")
    payee = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=ConsiderationState.choices, default=ConsiderationState.OPEN)
    closed_on = models.DateField(null=True)
    dropped_for = models.CharField(max_length=12, choices=DropGround.choices, default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    grounds = SealedField(label="plans.consideration.grounds", section="narrative")
    payee_name = SealedField(label="plans.consideration.payee_name", section="narrative")
    entry_reason = SealedField(label="plans.consideration.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_consideration"
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="consideration_waiting",
                condition=Q(state=ConsiderationState.OPEN, superseded=False),
            ),
            models.Index(fields=["case", "origin"], name="consideration_of_case"),
        ]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("state", ConsiderationState), name="consideration_state_listed"),
            models.CheckConstraint(condition=listed("priority", Priority), name="consideration_priority_listed"),
            models.CheckConstraint(
                condition=Q(state=ConsiderationState.DEFERRED, reserved__gt=0, line__isnull=False)
                | (~Q(state=ConsiderationState.DEFERRED) & Q(reserved=0, line__isnull=True)),
                name="consideration_deferred_and_reserved",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[ConsiderationState.OPEN, ConsiderationState.DEFERRED], closed_on__isnull=True)
                    | (
                        ~Q(state__in=[ConsiderationState.OPEN, ConsiderationState.DEFERRED])
                        & Q(closed_on__isnull=False)
                    )
                ),
                name="consideration_closed_and_day",
            ),
            models.CheckConstraint(
                condition=(Q(state=ConsiderationState.DROPPED) & listed("dropped_for", DropGround))
                | (~Q(state=ConsiderationState.DROPPED) & Q(dropped_for="")),
                name="consideration_dropped_for",
            ),
            models.CheckConstraint(
                condition=Q(wanted__isnull=True) | Q(wanted__gt=0), name="consideration_wanted_positive"
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(state__in=[ConsiderationState.OPEN, ConsiderationState.DEFERRED], superseded=False),
                name="consideration_one_open",
            ),
        ]


class FundingDecision(CaseFact):
    """What the holder of the delegation decided on a consideration; written once (G5)."""

    consideration = models.ForeignKey(Consideration, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=FundingOutcome.choices)
    amount = models.PositiveIntegerField(default=0)
    capacity = models.CharField(max_length=12)
    reasons = SealedField(label="plans.funding.reasons", section="narrative")
    entry_reason = SealedField(label="plans.funding.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_funding_decision"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("outcome", FundingOutcome), name="funding_outcome_listed"),
            models.CheckConstraint(
                condition=Q(outcome=FundingOutcome.REFUSED, amount=0)
                | (~Q(outcome=FundingOutcome.REFUSED) & Q(amount__gt=0)),
                name="funding_outcome_and_amount",
            ),
        ]


class Commitment(CaseFact):
    """Money promised for an item. ``ceiling`` is the limit per person in force on the day of the decision (G6).

    ``released`` was given back formally, ``spent`` was paid; the ceiling counts ``amount - released``.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=12, choices=CommitmentKind.choices, default=CommitmentKind.DECISION)
    decision = models.OneToOneField(FundingDecision, models.PROTECT, null=True, related_name="commitment")
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="commitments")
    origin = models.ForeignKey("plans.PlanItem", models.PROTECT, null=True, related_name="commitments")
    priority = models.CharField(max_length=12, choices=Priority.choices, default=Priority.NECESSARY)
    payee = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    amount = models.PositiveIntegerField()
    ceiling = models.PositiveIntegerField()
    released = models.PositiveIntegerField(default=0)
    spent = models.PositiveIntegerField(default=0)
    note = SealedField(label="plans.commitment.note", section="narrative")
    entry_reason = SealedField(label="plans.commitment.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_commitment"
        indexes = [
            models.Index(fields=["case", "origin"], name="commitment_of_case"),
            # The sum that a trigger of SQLite holds a line's counter against is read from the index alone.
            models.Index(fields=["line", "superseded", "amount", "released"], name="commitment_of_line"),
        ]
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("kind", CommitmentKind), name="commitment_kind_listed"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_positive"),
            models.CheckConstraint(
                condition=Q(amount__gte=F("released") + F("spent")), name="commitment_released_and_spent"
            ),
            models.CheckConstraint(
                condition=Q(kind=CommitmentKind.OPENING, decision__isnull=True, line__isnull=True)
                | Q(
                    kind=CommitmentKind.DECISION,
                    decision__isnull=False,
                    line__isnull=False,
                    origin__isnull=False,
                    amount__lte=F("ceiling"),
                ),
                name="commitment_kind_and_proof",
            ),
        ]


class Release(CaseFact):
    """Money of a commitment given back formally: the ceiling has it again (S5.6). Never more than is unspent."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="releases")
    amount = models.PositiveIntegerField()
    reasons = SealedField(label="plans.release.reasons", section="narrative")
    entry_reason = SealedField(label="plans.release.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "plans_release"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="release_positive"),
        ]
