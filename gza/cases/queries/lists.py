"""Which cases a person may know of, one of them, and lists of them by keyset."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.expressions import Combinable

from gza.accounts import permissions
from gza.accounts.enums import Role
from gza.accounts.models import User
from gza.accounts.principals import Principal
from gza.cases import permissions as _map  # noqa: F401 (enters the predicates into the map)
from gza.cases.models import Case, Caseload, ShutOut
from gza.core.ids import CODE
from gza.core.paging import SIZE, Page, page
from gza.core.prepared import Prepared
from gza.law.stages import Stage

_ORDER = ("-changed_at", "-id")
LISTED = (
    "id", "code", "stage", "stage_since", "region", "holder_id", "worker_id", "open_flags", "changed_at", "changed_by",
    "changed_verb", "version",
)  # fmt: skip
"""The columns that a row of a list shows; a case has thrice as many, and fifty rows would make them all."""


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty is no filter.

    ``flagged`` keeps cases with an open flag, ``left`` open ones whose worker cannot sign in (S3.3).
    """

    stage: str = ""
    region: str = ""
    worker: uuid.UUID | None = None
    flagged: bool = False
    left: bool = False
    code: str = ""


def not_barred(who: Principal, case: str) -> Combinable:
    """A condition on rows whose column ``case`` holds a case's id: that ``who`` is not shut out of it (G4)."""
    return not_barred_id(who.id, case)


def not_barred_id(user_id: uuid.UUID, case: str) -> Combinable:
    """As ``not_barred``, of the account of that id."""
    return ~Exists(ShutOut.objects.filter(case=OuterRef(case), user_id=user_id, lifted_on__isnull=True))


_OWN = Prepared(lambda who, case: Case.objects.filter(holder_id=who, id=case))
_FUNDS = Prepared(lambda who, case: Case.objects.filter(not_barred_id(who, "id"), id=case))


def visible(who: Principal) -> QuerySet[Case]:
    """The cases ``who`` may know of: a worker's own, the registry's all but those shut out of, nobody else's any."""
    if who.role == Role.SOCIAL_WORKER:
        return Case.objects.filter(holder_id=who.id)
    if who.in_registry:
        return Case.objects.filter(not_barred(who, "id"))
    return Case.objects.none()


def by_code(who: Principal, code: str) -> uuid.UUID | None:
    """The case of that code, of those ``who`` may know of; None when there is none."""
    return visible(who).filter(code=code.strip().upper()).values_list("id", flat=True).first()


def case_for(who: Principal, case_id: uuid.UUID) -> Case:
    """The case, for the page of a case; one query, whether it is there or not.

    Raises:
        Http404: when there is none, or ``who`` may not know of it, alike.
    """
    rows = _OWN if who.role == Role.SOCIAL_WORKER else _FUNDS
    row = rows.one(who.id, case_id) if who.in_fund else None
    if row is None or not permissions.may("cases.see", who, row):
        permissions.hide()
    found: Case = row
    return found


def caseload(
    who: Principal, filters: Filters | None = None, *, after: str = "", before: str = "", size: int = SIZE
) -> Page[Case]:
    """The cases ``who`` keeps, newest change first (index ``case_held``)."""
    return page(
        _narrowed(Case.objects.only(*LISTED).filter(holder_id=who.id), filters),
        _ORDER,
        after=after,
        before=before,
        size=size,
    )


def all_held(who: Principal, limit: int = 500) -> list[Case]:
    """Every case ``who`` keeps, at most ``limit``: for searching one's own caseload by name in memory."""
    return list(Case.objects.only(*LISTED).filter(holder_id=who.id).order_by(*_ORDER)[:limit])


def cases_of_fund(
    who: Principal, filters: Filters | None = None, *, after: str = "", before: str = "", size: int = SIZE
) -> Page[Case]:
    """All cases ``who`` may know of, newest change first; each filter and stage with region has its index."""
    return page(_narrowed(visible(who).only(*LISTED), filters), _ORDER, after=after, before=before, size=size)


def _narrowed(rows: QuerySet[Case], filters: Filters | None) -> QuerySet[Case]:
    if filters is None:
        return rows
    if filters.code:
        code = filters.code.strip().upper()
        rows = rows.filter(code=code) if CODE.fullmatch(code) else rows.none()
    if filters.stage:
        rows = rows.filter(stage=filters.stage)
    if filters.region:
        rows = rows.filter(region=filters.region)
    if filters.worker:
        rows = rows.filter(holder_id=filters.worker)
    if filters.flagged:
        rows = rows.filter(open_flags__gt=0)
    if filters.left:
        rows = _left(rows)
    return rows


def _left(rows: QuerySet[Case]) -> QuerySet[Case]:
    gone = User.objects.filter(is_active=False).values("id")
    return rows.filter(holder_id__in=gone).exclude(stage=Stage.ENDED.value)


def left_behind(who: Principal) -> int:
    """How many open cases that ``who`` may know of have a worker who cannot sign in (S3.3); one query."""
    return _left(visible(who)).count()


def left_behind_in_all() -> int:
    """How many open cases of the Fund have a worker who cannot sign in, out of the kept counters (S3.3)."""
    gone = User.objects.filter(is_active=False).values("id")
    return Caseload.objects.filter(user_id__in=gone).aggregate(n=Sum("count"))["n"] or 0
