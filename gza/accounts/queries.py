"""All reads of accounts."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from gza.core import clock
from gza.core.prepared import Among, Prepared
from gza.core.transient.models import Session
from gza.vault.enums import REGISTRY_ROLES
from gza.vault.models import Certificate, Endorsement, GroupMember, UserKey
from gza.vault.trust import Trust, seconds

from .enums import HOLDS_KEYS, Power
from .models import Delegation, RecoveryCode, SecurityKey, User

PAGE = 50


def _in_force(on: dt.date) -> Q:
    return (
        Q(valid_from__lte=on)
        & (Q(valid_to=None) | Q(valid_to__gte=on))
        & (Q(ended_on=None) | Q(ended_on__gt=on))
        & Q(holder__is_active=True)
    )


def _foremost(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    acting = Case(When(power=Power.ACTING, then=Value(0)), default=Value(1))
    return rows.order_by(acting, F("valid_from").desc(), "-id").select_related("holder")


def delegation_on(on: dt.date) -> Delegation | None:
    """Who holds the director's powers on that day (G5); an acting officer goes before one by office."""
    return _foremost(Delegation.objects.filter(_in_force(on))).first()


_DELEGATIONS = Prepared(
    lambda user, on: _foremost(Delegation.objects.filter(_in_force(on), holder=user)), kinds=(uuid.UUID, dt.date)
)


def delegations_of(user: User, on: dt.date | None = None) -> list[Delegation]:
    """The director's powers that ``user`` holds on that day (today when none is given)."""
    return _DELEGATIONS.all(user.id, on or clock.today())


def delegations(limit: int = PAGE) -> list[Delegation]:
    """The latest delegations, ended ones included."""
    return list(Delegation.objects.select_related("holder").order_by("-valid_from", "-id")[:limit])


def all_delegations() -> QuerySet[Delegation]:
    """Every delegation, with its holder."""
    return Delegation.objects.select_related("holder")


def user_named(username: str) -> User | None:
    """The account of that name, active or not."""
    return User.objects.filter(username=username.strip().lower()).first()


_USER = Prepared(lambda user_id: User.objects.filter(id=user_id))
_USERS = Among(lambda ids: User.objects.filter(id__in=ids))


def user(user_id: uuid.UUID) -> User | None:
    """The account of that id."""
    found: User | None = _USER.one(user_id)
    return found


def users(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, User]:
    """The accounts of these ids, in one query, by id; for the names of workers beside rows."""
    return {one.id: one for one in _USERS.all({one for one in ids if one is not None})}


def active(*roles: str) -> QuerySet[User]:
    """Active accounts of these roles, or of all, by name."""
    rows = User.objects.filter(is_active=True).order_by("username")
    return rows.filter(role__in=roles) if roles else rows


def listed(*, role: str = "", state: str = "", text: str = "") -> QuerySet[User]:
    """Accounts for the administrator's list, to be paged by ``username``.

    Args:
        role: only of this role.
        state: ``active``, ``disabled``, ``waiting`` (a temporary password not yet changed), or all.
        text: a part of the account's name or of the person's.
    """
    rows = User.objects.all()
    if role:
        rows = rows.filter(role=role)
    if state in {"active", "disabled"}:
        rows = rows.filter(is_active=state == "active")
    elif state == "waiting":
        rows = rows.filter(is_active=True, must_change=True)
    part = text.strip()
    if part:
        rows = rows.filter(
            Q(username__icontains=part) | Q(full_name_ka__icontains=part) | Q(full_name_en__icontains=part)
        )
    return rows


def sessions_of(user_id: uuid.UUID) -> list[Session]:
    """The sessions of a person that have not expired, the latest first."""
    return list(Session.objects.filter(user=user_id, expire_date__gt=clock.now()).order_by("-begun_at"))


def security_keys() -> QuerySet[SecurityKey]:
    """All security keys, with their owners."""
    return SecurityKey.objects.select_related("user")


def has_security_key(user: User) -> bool:
    """Whether a security key can be this person's second factor."""
    return user.security_keys.exists()


def security_keys_of(user: User) -> list[SecurityKey]:
    """The security keys of a person, the oldest first."""
    return list(user.security_keys.order_by("added_at"))


def good_recovery_codes(user_id: uuid.UUID) -> int:
    """How many recovery codes are left."""
    return RecoveryCode.objects.filter(user_id=user_id, spent_at=None).count()


def has_keys(user_id: uuid.UUID) -> bool:
    """Whether the person has key pairs in use."""
    return UserKey.objects.filter(user=user_id, ended_at=None).exists()


def certificate_of(user_id: uuid.UUID) -> Certificate | None:
    """The latest certificate of the keys in use that nobody ended, whether or not enough people signed it."""
    key = UserKey.objects.filter(user=user_id, ended_at=None).first()
    if key is None:
        return None
    rows = Certificate.objects.filter(user=user_id, generation=key.generation, ended_at=None)
    return rows.order_by("-valid_from", "-id").first()


def is_certified(user_id: uuid.UUID) -> bool:
    """Whether a certificate of the person holds now."""
    return user_id in Trust().users([user_id])


def reachable() -> QuerySet[User]:
    """Active accounts whose keys carry a certificate in force, for lists and Today.

    Signatures are counted here, and verified when something is sealed (``is_certified``).
    """
    now = seconds()
    held = _signed().filter(user=OuterRef("id"), valid_from__lte=now, valid_to__gte=now)
    return User.objects.filter(Exists(held), is_active=True)


def _signed() -> QuerySet[Certificate]:
    """Certificates that nobody ended, with as many signatures as their role wants."""
    one_does = ~Q(role__in=sorted(REGISTRY_ROLES)) | Q(founding=True)
    rows = Certificate.objects.filter(ended_at=None).annotate(endorsed=Count("endorsements"))
    return rows.filter(Q(endorsed__gte=2) | (Q(endorsed=1) & one_does))


_SIGNED = Prepared(lambda user: _signed().filter(user=user))


def waits_for_certificate(user_id: uuid.UUID) -> bool:
    """Whether nobody has certified the person's keys yet, or not enough people, or not anew; one query."""
    now = seconds()
    return not any(row.valid_from <= now <= row.valid_to for row in _SIGNED.all(user_id))


@dataclass(frozen=True)
class Certifiable:
    """A colleague whose keys something can be sealed to, and how far their certificate is.

    ``state`` is ``no_keys`` (not signed in yet), ``waiting`` (nobody signed), ``half`` (one of two signed) or
    ``holds``.
    """

    user: User
    state: str


def certifiable() -> list[Certifiable]:
    """Every active person of a role that holds keys, those who wait first, in a constant number of queries."""
    people = list(active(*sorted(HOLDS_KEYS)))
    ids = [one.id for one in people]
    with_keys = set(UserKey.objects.filter(user__in=ids, ended_at=None).values_list("user", flat=True))
    held = Trust().users(ids)
    half = set(Certificate.objects.filter(user__in=ids, ended_at=None).values_list("user", flat=True))
    order = ["waiting", "half", "no_keys", "holds"]

    def state(user_id: uuid.UUID) -> str:
        if user_id not in with_keys:
            return "no_keys"
        if user_id in held:
            return "holds"
        return "half" if user_id in half else "waiting"

    rows = [Certifiable(one, state(one.id)) for one in people]
    return sorted(rows, key=lambda row: order.index(row.state))


def _uncertified(who: uuid.UUID) -> QuerySet[User]:
    with_keys = UserKey.objects.filter(user=OuterRef("id"), ended_at=None)
    newest = UserKey.objects.filter(user=OuterRef("user"), ended_at=None).values("generation")
    mine = Endorsement.objects.filter(certificate=OuterRef("id"), signer__user=who)
    signed = Certificate.objects.filter(user=OuterRef("id"), generation=Subquery(newest[:1]), ended_at=None)
    one_does = ~Q(role__in=sorted(REGISTRY_ROLES)) | Q(founding=True)
    done = signed.annotate(endorsed=Count("endorsements")).filter(one_does | Q(endorsed__gte=2) | Exists(mine))
    rows = User.objects.filter(Exists(with_keys), ~Exists(done), is_active=True, role__in=sorted(HOLDS_KEYS))
    return rows.exclude(id=who).order_by("username")[:SHOWN]


def _leavers() -> QuerySet[User]:
    member = GroupMember.objects.filter(user=OuterRef("id"))
    return User.objects.filter(Exists(member), is_active=False).order_by("username")


SHOWN = 20
_UNCERTIFIED, _LEAVERS = Prepared(_uncertified), Prepared(_leavers)


def uncertified(who: uuid.UUID) -> list[User]:
    """Active people whose newest keys wait for the signature of ``who``, for Today; one query, signatures not checked.

    A registry member's keys wait for two signatures, anybody else's for one; nobody signs their own.
    """
    return _UNCERTIFIED.all(who)


def leavers() -> list[User]:
    """Disabled people who are still members of a group key: a coordinator renews those keys."""
    return _LEAVERS.all()
