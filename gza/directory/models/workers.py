"""The Fund's register of social workers."""

from django.db import models
from django.db.models import Q

from gza.core.models import Row

from .base import Kept, ordered
from .organisations import Organisation


class SocialWorker(Kept):
    """A row of the Fund's register of social workers (S7.1), each an employee of the Fund (S5.1).

    ``employer`` is the body of kind ``fund`` that employs the worker; ``user_id`` the account, where there is one;
    ``office_region`` where the worker sits; ``has_training`` whether any training was completed, as asked when the
    row was entered. The caseload is derived, never stored.
    """

    name_ka = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    employer = models.ForeignKey(Organisation, models.PROTECT, related_name="social_workers")
    user_id = models.UUIDField(null=True, unique=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    office_region = models.CharField(max_length=8)
    education = models.TextField()
    has_training = models.BooleanField()
    active_from = models.DateField()
    active_to = models.DateField(null=True)

    class Meta:
        db_table = "directory_worker"
        constraints = [
            models.CheckConstraint(condition=~Q(name_ka="") & ~Q(education=""), name="worker_facts"),
            models.CheckConstraint(condition=~Q(phone="", email=""), name="worker_reachable"),
            ordered("active_from", "active_to", "worker_dates"),
        ]
        indexes = [models.Index(fields=["name_ka", "id"], name="worker_by_name")]

    def __str__(self) -> str:
        """The name."""
        return self.name_ka

    def name(self, language: str) -> str:
        """The name in ``language``, or in Georgian where there is no other."""
        return self.name_ka if language == "ka" else self.name_en or self.name_ka

    @property
    def language_codes(self) -> list[str]:
        """The languages' codes, from the prefetched rows."""
        return sorted(item.language for item in self.languages.all())

    @property
    def region_codes(self) -> list[str]:
        """The regions' codes, from the prefetched rows."""
        return sorted(item.region for item in self.regions.all())


class WorkerLanguage(models.Model):
    """A language a social worker speaks, by its ISO 639 code."""

    worker = models.ForeignKey(SocialWorker, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8)

    class Meta:
        db_table = "directory_worker_language"
        constraints = [models.UniqueConstraint(fields=["worker", "language"], name="worker_language_once")]

    def __str__(self) -> str:
        """The code."""
        return self.language


class WorkerRegion(models.Model):
    """A region a social worker works in, by its ISO 3166-2 code."""

    worker = models.ForeignKey(SocialWorker, models.CASCADE, related_name="regions")
    region = models.CharField(max_length=8)

    class Meta:
        db_table = "directory_worker_region"
        constraints = [models.UniqueConstraint(fields=["worker", "region"], name="worker_region_once")]

    def __str__(self) -> str:
        """The code."""
        return self.region


class Training(Row):
    """A training a social worker completed (S7.1). ``hours`` are full hours; None when not known."""

    worker = models.ForeignKey(SocialWorker, models.PROTECT, related_name="trainings")
    subject = models.CharField(max_length=200)
    organiser = models.CharField(max_length=200, blank=True)
    completed_on = models.DateField()
    hours = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "directory_training"
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="training_subject"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gt=0), name="training_hours"),
        ]

    def __str__(self) -> str:
        """The subject."""
        return self.subject
