"""Keys of cases: by epoch, granted, disclosed, erased. A case is known by its id only."""

from django.db import models

from gza.core import clock
from gza.core.models import Row
from gza.vault.enums import Grantee, Via

from .keys import SIGNATURE, Certificate, GroupKey


class CaseKey(models.Model):
    """That a case has a key of this epoch. The key itself stands in no row; ``links`` wrap the epoch before.

    ``registry`` says whether the registry group holds the case, or (G4) its members singly.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.UUIDField()
    epoch = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    registry = models.BooleanField(default=True)
    links = models.BinaryField(default=b"")

    class Meta:
        db_table = "vault_case_key"
        constraints = [
            models.UniqueConstraint(fields=["case", "epoch"], name="vault_case_key_epoch"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(current=True), name="vault_case_key_one_current"
            ),
            models.CheckConstraint(condition=models.Q(epoch__gt=0), name="vault_case_key_epoch_positive"),
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(registry=False), name="vault_case_key_singly")]

    def __str__(self) -> str:
        """The epoch."""
        return str(self.epoch)


class Grant(models.Model):
    """A key of the present epoch, boxed to a grantee and signed by the granter; ``section`` is empty for all of it."""

    id = models.BigAutoField(primary_key=True)
    case = models.UUIDField()
    epoch = models.PositiveIntegerField()
    section = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=8, choices=Grantee.choices)
    grantee = models.UUIDField()
    generation = models.PositiveIntegerField()
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.WORK)
    blob = models.BinaryField()
    signer = models.ForeignKey(Certificate, models.PROTECT, related_name="+", db_index=False)
    signed_at = models.PositiveBigIntegerField()
    signature = models.BinaryField(max_length=SIGNATURE)

    class Meta:
        db_table = "vault_grant"
        constraints = [models.UniqueConstraint(fields=["case", "grantee", "section"], name="vault_grant_once")]
        indexes = [models.Index(fields=["grantee", "generation", "id"], name="vault_grant_of_grantee")]

    def __str__(self) -> str:
        """The epoch."""
        return str(self.epoch)


class Bar(Row):
    """A person shut out of a case (G4): no grant is made to them."""

    case = models.UUIDField()
    user = models.UUIDField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "vault_bar"
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="vault_bar_once")]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Disclosure(Row):
    """What one organisation was told of a case: its own packet under its own key, until a day (inclusive)."""

    case = models.UUIDField()
    organisation = models.UUIDField()
    recipient = models.ForeignKey(GroupKey, models.PROTECT, related_name="+")
    epoch = models.PositiveIntegerField()
    packet = models.BinaryField(null=True)
    blob = models.BinaryField(null=True)
    kept = models.BinaryField(null=True)
    signer = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    signed_at = models.PositiveBigIntegerField()
    signature = models.BinaryField(max_length=SIGNATURE)
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vault_disclosure"
        indexes = [
            models.Index(fields=["case"], name="vault_disclosure_case"),
            models.Index(fields=["organisation", "-id"], name="vault_disclosure_organisation"),
            models.Index(fields=["until"], condition=models.Q(ended_at=None), name="vault_disclosure_due"),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Erasure(models.Model):
    """That a case was erased. The same list stands in the shred keystore, which no restore of the database touches."""

    case = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "vault_erasure"

    def __str__(self) -> str:
        """The case's id."""
        return str(self.case)
