"""Long work on keys: in batches, each its own act; resumable, because what is left is asked from the database."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from gza.core.actors import Actor
from gza.ledger.work import act

from . import boxes, queries
from .enums import WHOLE, Grantee, Via
from .grants import Target
from .models import Bar, Grant, Group, GroupBox, GroupKey
from .ring import Ring, ring_of
from .steps import cases as case_steps
from .steps import disclosures as disclosure_steps
from .trust import Cert

BATCH = 1000


@dataclass(frozen=True)
class Progress:
    """Where a job stands. ``left`` counts what this ring cannot open as well; then another holder has to go on."""

    done: int
    left: int


def reseal(
    kind: str, *, organisation: uuid.UUID | None = None, by: Any, actor: Actor, size: int = BATCH
) -> Iterator[Progress]:
    """Seal to a group's newest key what was sealed to earlier generations; then destroy the links to these.

    Args:
        kind: the group's kind.
        organisation: the provider, if it is one.
        by: a member of the registry, or a member of the group.
        actor: in whose name the events stand.
        size: grants a batch.

    Raises:
        NotFounded, Untrusted: when the group's key does not hold.
    """
    ring = ring_of(by)
    target = Target.of(ring.trust.group(kind, organisation))
    waiting = queries.waiting_for_reseal(kind, organisation)
    yield from _again(waiting, target, ring, actor=actor, verb="vault.resealed", size=size)
    told = queries.waiting_for_readdressing(target.id, target.generation)
    while batch := [row for row in told[:size] if row.case in ring.cases([row.case])]:
        with act("vault.readdressed", by=actor, subject=target.id, count=len(batch)):
            for row in batch:
                disclosure_steps.readdress(row, by=ring)
        yield Progress(len(batch), told.count())
    if organisation is None and ring.circle.opener(target.id, target.generation):
        while held := list(boxes.waiting(kind)[:size]):
            with act("vault.boxes_resealed", by=actor, subject=target.id, count=len(held)):
                boxes.reseal(held, kind, by=ring)
            yield Progress(len(held), boxes.waiting(kind).count())
    boxed = organisation is None and boxes.waiting(kind).exists()
    if not waiting.exists() and not told.exists() and not boxed:
        with act("vault.link_destroyed", by=actor, subject=target.id):
            GroupKey.objects.filter(group=target.id).update(link=None)


def unsealed(kinds: Iterable[str]) -> bool:
    """Whether anything is sealed to an earlier key of one of the Fund's groups of these kinds; one query."""
    newest = GroupKey.objects.filter(group=OuterRef("id")).order_by("-generation").values("generation")[:1]
    group, earlier = OuterRef("id"), OuterRef("newest")
    grants = Grant.objects.filter(grantee=group, generation__lt=earlier)
    held = GroupBox.objects.filter(recipient__group=group, recipient__generation__lt=earlier)
    rows = Group.objects.filter(kind__in=list(kinds), organisation=None).annotate(newest=Subquery(newest))
    return rows.filter(Exists(grants) | Exists(held)).exists()


def regrant(user: uuid.UUID, *, by: Any, actor: Actor, size: int = BATCH) -> Iterator[Progress]:
    """After a lost password: seal a person's grants to their new keys, once these are certified.

    Raises:
        Untrusted, Expired: when the new keys have no certificate that holds.
    """
    ring = ring_of(by)
    target = Target.of(ring.trust.user(user))
    yield from _again(queries.waiting_for_regrant(user), target, ring, actor=actor, verb="vault.regranted", size=size)


def rotate_held(user: uuid.UUID, *, by: Any, actor: Actor, size: int = 100) -> Iterator[Progress]:
    """After somebody left: a new epoch, without them, of every case they held by a grant of their own."""
    ring = ring_of(by)
    done, after = 0, uuid.UUID(int=0)
    waiting = queries.cases_of(user)
    while True:
        rows = waiting.filter(case__gt=after).order_by("case").values_list("case", flat=True).distinct()
        batch = list(rows[:size])
        if not batch:
            return
        after = batch[-1]
        able = ring.cases(batch)
        with act("vault.rotated", by=actor, subject=user, count=len(able)):
            for case in able:
                case_steps.rotate(case, without={user}, by=ring)
        done += len(able)
        yield Progress(done, waiting.values("case").distinct().count())


def admit(user: uuid.UUID, *, by: Any, actor: Actor, size: int = BATCH) -> Iterator[Progress]:
    """Give a new registry member the cases that its members hold singly (G4), but those they are shut out of."""
    ring = ring_of(by)
    cert: Cert = ring.trust.user(user)
    target, done, after = Target.of(cert), 0, 0
    barred = Bar.objects.filter(user=user).values("case")
    held = Grant.objects.filter(kind=Grantee.USER, grantee=user, section=WHOLE, generation=cert.generation)
    waiting = queries.singly_held().exclude(case__in=barred).exclude(case__in=held.values("case"))
    while batch := list(waiting.filter(id__gt=after).order_by("id").values_list("id", "case")[:size]):
        after = batch[-1][0]
        able = ring.cases(case for _, case in batch)
        granter = ring.granter()
        with act("vault.admitted", by=actor, subject=user, count=len(able)):
            Grant.objects.filter(case__in=able, grantee=user).delete()
            Grant.objects.bulk_create(
                granter.make(opened, WHOLE, target, Via.REGISTRY.value) for opened in able.values() if opened.whole
            )
        done += len(able)
        yield Progress(done, waiting.count())


def _again(
    waiting: QuerySet[Grant], target: Target, ring: Ring, *, actor: Actor, verb: str, size: int
) -> Iterator[Progress]:
    done, after = 0, 0
    while batch := list(waiting.filter(id__gt=after).order_by("id")[:size]):
        after = batch[-1].id
        opened = ring.cases(row.case for row in batch)
        granter = ring.granter()
        fresh, old = [], []
        for row in batch:
            keys = opened.get(row.case)
            if keys is None or keys.epoch != row.epoch or not keys.holds(row.section or WHOLE):
                continue
            fresh.append(granter.make(keys, row.section, target, row.via))
            old.append(row.id)
        with act(verb, by=actor, subject=target.id, count=len(fresh)):
            Grant.objects.filter(id__in=old).delete()
            Grant.objects.bulk_create(fresh, batch_size=size)
        for row in batch:
            ring.drop(row.case)
        done += len(fresh)
        yield Progress(done, waiting.count())
