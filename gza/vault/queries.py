"""Reads of the vault. None of them needs a key, but those that take a ring."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gza.core import clock
from gza.core.prepared import Prepared

from .crypto import aead, keys
from .enums import Grantee, GroupKind
from .errors import NoGrant, Tampered, Untrusted
from .models import CaseKey, Certificate, Disclosure, Erasure, Grant, Group, GroupKey, GroupMember, UserKey
from .ring import Ring
from .steps.disclosures import disclosed_key, packet_context, packet_key, reply_context, reply_key
from .trust import Trust, cert_of_row, seconds

TWO = 2


def open_keys(user: uuid.UUID, wrapping: bytes) -> keys.Keys | None:
    """A person's private keys, by the key their password gives; None when they have made none yet.

    Raises:
        Tampered: when the wrapping key is not theirs, or the row was changed.
    """
    row = UserKey.objects.filter(user=user, ended_at=None).first()
    if row is None:
        return None
    public = bytes(row.box_public), bytes(row.sign_public)
    opened = keys.Keys.unwrap(wrapping, bytes(row.wrapped), user, row.generation, *public)
    if (opened.box_public, opened.sign_public) != public:
        raise Tampered("a person's keys do not fit their public halves")
    return opened


def fingerprint(user: uuid.UUID) -> str | None:
    """What the person reads out and the signer compares: eight groups of four digits; None without keys."""
    row = UserKey.objects.filter(user=user, ended_at=None).first()
    return keys.fingerprint(user, row.generation, bytes(row.box_public), bytes(row.sign_public)) if row else None


def pending_certificates() -> list[Certificate]:
    """Certificates in force by their dates that still lack a signature."""
    now = seconds()
    rows = Certificate.objects.filter(ended_at=None, valid_to__gte=now).order_by("id")
    trust = Trust()
    return [row for row in rows if not trust.holds(cert_of_row(row))]


def expiring_certificates(within_days: int) -> QuerySet[Certificate]:
    """Certificates in use that end within so many days."""
    now = seconds()
    return Certificate.objects.filter(ended_at=None, valid_to__range=(now, now + within_days * 86400))


def thin_cases() -> QuerySet[CaseKey]:
    """Cases with fewer than two people who hold them, or without recovery: an alarm, never a bar to revocation.

    All cases with keys are looked at; the caller narrows it to the open ones: ``thin_cases().filter(case__in=...)``.
    A person counts who holds the whole case under keys that a certificate in force covers; the registry counts with its
    members.
    """
    now = seconds()
    in_force = Certificate.objects.filter(
        user=OuterRef("grantee"),
        generation=OuterRef("generation"),
        ended_at=None,
        valid_from__lte=now,
        valid_to__gte=now,
    )
    of_case = Grant.objects.filter(case=OuterRef("case"), section="", epoch=OuterRef("epoch"))
    people = (
        of_case.filter(Exists(in_force), kind=Grantee.USER)
        .order_by().values("case").annotate(n=Count("grantee", distinct=True)).values("n")
    )  # fmt: skip
    full = Group.objects.filter(kind=GroupKind.REGISTRY).annotate(n=_members()).filter(n__gte=TWO)
    registry = of_case.filter(kind=Grantee.GROUP, grantee__in=full.values("id"))
    recovery = of_case.filter(
        kind=Grantee.GROUP, grantee__in=Group.objects.filter(kind=GroupKind.RECOVERY).values("id")
    )
    return (
        CaseKey.objects.filter(current=True)
        .annotate(people=Coalesce(Subquery(people), 0))
        .filter(~Exists(recovery) | (~Exists(registry) & Q(people__lt=TWO)))
    )


def _members() -> Count:
    newest = GroupKey.objects.filter(group=OuterRef("id")).order_by("-generation").values("id")[:1]
    return Count("keys__members", filter=Q(keys__id=Subquery(newest)))


def thin_groups() -> QuerySet[Group]:
    """Groups of people (not the recovery key) whose newest key fewer than two hold."""
    return Group.objects.exclude(kind=GroupKind.RECOVERY).annotate(n=_members()).filter(n__lt=TWO)


def members(kind: str, organisation: uuid.UUID | None = None) -> set[uuid.UUID]:
    """Who holds the newest key of a group."""
    return members_of([kind], organisation)[kind]


@cache
def _members_of(kinds: tuple[str, ...], of_fund: bool) -> Prepared:
    rows = GroupMember.objects.filter(key__group__kind__in=kinds).order_by("-key__generation")
    told = rows.values_list("key__group__kind", "key__generation", "user")
    if of_fund:
        return Prepared(lambda: told.filter(key__group__organisation=None))
    return Prepared(lambda organisation: told.filter(key__group__organisation=organisation))


def members_of(kinds: Iterable[str], organisation: uuid.UUID | None = None) -> dict[str, set[uuid.UUID]]:
    """Who holds the newest key of each of these groups; one query."""
    found: dict[str, set[uuid.UUID]] = {kind: set() for kind in kinds}
    newest: dict[str, int] = {}
    told = _members_of(tuple(found), organisation is None)
    for kind, generation, user in told.rows() if organisation is None else told.rows(organisation):
        if newest.setdefault(kind, generation) == generation:
            found[kind].add(user)
    return found


def holders(case: uuid.UUID) -> set[uuid.UUID]:
    """Users with a grant of their own, of the whole case or of a section."""
    return set(Grant.objects.filter(case=case, kind=Grantee.USER).values_list("grantee", flat=True))


def cases_of(user: uuid.UUID) -> QuerySet[Grant]:
    """A user's own grants; one a case and section."""
    return Grant.objects.filter(kind=Grantee.USER, grantee=user)


def waiting_for_regrant(user: uuid.UUID) -> QuerySet[Grant]:
    """Grants sealed to keys the user lost: a co-holder grants again (``jobs.regrant``)."""
    last = UserKey.objects.filter(user=user, ended_at=None).values("generation")[:1]
    return cases_of(user).filter(generation__lt=Subquery(last))


def waiting_for_reseal(kind: str, organisation: uuid.UUID | None = None) -> QuerySet[Grant]:
    """Grants sealed to an earlier generation of a group (``jobs.reseal``)."""
    group = Group.objects.filter(kind=kind, organisation=organisation).first()
    if group is None:
        return Grant.objects.none()
    newest = group.keys.order_by("-generation")[0].generation
    return Grant.objects.filter(grantee=group.id, generation__lt=newest)


def waiting_for_readdressing(group: uuid.UUID, generation: int) -> QuerySet[Disclosure]:
    """Disclosures in force that are sealed to an earlier generation of a provider's group."""
    return Disclosure.objects.filter(
        recipient__group=group, recipient__generation__lt=generation, ended_at=None
    ).order_by("id")


def singly_held() -> QuerySet[CaseKey]:
    """Cases that the registry's members hold singly (G4)."""
    return CaseKey.objects.filter(current=True, registry=False)


def is_erased(case: uuid.UUID) -> bool:
    """Whether the case was erased."""
    return Erasure.objects.filter(case=case).exists()


def epoch(case: uuid.UUID) -> int | None:
    """The case's present epoch; None when it has no keys."""
    return CaseKey.objects.filter(case=case, current=True).values_list("epoch", flat=True).first()


def disclosures(organisation: uuid.UUID, on: dt.date | None = None) -> QuerySet[Disclosure]:
    """What an organisation may open on that day (default today)."""
    day = on or clock.today()
    return Disclosure.objects.filter(organisation=organisation, ended_at=None, until__gte=day)


def disclosed(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Disclosure]:
    """What was disclosed, with whom it was sealed to, by id; one query."""
    return Disclosure.objects.select_related("recipient").in_bulk([one for one in ids if one is not None])


def receives(organisation: uuid.UUID) -> bool:
    """Whether an organisation has a key of its own, so that something can be disclosed to it here."""
    return bool(members(GroupKind.PROVIDER.value, organisation))


def open_disclosure(row: Disclosure, ring: Ring) -> dict[str, Any]:
    """A disclosed packet, for the provider by its group key until its day, for the Fund by the case's narrative key.

    Raises:
        Locked, NoGrant, Erased: when this person holds neither, or it has ended.
        Tampered, Untrusted: when it is not what the discloser signed.
    """
    if row.packet is None:
        raise NoGrant("there is no packet any more")
    key, shred = disclosed_key(row, ring)
    context = packet_context(row.id, row.case, row.organisation)
    packet = json.loads(aead.unseal(packet_key(key, shred, row.id), bytes(row.packet), context))
    if not isinstance(packet, dict):
        raise Untrusted("a packet is a mapping")
    return packet


def open_reply(row: Disclosure, blob: bytes, ring: Ring, *, label: str, subject: uuid.UUID) -> str:
    """What a provider wrote back upon a disclosure: for the case's holders always, for the provider while it lasts.

    Raises:
        Locked, NoGrant, Erased: when this person may not open it (any more).
        Tampered, Untrusted: when it is not the text of that label and row.
    """
    key, shred = disclosed_key(row, ring)
    return aead.unseal(reply_key(key, shred, row.id), bytes(blob), reply_context(row, label, subject)).decode()
