"""Final plans that wait, amendments to sign, and needs that plans carry as unmet, over all cases (S7.6, S4.1)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gza.accounts.principals import Principal
from gza.cases.models import Case
from gza.cases.queries.lists import not_barred, not_barred_id
from gza.core import clock
from gza.core.paging import SIZE, Page, page
from gza.core.prepared import Prepared
from gza.directory.models import ServiceType
from gza.plans.enums import VersionKind, VersionState
from gza.plans.models import PlanVersion, UnmetNeed


def is_unmet(case: Case, unmet_id: uuid.UUID) -> bool:
    """Whether this need of the case is carried as unmet and was not met since."""
    rows = UnmetNeed.objects.filter(case=case, superseded=False, met_on=None, id=unmet_id)
    return rows.exclude(plan_version__state=VersionState.DRAFT).exists()


_SHOWN = 20
_AMENDED = Prepared(
    lambda holder: (
        PlanVersion.objects.filter(case__holder_id=holder, state=VersionState.TO_SIGN, plan__ended_on=None)
        .select_related("case").order_by("submitted_on", "id")[:_SHOWN]
    )
)  # fmt: skip
_REVIEW = Prepared(
    lambda holder, day: (
        UnmetNeed.objects.filter(
            case__holder_id=holder, superseded=False, met_on=None, review_on__lte=day,
            plan_version__state=VersionState.IN_FORCE,
        ).select_related("case").order_by("review_on", "id")[:_SHOWN]
    ),
    kinds=(uuid.UUID, dt.date),
)  # fmt: skip


def final_pending(who: Principal) -> list[PlanVersion]:
    """Final plans that wait for the Fund's answer, the longest waiting first; for the registry. One query."""
    found: list[PlanVersion] = _PENDING.all(who.id) if who.in_registry else []
    return found


_PENDING = Prepared(
    lambda who: (
        PlanVersion.objects.filter(
            not_barred_id(who, "case_id"), state=VersionState.SUBMITTED, kind=VersionKind.FINAL, plan__ended_on=None
        )
        .select_related("case")
        .only("id", "submitted_on", "case__code")
        .order_by("submitted_on", "id")[:_SHOWN]
    )
)


def amendments_to_sign(who: Principal) -> list[PlanVersion]:
    """Amendments of one's own cases that are fixed and wait for signatures; one query."""
    found: list[PlanVersion] = _AMENDED.all(who.id)
    return found


def unmet_to_review(who: Principal) -> list[UnmetNeed]:
    """Unmet needs of plans in force, in one's own cases, whose day to be looked at has come; one query."""
    found: list[UnmetNeed] = _REVIEW.all(who.id, clock.today())
    return found


@dataclass(frozen=True)
class Gap:
    """How many needs for one type of service stand unmet; ``service`` is None where the plan names none."""

    service: ServiceType | None
    count: int


def _unmet(who: Principal, region: str) -> QuerySet[UnmetNeed]:
    rows = UnmetNeed.objects.filter(
        not_barred(who, "case_id"), superseded=False, met_on=None, plan_version__state=VersionState.IN_FORCE
    )
    rows = rows.filter(case__region=region) if region else rows
    return rows if who.in_registry else rows.none()


def unmet_page(who: Principal, *, region: str = "", after: str = "", before: str = "") -> Page[UnmetNeed]:
    """Needs that plans in force carry as unmet, the first to be looked at first; for the registry. T0 alone.

    Args:
        who: the reader.
        region: an office region; all when empty.
        after: the mark of the page before.
        before: the mark of the page after.
    """
    rows = _unmet(who, region).select_related("case", "service_type", "need")
    return page(rows, ("review_on", "id"), after=after, before=before, size=SIZE)


def gaps(who: Principal, *, region: str = "") -> list[Gap]:
    """How many such needs there are for each type of service, the most first; two queries."""
    rows = _unmet(who, region).values_list("service_type").annotate(n=Count("id")).order_by("-n", "service_type")
    found = list(rows)
    types = ServiceType.objects.in_bulk([key for key, _n in found if key])
    return [Gap(types.get(key), n) for key, n in found]
