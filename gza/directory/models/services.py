"""Types of service, and offers of them."""

from django.db import models
from django.db.models import Q

from gza.directory.enums import Audience, Place, ServiceKind

from .base import Kept, ordered
from .organisations import Organisation


class ServiceType(models.Model):
    """A type of service of the list (S4.2): reference data, upserted, never deleted."""

    key = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=16, choices=ServiceKind.choices)
    name_ka = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
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
        return self.name_ka if language == "ka" else self.name_en


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
            ordered("valid_from", "valid_to", "offer_dates"),
            ordered("valid_from", "withdrawn_on", "offer_withdrawn_after_start"),
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
