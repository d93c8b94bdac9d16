"""Roles, and the groups of roles that rules and pages speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is to the system (DESIGN.md, Who uses it). One role an account."""

    SOCIAL_WORKER = "social_worker", _("social worker")
    COORDINATOR = "coordinator", _("coordinator of the Fund")
    DIRECTOR = "director", _("director of the Fund")
    PROVIDER = "provider", _("provider's focal person")
    AGENCY = "agency", _("agency's focal person")
    SECRETARIAT = "secretariat", _("Secretariat of the Council")
    STATISTICS = "statistics", _("statistics officer")
    COUNCIL = "council", _("member of the Council")
    MONITOR = "monitor", _("monitor")
    DATA_OFFICER = "data_officer", _("data protection officer")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


REGISTRY = frozenset({Role.COORDINATOR, Role.DIRECTOR})
"""Who holds the registry key: every case, but those they are shut out of."""
FUND = REGISTRY | {Role.SOCIAL_WORKER}
"""Employees of the Fund who work with cases."""
NEEDS_ORGANISATION = frozenset({Role.PROVIDER, Role.AGENCY})
"""Roles that mean nothing without the organisation they speak for."""
HOLDS_KEYS = frozenset({*FUND, Role.PROVIDER, Role.STATISTICS, Role.MONITOR, Role.DATA_OFFICER})
"""Roles that something sealed can be opened to, so that their keys are worth certifying."""


class Language(models.TextChoices):
    """Languages of the interface; their own names, never translated."""

    KA = "ka", "ქართული"
    EN = "en", "English"


class Way(models.TextChoices):
    """What stood beside the password at a sign-in."""

    CODE = "code", _("one-time code")
    KEY = "key", _("security key")
    RECOVERY = "recovery", _("recovery code")
    FIRST = "first", _("first sign-in, without a second factor")


class Power(models.TextChoices):
    """On what ground the director's powers are held (G5)."""

    OFFICE = "office", _("director by appointment")
    ACTING = "acting", _("acting officer by order")
