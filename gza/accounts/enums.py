"""Roles."""

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
