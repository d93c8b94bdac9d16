"""What keeps the past: the change book, the editions of the list, their receipts. Append-only."""

from django.db import models
from django.db.models import F, Q

from gza.core.models import Fact
from gza.directory.enums import Channel, Deed, Entry


class Change(Fact):
    """The change book: one row an act on a register row, with its state before and after; append-only (G2, S4.3).

    ``before`` is None for what was added. ``channel`` and ``reference`` say how the Fund learned of it.
    ``late_reason`` says why it was written down later than it happened.
    """

    entry = models.CharField(max_length=16, choices=Entry.choices)
    subject = models.UUIDField()
    deed = models.CharField(max_length=12, choices=Deed.choices)
    before = models.JSONField(null=True)
    after = models.JSONField()
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.OFFICE)
    reference = models.CharField(max_length=120, blank=True)
    late_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        db_table = "directory_change"
        indexes = [models.Index(fields=["subject", "-recorded_at", "-id"], name="change_of_subject")]

    def __str__(self) -> str:
        """What was done to what."""
        return f"{self.entry} {self.deed}"

    @property
    def fields(self) -> list[str]:
        """The names of the columns that differ from before; all of them for what was added."""
        before = self.before or {}
        return sorted(name for name, value in self.after.items() if name != "revision" and before.get(name) != value)


class CatalogueEdition(Fact):
    """A numbered edition of the list of services (S4.2, S4.3), kept as it was issued; append-only (S4.4).

    ``previous`` is the number before: unique, existing and one less, so that the database itself allows no gap.
    ``snapshot`` is the whole list with names in both languages; ``fingerprint`` the SHA-256 of its canonical JSON.
    """

    number = models.PositiveIntegerField(unique=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, to_field="number", null=True, related_name="next", db_column="previous"
    )
    note = models.TextField(blank=True)
    snapshot = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        db_table = "directory_edition"
        constraints = [
            models.CheckConstraint(
                condition=Q(number=1, previous__isnull=True)
                | Q(number__gt=1, previous__isnull=False, previous=F("number") - 1),
                name="edition_without_gap",
            )
        ]

    def __str__(self) -> str:
        """Its number."""
        return str(self.number)


class EditionReceipt(Fact):
    """That a social worker received a copy of an edition (S4.4); append-only."""

    edition = models.ForeignKey(CatalogueEdition, models.PROTECT, related_name="receipts")
    user_id = models.UUIDField()

    class Meta:
        db_table = "directory_receipt"
        constraints = [models.UniqueConstraint(fields=["edition", "user_id"], name="receipt_once")]

    def __str__(self) -> str:
        """The edition's row."""
        return str(self.edition_id)
