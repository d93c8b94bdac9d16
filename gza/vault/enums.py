"""Names that keys are bound to. They are frozen: a changed name makes what was sealed under it unreadable."""

from django.db import models

IDENTITY, HEALTH, LEGAL, NARRATIVE, PROFILE = "identity", "health", "legal", "narrative", "profile"
SECTIONS = (IDENTITY, HEALTH, LEGAL, NARRATIVE, PROFILE)  # append only: links of epochs stand in this order
WHOLE = ""  # the section of a grant of the whole case

REGISTRY_ROLES = frozenset({"coordinator", "director"})  # they certify, and are certified by two
GRANTING_ROLES = frozenset({"coordinator", "director", "social_worker"})


class GroupKind(models.TextChoices):
    """Groups that hold a key pair."""

    REGISTRY = "registry", "registry"
    STATISTICS = "statistics", "statistics"
    COMPLAINTS = "complaints", "complaints desk"
    MONITOR = "monitor", "monitor"
    PROVIDER = "provider", "provider organisation"
    RECOVERY = "recovery", "recovery custodians"


class Grantee(models.TextChoices):
    """What a grant is sealed to."""

    USER = "user", "user"
    GROUP = "group", "group"


class Via(models.TextChoices):
    """Why a user holds a grant of their own."""

    WORK = "work", "designated"
    REGISTRY = "registry", "registry member, singly"
