"""Organisations, who speaks for them, and what was agreed with them."""

from django.db import models
from django.db.models import F, Q

from gza.directory.enums import Confidence, OrganisationForm, OrganisationKind

from .base import Kept, ordered


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
            ordered("valid_from", "valid_to", "organisation_dates"),
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
    name_ka = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    user_id = models.UUIDField(null=True, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "directory_focal_person"
        constraints = [
            models.CheckConstraint(condition=~Q(name_ka=""), name="focal_person_named"),
            models.CheckConstraint(condition=~Q(phone="", email=""), name="focal_person_reachable"),
            ordered("valid_from", "valid_to", "focal_person_dates"),
        ]
        indexes = [models.Index(fields=["name_ka", "id"], name="focal_person_by_name")]

    def __str__(self) -> str:
        """The name."""
        return self.name_ka

    def name(self, language: str) -> str:
        """The name in ``language``, or in Georgian where there is no other."""
        return self.name_ka if language == "ka" else self.name_en or self.name_ka


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
            ordered("signed_on", "valid_to", "memorandum_dates"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title
