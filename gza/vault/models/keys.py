"""Keys of people, of groups and of the Fund, and what makes them believed. Times in signed rows are Unix seconds."""

from django.db import models

from gza.core import clock
from gza.core.models import Row
from gza.vault.enums import GroupKind

KEY = 32
SIGNATURE = 64


class UserKey(Row):
    """A person's private keys of one generation, wrapped under a key that only the password gives."""

    user = models.UUIDField()
    generation = models.PositiveIntegerField()
    box_public = models.BinaryField(max_length=KEY)
    sign_public = models.BinaryField(max_length=KEY)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vault_user_key"
        constraints = [
            models.UniqueConstraint(fields=["user", "generation"], name="vault_user_key_generation"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at=None), name="vault_user_key_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Certificate(Row):
    """Says whose public keys these are, in which role, from when to when. Believed by its endorsements alone.

    What it signed after ``ended_at`` counts for nothing; of a stolen key that moment may lie in the past.
    """

    user = models.UUIDField()
    role = models.CharField(max_length=32)
    organisation = models.UUIDField(null=True)
    generation = models.PositiveIntegerField()
    box_public = models.BinaryField(max_length=KEY)
    sign_public = models.BinaryField(max_length=KEY)
    valid_from = models.PositiveBigIntegerField()
    valid_to = models.PositiveBigIntegerField()
    founding = models.BooleanField(default=False)
    ended_at = models.PositiveBigIntegerField(null=True)

    class Meta:
        db_table = "vault_certificate"
        indexes = [models.Index(fields=["user", "-valid_from"], name="vault_certificate_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("valid_from")), name="vault_certificate_period"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Endorsement(Row):
    """A signature under a certificate: of the Fund's key (``signer`` empty) or of a certified registry member."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="endorsements")
    signer = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    signed_at = models.PositiveBigIntegerField()
    signature = models.BinaryField(max_length=SIGNATURE)

    class Meta:
        db_table = "vault_endorsement"
        constraints = [
            models.UniqueConstraint(fields=["certificate", "signer"], name="vault_endorsement_once"),
            models.UniqueConstraint(
                fields=["certificate"], condition=models.Q(signer=None), name="vault_endorsement_fund_once"
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Group(Row):
    """A circle of people who hold a key pair together."""

    kind = models.CharField(max_length=16, choices=GroupKind.choices)
    organisation = models.UUIDField(null=True)

    class Meta:
        db_table = "vault_group"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="vault_group_one_an_organisation"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(organisation=None), name="vault_group_one_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="provider", organisation__isnull=False)
                | (~models.Q(kind="provider") & models.Q(organisation=None)),
                name="vault_group_organisation",
            ),
        ]

    def __str__(self) -> str:
        """The kind."""
        return self.kind


class GroupKey(Row):
    """One generation of a group's key pair. ``link`` is the secret half of the one before, boxed to this one."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="keys")
    generation = models.PositiveIntegerField()
    box_public = models.BinaryField(max_length=KEY)
    link = models.BinaryField(null=True)
    signer = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    signed_at = models.PositiveBigIntegerField()
    signature = models.BinaryField(max_length=SIGNATURE)

    class Meta:
        db_table = "vault_group_key"
        constraints = [models.UniqueConstraint(fields=["group", "generation"], name="vault_group_key_generation")]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class GroupMember(Row):
    """The secret half of a group key, boxed to one member."""

    key = models.ForeignKey(GroupKey, models.CASCADE, related_name="members")
    user = models.UUIDField()
    generation = models.PositiveIntegerField()
    blob = models.BinaryField()

    class Meta:
        db_table = "vault_group_member"
        indexes = [models.Index(fields=["user"], name="vault_member_user")]
        constraints = [models.UniqueConstraint(fields=["key", "user"], name="vault_group_member_once")]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class Fund(models.Model):
    """The founding: the Fund's public signing key, which production pins in its settings."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sign_public = models.BinaryField(max_length=KEY)
    founded_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "vault_fund"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="vault_fund_single")]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class FundShare(Row):
    """The Fund's signing key, boxed to one director."""

    user = models.UUIDField(unique=True)
    generation = models.PositiveIntegerField()
    blob = models.BinaryField()

    class Meta:
        db_table = "vault_fund_share"

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class RecoveryPair(Row):
    """What two custodians open together: the recovery key, the server key, the index key, the Fund's signing key."""

    key = models.ForeignKey(GroupKey, models.CASCADE, related_name="pairs")
    first = models.PositiveSmallIntegerField()
    second = models.PositiveSmallIntegerField()
    blob = models.BinaryField()

    class Meta:
        db_table = "vault_recovery_pair"
        constraints = [
            models.UniqueConstraint(fields=["key", "first", "second"], name="vault_recovery_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="vault_recovery_pair_order"),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)
