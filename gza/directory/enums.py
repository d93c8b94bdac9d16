"""Kinds of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is in the process. S2.1 names the Fund, local NGOs and international organisations."""

    FUND = "fund", _("the Fund")
    NGO = "ngo", _("local non-governmental organisation")
    INTERNATIONAL = "international", _("international organisation")
    STATE = "state", _("state body")
    COUNCIL = "council", _("the Council")
    OTHER = "other", _("other")


PROVIDERS = (OrganisationKind.FUND, OrganisationKind.NGO, OrganisationKind.INTERNATIONAL)
"""Whose offers the catalogue holds (S4.2, S4.5)."""


class OrganisationForm(models.TextChoices):
    """What the organisation is by its statute, where that matters."""

    PLAIN = "", _("not stated")
    LEPL = "lepl", _("legal entity of public law")
    UNIT = "unit", _("unit of another body")
    FOREIGN = "foreign", _("body of another state")
    GROUP = "group", _("group of organisations")


class Confidence(models.TextChoices):
    """How sure a reference row is."""

    OWN = "", _("entered by the office")
    SOURCED = "sourced", _("sourced")
    HIGH = "high", _("well known, not looked up")
    MEDIUM = "medium", _("to be confirmed")


class ServiceKind(models.TextChoices):
    """The two kinds of service (S0.3, S0.4); a type of service can belong to both."""

    REHABILITATION = "rehabilitation", _("rehabilitation")
    REINTEGRATION = "reintegration", _("reintegration")
    BOTH = "both", _("rehabilitation and reintegration")


class Place(models.TextChoices):
    """Where a service is given (S0.3)."""

    SHELTER = "shelter", _("in a shelter")
    OUTSIDE = "outside", _("outside a shelter")
    BOTH = "both", _("in a shelter and outside")


class Audience(models.TextChoices):
    """Whom a service is for."""

    ALL = "all", _("adults and children")
    ADULTS = "adults", _("adults")
    CHILDREN = "children", _("children")


class Channel(models.TextChoices):
    """How the Fund learned of a change: in writing (S4.3), or otherwise and written down."""

    LETTER = "letter", _("letter")
    EMAIL = "email", _("e-mail")
    SYSTEM = "system", _("entered here by the provider")
    MEETING = "meeting", _("said at a meeting and written down")
    OFFICE = "office", _("the Fund's own knowledge")


class Entry(models.TextChoices):
    """What a row of the change book is about."""

    ORGANISATION = "organisation", _("organisation")
    FOCAL_PERSON = "focal_person", _("focal person")
    WORKER = "worker", _("social worker")
    OFFER = "offer", _("offer")
    MEMORANDUM = "memorandum", _("memorandum")


class Deed(models.TextChoices):
    """What was done to a row."""

    ADDED = "added", _("entered in the register")
    ALTERED = "altered", _("altered")
    CONFIRMED = "confirmed", _("confirmed unchanged")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ENDED = "ended", _("ended")
    RESUMED = "resumed", _("resumed")
