"""Codes of the statistics. All of them are T0."""

from django.db import models
from django.utils.translation import gettext_lazy as _

EXTRACT_BOX = "statistics.extract"
BASE_BOX = "statistics.base"
SECRET_BOX = "statistics.ledger_secret"  # noqa: S105 (the frozen label of a sealed text)
"""Frozen labels of what is sealed to the statistics group (``vault.boxes``)."""


class ExtractState(models.TextChoices):
    """Where an extract stands."""

    RUNNING = "running", _("being made")
    DONE = "done", _("complete")


class ReleaseState(models.TextChoices):
    """Where a release stands."""

    PREPARED = "prepared", _("waits for approval")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("returned")


class RowKind(models.TextChoices):
    """Rows of the ledger of published figures; names of the private ledger directory's own form."""

    OPENED = "opened", _("ledger opened")
    RELEASE = "release", _("own release")
    FIGURES = "figures", _("figures of others")


class Source(models.TextChoices):
    """Where an extract's counts come from."""

    PROFILES = "profiles", _("profiles of the cases")
    REGISTER = "register", _("register of the years before this system")
