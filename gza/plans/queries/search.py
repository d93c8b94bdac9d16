"""What the search among providers came to, for every item of the plan that stands (S5.5)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from gza.cases.models import Case
from gza.law import consideration as rules
from gza.law.consideration import Asked, Reply
from gza.plans.enums import ProviderKind, RequestState, VersionState
from gza.plans.models import PlanItem, PlanVersion, ServiceRequest, SetAside

from .catalogue import matching

STANDING = (VersionState.AGREED, VersionState.TO_SIGN, VersionState.IN_FORCE)
"""States of a version whose items are sought, paid and reported."""

_REPLY = {
    RequestState.SENT: Reply.WAITING,
    RequestState.ACCEPTED: Reply.ACCEPTED,
    RequestState.PARTLY: Reply.PARTLY,
    RequestState.DECLINED: Reply.DECLINED,
    RequestState.UNANSWERED: Reply.UNANSWERED,
}


@dataclass(frozen=True)
class Search:
    """One item with what became of every provider for it; ``item`` is the one its later versions descend from."""

    item: PlanItem
    asked: tuple[Asked, ...]

    @property
    def months(self) -> tuple[int, int]:
        """Its first and last month."""
        return self.item.month_from or 1, self.item.month_to or self.item.month_from or 1

    @property
    def needs_provider(self) -> bool:
        """Whether somebody has to give it."""
        return self.item.provider_kind != ProviderKind.NONE

    @property
    def rest(self) -> tuple[int, ...]:
        """The months nobody gives."""
        first, last = self.months
        return rules.rest(first=first, last=last, asked=self.asked)

    @property
    def whole(self) -> bool:
        """Whether it needs nobody, or providers give all of it."""
        return not self.needs_provider or not self.rest


def standing_items(case: Case) -> list[PlanItem]:
    """The items of the newest version that stands, each as the item it descends from; none without one. Two queries."""
    newest = (
        PlanVersion.objects.filter(case=case, plan__ended_on=None, state__in=STANDING).order_by("-number").values("id")
    )
    origins = PlanItem.objects.filter(plan_version__in=newest[:1]).values_list("origin", flat=True)
    rows = PlanItem.objects.filter(case=case, id__in=list(origins)).select_related("service_type", "need")
    return list(rows.order_by("position", "id"))


def search(case: Case, items: Collection[PlanItem] | None = None) -> list[Search]:
    """How the search stands for these items, or for all that stand; at most five queries."""
    items = standing_items(case) if items is None else items
    if not items:
        return []
    offered = _offered(case, items)
    replies = _replies([item.id for item in items])
    found = []
    for item in items:
        told = replies.get(item.id, {})
        unasked = [Asked(Reply.NOT_ASKED) for one in sorted(offered[item.id] - told.keys(), key=str)]
        found.append(Search(item, (*told.values(), *unasked)))
    return found


def _offered(case: Case, items: Collection[PlanItem]) -> dict[uuid.UUID, set[uuid.UUID]]:
    found = matching(case.region, {item.service_type_id for item in items if item.service_type_id})
    return {item.id: {uuid.UUID(one) for one in found.get(item.service_type_id or "", {})} for item in items}


def _replies(origins: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[uuid.UUID, Asked]]:
    """By item and organisation: the newest request that was not called back, else that the offer was set aside."""
    found: dict[uuid.UUID, dict[uuid.UUID, Asked]] = {}
    aside = SetAside.objects.filter(origin__in=origins, superseded=False)
    for origin, organisation in aside.values_list("origin_id", "organisation_id"):
        found.setdefault(origin, {})[organisation] = Asked(Reply.ASIDE)
    sent = ServiceRequest.objects.filter(origin__in=origins, superseded=False, state__in=_REPLY)
    columns = ("origin", "organisation", "state", "month_from", "month_to", "covers_from", "covers_to")
    for row in sent.only(*columns).order_by("happened_on", "id"):
        asked = Asked(_REPLY[RequestState(row.state)], row.months)
        found.setdefault(row.origin_id, {})[row.organisation_id] = asked
    return found
