"""Who the case is about: the person, the coded profile, the representative. All sealed."""

from django.db import models
from django.db.models import Q

from gza.cases.enums import Circumstance, RepresentativeKind
from gza.vault.fields import SealedField

from .base import CaseFact, listed, paired


class Person(CaseFact):
    """The beneficiary's identity (T2). One row in force a case; a correction is a new row."""

    first_name = SealedField(label="cases.person.first_name", section="identity")
    last_name = SealedField(label="cases.person.last_name", section="identity")
    other_names = SealedField(label="cases.person.other_names", section="identity")
    personal_number = SealedField(label="cases.person.personal_number", section="identity")
    document_number = SealedField(label="cases.person.document_number", section="identity")
    birth_date = SealedField(label="cases.person.birth_date", section="identity")
    telephone = SealedField(label="cases.person.telephone", section="identity")
    email = SealedField(label="cases.person.email", section="identity")
    address = SealedField(label="cases.person.address", section="identity")
    contact_rule = SealedField(label="cases.person.contact_rule", section="identity")
    entry_reason = SealedField(label="cases.person.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_person"
        constraints = [
            *CaseFact.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=Q(superseded=False), name="person_one_a_case"),
        ]


class Profile(CaseFact):
    """The coded profile (T1): one sealed canonical JSON of ``coded.Coded``, granted to the statistics group too."""

    coded = SealedField(label="cases.profile.coded", section="profile")
    entry_reason = SealedField(label="cases.profile.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_profile"
        constraints = [
            *CaseFact.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=Q(superseded=False), name="profile_one_a_case"),
        ]


class Story(CaseFact):
    """A piece of narrative: what was told, in free text."""

    text = SealedField(label="cases.story.text", section="narrative")
    entry_reason = SealedField(label="cases.story.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_story"


class CircumstanceFact(CaseFact):
    """In a shelter or not, cooperating or not, since when: recorded on their own, conditioning nothing (S0.2)."""

    kind = models.CharField(max_length=16, choices=Circumstance.choices)
    value = models.BooleanField()
    note = SealedField(label="cases.circumstance.note", section="narrative")
    entry_reason = SealedField(label="cases.circumstance.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_circumstance"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("kind", Circumstance), name="circumstance_listed"),
        ]


class Representative(CaseFact):
    """Who acts for a minor. With a conflict of interest found, a guardianship body replaces (S7.8).

    ``conflict`` is None until somebody looked (``checked_on``, ``checked_by``).
    """

    kind = models.CharField(max_length=20, choices=RepresentativeKind.choices)
    name = SealedField(label="cases.representative.name", section="identity")
    telephone = SealedField(label="cases.representative.telephone", section="identity")
    document_number = SealedField(label="cases.representative.document_number", section="identity")
    conflict = models.BooleanField(null=True)
    checked_on = models.DateField(null=True)
    checked_by = models.UUIDField(null=True)
    conflict_note = SealedField(label="cases.representative.conflict_note", section="narrative")
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    entry_reason = SealedField(label="cases.representative.entry_reason", section="narrative")

    class Meta(CaseFact.Meta):
        db_table = "cases_representative"
        constraints = [
            *CaseFact.Meta.constraints,
            models.CheckConstraint(condition=listed("kind", RepresentativeKind), name="representative_listed"),
            models.CheckConstraint(
                condition=paired("conflict", "checked_on", "checked_by"), name="representative_conflict_checked"
            ),
            models.CheckConstraint(
                condition=paired("ended_on", "ended_at", "ended_by"), name="representative_ended_paired"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("happened_on")),
                name="representative_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(superseded=False, ended_on__isnull=True),
                name="representative_one_a_case",
            ),
        ]
