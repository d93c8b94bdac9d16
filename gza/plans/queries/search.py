"""The items of the plan that stands: what is sought, paid for and reported."""

import uuid

from django.db.models import QuerySet

from gza.cases.models import Case
from gza.core.prepared import Prepared
from gza.plans.enums import VersionState
from gza.plans.models import PlanItem, PlanVersion

STANDING = (VersionState.AGREED, VersionState.TO_SIGN, VersionState.IN_FORCE)
"""States of a version whose items are sought, paid and reported."""


def standing_items(case: Case) -> list[PlanItem]:
    """The items of the newest version that stands, each as the item it descends from; none without one. One query."""
    found: list[PlanItem] = _ITEMS.all(case.id)
    return found


def _items(case: uuid.UUID) -> QuerySet[PlanItem]:
    newest = PlanVersion.objects.filter(case=case, plan__ended_on=None, state__in=STANDING).order_by("-number")
    origins = PlanItem.objects.filter(plan_version__in=newest.values("id")[:1]).values("origin")
    rows = PlanItem.objects.filter(case=case, id__in=origins).select_related("service_type", "need")
    return rows.order_by("position", "id")


_ITEMS = Prepared(_items)
