"""Codes of the plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionKind(models.TextChoices):
    """The two stages of a plan (S3.4a)."""

    INITIAL = "initial", _("initial plan")
    FINAL = "final", _("final plan")


class VersionState(models.TextChoices):
    """Where a version stands (``law.lifecycles.PLAN_VERSION``)."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted to the Fund")
    RETURNED = "returned", _("returned with reasons")
    AGREED = "agreed", _("agreed by the Fund")
    SUPERSEDED = "superseded", _("superseded by a new version")


class ProviderKind(models.TextChoices):
    """Of what kind the provider of a service is meant to be; the final plan names it (S7.3)."""

    NGO = "ngo", _("local non-governmental organisation")
    INTERNATIONAL = "international", _("international organisation")
    STATE = "state", _("state body or programme")
    FUND = "fund", _("the Fund")
    NONE = "none", _("no provider needed")


class Outcome(models.TextChoices):
    """What the Fund answered to a submission (S3.4b)."""

    AGREED = "agreed", _("agreed")
    RETURNED = "returned", _("returned with reasons")
