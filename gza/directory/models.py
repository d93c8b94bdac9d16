"""Organisations, their focal persons, the register of social workers, offers of services, and what keeps their past.

Every row that people edit has a ``revision`` that each act raises by one: who saves an older one is told (stale form).
Every act leaves a ``Change`` with the state before and after (G2).
"""

from django.db import models
from django.db.models import F, Q

from gza.core.models import Fact, Row

from .enums import Audience, Channel, Confidence, Deed, Entry, OrganisationForm, OrganisationKind, Place, ServiceKind


class Kept(Row):
    """A row of a register that the Fund keeps: edited by acts, never deleted."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def _ordered(first: str, last: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name=name,
    )


class Organisation(Kept):
    """A body that takes part: the Fund, a local NGO, an international organisation (S2.1), a state body.

    ``key`` is its key in the reference data, or None. A body that ended names its ``successor``, which took over the
    day after ``valid_to``. Dates are inclusive; None is open.
    """

    key = models.CharField(max_length=40, null=True, unique=True)
    kind = models.CharField(max_length=16, choices=OrganisationKind.choices)
    form = models.CharField(max_length=8, choices=OrganisationForm.choices, blank=True)
    abbr = models.CharField(max_length=40, blank=True)
    name_ka = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="units")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    confidence = models.CharField(max_length=8, choices=Confidence.choices, blank=True)
    date_confidence = models.CharField(max_length=8, choices=Confidence.choices, blank=True)
    programmes = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    web = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    disabled_on = models.DateField(null=True)

    class Meta:
        db_table = "directory_organisation"
        constraints = [
            models.CheckConstraint(condition=~Q(name_ka="") & ~Q(name_en=""), name="organisation_named"),
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False), name="organisation_ended_if_succeeded"
            ),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="organisation_not_own_successor"),
            _ordered("valid_from", "valid_to", "organisation_dates"),
        ]
        indexes = [
            models.Index(fields=["name_ka", "id"], name="organisation_by_ka"),
            models.Index(fields=["name_en", "id"], name="organisation_by_en"),
        ]

    def __str__(self) -> str:
        """Its working abbreviation, or its Georgian name."""
        return self.abbr or self.name_ka

    def name(self, language: str) -> str:
        """Its name in ``language`` (``ka``, else English)."""
        return self.name_ka if language == "ka" else self.name_en


class FocalPerson(Kept):
    """Who speaks for an organisation (S1.1). ``user_id`` is the account, where there is one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="focal_persons")
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    user_id = models.UUIDField(null=True, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "directory_focal_person"
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="focal_person_named"),
            models.CheckConstraint(condition=~Q(phone="", email=""), name="focal_person_reachable"),
            _ordered("valid_from", "valid_to", "focal_person_dates"),
        ]
        indexes = [models.Index(fields=["full_name", "id"], name="focal_person_by_name")]

    def __str__(self) -> str:
        """The name."""
        return self.full_name


class SocialWorker(Kept):
    """A row of the Fund's register of social workers (S7.1), each an employee of the Fund (S5.1).

    ``employer`` is the body of kind ``fund`` that employs the worker; ``user_id`` the account, where there is one;
    ``office_region`` where the worker sits. The caseload is derived, never stored.
    """

    full_name = models.CharField(max_length=120)
    employer = models.ForeignKey(Organisation, models.PROTECT, related_name="social_workers")
    user_id = models.UUIDField(null=True, unique=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    office_region = models.CharField(max_length=8)
    education = models.TextField()
    active_from = models.DateField()
    active_to = models.DateField(null=True)

    class Meta:
        db_table = "directory_worker"
        constraints = [
            models.CheckConstraint(condition=~Q(full_name="") & ~Q(education=""), name="worker_facts"),
            models.CheckConstraint(condition=~Q(phone="", email=""), name="worker_reachable"),
            _ordered("active_from", "active_to", "worker_dates"),
        ]
        indexes = [models.Index(fields=["full_name", "id"], name="worker_by_name")]

    def __str__(self) -> str:
        """The name."""
        return self.full_name

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


class ServiceType(models.Model):
    """A type of service of the list (S4.2): reference data, upserted, never deleted."""

    key = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=16, choices=ServiceKind.choices)
    ka = models.CharField(max_length=120)
    en = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    disabled_on = models.DateField(null=True)

    class Meta:
        db_table = "directory_service_type"
        constraints = [models.CheckConstraint(condition=Q(kind__in=ServiceKind.values), name="service_type_kind")]

    def __str__(self) -> str:
        """Its key."""
        return self.key

    def name(self, language: str) -> str:
        """Its name in ``language`` (``ka``, else English)."""
        return self.ka if language == "ka" else self.en


class Offer(Kept):
    """A service that an organisation offers (S4.2, S6.1).

    ``capacity`` is how many persons it can take at once, None when not limited; ``conditions`` are in the provider's
    own words; ``confirmed_on`` is the day the provider last confirmed or changed it in writing (S4.3).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offers")
    service_type = models.ForeignKey(ServiceType, models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=16, choices=ServiceKind.choices)
    place = models.CharField(max_length=8, choices=Place.choices)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.ALL)
    capacity = models.PositiveIntegerField(null=True)
    conditions = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    confirmed_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        db_table = "directory_offer"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ServiceKind.values), name="offer_kind"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="offer_place"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="offer_audience"),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="offer_capacity"),
            _ordered("valid_from", "valid_to", "offer_dates"),
            _ordered("valid_from", "withdrawn_on", "offer_withdrawn_after_start"),
        ]
        indexes = [models.Index(fields=["service_type", "organisation", "id"], name="offer_by_type")]

    def __str__(self) -> str:
        """The type of service."""
        return self.service_type_id

    @property
    def language_codes(self) -> list[str]:
        """The languages' codes, from the prefetched rows."""
        return sorted(item.language for item in self.languages.all())

    @property
    def region_codes(self) -> list[str]:
        """The regions' codes, from the prefetched rows."""
        return sorted(item.region for item in self.regions.all())


class OfferRegion(models.Model):
    """A region in which an offer holds, by its ISO 3166-2 code."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="regions")
    region = models.CharField(max_length=8, db_index=True)

    class Meta:
        db_table = "directory_offer_region"
        constraints = [models.UniqueConstraint(fields=["offer", "region"], name="offer_region_once")]

    def __str__(self) -> str:
        """The code."""
        return self.region


class OfferLanguage(models.Model):
    """A language in which an offer is given, by its ISO 639 code."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8)

    class Meta:
        db_table = "directory_offer_language"
        constraints = [models.UniqueConstraint(fields=["offer", "language"], name="offer_language_once")]

    def __str__(self) -> str:
        """The code."""
        return self.language


class Memorandum(Kept):
    """A memorandum of cooperation between the Fund and an organisation (S1.1)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memoranda")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "directory_memorandum"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="memorandum_titled"),
            _ordered("signed_on", "valid_to", "memorandum_dates"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title


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
                condition=Q(number=1, previous__isnull=True) | Q(number__gt=1, previous=F("number") - 1),
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
