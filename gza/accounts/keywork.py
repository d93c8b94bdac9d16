"""Work on keys that somebody's leaving or a lost password leaves behind: what is left, and doing a part of it.

No server process holds keys, so a coordinator's session does it: in batches, each its own act, for a few seconds a
request; what is left is asked from the database, so that it can be gone on with at any time (``vault.jobs``).
"""

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gza.vault import boxes, jobs
from gza.vault import queries as vault
from gza.vault.enums import Grantee, GroupKind
from gza.vault.models import Grant, UserKey

from . import permissions
from .models import User
from .principals import Principal

SECONDS = 3.0
BATCH = 500


class Job(StrEnum):
    """What there can be to do."""

    RESEAL = "reseal"
    """seal to a group's new key what was sealed to its old one"""
    ROTATE = "rotate"
    """new keys, without a person who left, for the cases they held"""
    REGRANT = "regrant"
    """open a colleague's cases to their new keys after a lost password"""


@dataclass(frozen=True)
class Left:
    """One piece of work: the group's kind or the person it is about, and how many grants are left."""

    job: Job
    count: int
    group: str = ""
    user: User | None = None


def left() -> list[Left]:
    """What is left to do; a constant number of queries."""
    found = []
    for kind in (GroupKind.REGISTRY, GroupKind.STATISTICS):
        count = vault.waiting_for_reseal(kind).count() + boxes.waiting(kind).count()
        if count:
            found.append(Left(Job.RESEAL, count, group=kind.value))
    own = Grant.objects.filter(kind=Grantee.USER, grantee=OuterRef("id"))
    gone = User.objects.filter(Exists(own), is_active=False)
    lost = User.objects.annotate(newest=Subquery(_newest_keys())).filter(
        Exists(own.filter(generation__lt=OuterRef("newest"))), is_active=True
    )
    for job, people in ((Job.ROTATE, gone), (Job.REGRANT, lost)):
        for user in people.order_by("username"):
            rows = vault.cases_of(user.id) if job == Job.ROTATE else vault.waiting_for_regrant(user.id)
            found.append(Left(job, rows.count(), user=user))
    return found


def unfinished() -> bool:
    """Whether there is anything left to do, for Today; two queries, out of indexes."""
    own = Grant.objects.filter(kind=Grantee.USER, grantee=OuterRef("id"))
    lost = own.filter(generation__lt=OuterRef("newest"))
    people = User.objects.annotate(newest=Subquery(_newest_keys())).filter(
        Q(Exists(own), is_active=False) | Q(Exists(lost), is_active=True)
    )
    return people.exists() or jobs.unsealed([GroupKind.REGISTRY, GroupKind.STATISTICS])


def _newest_keys() -> QuerySet[UserKey]:
    return UserKey.objects.filter(user=OuterRef("id"), ended_at=None).values("generation")[:1]


def go_on(*, job: Job, group: str = "", user_id: uuid.UUID | None = None, by: Principal) -> int:
    """Do as much of a piece of work as fits into a few seconds; how many grants were dealt with.

    Args:
        job: which.
        group: the group's kind, for ``RESEAL``.
        user_id: the person, for the others.
        by: a member of the registry with open keys.

    Raises:
        Http404: when ``by`` may not.
        Untrusted, Expired: when a key that is to be sealed to carries no certificate that holds.
    """
    permissions.require("accounts.certify", by)
    done, until = 0, time.monotonic() + SECONDS
    for progress in _steps(job, group, user_id, by):
        done = progress.done
        if time.monotonic() > until:
            break
    return done


def _steps(job: Job, group: str, user_id: uuid.UUID | None, by: Principal) -> Iterator[jobs.Progress]:
    if job == Job.RESEAL:
        return jobs.reseal(GroupKind(group), by=by.ring, actor=by, size=BATCH)
    if user_id is None:
        permissions.hide()
    run = jobs.rotate_held if job == Job.ROTATE else jobs.regrant
    return run(user_id, by=by.ring, actor=by, size=BATCH)
