"""Writers of accounts that run inside a caller's act and write no event of their own (the founding, the demo)."""

import uuid
from typing import Any

from django.db.models import F

from gza.core import clock
from gza.core.text import clean_line
from gza.core.transient.models import Session
from gza.vault import steps as vault
from gza.vault.enums import GroupKind
from gza.vault.errors import NoGrant, NotFounded
from gza.vault.trust import Trust

from . import factors, passwords
from .enums import Language, Role
from .models import RecoveryCode, User

LEAST_MEMBERS = 2


def new_account(
    *,
    username: str,
    role: str,
    full_name_ka: str = "",
    full_name_en: str = "",
    organisation_id: uuid.UUID | None = None,
    region: str = "",
    language: str = Language.KA,
    created_by: uuid.UUID | None = None,
) -> User:
    """An account without a password."""
    return User.objects.create(
        username=clean_line(username).lower(),
        role=role,
        full_name_ka=clean_line(full_name_ka),
        full_name_en=clean_line(full_name_en),
        organisation_id=organisation_id,
        region=region,
        language=language,
        created_by=created_by,
    )


def give_temporary_password(user: User) -> str:
    """A temporary password, which must be changed; every session ends. Keys come with the person's own password."""
    typed = passwords.temporary()
    user.verifier = passwords.make(typed).encoded
    user.must_change = True
    user.temporary_until = clock.now() + passwords.temporary_term()
    user.save(update_fields=["verifier", "must_change", "temporary_until"])
    end_sessions(user)
    return typed


def set_first_password(user: User, password: str) -> bytes:
    """The person's own password with new key pairs under it, which wait to be certified; returns the wrapping key."""
    made = passwords.make(password)
    user.verifier, user.must_change, user.temporary_until = made.encoded, False, None
    user.save(update_fields=["verifier", "must_change", "temporary_until"])
    vault.make_keys(user.id, made.wrapping)
    return made.wrapping


def set_password(user: User, password: str, opened: Any) -> bytes:
    """Another password over the same key pairs (``opened``: the person's ``vault`` keys); returns the wrapping key."""
    made = passwords.make(password)
    user.verifier = made.encoded
    user.save(update_fields=["verifier"])
    vault.rewrap(opened, made.wrapping)
    return made.wrapping


def set_secret(user: User, secret: str) -> None:
    """Enrol one-time codes of this secret in place of those before."""
    user.totp, user.totp_since = factors.seal_secret(user.id, secret), clock.now()
    if not user.must_change:
        user.temporary_until = None
    user.save(update_fields=["totp", "totp_since", "temporary_until"])


def make_recovery_codes(user: User) -> list[str]:
    """Ten new recovery codes; those before are void."""
    user.recovery_codes.all().delete()
    codes = factors.new_recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=factors.recovery_digest(user.id, code)) for code in codes
    )
    return codes


def spend_recovery_code(user: User, code: str) -> bool:
    """Whether the code was good, by one atomic UPDATE; it no longer is."""
    digest = factors.recovery_digest(user.id, code)
    good = RecoveryCode.objects.filter(user=user, digest=digest, spent_at=None)
    return good.update(spent_at=clock.now()) == 1


_GROUPS = {
    Role.COORDINATOR: GroupKind.REGISTRY,
    Role.DIRECTOR: GroupKind.REGISTRY,
    Role.STATISTICS: GroupKind.STATISTICS,
    Role.MONITOR: GroupKind.MONITOR,
    Role.PROVIDER: GroupKind.PROVIDER,
}


def join_groups(user: User, by: Any) -> bool:
    """Seal the group key of the person's role to them; an organisation's group begins with its second person.

    Returns:
        Whether the person is a member now, or the role has no group.
    """
    kind = _GROUPS.get(Role(user.role))
    if kind is None:
        return True
    organisation = user.organisation_id if kind == GroupKind.PROVIDER else None
    try:
        vault.add_member(kind.value, user.id, organisation=organisation, by=by)
    except NotFounded:
        same = User.objects.filter(role=user.role, is_active=True, organisation_id=user.organisation_id)
        certified = Trust().users(same.values_list("id", flat=True))
        if len(certified) < LEAST_MEMBERS:
            return False
        vault.make_group(kind.value, organisation=organisation, members=certified, by=by)
    except NoGrant:
        return False  # a coordinator is no member of a provider's group: one of its own people adds the newcomer
    return True


def end_sessions(user: User) -> None:
    """Make every session of the account void: the epoch moves, and each session carries a hash of it."""
    User.objects.filter(id=user.id).update(epoch=F("epoch") + 1)
    user.refresh_from_db(fields=["epoch"])


def drop_sessions(user_id: uuid.UUID, *, but: str | None = None) -> int:
    """Delete the rows of void sessions; outside the act, since they lie on the other database."""
    return Session.objects.filter(user=user_id).exclude(session_key=but).delete()[0]
