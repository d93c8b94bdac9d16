"""The items of the plan that stands: what is sought, paid for and reported."""

from gza.cases.models import Case
from gza.plans.enums import VersionState
from gza.plans.models import PlanItem, PlanVersion

STANDING = (VersionState.AGREED, VersionState.TO_SIGN, VersionState.IN_FORCE)
"""States of a version whose items are sought, paid and reported."""


def standing_items(case: Case) -> list[PlanItem]:
    """The items of the newest version that stands, each as the item it descends from; none without one. Two queries."""
    newest = (
        PlanVersion.objects.filter(case=case, plan__ended_on=None, state__in=STANDING).order_by("-number").values("id")
    )
    origins = PlanItem.objects.filter(plan_version__in=newest[:1]).values_list("origin", flat=True)
    rows = PlanItem.objects.filter(case=case, id__in=list(origins)).select_related("service_type", "need")
    return list(rows.order_by("position", "id"))
