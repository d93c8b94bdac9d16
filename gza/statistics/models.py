"""Programme, extracts, releases, publications, and the ledger of everything that was published.

True counts stand in no column: they are sealed to the statistics group (``vault.boxes``) under the row's id. What the
columns hold is protected or was published.
"""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from gza.core import clock
from gza.core.models import Row

from .enums import ExtractState, ReleaseState, RowKind, Source


def _listed(name: str, choices: type[models.TextChoices]) -> Q:
    return Q(**{f"{name}__in": list(choices.values)})


def _paired(*names: str) -> Q:
    empty, filled = Q(), Q()
    for name in names:
        empty &= Q(**{f"{name}__isnull": True})
        filled &= Q(**{f"{name}__isnull": False})
    return empty | filled


class Programme(Row):
    """An edition of the registered table programme: a signed decision of who directs the Fund. Never changed.

    ``content`` is the canonical JSON of ``programmes.Programme``; ``signature`` the decider's, over it.
    """

    edition = models.PositiveIntegerField(unique=True)
    content = models.TextField()
    fingerprint = models.BinaryField(max_length=32)
    adopted_on = models.DateField()
    adopted_at = models.DateTimeField(default=clock.now, editable=False)
    adopted_by = models.UUIDField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        db_table = "statistics_programme"
        constraints = [models.CheckConstraint(condition=Q(edition__gte=1), name="statistics_programme_edition")]

    def __str__(self) -> str:
        """The edition."""
        return str(self.edition)


class Extract(Row):
    """Counts by class, made from the profiles in batches; sealed (``EXTRACT_BOX``).

    ``after`` is where the next batch begins; ``done`` and ``unopened`` count profiles, never a class. An extract from
    the register of earlier years (``source``) is counted at once.
    """

    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PROFILES)
    state = models.CharField(max_length=8, choices=ExtractState.choices, default=ExtractState.RUNNING)
    begun_at = models.DateTimeField(default=clock.now)
    begun_by = models.UUIDField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    unopened = models.PositiveIntegerField(default=0)
    after = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "statistics_extract"
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(condition=_listed("state", ExtractState), name="statistics_extract_state"),
            models.CheckConstraint(condition=_listed("source", Source), name="statistics_extract_source"),
            models.CheckConstraint(condition=Q(unopened__lte=F("done")), name="statistics_extract_unopened"),
            models.CheckConstraint(
                condition=Q(state=ExtractState.RUNNING, finished_at=None)
                | Q(state=ExtractState.DONE, finished_at__isnull=False),
                name="statistics_extract_finished",
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=ExtractState.RUNNING), name="statistics_extract_one_runs"
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.id)


class LedgerRow(Row):
    """A row of the ledger of published figures, in the form of the private ledger directory; append-only and chained.

    ``body`` and ``hash`` are those of that form; ``content`` is the text of the row's file (a release as published, or
    figures of others), empty for the first row. ``conflict`` are figures that contradict each other, where there are.
    The true counts of a release are sealed under the release's id.
    """

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=8, choices=RowKind.choices)
    at = models.CharField(max_length=32)
    previous = models.CharField(max_length=64)
    body = models.JSONField()
    hash = models.CharField(max_length=64, unique=True)
    content = models.TextField(blank=True)
    recorded_by = models.UUIDField()
    organisation = models.CharField(max_length=40, blank=True)
    flags = models.JSONField(default=list)
    conflict = models.JSONField(default=list)

    class Meta:
        db_table = "statistics_ledger"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=_listed("kind", RowKind), name="statistics_ledger_kind"),
            models.CheckConstraint(condition=Q(number__gte=1), name="statistics_ledger_number"),
            models.CheckConstraint(
                condition=Q(number=1, kind=RowKind.OPENED) | Q(number__gt=1) & ~Q(kind=RowKind.OPENED),
                name="statistics_ledger_opened_first",
            ),
        ]

    def __str__(self) -> str:
        """The number."""
        return str(self.number)

    @property
    def moment(self) -> dt.datetime:
        """When it was written."""
        return dt.datetime.fromisoformat(self.at)


class Release(Row):
    """A release: protected tables as they would be published, what they cost, the audit, the decision.

    ``content`` is the release's canonical JSON; ``head`` the ledger's last hash it was protected against; ``choice``
    what the officer chose of the programme; ``audit`` the report, ``findings`` how many. True counts are sealed
    (``BASE_BOX``) under the release's id, salted; ``base_sha256`` is of that sealed text.
    """

    number = models.PositiveIntegerField(unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="releases")
    extract = models.ForeignKey(Extract, models.PROTECT, related_name="releases")
    years = models.JSONField()
    choice = models.JSONField()
    k = models.PositiveSmallIntegerField()
    content = models.TextField()
    fingerprint = models.BinaryField(max_length=32)
    base_sha256 = models.CharField(max_length=64)
    versions = models.JSONField(default=dict)
    cost = models.JSONField()
    head = models.CharField(max_length=64)
    audit = models.JSONField(null=True)
    findings = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=9, choices=ReleaseState.choices, default=ReleaseState.PREPARED)
    prepared_at = models.DateTimeField(default=clock.now)
    prepared_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "statistics_release"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=_listed("state", ReleaseState), name="statistics_release_state"),
            models.CheckConstraint(condition=_paired("decided_at", "decided_by"), name="statistics_release_decided"),
            models.CheckConstraint(condition=_paired("audit", "findings"), name="statistics_release_audited"),
            models.CheckConstraint(condition=Q(k__gte=3), name="statistics_release_k"),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.PUBLISHED)
                | Q(findings=0, decided_by__isnull=False) & ~Q(decided_by=F("prepared_by")),
                name="statistics_release_by_two_and_sound",
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=ReleaseState.PREPARED), name="statistics_release_one_waits"
            ),
        ]

    def __str__(self) -> str:
        """The number."""
        return str(self.number)

    @property
    def last_year(self) -> int:
        """The last year of the window."""
        return int(self.years[-1])


class Publication(Row):
    """A release as it was published, kept as published. ``row`` is its place in the ledger."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="publication")
    row = models.OneToOneField(LedgerRow, models.PROTECT, related_name="publication")
    number = models.PositiveIntegerField(unique=True)
    content = models.TextField()
    fingerprint = models.BinaryField(max_length=32)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.UUIDField()

    class Meta:
        db_table = "statistics_publication"
        ordering = ["-number"]

    def __str__(self) -> str:
        """The number."""
        return str(self.number)
