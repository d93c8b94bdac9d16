"""Plans brought along the rest of the road through the real acts."""

import uuid
from typing import Any

from gza.cases.models import Case, Need
from gza.directory import actions as directory
from gza.directory import queries
from gza.law.stages import Stage
from gza.plans import actions
from gza.plans.actions import ItemInput
from gza.plans.models import PlanVersion
from tests.cases.factories import STEPS, World
from tests.directory.factories import make_offer


def newest(case_id: uuid.UUID) -> PlanVersion:
    return PlanVersion.objects.filter(case=case_id).order_by("-plan__opened_at", "-number").first()


def items(case_id: uuid.UUID, **extra: Any) -> list[ItemInput]:
    """A complete item for every need."""
    return [
        ItemInput(**{
            "need_id": need.id, "service_type": "employment", "provider_kind": "ngo", "priority": need.priority,
            "month_from": 1, "month_to": 6, "detail": "კურსი და სტაჟირება", "reason": "შემოსავლისთვის", **extra,
        })
        for need in Need.objects.filter(case=case_id, superseded=False, dropped_on=None)
    ]  # fmt: skip


def draft(world: World, case_id: uuid.UUID, **extra: Any) -> PlanVersion:
    version = actions.draft_initial_plan(case_id=case_id, by=world.worker.who)
    return fill(world, case_id, version, **extra)


def fill(world: World, case_id: uuid.UUID, version: PlanVersion | None = None, **extra: Any) -> PlanVersion:
    values = {"items": items(case_id), "months": 12, "aim": "დამოუკიდებელი ცხოვრება", **extra}
    return actions.set_items(case_id=case_id, version_id=(version or newest(case_id)).id, **values, by=world.worker.who)


def submit(world: World, case_id: uuid.UUID, **extra: Any) -> PlanVersion:
    return actions.submit(case_id=case_id, version_id=newest(case_id).id, **extra, by=world.worker.who)


def listed(world: World) -> None:
    """An edition of the list in which the world's NGO offers what the items ask, where there is none yet."""
    if not queries.last_number():
        make_offer(world.ngo, "employment", kind="reintegration", regions=("GE-IM",))
        directory.issue_edition(after=0, by=world.coordinator.who)


def agree(world: World, case_id: uuid.UUID, *, offered: bool = True, **extra: Any) -> Any:
    """The Fund agrees; with ``offered`` the list has an offer, so that the case waits at the requests."""
    if offered:
        listed(world)
    return actions.agree(case_id=case_id, version_id=newest(case_id).id, **extra, by=world.coordinator.who)


def give_back(world: World, case_id: uuid.UUID, reasons: str = "რატომ არის აუცილებელი?", **extra: Any) -> Any:
    return actions.return_with_reasons(
        case_id=case_id, version_id=newest(case_id).id, reasons=reasons, **extra, by=world.coordinator.who
    )


STEPS.update({Stage.INITIAL_PLAN: draft, Stage.SUBMITTED: submit, Stage.AGREED: agree})


def road_to(world: World, stage: Stage, **fields: Any) -> Case:
    """A new case that stands at ``stage``."""
    return world.road_to(stage, **fields)
