"""What belongs to a group and to no case: sealed to the group's key."""

from django.db import models

from gza.core.models import Row

from .keys import SIGNATURE, Certificate, GroupKey


class GroupBox(Row):
    """A text sealed to a group, signed by who sealed it. ``label`` is frozen; ``subject`` is the row it belongs to."""

    label = models.CharField(max_length=64)
    subject = models.UUIDField()
    recipient = models.ForeignKey(GroupKey, models.PROTECT, related_name="boxes")
    blob = models.BinaryField()
    signer = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    signed_at = models.PositiveBigIntegerField()
    signature = models.BinaryField(max_length=SIGNATURE)

    class Meta:
        db_table = "vault_group_box"
        constraints = [models.UniqueConstraint(fields=["label", "subject"], name="vault_group_box_once")]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)
