"""Accounts: people, their second factors, and who holds the director's powers on which days."""

import datetime as dt
import hmac
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from gza.core import clock
from gza.core.models import Row

from .enums import NEEDS_ORGANISATION, Language, Power, Role


class Users(BaseUserManager["User"]):
    """The manager of accounts."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of that name, however it was capitalised."""
        return self.get(username=(username or "").strip().lower())


class User(Row, AbstractBaseUser):
    """An account: one person, one role.

    Django's own password column does not exist. ``verifier`` (``vault.crypto.kdf``) is one half of what HKDF makes,
    with the server's key, of one Argon2id pass over the password; the other half wraps the person's private keys and
    is never stored. ``totp`` is the sealed secret of the one-time codes (``factors``). ``epoch`` grows whenever all
    sessions must end; each session carries a hash of it and is void when it differs.
    """

    password: ClassVar[None] = None
    last_login: ClassVar[None] = None

    username = models.CharField(max_length=64, unique=True)
    full_name_ka = models.CharField(max_length=120, blank=True)
    full_name_en = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=32, choices=Role.choices)
    organisation_id = models.UUIDField(null=True, blank=True, db_index=True)
    region = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.KA)
    is_active = models.BooleanField(default=True)

    verifier = models.CharField(max_length=160, blank=True)
    must_change = models.BooleanField(default=False)
    temporary_until = models.DateTimeField(null=True, blank=True)
    totp = models.BinaryField(default=bytes)
    totp_since = models.DateTimeField(null=True, blank=True)
    epoch = models.PositiveIntegerField(default=1)

    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.UUIDField(null=True, editable=False)
    disabled_at = models.DateTimeField(null=True, blank=True)
    disabled_by = models.UUIDField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "account"
        indexes = [models.Index(fields=["role", "username"], name="account_by_role")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role__in=sorted(NEEDS_ORGANISATION)) | Q(organisation_id__isnull=False),
                name="account_organisation_of_role",
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, disabled_at=None) | Q(is_active=False, disabled_at__isnull=False),
                name="account_disabled_at",
            ),
        ]

    def __str__(self) -> str:
        """The name for signing in."""
        return self.username

    @property
    def has_second_factor(self) -> bool:
        """Whether a one-time code or a security key is enrolled."""
        return bool(self.totp) or self.security_keys.exists()

    @property
    def full_name(self) -> str:
        """The person's name in the language of the page."""
        return self.name(get_language() or Language.KA)

    def name(self, language: str = Language.KA) -> str:
        """The person's name in ``language``, or in the other one, or the account's."""
        ka, en = self.full_name_ka, self.full_name_en
        return (ka or en if language == Language.KA else en or ka) or self.username

    def set_password(self, raw_password: Any) -> None:
        """Refused: a password makes keys, so ``actions.change_password`` alone sets it."""
        raise NotImplementedError("use accounts.actions.change_password")

    def check_password(self, raw_password: str) -> bool:
        """Refused: checking a password costs a throttled Argon2id pass; see ``accounts.signing``."""
        raise NotImplementedError("use accounts.signing.check")

    def set_unusable_password(self) -> None:
        """Take away the verifier: nobody signs in with this account until a password is set."""
        self.verifier = ""

    def has_usable_password(self) -> bool:
        """Whether there is a password at all."""
        return bool(self.verifier)

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be good: it changes with the password and with ``epoch``."""
        return salted_hmac("gza.accounts.session", f"{self.pk}|{self.epoch}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> list[str]:
        """None: a changed signing key ends every session."""
        return []

    def holds(self, session_hash: str) -> bool:
        """Whether a session that carries ``session_hash`` is still good."""
        return self.is_active and hmac.compare_digest(session_hash, self.get_session_auth_hash())


class SecurityKey(Row):
    """A FIDO2 security key as second factor; ``credential`` is attested credential data, public by nature."""

    user = models.ForeignKey(User, models.CASCADE, related_name="security_keys")
    name = models.CharField(max_length=60)
    credential_id = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField()
    counter = models.PositiveBigIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "account_security_key"

    def __str__(self) -> str:
        """The name its owner gave it."""
        return self.name


class RecoveryCode(Row):
    """A code on paper, good once instead of the second factor; only its HMAC with a server's key is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "account_recovery_code"

    def __str__(self) -> str:
        """Spent or not; the code itself is not known."""
        return "spent" if self.spent_at else "good"


class Delegation(Row):
    """The director's powers, held by one person from one day to another (G5).

    The director holds them by appointment (``office``), a deputy by a dated order (``acting``). ``order`` is
    the number of the paper it rests on. It is never changed: an early end is ``ended_on``.
    """

    holder = models.ForeignKey(User, models.PROTECT, related_name="delegations")
    power = models.CharField(max_length=8, choices=Power.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    order = models.CharField(max_length=60)
    given_by = models.UUIDField(null=True)
    given_at = models.DateTimeField(default=clock.now)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "account_delegation"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="delegation_dates"
            ),
            models.CheckConstraint(
                condition=~Q(power=Power.ACTING) | Q(valid_to__isnull=False), name="delegation_acting_ends"
            ),
        ]

    def __str__(self) -> str:
        """The ground and the dates."""
        return f"{self.power} {self.valid_from}/{self.valid_to or ''}"

    def in_force(self, on: dt.date) -> bool:
        """Whether it holds on that day; the day it was ended is no longer covered."""
        return (
            self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
            and (self.ended_on is None or on < self.ended_on)
        )
