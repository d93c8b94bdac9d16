"""Final versions inside another's act: what the case mirrors of them, and their end with the plan."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from gza.cases.models import Case
from gza.cases.steps import Work
from gza.law.lifecycles import PLAN_VERSION
from gza.plans.enums import VersionKind, VersionState
from gza.plans.models import Plan, PlanVersion, UnmetNeed

_GONE = {VersionState.DROPPED, VersionState.SUPERSEDED}
_BINDING = {VersionState.IN_FORCE, VersionState.ENDED}


def mirror(case: Case, plan: Plan) -> None:
    """Let the case show where the final versions of this plan stand; the act that changed them saves it."""
    rows = list(PlanVersion.objects.filter(plan=plan, kind=VersionKind.FINAL).order_by("number"))
    binding = next((row for row in rows if row.state in _BINDING), None)
    first = [row for row in rows if not row.ground]
    newest = next((row for row in reversed(first) if row.state not in _GONE), None)
    shown = binding or newest
    case.final_state = shown.state if shown else ""
    case.final_drafted_on = first[0].happened_on if first else None
    case.final_submitted_on = max((row.submitted_on for row in first if row.submitted_on), default=None)
    case.final_returned_on = _decided(first, {VersionState.RETURNED})
    case.final_agreed_on = _decided(first, {VersionState.AGREED, *_BINDING} | (_GONE if binding else set()))
    case.in_force_on = min((row.in_force_on for row in rows if row.in_force_on), default=None)
    case.starts_on = binding.starts_on if binding else None
    case.ends_on = binding.ends_on if binding else None
    case.unmet = unmet_of(shown).count() if shown and shown.state in {VersionState.AGREED, *_BINDING} else 0


def _decided(rows: Sequence[PlanVersion], states: set[VersionState]) -> dt.date | None:
    return max((row.decided_on for row in rows if row.decided_on and row.state in states), default=None)


def unmet_of(version: PlanVersion) -> QuerySet[UnmetNeed]:
    """Necessary needs that the version carries and nobody has met since."""
    return UnmetNeed.objects.filter(plan_version=version, superseded=False, met_on=None)


def end_versions(work: Work, plan: Plan) -> None:
    """With its plan a version in force ends, and what was begun and not signed is dropped (S7.12)."""
    for row in PlanVersion.objects.filter(plan=plan, kind=VersionKind.FINAL).order_by("number"):
        for act in ("end", "drop"):
            if PLAN_VERSION.find(row.state, act):
                row.state = VersionState(PLAN_VERSION.next(row.state, act))
                row.save(force_update=True)
                break
    mirror(work.case, plan)
